import JSONText

/// What the agent lets its client know, before it is put into one of the two dialects.
enum AgentSignal: Sendable {
  /// A whole text with the pieces that it comes in.
  case text([String])
  case toolCall(String)
  case toolResult(String)
  case heartbeat
  case failure(String)
  case unknown
}

extension AgentTurn {
  /// The signals of a turn, in order.
  func signals(_ options: EventOptions) -> [AgentSignal] {
    var signals: [AgentSignal] = []
    if options.hasNoise { signals.append(.unknown) }
    signals.append(.toolCall(tool))
    signals += Array(repeating: .heartbeat, count: options.heartbeats)
    signals.append(.toolResult(tool))
    if let reply { signals.append(.text(Self.pieces(of: reply))) }
    return signals
  }

  /// Cuts a text before words, into pieces of about 40 letters.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var current = ""
    for letter in text {
      if letter == " ", current.utf8.count >= 40 {
        pieces.append(current)
        current = ""
      }
      current.append(letter)
    }
    if !current.isEmpty { pieces.append(current) }
    return pieces
  }
}

/// Puts signals into a dialect: one JSON document an event.
struct EventDialect {
  var options: EventOptions
  private var random: SeededRandom
  private let invocation: String
  /// A running time, so that the same messages give the same bytes.
  private var timestamp = 1_760_000_000.25

  init(options: EventOptions, seed: UInt64) {
    self.options = options
    random = SeededRandom(seed: seed)
    invocation = "e-" + random.uuid()
  }

  /// The events of a signal; a text is several.
  mutating func events(of signal: AgentSignal) -> [JSONValue] {
    switch options.dialect {
    case .typed: typed(signal)
    case .adk: kit(signal)
    }
  }

  private func typed(_ signal: AgentSignal) -> [JSONValue] {
    switch signal {
    case .text(let pieces):
      pieces.map { .members(["type": "text".json, "content": $0.json]) }
    case .toolCall(let name):
      [
        .members([
          "type": "tool_call".json, "name": name.json, "args": .members(["track": .whole(0)]),
        ])
      ]
    case .toolResult(let name):
      [
        .members([
          "type": "tool_result".json, "name": name.json,
          "result": .members(["status": "ok".json]),
        ])
      ]
    case .heartbeat: [.members(["type": "heartbeat".json])]
    case .failure(let words): [.members(["error": words.json])]
    case .unknown:
      [.members(["type": "usage".json, "tokens": .members(["in": .whole(12), "out": .null])])]
    }
  }

  private mutating func kit(_ signal: AgentSignal) -> [JSONValue] {
    switch signal {
    case .text(let pieces):
      var events: [JSONValue] = []
      let shared = options.sharesIDs ? random.uuid() : nil
      if options.sendsPartials {
        events = pieces.map { kitEvent(parts: [textPart($0)], partial: true, id: shared) }
      }
      events.append(kitEvent(parts: [textPart(pieces.joined())], partial: nil, id: shared))
      return events
    case .toolCall(let name):
      let call = part(
        "functionCall", "function_call", name, "args", .members(["track": .whole(0)]))
      let parts = options.combinesCalls ? [textPart(""), call] : [call]
      return [kitEvent(parts: parts, partial: nil, id: nil)]
    case .toolResult(let name):
      let answer = part(
        "functionResponse", "function_response", name, "response",
        .members(["status": "ok".json]))
      return [kitEvent(parts: [answer], partial: nil, id: nil)]
    case .heartbeat: return [.members(["type": "heartbeat".json])]
    case .failure(let words): return [.members(["error": words.json])]
    case .unknown: return [kitEvent(parts: [], partial: nil, id: nil)]
    }
  }

  private func textPart(_ text: String) -> JSONValue { .members(["text": text.json]) }

  private mutating func part(
    _ camel: String, _ snake: String, _ name: String, _ member: String, _ value: JSONValue
  ) -> JSONValue {
    let content: JSONValue = .object([
      .init(name: "id", value: .string("call-\(random.letters(8))")),
      .init(name: "name", value: .string(name)), .init(name: member, value: value),
    ])
    return .object([.init(name: options.usesSnakeCase ? snake : camel, value: content)])
  }

  private mutating func kitEvent(
    parts: [JSONValue], partial: Bool?, id: String?
  ) -> JSONValue {
    timestamp += 0.125
    var event: JSONValue = .members([
      "content": .members(["role": "model".json, "parts": .array(parts)])
    ])
    if let partial { event = event.adding("partial", .bool(partial)) }
    return event.adding("author", "nemo_agent".json)
      .adding(options.usesSnakeCase ? "invocation_id" : "invocationId", .string(invocation))
      .adding("id", .string(id ?? random.uuid()))
      .adding("timestamp", .number("\(timestamp)"))
  }
}

extension String {
  fileprivate var json: JSONValue { .string(self) }
}
