import BackendAPI
import JSONText
import ScriptModel
import Synchronization
import Testing

/// A transport that answers each request from a script and keeps what was asked.
final class ScriptedTransport: HTTPTransporting, Sendable {
  enum Step: Sendable {
    case event(HTTPEvent)
    case failure(TransportError)
  }

  private struct State {
    var requests: [HTTPRequest] = []
    var cancellations = 0
  }

  private let script: [Step]
  private let state = Mutex(State())

  init(_ script: [Step]) { self.script = script }

  /// One answer with a body in one piece.
  convenience init(status: Int, headers: [HTTPHeader] = [], _ body: String) {
    self.init([
      .event(.head(HTTPHead(status: status, headers: headers))),
      .event(.bytes(Array(body.utf8))),
    ])
  }

  var requests: [HTTPRequest] { state.withLock { $0.requests } }
  var cancellations: Int { state.withLock { $0.cancellations } }

  func begin(_ request: HTTPRequest) -> HTTPExchange {
    state.withLock { $0.requests.append(request) }
    let position = Counter()
    let script = script
    return HTTPExchange(
      next: { () async throws(TransportError) -> HTTPEvent? in
        let index = position.next()
        guard index < script.count else { return nil }
        switch script[index] {
        case .event(let event): return event
        case .failure(let error): throw error
        }
      },
      cancel: { self.state.withLock { $0.cancellations += 1 } })
  }
}

private final class Counter: Sendable {
  private let value = Mutex(0)

  func next() -> Int {
    value.withLock { value in
      defer { value += 1 }
      return value
    }
  }
}

/// What the tests of the service have in common.
enum Stage {
  static let token = "nmv_usr_0123456789abcdef"

  static func configuration(
    base: String = "https://api.example.org", token: String? = Stage.token
  ) throws -> ServiceConfiguration {
    ServiceConfiguration(
      base: try #require(WebAddress(base)), web: try #require(WebAddress("https://example.org")),
      clientID: "0193a1c2-9f00-7abc-8def-0123456789ab",
      token: token.flatMap { Secret($0) }, version: "1.2.3", platform: "clawhub")
  }

  static func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

  static func draft(_ text: String) throws -> Draft { Draft(try json(text)) }

  static func response(
    _ status: Int, _ body: String, headers: [HTTPHeader] = []
  ) -> HTTPResponse {
    HTTPResponse(head: HTTPHead(status: status, headers: headers), body: Array(body.utf8))
  }

  static func body(of request: HTTPRequest) -> String {
    guard case .bytes(let bytes, _) = request.body else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }
}
