internal import JSONText

/// Asks for the token of a link by which a browser takes over a session; valid for 7 days.
package struct ClaimTokenRequest: ServiceRequest {
  /// The service's name for the task.
  package var taskID: String
  /// The service's name for the session.
  package var sessionID: String

  /// Creates the request.
  package init(taskID: String, sessionID: String) {
    self.taskID = taskID
    self.sessionID = sessionID
  }

  /// Makes the request.
  package func httpRequest(_ configuration: ServiceConfiguration) -> HTTPRequest {
    var request = configuration.request(.post, .claimToken)
    request.body = .json { json in
      json.name("task_id")
      json.value(taskID)
      json.name("session_id")
      json.value(sessionID)
    }
    return request
  }

  /// Reads the claim token, which `ServiceConfiguration.claimLink` makes a link of.
  package func answer(_ response: HTTPResponse) throws(ServiceError) -> String {
    let envelope = try Envelope(response)
    guard let token = envelope.text("claim_token", "claimToken") else {
      throw envelope.unreadable("it holds no claim token")
    }
    return token
  }
}
