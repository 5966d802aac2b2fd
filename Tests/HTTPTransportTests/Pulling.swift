import BackendAPI
import HTTPTransport
import ScriptModel
import Synchronization

/// All that an exchange told until it ended.
struct Told: Sendable {
  var sent: [Int64] = []
  var sentWhole: Int64?
  var heads: [HTTPHead] = []
  var bytes: [UInt8] = []
  var pieceCount = 0
  var received: [Int64] = []
  var receivedWhole: Int64?
  var error: TransportError?

  var text: String { String(decoding: bytes, as: UTF8.self) }
  var status: Int? { heads.first?.status }
}

/// Pulls an exchange to its end.
func pull(_ exchange: HTTPExchange) async -> Told {
  var told = Told()
  do throws(TransportError) {
    while let event = try await exchange.next() { told.note(event) }
  } catch {
    told.error = error
  }
  return told
}

extension Told {
  mutating func note(_ event: HTTPEvent) {
    switch event {
    case .sent(let count, let whole):
      sent.append(count)
      sentWhole = whole
    case .head(let head): heads.append(head)
    case .bytes(let piece):
      bytes += piece
      pieceCount += 1
    case .received(let count, let whole):
      received.append(count)
      receivedWhole = whole
    }
  }
}

/// Sends a request over a transport of its own and pulls the answer.
func pull(_ request: HTTPRequest) async -> Told {
  let transport = CurlTransport()
  let told = await pull(transport.begin(request))
  transport.shutdown()
  return told
}

/// A request with timeouts that a test can wait for, should all else fail.
func get(_ address: String, headers: [HTTPHeader] = []) -> HTTPRequest {
  HTTPRequest(.get, address, headers: headers)
}

/// A POST of a text.
func post(_ address: String, _ text: String = "{}") -> HTTPRequest {
  var request = HTTPRequest(.post, address)
  request.body = .bytes(Array(text.utf8), contentType: "application/json")
  return request
}

/// A value that threads and tasks hand each other.
final class Box<Value: Sendable>: Sendable {
  private let state: Mutex<Value>
  init(_ value: Value) { state = Mutex(value) }
  var value: Value { state.withLock { $0 } }
  func set(_ value: Value) { state.withLock { $0 = value } }
  func change(_ change: @Sendable (inout Value) -> Void) { state.withLock { change(&$0) } }
}

/// A door that one side waits at until the other opens it.
struct Gate: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream(of: Void.self) }

  func open() { continuation.finish() }

  func pass() async { for await _ in stream {} }
}
