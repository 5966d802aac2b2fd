package import ScriptModel

/// Why the service did not do what was asked, told from its code, its status or its events.
package struct ServiceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of refusal that a client answers differently.
  package enum Code: String, Hashable, Sendable, CaseIterable {
    /// 1001, 1010, 1011, HTTP 401: the token is bad, expired or revoked.
    case unauthorized
    /// 1002, or HTTP 404 that says so: the session is gone.
    case sessionExpired
    /// 2001.
    case outOfCredits
    /// 4001.
    case unsupportedFile
    /// 4002, HTTP 413.
    case fileTooLarge
    /// HTTP 402.
    case planRequired
    /// HTTP 403.
    case scopeMissing
    /// HTTP 429.
    case rateLimited
    /// HTTP 404 and 410 for what has an id of its own: a render that nobody knows.
    case notFound
    /// HTTP 4xx without a meaning of its own: definite, no use in repeating.
    case refused
    /// HTTP 200 with a code that no description explains: what it did is not known.
    case unexplained
    /// HTTP 5xx.
    case unavailable
    /// An answer that can't be read: what it did is not known.
    case unreadable
    /// A failure that the agent reported in the middle of its events.
    case agentFailed
  }

  /// The kind of refusal.
  package var code: Code
  /// The service's own number: its code, else the HTTP status.
  package var number: Int
  /// The service's words, cleaned for people, at most 300 characters; empty where it gave none.
  package var detail: String
  /// How long it asked to wait (`Retry-After`).
  package var retryAfter: Milliseconds?

  /// Creates an error from its parts.
  package init(_ code: Code, number: Int, detail: String = "", retryAfter: Milliseconds? = nil) {
    self.code = code
    self.number = number
    self.detail = detail
    self.retryAfter = retryAfter
  }

  /// The scope that the service's words name as the one that the token lacks; `nil` for none, or several.
  package var namedScope: String? {
    guard code == .scopeMissing else { return nil }
    let words = TalkWords.words(of: detail)
    guard words.contains(where: { $0.hasPrefix("scope") || $0.hasPrefix("permission") }) else {
      return nil
    }
    let named = Set(words).intersection(["read", "write", "upload", "render"])
    return named.count == 1 ? named.first : nil
  }

  /// The kind, the number and the service's words.
  package var description: String {
    // Some pages of proxies hold nothing but the number.
    let words = detail.isEmpty || detail == "\(number)" ? "" : ": \(detail)"
    return "The service answered \(number)\(words)"
  }
}

/// Why a call of the service gave no answer.
package enum CallError: Error, Hashable, Sendable {
  /// The service answered, and refused.
  case service(ServiceError)
  /// No whole answer came.
  case transport(TransportError)
}
