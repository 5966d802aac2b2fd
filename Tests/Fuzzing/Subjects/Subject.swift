import ScriptModel

/// A parser of what comes from files or from the service, and what must hold of it for any bytes.
package enum Subject: String, CaseIterable, Sendable {
  case subRip = "srt"
  case webVTT = "vtt"
  case transcript = "txt"
  case markdown = "md"
  case fountain
  case scriptJSON = "script-json"
  case document = "docx"
  case documentParts = "docx-parts"
  case editForm = "edit-form"
  case encoding
  case detection
  case json
  case eventStream = "event-stream"
  case agentEvents = "agent-events"
  case agentAnswer = "agent-answer"
  case answers
  case draft
  case talk
  case address

  /// Gives an input to the parser and checks what must hold of the outcome.
  ///
  /// - Throws: `Violation` where a property does not hold; a trap is a failure of its own.
  package func check(_ input: [UInt8]) throws(Violation) {
    switch self {
    case .subRip: try FormatProperties.check(input, as: .srt)
    case .webVTT: try FormatProperties.check(input, as: .webVTT)
    case .transcript: try FormatProperties.check(input, as: .text)
    case .markdown: try FormatProperties.check(input, as: .markdown)
    case .fountain: try FormatProperties.check(input, as: .fountain)
    case .scriptJSON: try FormatProperties.check(input, as: .json)
    case .document: try FormatProperties.check(input, as: .docx)
    case .documentParts: try FormatProperties.check(DocumentParts.archive(input), as: .docx)
    case .editForm: try EditFormProperties.check(input)
    case .encoding: try EncodingProperties.check(input)
    case .detection: try FormatProperties.check(input, as: nil)
    case .json: try JSONProperties.check(input)
    case .eventStream: try EventStreamProperties.check(input)
    case .agentEvents: try AgentEventProperties.check(input)
    case .agentAnswer: try AgentAnswerProperties.check(input)
    case .answers: try AnswerProperties.check(input)
    case .draft: try DraftProperties.check(input)
    case .talk: try TalkProperties.check(input)
    case .address: try AddressProperties.check(input)
    }
  }
}

/// Choices that follow from an input without a place of their own in it, so that seeds stay plain.
struct Choices {
  private var state: UInt64

  /// Choices by the input's last bytes and its length: what the fuzzer appends changes them.
  init(_ input: [UInt8]) {
    state = UInt64(input.count)
    for byte in input.suffix(6) { state = state << 8 | UInt64(byte) }
  }

  /// A number below a bound.
  mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(bound, 1)))
  }

  /// One of some values.
  mutating func pick<Value>(_ first: Value, _ others: Value...) -> Value {
    let index = next(below: others.count + 1)
    return index == 0 ? first : others[index - 1]
  }

  /// The bytes in pieces of 0 to 40 bytes, or now and then more.
  mutating func pieces(of bytes: [UInt8]) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var position = 0
    while position < bytes.count {
      let most = pick(1, 3, 40, 4096)
      let end = min(bytes.count, position + next(below: most + 1))
      pieces.append(Array(bytes[position..<end]))
      position = end
    }
    return pieces
  }
}
