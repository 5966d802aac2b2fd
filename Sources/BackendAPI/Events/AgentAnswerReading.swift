internal import JSONText

/// Reads the answer to a message piece by piece, whatever kind of body it turns out to have.
struct AgentAnswerReading {
  /// What is at hand.
  enum Outcome: Sendable {
    case event(AgentEvent)
    case refused(ServiceError)
    case needsMore
    case end
  }

  private enum Body { case unknown, events, document, refusal }

  /// The largest document that is read in the place of events.
  private static let largestDocument = 16 << 20
  /// After so much white space it is no document.
  private static let longestLead = 4096

  private var head: HTTPHead?
  private var body = Body.unknown
  private var parser = EventStreamParser()
  private var reader = AgentEventReader()
  private var bytes: [UInt8] = []
  private var error: ServiceError?
  private var hasEnded = false

  /// Takes what the transport tells.
  mutating func absorb(_ event: HTTPEvent) {
    switch event {
    case .sent, .received: break
    case .head(let head):
      self.head = head
      body = (200...299).contains(head.status) ? .unknown : .refusal
    case .bytes(let piece): absorb(piece)
    }
  }

  /// Notes the end of the body; `false` where not even a head had come.
  mutating func finish() -> Bool {
    guard let head, !hasEnded else { return head != nil }
    hasEnded = true
    let response = HTTPResponse(head: head, body: bytes)
    switch body {
    case .refusal: error = ServiceError(reading: response)
    case .document: readDocument(response)
    case .events: parser.finish()
    case .unknown:
      // White space alone, or nothing: a run without events.
      break
    }
    return true
  }

  /// Ends the answer where its head had refused the message; whether it had.
  mutating func endsRefused() -> Bool {
    guard let head, head.refusesWhateverFollows, !hasEnded else { return false }
    bytes = ServiceClient.wholeOrNothing(bytes)
    return finish()
  }

  /// Gives what can be told now.
  mutating func take() -> Outcome {
    if let event = reader.next() { return .event(event) }
    while let found = parser.next() {
      switch found {
      case .comment: return .event(.heartbeat)
      case .event: reader.read(parser.data)
      case .oversizedEvent: reader.noteOversized()
      case .unfinishedEvent: reader.readUnfinished(parser.data)
      }
      if let event = reader.next() { return .event(event) }
    }
    if let error { return .refused(error) }
    return hasEnded ? .end : .needsMore
  }

  private mutating func absorb(_ piece: [UInt8]) {
    switch body {
    case .events: parser.supply(piece)
    case .refusal:
      if bytes.count < largestRefusal { bytes += piece }
    case .document:
      if bytes.count < Self.largestDocument { bytes += piece }
    case .unknown:
      bytes += piece
      let sign = Self.firstSign(bytes)
      guard let first = sign ?? (bytes.count > Self.longestLead ? lineFeed : nil) else { return }
      // No line of an event stream that means anything begins like a document of another kind.
      if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == UInt8(ascii: "<") {
        body = .document
      } else {
        body = .events
        parser.supply(bytes)
        bytes = []
      }
    }
  }

  private static func firstSign(_ bytes: [UInt8]) -> UInt8? {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let rest = bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...]
    if bytes.count < 3, mark.starts(with: bytes) { return nil }
    return rest.first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
  }

  /// Reads a JSON document in the place of events: a refusal, one event, or a list of them.
  private mutating func readDocument(_ response: HTTPResponse) {
    // What is no JSON is no answer of the service; it may or may not have done the work.
    guard let document = try? JSONValue(parsing: response.body) else {
      error = ServiceError(
        .unreadable, number: response.head.status,
        detail: "the answer is neither events nor JSON")
      return
    }
    if let refusal = ServiceError(in: document, of: response.head) {
      error = refusal
      return
    }
    reader.read(document)
  }
}
