/// Who asks the service, as far as may be shown: never a token.
public struct AuthenticationStatus: Hashable, Sendable {
  /// Where the token in use comes from.
  public enum Source: String, Hashable, Sendable, CaseIterable {
    /// `NEMO_TOKEN`.
    case environment
    /// A person gave it with `auth token`.
    case stored
    /// The service gave it without an account.
    case anonymous
    /// There is none yet; the first use of the service gets an anonymous one.
    case none
  }

  /// Where the token in use comes from.
  public var source: Source
  /// The service's address.
  public var apiAddress: String
  /// The id of this installation; `nil` where none was made yet.
  public var clientID: String?
  /// The service's name for the account; `nil` where it is not known.
  public var userID: String?
  /// When the token ends, as the service wrote it.
  public var expires: String?
  /// The link by which a person without an account registers and keeps what is there.
  public var registrationLink: String?

  /// Creates a status from its parts.
  public init(
    source: Source, apiAddress: String, clientID: String? = nil, userID: String? = nil,
    expires: String? = nil, registrationLink: String? = nil
  ) {
    self.source = source
    self.apiAddress = apiAddress
    self.clientID = clientID
    self.userID = userID
    self.expires = expires
    self.registrationLink = registrationLink
  }
}
