/// One step of the service's protocol: what is sent, and how its whole answer is read.
package protocol ServiceRequest: Sendable {
  /// What a successful answer tells.
  associatedtype Answer: Sendable

  /// Whether a token in the answer can only be an echo, and is replaced before the answer is read.
  static var hidesToken: Bool { get }

  /// Makes the request.
  func httpRequest(_ configuration: ServiceConfiguration) -> HTTPRequest

  /// Reads the answer, whatever its status.
  ///
  /// - Throws: `ServiceError` for a refusal, and `unreadable` for what can't be understood.
  func answer(_ response: HTTPResponse) throws(ServiceError) -> Answer
}

extension ServiceRequest {
  /// Of all requests but that for a token.
  package static var hidesToken: Bool { true }
}

/// A step that brings a file: its bytes go to disk, and only a refusal has a body to read.
package protocol FileRequest: Sendable {
  /// Makes the request; the file's path is in its destination.
  ///
  /// - Throws: `TransportError` with `unusableAddress` for an address that is none.
  func httpRequest(_ configuration: ServiceConfiguration) throws(TransportError) -> HTTPRequest

  /// Reads an answer that is no success.
  func refusal(
    _ response: HTTPResponse, _ configuration: ServiceConfiguration
  ) -> ServiceError
}

/// Where a download goes and where it goes on.
package struct FileTarget: Hashable, Sendable {
  /// The absolute path of the file.
  package var path: String
  /// How many bytes of it are there; 0 begins it anew.
  package var offset: Int64
  /// What named the version that these bytes are of.
  package var validator: String?

  /// Creates a target from its parts.
  package init(path: String, offset: Int64 = 0, validator: String? = nil) {
    self.path = path
    self.offset = offset
    self.validator = validator
  }
}
