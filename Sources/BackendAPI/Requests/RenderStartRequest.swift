internal import JSONText

/// Starts a render of a draft under an id that the client chose and stored before.
package struct RenderStartRequest: ServiceRequest {
  /// The client's id for it, such as `render_0193a1c2`.
  package var renderID: String
  /// The service's name for the session.
  package var sessionID: String
  /// The draft with all local edits of its text tracks.
  package var draft: Draft
  /// The file's format.
  package var format: String
  /// The quality.
  package var quality: String

  /// Creates the request.
  package init(
    renderID: String, sessionID: String, draft: Draft, format: String = "mp4",
    quality: String = "high"
  ) {
    self.renderID = renderID
    self.sessionID = sessionID
    self.draft = draft
    self.format = format
    self.quality = quality
  }

  /// Makes the request; the draft goes as it came, to the digit.
  package func httpRequest(_ configuration: ServiceConfiguration) -> HTTPRequest {
    var request = configuration.request(.post, .renders)
    request.body = .json { json in
      json.name("id")
      json.value(renderID)
      json.name("sessionId")
      json.value(sessionID)
      json.name("draft")
      json.value(draft.document)
      json.name("output")
      json.object { output in
        output.name("format")
        output.value(format)
        output.name("quality")
        output.value(quality)
      }
    }
    return request
  }

  /// Reads how far it is already.
  package func answer(_ response: HTTPResponse) throws(ServiceError) -> RenderProgress {
    try RenderReading.progress(response)
  }
}
