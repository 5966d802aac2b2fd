/// Brings a medium from its address: the service's own or, without credentials, any other.
package struct MediaDownloadRequest: FileRequest {
  /// The medium's address; may hold a key.
  package var address: String
  /// Where the file goes.
  package var target: FileTarget

  /// Creates the request.
  package init(address: String, target: FileTarget) {
    self.address = address
    self.target = target
  }

  /// Makes the request; only one to the base address's own origin carries the token.
  package func httpRequest(
    _ configuration: ServiceConfiguration
  ) throws(TransportError) -> HTTPRequest {
    guard let place = place(configuration) else {
      throw TransportError(
        .unusableAddress, sent: .nothing, "The medium's address is no http or https address")
    }
    let isService = place.hasOrigin(of: configuration.base)
    var request = HTTPRequest(
      .get, place.text,
      headers: isService ? configuration.attribution + configuration.authorization : [])
    request.becomeDownload(to: target)
    return request
  }

  /// Reads an answer that is no success.
  ///
  /// Another host's 401 and 403 tell of an address that is no longer good, not of the token.
  package func refusal(
    _ response: HTTPResponse, _ configuration: ServiceConfiguration
  ) -> ServiceError {
    if let place = place(configuration), place.hasOrigin(of: configuration.base) {
      return ServiceError(reading: response)
    }
    var error = ServiceError(statusOf: response)
    switch error.code {
    case .notFound, .unavailable, .rateLimited, .unreadable: break
    default: error.code = .refused
    }
    return error
  }

  /// The place; an address without a host is one of the service.
  private func place(_ configuration: ServiceConfiguration) -> WebAddress? {
    if address.hasPrefix("//") {
      return WebAddress(configuration.base.scheme.rawValue + ":" + address)
    }
    return WebAddress(address.hasPrefix("/") ? configuration.base.origin + address : address)
  }
}
