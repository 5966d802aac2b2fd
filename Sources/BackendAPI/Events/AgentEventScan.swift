internal import JSONText

/// Reads the commonest forms of events straight from their bytes, at a tenth of a document's cost.
///
/// It knows texts, heartbeats and tools of both dialects. Whatever else it meets it leaves to the
/// reading of a whole document, which gives the same events for what both can read.
struct AgentEventScan {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// A string between its quotes.
  private struct Quoted {
    var range: Range<Int>
    var hasEscape: Bool
  }

  private enum Content {
    case none
    case text(Quoted)
    case parts
  }

  /// Appends the events; `false` for a form that is not read here: what was appended is not to count.
  mutating func read(into events: inout [AgentEvent]) -> Bool {
    let first = events.count
    var type: Quoted?
    var name: Quoted?
    var content = Content.none
    var partial: Bool?
    skipSpace()
    guard take(UInt8(ascii: "{")) else { return false }
    var isFirst = true
    while let key = member(&isFirst) {
      if Self.leavesToDocument(bytes, key) { return false }
      if equals(key, "type") {
        guard type == nil, let value = string() else { return false }
        type = value
      } else if equals(key, "name") {
        guard name == nil, let value = string() else { return false }
        name = value
      } else if equals(key, "partial") {
        guard partial == nil, let value = truth() else { return false }
        partial = value
      } else if equals(key, "content") {
        guard case .none = content, let value = readContent(into: &events) else { return false }
        content = value
      } else if !skipValue() {
        return false
      }
    }
    guard wasClosed, isAtEnd() else { return false }
    switch (type, content) {
    case (let type?, let content):
      if case .parts = content { return false }
      return typed(type, content, name, partial, into: &events)
    case (nil, .parts):
      return settle(partial ?? false, &events, from: first)
    default: return false
    }
  }

  // Set by `member` when it meets the end of the object.
  private var wasClosed = false

  /// Keys that tell of failures, or of forms that are rare.
  private static func leavesToDocument(_ bytes: [UInt8], _ key: Quoted) -> Bool {
    if key.hasEscape { return true }
    guard let first = key.range.isEmpty ? nil : bytes[key.range.lowerBound] else { return true }
    switch first {
    case UInt8(ascii: "e"): return bytes[key.range].starts(with: "error".utf8)
    case UInt8(ascii: "c"): return key.range.count == 4
    case UInt8(ascii: "s"): return key.range.count == 7
    case UInt8(ascii: "t"): return bytes[key.range].elementsEqual("text".utf8)
    default: return false
    }
  }

  private func typed(
    _ type: Quoted, _ content: Content, _ name: Quoted?, _ partial: Bool?,
    into events: inout [AgentEvent]
  ) -> Bool {
    if equals(type, "text") {
      guard case .text(let quoted) = content else { return false }
      let text = decoded(quoted)
      events.append(text.isEmpty ? .heartbeat : .text(text, isPartial: partial ?? true))
    } else if equals(type, "heartbeat") {
      events.append(.heartbeat)
    } else if equals(type, "tool_call"), let name {
      events.append(.toolCall(name: decoded(name)))
    } else if equals(type, "tool_result"), let name {
      events.append(.toolResult(name: decoded(name)))
    } else {
      return false
    }
    return true
  }

  /// Gives the texts of an event what stood behind them: whether they are pieces.
  private func settle(_ isPartial: Bool, _ events: inout [AgentEvent], from first: Int) -> Bool {
    if events.count == first { events.append(.heartbeat) }
    guard isPartial else { return true }
    for index in first..<events.count {
      if case .text(let text, _) = events[index] { events[index] = .text(text, isPartial: true) }
    }
    return true
  }

  private mutating func readContent(into events: inout [AgentEvent]) -> Content? {
    skipSpace()
    guard let byte = next else { return nil }
    if byte == UInt8(ascii: "\"") { return string().map { .text($0) } }
    guard take(UInt8(ascii: "{")) else { return nil }
    var hasParts = false
    var isFirst = true
    while let key = member(&isFirst) {
      if key.hasEscape { return nil }
      if equals(key, "parts") {
        guard !hasParts, readParts(into: &events) else { return nil }
        hasParts = true
      } else if !skipValue() {
        return nil
      }
    }
    guard wasClosed, hasParts else { return nil }
    wasClosed = false
    return .parts
  }

  private mutating func readParts(into events: inout [AgentEvent]) -> Bool {
    let first = events.count
    skipSpace()
    guard take(UInt8(ascii: "[")) else { return false }
    skipSpace()
    if take(UInt8(ascii: "]")) { return true }
    while true {
      skipSpace()
      guard readPart(into: &events, from: first) else { return false }
      skipSpace()
      if take(UInt8(ascii: "]")) { return true }
      guard take(UInt8(ascii: ",")) else { return false }
    }
  }

