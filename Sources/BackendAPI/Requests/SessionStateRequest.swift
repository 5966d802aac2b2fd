package import JSONText

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
    let (document, bytes) = try SessionLookRequest.document(in: response)
    return SessionState(document, from: bytes, knownSpeakers: knownSpeakers)
  }
}

/// Reads a session's latest state where it is another than one that is known.
package struct SessionLookRequest: ServiceRequest {
  /// What a look saw.
  package enum Answer: Sendable {
    /// The very bytes that are known.
    case asKnown
    /// Another state, and the bytes that it was read from.
    case seen(JSONValue, [UInt8])
  }

  /// The service's name for the session.
  package var sessionID: String
  /// What `SessionState.bytes` gave before; `nil` where nothing was seen yet.
  package var known: [UInt8]?

  /// Creates the request.
  package init(sessionID: String, known: [UInt8]?) {
    self.sessionID = sessionID
    self.known = known
  }

  /// Makes the request.
  package func httpRequest(_ configuration: ServiceConfiguration) -> HTTPRequest {
    SessionStateRequest(sessionID: sessionID).httpRequest(configuration)
  }

  /// Reads the envelope and, where it is not the known one, the state in it.
  package func answer(_ response: HTTPResponse) throws(ServiceError) -> Answer {
    // Only objects end with their own last byte: 1 is the beginning of 12.
    if let known, known.last == UInt8(ascii: "}"),
      let place = JSONScan.place(of: known, at: Self.path, in: response.body),
      try Self.isState(at: place, of: response)
    {
      return .asKnown
    }
    let (document, bytes) = try Self.document(in: response)
    return .seen(document, bytes)
  }

  /// The state in an answer, and what it was read from.
  fileprivate static func document(
    in response: HTTPResponse
  ) throws(ServiceError) -> (JSONValue, [UInt8]) {
    if let place = JSONScan.place(of: path, in: response.body), try isState(at: place, of: response)
    {
      let bytes = Array(response.body[place])
      // What can't be read by itself is told with its place in the whole answer.
      if let document = try? JSONValue(parsing: bytes) { return (document, bytes) }
    }
    let document = state(in: try Envelope(ofSession: response)) ?? .object([])
    return (document, document.bytes)
  }

  private static let path = ["data", "state"]

  /// Whether the state is looked for at a place, in an answer that is no refusal.
  ///
  /// An answer is mostly state: its envelope is read with an empty object in the place of that.
  private static func isState(
    at place: Range<Int>, of response: HTTPResponse
  ) throws(ServiceError) -> Bool {
    var rest = response
    rest.body.replaceSubrange(place, with: "{}".utf8)
    return state(in: try Envelope(ofSession: rest)) == .object([])
  }

  private static func state(in envelope: Envelope) -> JSONValue? {
    envelope.data?["state"] ?? envelope.document["state"] ?? envelope.data
  }
}
