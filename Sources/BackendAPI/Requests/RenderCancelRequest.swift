/// Ends a render before it is finished.
package struct RenderCancelRequest: ServiceRequest {
  /// The client's id for the render.
  package var renderID: String

  /// Creates the request.
  package init(renderID: String) { self.renderID = renderID }

  /// Makes the request.
  package func httpRequest(_ configuration: ServiceConfiguration) -> HTTPRequest {
    configuration.request(.post, .renderCancel(renderID))
  }

  /// Reads how the render stands; an answer without a word of it means that it is cancelled.
  package func answer(_ response: HTTPResponse) throws(ServiceError) -> RenderProgress {
    try RenderReading.progress(response, unless: .cancelled)
  }
}
