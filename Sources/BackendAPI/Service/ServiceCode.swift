/// The service's own numbers in the `code` of an envelope.
package enum ServiceCode: Int, Hashable, Sendable, CaseIterable {
  case success = 0
  case tokenInvalid = 1001
  case sessionGone = 1002
  case tokenExpired = 1010
  case tokenRevoked = 1011
  case outOfCredits = 2001
  case unsupportedFile = 4001
  case fileTooLarge = 4002

  /// What a client does about it; `nil` for success.
  package var meaning: ServiceError.Code? {
    switch self {
    case .success: nil
    case .tokenInvalid, .tokenExpired, .tokenRevoked: .unauthorized
    case .sessionGone: .sessionExpired
    case .outOfCredits: .outOfCredits
    case .unsupportedFile: .unsupportedFile
    case .fileTooLarge: .fileTooLarge
    }
  }
}

extension ServiceError.Code {
  /// What a status without a code of the service's own means; also for codes that are statuses.
  package init(status: Int) {
    self =
      switch status {
      case 401: .unauthorized
      case 402: .planRequired
      case 403: .scopeMissing
      case 404, 410: .notFound
      case 413: .fileTooLarge
      case 415: .unsupportedFile
      case 429: .rateLimited
      // 408: the server gave up waiting for the request, as it may when it is overloaded.
      case 408, 500...599: .unavailable
      case 400...499: .refused
      default: .unreadable
      }
  }
}
