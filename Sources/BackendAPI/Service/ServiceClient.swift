internal import JSONText

/// Carries the service's requests over a transport; it repeats nothing by itself.
package struct ServiceClient: Sendable {
  /// What the requests go over.
  package let transport: any HTTPTransporting
  /// Where they go and in whose name; a new token is set here.
  package var configuration: ServiceConfiguration

  /// Creates a client.
  package init(transport: any HTTPTransporting, configuration: ServiceConfiguration) {
    self.transport = transport
    self.configuration = configuration
  }

  /// The same client in the name of another workflow.
  package func asking(as source: String) -> ServiceClient {
    var other = self
    other.configuration.source = source
    return other
  }

  /// Sends a request and reads its answer.
  ///
  /// - Throws: `CallError`: a refusal of the service, or what the transport knows.
  package func call<Request: ServiceRequest>(
    _ request: Request
  ) async throws(CallError) -> Request.Answer {
    var response = try await response(to: request.httpRequest(configuration)) { _, _ in }
    // A token that is echoed must not come into a text; the one that is asked for must come.
    if Request.hidesToken, let token = configuration.token {
      response.body = token.hidden(in: response.body)
    }
    return try read { () throws(ServiceError) in try request.answer(response) }
  }

  /// Uploads files, or names addresses, and tells the files that the service has of them.
  ///
  /// - Parameter progress: gets the bytes that were handed over, and how many there are in all.
  /// - Throws: `CallError`.
  package func upload(
    _ request: UploadRequest, progress: @Sendable (Int64, Int64?) -> Void = { _, _ in }
  ) async throws(CallError) -> [UploadedFile] {
    var response = try await response(to: request.httpRequest(configuration), progress)
    if let token = configuration.token { response.body = token.hidden(in: response.body) }
    return try read { () throws(ServiceError) in try request.answer(response) }
  }

  /// Sends a message; nothing leaves before the first `next()` of the answer.
  package func message(_ request: MessageRequest) -> AgentAnswer {
    AgentAnswer(
      transport.begin(request.httpRequest(configuration)), hiding: configuration.token)
  }

  /// Brings a file to where its request says.
  ///
  /// - Parameter progress: gets the head before the first byte, then the counts of bytes.
  /// - Returns: what the head told; the file's size and hash are still to be checked.
  /// - Throws: `CallError`; what had come by then stays in the file.
  package func download(
    _ request: some FileRequest, progress: @Sendable (DownloadProgress) -> Void = { _ in }
  ) async throws(CallError) -> DownloadHead {
    let prepared: HTTPRequest
    do { prepared = try request.httpRequest(configuration) } catch { throw .transport(error) }
    let exchange = transport.begin(prepared)
    var head: HTTPHead?
    var refusal: [UInt8] = []
    while let event = try await next(of: exchange, after: head, &refusal) {
      switch event {
      case .sent: continue
      case .head(let new):
        head = new
        if (200...299).contains(new.status) { progress(.began(DownloadHead(new))) }
      case .bytes(let piece):
        if refusal.count < largestRefusal { refusal += piece }
      case .received(let count, let total): progress(.received(count, of: total))
      }
    }
    guard let head else { throw .transport(.noAnswer) }
    guard (200...299).contains(head.status) else {
      let response = HTTPResponse(head: head, body: refusal)
      throw .service(
        request.refusal(response, configuration).hiding(configuration.token))
    }
    return DownloadHead(head)
  }

  private func response(
    to request: HTTPRequest, _ progress: @Sendable (Int64, Int64?) -> Void
  ) async throws(CallError) -> HTTPResponse {
    let exchange = transport.begin(request)
    var head: HTTPHead?
    var body: [UInt8] = []
    while let event = try await next(of: exchange, after: head, &body) {
      switch event {
      case .sent(let count, let total): progress(count, total)
      case .head(let new): head = new
      case .bytes(let piece): body += piece
      case .received: continue
      }
    }
    guard let head else { throw .transport(.noAnswer) }
    return HTTPResponse(head: head, body: body)
  }

  /// Waits for the next event; an answer whose head refuses is refused however its body ends.
  private func next(
    of exchange: HTTPExchange, after head: HTTPHead?, _ body: inout [UInt8]
  ) async throws(CallError) -> HTTPEvent? {
    do { return try await exchange.next() } catch {
      guard error.code != .cancelled, head?.refusesWhateverFollows == true else {
        throw .transport(error)
      }
      body = Self.wholeOrNothing(body)
      return nil
    }
  }

  /// A body that was cut, where it is a document all the same: half of one is nothing to show.
  static func wholeOrNothing(_ body: [UInt8]) -> [UInt8] {
    // What can't be parsed is not whole.
    (try? JSONValue(parsing: body)) == nil ? [] : body
  }

  private func read<Answer>(
    _ body: () throws(ServiceError) -> Answer
  ) throws(CallError) -> Answer {
    do { return try body() } catch { throw .service(error.hiding(configuration.token)) }
  }
}

/// How much of a refusal's body is kept: its words are at the beginning.
let largestRefusal = 1 << 20

extension TransportError {
  /// An exchange that ended without a head, which a sound transport does not do.
  static let noAnswer = TransportError(.cut, sent: .whole, "The connection ended without an answer")
}

/// What is told while a file comes.
package enum DownloadProgress: Hashable, Sendable {
  /// The head came; the bytes follow.
  case began(DownloadHead)
  /// So many bytes of the file are there, of so many.
  case received(Int64, of: Int64?)
}

/// What the head of a download tells.
package struct DownloadHead: Hashable, Sendable {
  /// Whether the bytes go on where the file ended (206), or begin it anew (200).
  package var continues: Bool
  /// What names this version of the file: a strong `ETag`, else `Last-Modified`; for `If-Range`.
  package var validator: String?
  /// The whole file's size in bytes where it is told.
  package var byteCount: Int64?

  init(_ head: HTTPHead) {
    continues = head.status == 206
    let tag = head.value(of: "ETag").flatMap { $0.hasPrefix("W/") || $0.isEmpty ? nil : $0 }
    validator = tag ?? head.value(of: "Last-Modified")
    if continues {
      let range = head.value(of: "Content-Range") ?? ""
      byteCount = range.lastIndex(of: "/").flatMap { Int64(range[range.index(after: $0)...]) }
    } else if head.value(of: "Content-Encoding") == nil {
      byteCount = head.value(of: "Content-Length").flatMap { Int64($0) }
    }
    if let count = byteCount, count < 0 { byteCount = nil }
  }
}
