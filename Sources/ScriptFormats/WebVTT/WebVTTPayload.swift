/// The text of a WebVTT cue, taken apart into voices.
struct WebVTTPayload {
  /// What one voice says, or what stands outside of all.
  struct Part {
    var speaker: String?
    var text: [UInt8] = []
    /// Begins with `<c></c>`: no speaker, whatever the text looks like.
    var isShielded = false
    /// Whether the voice has ended and only punctuation may follow.
    var isClosed = false
  }

  /// Stands in blank rows, and before text that looks like a label: a span of no text.
  static let shield: StaticString = "<c></c>"

  private static let tags: Set<String> = ["c", "v", "ruby", "rt", "lang", "font", "span", "s"]

  private var found: [Part] = [Part()]
  private(set) var droppedTagCount = 0
  /// Whether words have times of their own, as YouTube's automatic captions have.
  private(set) var hasTimestamps = false
  /// Whether there are spans without a class.
  private(set) var hasPlainSpans = false

  /// The parts that have text; one empty part where none has.
  func parts() -> [Part] {
    var parts: [Part] = []
    for part in found {
      if let last = parts.last, part.speaker == nil, !Self.hasWords(part.text) {
        parts[parts.count - 1].text = last.text + part.text
      } else if part.speaker != nil || !part.text.isEmpty || part.isShielded {
        parts.append(part)
      }
    }
    let isSplit = parts.count > 1
    if isSplit, parts[0].speaker == nil, !Self.hasWords(parts[0].text) {
      parts[1].text = parts[0].text + parts[1].text
      parts.removeFirst()
    }
    for index in parts.indices where isSplit { parts[index].text = Self.trimmed(parts[index].text) }
    return parts.isEmpty ? [Part()] : parts
  }

  mutating func read(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var position = range.lowerBound
    while position < range.upperBound {
      switch bytes[position] {
      case 0x3C: position = tag(bytes, position..<range.upperBound)
      case 0x26:
        let (text, length) = CharacterReference.decode(bytes, position..<range.upperBound)
        append(text)
        position += length
      default:
        let start = position
        while position < range.upperBound, bytes[position] != 0x3C, bytes[position] != 0x26 {
          position += 1
        }
        append(bytes.extracting(start..<position).withUnsafeBufferPointer { Array($0) })
      }
    }
  }

  private mutating func append(_ text: [UInt8]) {
    if found[found.count - 1].isClosed, Self.hasWords(text) { found.append(Part()) }
    found[found.count - 1].text.append(contentsOf: text)
  }

  private mutating func tag(_ bytes: Span<UInt8>, _ rest: Range<Int>) -> Int {
    let start = rest.lowerBound
    let limit = min(rest.upperBound, start + MarkupTag.longest)
    guard let close = firstIndex(of: 0x3E, in: bytes, start..<limit) else {
      append([0x3C])
      return start + 1
    }
    if let kept = keptTag(bytes, start..<close + 1) {
      append(kept)
      return close + 1
    }
    if isTimestamp(bytes, start + 1..<close) {
      hasTimestamps = true
      return close + 1
    }
    if let tag = MarkupTag(bytes, rest), Self.tags.contains(tag.name) {
      drop(tag, bytes, start)
      return tag.end
    }
    // `</>` and `<.d>`: tags without a name; anything else is what somebody typed.
    let next = bytes[start + 1]
    guard next == 0x2F && close == start + 2 || next == 0x2E || close == start + 1 else {
      append([0x3C])
      return start + 1
    }
    droppedTagCount += 1
    return close + 1
  }

  private mutating func drop(_ tag: MarkupTag, _ bytes: Span<UInt8>, _ start: Int) {
    if tag.name == "v" {
      if tag.isEnd {
        found[found.count - 1].isClosed = true
      } else {
        let name = Self.decoded(tag.annotation(bytes))
        found.append(Part(speaker: name.isEmpty ? nil : name))
      }
      return
    }
    if tag.name == "c", !tag.isEnd, tag.attributes.isEmpty, isEmptySpan(bytes, tag.end) {
      if found.count == 1, found[0].text.isEmpty { found[0].isShielded = true }
      return
    }
    if tag.name == "c" { hasPlainSpans = true }
    if tag.name != "c" || !tag.attributes.isEmpty { droppedTagCount += 1 }
  }

  private func isEmptySpan(_ bytes: Span<UInt8>, _ end: Int) -> Bool {
    guard end + 4 <= bytes.count else { return false }
    return WebVTTReader.string(bytes, end..<end + 4) == "</c>"
  }

  /// `<b.loud>` and `</b>` without the classes; `nil` for any other tag.
  private func keptTag(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8]? {
    guard let tag = MarkupTag(bytes, range), ["b", "i", "u"].contains(tag.name) else { return nil }
    return Array((tag.isEnd ? "</\(tag.name)>" : "<\(tag.name)>").utf8)
  }

  /// Whether a tag is a time such as `00:00:01.000`.
  private func isTimestamp(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var hasColon = false
    for index in range {
      let byte = bytes[index]
      guard (0x30...0x3A).contains(byte) || byte == 0x2E else { return false }
      hasColon = hasColon || byte == 0x3A
    }
    return hasColon
  }

  /// Decodes character references in a name.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(0x26) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if bytes[position] == 0x26 {
        let (text, length) = CharacterReference.decode(bytes.span, position..<bytes.count)
        result.append(contentsOf: text)
        position += length
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether a text has letters or digits.
  private static func hasWords(_ text: [UInt8]) -> Bool {
    text.contains { $0 >= 0x80 || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) }
  }

  private static func trimmed(_ text: [UInt8]) -> [UInt8] {
    let blank: Set<UInt8> = [0x20, 0x09, 0x0A]
    let head = text.drop { blank.contains($0) }
    guard let last = head.lastIndex(where: { !blank.contains($0) }) else { return [] }
    return Array(head[...last])
  }
}
