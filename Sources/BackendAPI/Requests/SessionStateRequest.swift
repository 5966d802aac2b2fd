internal import JSONText

/// Reads a session's latest state.
package struct SessionStateRequest: ServiceRequest {
  /// Drafts of tens of thousands of segments are larger than other answers.
  private static let largestState: Int64 = 256 << 20

  /// The service's name for the session.
  package var sessionID: String
  /// Names that count as labels in texts however they look.
  package var knownSpeakers: Set<String>

  /// Creates the request.
  package init(sessionID: String, knownSpeakers: Set<String> = []) {
    self.sessionID = sessionID
    self.knownSpeakers = knownSpeakers
  }

  /// Makes the request.
  package func httpRequest(_ configuration: ServiceConfiguration) -> HTTPRequest {
    var request = configuration.request(.get, .state(session: sessionID))
    request.destination = .pieces(limit: Self.largestState)
    return request
  }

  /// Reads the state; a session that has done nothing yet has an empty one.
  package func answer(_ response: HTTPResponse) throws(ServiceError) -> SessionState {
    let envelope = try Envelope(ofSession: response)
    let state = envelope.data?["state"] ?? envelope.document["state"] ?? envelope.data
    return SessionState(state ?? .object([]), knownSpeakers: knownSpeakers)
  }
}
