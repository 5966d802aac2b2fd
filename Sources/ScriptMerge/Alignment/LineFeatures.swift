internal import ScriptModel

/// What the lines of one side look like to the alignment.
struct LineFeatures {
  /// A number for the whole text, its white space and markup made even.
  var textKeys: [Int32] = []
  /// A number for the name of the speaker, 0 where nobody is named; empty for rows of text.
  var speakerKeys: [Int32] = []
  /// The starts in ms, `Int64.min` where there is none; empty for rows of text.
  var starts: [Int64] = []

  /// How many lines there are.
  var count: Int { textKeys.count }

  /// Takes rows of text, of which nothing is known but what they say.
  init(of rows: TextRows) { textKeys = rows.numbers }

  /// Reads the lines of a script.
  init(of script: Script, markup: Bool, in texts: inout TokenTable) {
    var names: [Speaker.ID: Int32] = [:]
    for speaker in script.speakers { names[speaker.id] = Self.key(of: speaker.name, &texts) }
    reserveCapacity(script.lines.count)
    var plain: [UInt8] = []
    for line in script.lines {
      append(
        line.text.utf8.span, speakerKey: line.speaker.flatMap { names[$0] } ?? 0,
        start: line.start, markup: markup, by: &plain, in: &texts)
    }
  }

  /// Reads the entries of a document.
  init(
    of document: ScriptDocument, _ capabilities: DocumentCapabilities,
    in texts: inout TokenTable
  ) {
    let names = document.speakers.map { Self.key(of: $0, &texts) }
    reserveCapacity(document.entries.count)
    var plain: [UInt8] = []
    let span = document.text.span
    for entry in document.entries {
      let speaker = entry.speaker.flatMap { names.indices.contains($0) ? names[$0] : nil } ?? 0
      append(
        span.extracting(entry.text), speakerKey: capabilities.holdsSpeakers ? speaker : 0,
        start: capabilities.holdsTimes ? entry.start : nil, markup: true, by: &plain, in: &texts)
    }
  }

  private static func key(of name: String, _ table: inout TokenTable) -> Int32 {
    let bytes = Array(name.utf8)
    return table.intern(bytes.span, 0..<bytes.count, as: .word)
  }

  private mutating func reserveCapacity(_ count: Int) {
    textKeys.reserveCapacity(count)
    speakerKeys.reserveCapacity(count)
    starts.reserveCapacity(count)
  }

  /// Adds a line.
  private mutating func append(
    _ text: Span<UInt8>, speakerKey: Int32, start: Milliseconds?, markup: Bool,
    by plain: inout [UInt8], in table: inout TokenTable
  ) {
    textKeys.append(table.internPlain(text, keepingMarkup: markup, by: &plain))
    speakerKeys.append(speakerKey)
    starts.append(start?.rawValue ?? .min)
  }
}

extension TokenTable {
  /// The number of a text's plain form; texts that are not plain as they stand are made so in a buffer.
  mutating func internPlain(
    _ text: Span<UInt8>, keepingMarkup: Bool, by buffer: inout [UInt8]
  ) -> Int32 {
    if PlainForm.isPlain(text, keepingMarkup: keepingMarkup) {
      return intern(text, 0..<text.count, as: .punctuation)
    }
    buffer.removeAll(keepingCapacity: true)
    PlainForm.append(text, keepingMarkup: keepingMarkup, to: &buffer)
    return intern(buffer.span, 0..<buffer.count, as: .punctuation)
  }
}

/// A text with each run of white space as one space, none at the ends, and no markup if so wished.
enum PlainForm {
  static func of(_ bytes: [UInt8], keepingMarkup: Bool) -> [UInt8] {
    of(bytes.span, keepingMarkup: keepingMarkup)
  }

  static func of(_ bytes: Span<UInt8>, keepingMarkup: Bool) -> [UInt8] {
    var result: [UInt8] = []
    append(bytes, keepingMarkup: keepingMarkup, to: &result)
    return result
  }

  static func append(_ bytes: Span<UInt8>, keepingMarkup: Bool, to result: inout [UInt8]) {
    if isPlain(bytes, keepingMarkup: keepingMarkup) {
      bytes.withUnsafeBufferPointer { result.append(contentsOf: $0) }
      return
    }
    let start = result.count
    var awaitsSpace = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        awaitsSpace = result.count > start
        index += 1
      } else if !keepingMarkup, let end = tagEnd(bytes, index) {
        index = end
      } else {
        if awaitsSpace { result.append(0x20) }
        awaitsSpace = false
        result.append(byte)
        index += 1
      }
    }
  }

  /// Whether a text is in this form as it stands, as most are.
  static func isPlain(_ text: Span<UInt8>, keepingMarkup: Bool) -> Bool {
    text.withUnsafeBytes { bytes in
      var offset = 0
      // The mark of a blank in front of the text: none may follow.
      var before: UInt64 = 1 << 63
      while offset + 8 <= bytes.count {
        let eight = EightBytes(bytes, at: offset)
        let blanks = eight.marks(of: 0x20)
        if blanks & (blanks << 8 | before >> 56) != 0 || eight.hasControl { return false }
        if !keepingMarkup, eight.marks(of: UInt8(ascii: "<")) != 0 { return false }
        before = blanks
        offset += 8
      }
      var isAfterSpace = before >> 63 != 0
      for byte in bytes[offset...] {
        let isSpace = byte == 0x20
        if isSpace && isAfterSpace || byte < 0x20 { return false }
        if !keepingMarkup, byte == UInt8(ascii: "<") { return false }
        isAfterSpace = isSpace
      }
      return !isAfterSpace || bytes.isEmpty
    }
  }

  private static func tagEnd(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    guard bytes[start] == UInt8(ascii: "<") else { return nil }
    let letter = start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "/") ? 2 : 1
    guard start + letter + 1 < bytes.count, bytes[start + letter + 1] == UInt8(ascii: ">") else {
      return nil
    }
    switch bytes[start + letter] {
    case UInt8(ascii: "b"), UInt8(ascii: "i"), UInt8(ascii: "u"): return start + letter + 2
    default: return nil
    }
  }
}
