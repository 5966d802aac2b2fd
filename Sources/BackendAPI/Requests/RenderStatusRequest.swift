/// Asks how far a render is.
package struct RenderStatusRequest: ServiceRequest {
  /// The client's id for the render.
  package var renderID: String

  /// Creates the request.
  package init(renderID: String) { self.renderID = renderID }

  /// Makes the request.
  package func httpRequest(_ configuration: ServiceConfiguration) -> HTTPRequest {
    configuration.request(.get, .render(renderID))
  }

  /// Reads how far it is, in any of the shapes that the descriptions show.
  package func answer(_ response: HTTPResponse) throws(ServiceError) -> RenderProgress {
    try RenderReading.progress(response)
  }
}
