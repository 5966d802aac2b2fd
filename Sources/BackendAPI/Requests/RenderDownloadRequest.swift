/// Brings the file of a finished render from the service itself: the fallback for its address.
package struct RenderDownloadRequest: FileRequest {
  /// The client's id for the render.
  package var renderID: String
  /// Where the file goes.
  package var target: FileTarget

  /// Creates the request.
  package init(renderID: String, target: FileTarget) {
    self.renderID = renderID
    self.target = target
  }

  /// Makes the request; a redirect to another host loses the credentials.
  package func httpRequest(
    _ configuration: ServiceConfiguration
  ) throws(TransportError) -> HTTPRequest {
    var request = configuration.request(.get, .renderDownload(renderID))
    request.becomeDownload(to: target)
    return request
  }

  /// Reads an answer that is no success.
  package func refusal(
    _ response: HTTPResponse, _ configuration: ServiceConfiguration
  ) -> ServiceError {
    ServiceError(reading: response)
  }
}
