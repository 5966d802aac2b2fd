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
    switch try SessionLookRequest(sessionID: sessionID, knownSpeakers: knownSpeakers)
      .answer(response)
    {
    case .seen(let state): return state
    case .asBefore: throw ServiceError(.unreadable, number: response.head.status)
    }
  }
}

/// Reads a session's latest state where it is another than one that is known.
package struct SessionLookRequest: ServiceRequest {
  /// What a look saw.
  package enum Answer: Sendable {
    /// The very bytes that are known.
    case asBefore
    case seen(SessionState)
  }

  /// The service's name for the session.
  package var sessionID: String
  /// Names that count as labels in texts however they look.
  package var knownSpeakers: Set<String>
  /// What `SessionState.bytes` gave before; `nil` where nothing was seen yet.
  package var known: [UInt8]?

  /// Creates the request.
  package init(sessionID: String, knownSpeakers: Set<String> = [], known: [UInt8]? = nil) {
    self.sessionID = sessionID
    self.knownSpeakers = knownSpeakers
    self.known = known
  }

  /// Makes the request.
  package func httpRequest(_ configuration: ServiceConfiguration) -> HTTPRequest {
    SessionStateRequest(sessionID: sessionID).httpRequest(configuration)
  }

  /// Reads the envelope and, where it is not the known one, the state in it.
  package func answer(_ response: HTTPResponse) throws(ServiceError) -> Answer {
    if let (envelope, bytes) = try Self.parts(of: response), Self.state(in: envelope) == .object([])
    {
      if bytes == known { return .asBefore }
      // What can't be read by itself is told with its place in the whole answer.
      if let state = try? SessionState(parsing: bytes, knownSpeakers: knownSpeakers) {
        return .seen(state)
      }
    }
    let state = Self.state(in: try Envelope(ofSession: response)) ?? .object([])
    return .seen(SessionState(state, knownSpeakers: knownSpeakers))
  }

  private static func state(in envelope: Envelope) -> JSONValue? {
    envelope.data?["state"] ?? envelope.document["state"] ?? envelope.data
  }

  /// The state's bytes, and the envelope with an empty object in their place: an answer is mostly
  /// state, which need not be read to tell that it is the known one.
  ///
  /// - Returns: `nil` where no state is found, or one that is not at the place where it is looked for.
  private static func parts(
    of response: HTTPResponse
  ) throws(ServiceError) -> (envelope: Envelope, state: [UInt8])? {
    guard let place = JSONScan.place(of: ["data", "state"], in: response.body) else { return nil }
    var rest = response
    rest.body.replaceSubrange(place, with: "{}".utf8)
    return (try Envelope(ofSession: rest), Array(response.body[place]))
  }
}
