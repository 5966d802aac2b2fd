import BackendAPI

/// The header fields that a request is sent with, checked so that none can smuggle in another.
struct RequestHeaders: Sendable {
  /// What the transport says itself: a caller's own would break the framing of the request.
  private static let ownNames: Set<String> = [
    "host", "content-length", "transfer-encoding", "connection", "expect", "te", "upgrade",
    "trailer",
  ]
  /// What another host may see after a redirect; everything else may be a secret.
  private static let openNames: Set<String> = [
    "accept", "accept-encoding", "accept-language", "user-agent", "range", "if-range",
  ]

  /// The fields in order.
  private(set) var fields: [HTTPHeader]

  /// Checks the fields of a request and adds those that follow from its destination.
  ///
  /// - Throws: `RefusedHeader` with the name of the first that can't be sent.
  init(_ request: HTTPRequest) throws(RefusedHeader) {
    fields = request.headers
    if case .file(_, let offset, let validator) = request.destination, offset > 0 {
      fields.removeAll { ["range", "if-range"].contains($0.name.lowercased()) }
      fields.append(HTTPHeader("Range", "bytes=\(offset)-"))
      if let validator { fields.append(HTTPHeader("If-Range", validator)) }
    }
    for field in fields where !Self.isSendable(field) { throw RefusedHeader(name: field.name) }
  }

  /// Leaves out all that only the first host may see.
  mutating func dropSecrets() {
    fields.removeAll { !Self.openNames.contains($0.name.lowercased()) }
  }

  /// Whether there is a field of this name, given in lower case.
  func contains(_ name: String) -> Bool { fields.contains { $0.name.lowercased() == name } }

  /// Whether the answer is to be a stream of events.
  var asksForEvents: Bool {
    fields.contains {
      $0.name.lowercased() == "accept" && $0.value.lowercased().contains("text/event-stream")
    }
  }

  /// The lines that libcurl is given; a field without a value is written with a semicolon there.
  func lines(contentType: String?, expectsNoType: Bool) -> [String] {
    var lines = fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    if let contentType, !contains("content-type") { lines.append("Content-Type: \(contentType)") }
    if expectsNoType, !contains("content-type") { lines.append("Content-Type:") }
    return lines
  }

  /// Whether a text may stand as a field's value: no line end, nor another control character.
  static func isValue(_ text: String) -> Bool {
    text.utf8.allSatisfy { ($0 >= 0x20 || $0 == 0x09) && $0 != 0x7F }
  }

  private static func isSendable(_ field: HTTPHeader) -> Bool {
    !field.name.isEmpty && field.name.utf8.allSatisfy(isOfToken) && isValue(field.value)
      && !ownNames.contains(field.name.lowercased())
  }

  /// Whether a byte may be in a field's name (RFC 9110, 5.6.2).
  private static func isOfToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}

/// A header field that can't be sent.
struct RefusedHeader: Error, Hashable, Sendable {
  /// Its name; the value may be a secret.
  var name: String
}
