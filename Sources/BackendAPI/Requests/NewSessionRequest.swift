internal import JSONText

/// Opens a session, which costs nothing while it is not used.
package struct NewSessionRequest: ServiceRequest {
  /// The project's name.
  package var name: String
  /// The language as a code such as `en` or `zh-CN`.
  package var language: String

  /// Creates the request.
  package init(name: String, language: String) {
    self.name = name
    self.language = language
  }

  /// Makes the request.
  package func httpRequest(_ configuration: ServiceConfiguration) -> HTTPRequest {
    var request = configuration.request(.post, .newSession)
    request.body = .json { json in
      json.name("task_name")
      json.value(name)
      json.name("language")
      json.value(language)
    }
    return request
  }

  /// Reads the ids, inside `data` or outside it.
  package func answer(_ response: HTTPResponse) throws(ServiceError) -> SessionGrant {
    let envelope = try Envelope(response)
    guard let session = envelope.text("session_id", "sessionId") else {
      throw envelope.unreadable("it holds no session's id")
    }
    return SessionGrant(
      sessionID: session, taskID: envelope.text("task_id", "taskId") ?? "",
      userID: envelope.text("user_id", "userId"))
  }
}
