/// Why an exchange ended without a whole answer, and how much of the request had left by then.
package struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure.
  package enum Code: String, Hashable, Sendable, CaseIterable {
    /// The host's name could not be looked up.
    case unresolved
    /// No connection was made.
    case unconnected
    /// The certificate, or TLS, was not accepted.
    case insecure
    /// The connection ended too early, or what came is no HTTP.
    case cut
    /// Nothing moved for too long, or the whole took too long.
    case timedOut
    /// The answer is larger than allowed.
    case tooLarge
    /// The local file could not be read or written; the disk may be full.
    case fileProblem
    /// Somebody cancelled it.
    case cancelled
    /// A redirect that may not be followed, or an address that is none.
    case unusableAddress
    /// libcurl is missing or failed by itself.
    case failed
  }

  /// What is known to have left the machine: nothing is assumed that is not known.
  package enum Sent: String, Hashable, Sendable, CaseIterable {
    /// No byte of the request was handed to a connection: nobody can have seen it.
    case nothing
    /// Head and perhaps a part of the body were.
    case partly
    /// Every byte was.
    case whole
  }

  /// The kind of failure.
  package var code: Code
  /// What had left.
  package var sent: Sent
  /// Whether an answer had begun.
  package var hasAnswerBegun: Bool
  /// What is wrong, for people: host and reason, never an address with its query, never a header.
  package var description: String

  /// Creates an error from its parts.
  package init(_ code: Code, sent: Sent, hasAnswerBegun: Bool = false, _ description: String) {
    self.code = code
    self.sent = sent
    self.hasAnswerBegun = hasAnswerBegun
    self.description = description
  }

  /// Whether there is no network, as far as this exchange can tell.
  package var isOffline: Bool { code == .unresolved || code == .unconnected }
}
