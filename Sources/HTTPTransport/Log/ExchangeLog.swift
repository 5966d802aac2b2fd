import BackendAPI

/// Tells of one exchange, a line an event: never a query, a header or a body.
struct ExchangeLog: Sendable {
  /// Where lines go.
  let write: @Sendable (String) -> Void
  /// Tells the exchanges of a transport apart.
  let number: Int

  /// A request is about to go.
  func begins(_ method: HTTPRequest.Method, _ address: WebAddress, size: Int64?) {
    let body = size.map { ", \($0) bytes" } ?? ""
    line("\(method.rawValue) \(address.place)\(address.path)\(body)")
  }

  /// The head of an answer came.
  func answers(_ status: Int, after milliseconds: Int64) {
    line("\(status) after \(milliseconds) ms")
  }

  /// A redirect is followed.
  func follows(_ status: Int, to address: WebAddress) {
    line("\(status), goes on at \(address.place)\(address.path)")
  }

  /// The whole answer came.
  func ends(received: Int64, after milliseconds: Int64) {
    line("done, \(received) bytes after \(milliseconds) ms")
  }

  /// The exchange ended without.
  func fails(_ error: TransportError, after milliseconds: Int64) {
    line(
      "\(error.code.rawValue) after \(milliseconds) ms, sent \(error.sent.rawValue): "
        + error.description)
  }

  private func line(_ text: String) { write(Redaction.redacted("#\(number) \(text)")) }
}
