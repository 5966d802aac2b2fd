internal import JSONText
internal import ScriptModel

/// Gives a session files, or addresses that the service fetches by itself.
package struct UploadRequest: ServiceRequest {
  /// What is given.
  package enum Content: Sendable {
    /// Files, streamed from disk.
    case files([File])
    /// Addresses of files elsewhere.
    case addresses([String])
  }

  /// A file by its path or its bytes.
  package struct File: Sendable {
    /// The name as the service is to see it; it should begin with the content's hash.
    package var name: String
    /// Where its bytes are.
    package var content: HTTPRequest.Part.Content

    /// Creates a file from its parts.
    package init(name: String, content: HTTPRequest.Part.Content) {
      self.name = name
      self.content = content
    }
  }

  /// After its last byte the service may look through a video before it answers.
  private static let stall = Milliseconds(5 * 60_000)

  /// The service's name for the session.
  package var sessionID: String
  /// What is given.
  package var content: Content

  /// Creates the request.
  package init(sessionID: String, content: Content) {
    self.sessionID = sessionID
    self.content = content
  }

  /// Makes the request.
  package func httpRequest(_ configuration: ServiceConfiguration) -> HTTPRequest {
    var request = configuration.request(.post, .upload(session: sessionID))
    request.timeouts = HTTPRequest.Timeouts(
      connect: request.timeouts.connect, stall: Self.stall, whole: nil)
    switch content {
    case .files(let files):
      request.body = .multipart(
        files.map { file in
          HTTPRequest.Part(
            field: "files", fileName: file.name, contentType: UploadFormat.mediaType(of: file.name),
            content: file.content)
        })
    case .addresses(let addresses):
      request.body = .json { json in
        json.name("urls")
        json.array { json in for address in addresses { json.value(address) } }
        json.name("source_type")
        json.value("url")
      }
    }
    return request
  }

  /// Reads the files that the service has now; none where it names none.
  package func answer(_ response: HTTPResponse) throws(ServiceError) -> [UploadedFile] {
    let envelope = try Envelope(response)
    let files = envelope.field("files") ?? envelope.data
    return files.map { MediaReading.uploadedFiles(in: $0) } ?? []
  }
}