  private mutating func readPart(into events: inout [AgentEvent], from first: Int) -> Bool {
    guard take(UInt8(ascii: "{")) else { return false }
    var text: Quoted?
    var call: Quoted?
    var response: Quoted?
    var isFirst = true
    while let key = member(&isFirst) {
      if key.hasEscape { return false }
      if equals(key, "text") {
        guard text == nil, let value = string() else { return false }
        text = value
      } else if equals(key, "functionCall") || equals(key, "function_call") {
        guard call == nil, let value = nameInObject() else { return false }
        call = value
      } else if equals(key, "functionResponse") || equals(key, "function_response") {
        guard response == nil, let value = nameInObject() else { return false }
        response = value
      } else if equals(key, "thought") || !skipValue() {
        return false
      }
    }
    guard wasClosed else { return false }
    wasClosed = false
    if let text, !text.range.isEmpty { append(decoded(text), to: &events, from: first) }
    if let call { events.append(.toolCall(name: decoded(call))) }
    if let response { events.append(.toolResult(name: decoded(response))) }
    return true
  }

  private func append(_ text: String, to events: inout [AgentEvent], from first: Int) {
    if events.count > first, case .text(let before, _) = events[events.count - 1] {
      events[events.count - 1] = .text(before + text, isPartial: false)
    } else {
      events.append(.text(text, isPartial: false))
    }
  }

  /// The member `name` of an object; `nil` where it has none or is no object.
  private mutating func nameInObject() -> Quoted? {
    skipSpace()
    guard take(UInt8(ascii: "{")) else { return nil }
    var name: Quoted?
    var isFirst = true
    while let key = member(&isFirst) {
      if key.hasEscape { return nil }
      if equals(key, "name") {
        guard name == nil, let value = string() else { return nil }
        name = value
      } else if !skipValue() {
        return nil
      }
    }
    guard wasClosed else { return nil }
    wasClosed = false
    return name
  }
}

// The grammar, as far as it is needed to find one's way.
extension AgentEventScan {
  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      position += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func isAtEnd() -> Bool {
    skipSpace()
    return position == bytes.count
  }

  /// The next member's name, its colon passed; `nil` at the object's end or where it is broken.
  private mutating func member(_ isFirst: inout Bool) -> Quoted? {
    wasClosed = false
    skipSpace()
    if take(UInt8(ascii: "}")) {
      wasClosed = true
      return nil
    }
    if !isFirst {
      guard take(UInt8(ascii: ",")) else { return nil }
    }
    isFirst = false
    guard let name = string() else { return nil }
    skipSpace()
    return take(UInt8(ascii: ":")) ? name : nil
  }

  private mutating func string() -> Quoted? {
    skipSpace()
    guard take(UInt8(ascii: "\"")) else { return nil }
    let bytes = self.bytes
    let text = bytes.span
    let start = position
    var hasEscape = false
    var index = start
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") {
        position = index + 1
        return Quoted(range: start..<index, hasEscape: hasEscape)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscape = true
        index += 1
      } else if byte < 0x20 {
        return nil
      }
      index += 1
    }
    return nil
  }

  private mutating func truth() -> Bool? {
    skipSpace()
    if bytes[position...].starts(with: "true".utf8) {
      position += 4
      return true
    }
    guard bytes[position...].starts(with: "false".utf8) else { return nil }
    position += 5
    return false
  }

  /// Passes over a value of any kind by its brackets and quotes.
  private mutating func skipValue() -> Bool {
    var depth = 0
    repeat {
      skipSpace()
      guard let byte = next else { return false }
      switch byte {
      case UInt8(ascii: "\""):
        if string() == nil { return false }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0 else { return false }
        depth -= 1
        position += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { return false }
        position += 1
      default: skipWord()
      }
    } while depth > 0
    return true
  }

  private mutating func skipWord() {
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "}"),
        UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x0A, 0x0D, 0x09:
        return
      default: position += 1
      }
    }
  }

  private func equals(_ quoted: Quoted, _ name: StaticString) -> Bool {
    guard !quoted.hasEscape, quoted.range.count == name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { wanted in
      for index in wanted.indices where bytes[quoted.range.lowerBound + index] != wanted[index] {
        return false
      }
      return true
    }
  }

  private func decoded(_ quoted: Quoted) -> String {
    guard quoted.hasEscape else { return String(decoding: bytes[quoted.range], as: UTF8.self) }
    let document = Array(bytes[(quoted.range.lowerBound - 1)...quoted.range.upperBound])
    // Of a broken escape the bytes as they stand are more than nothing.
    if let value = try? JSONValue(parsing: document), let text = value.string { return text }
    return String(decoding: bytes[quoted.range], as: UTF8.self)
  }
}
