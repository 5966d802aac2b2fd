import ScriptModel

/// The form of our own for texts that would be read as something else: each line has a label.
///
///     [00:00:05] [Anna]: first row
///       second row
///     []: nobody
///     [# Anna]: a heading, [*]: a direction
///
/// Rows that go on are indented by two spaces, blank ones too, so that nothing in a text can be
/// taken for a label, a time or a paragraph.
enum GuardedTranscript {
  /// Reads a text that keeps the form from its first row to its last; `nil` for any other.
  static func read(_ bytes: [UInt8]) -> ScriptDocument? {
    guard bytes.first == UInt8(ascii: "[") else { return nil }
    var document = ScriptDocument()
    var speakers: [String: Int] = [:]
    var position = 0
    var blanks = 0
    while position < bytes.count {
      var end = position
      while end < bytes.count, bytes[end] != 10, bytes[end] != 13 { end += 1 }
      if end == position {
        blanks += 1
      } else if bytes[position] == 32, position + 1 < end, bytes[position + 1] == 32 {
        guard !document.entries.isEmpty else { return nil }
        extend(&document, bytes[position + 2..<end], blanks)
        blanks = 0
      } else {
        guard begin(&document, bytes, position, end, &speakers) else { return nil }
        blanks = 0
      }
      position = end + 1
      if end + 1 < bytes.count, bytes[end] == 13, bytes[end + 1] == 10 { position += 1 }
    }
    document.estimateEnds()
    return document
  }

  private static func extend(
    _ document: inout ScriptDocument, _ row: ArraySlice<UInt8>, _ blanks: Int
  ) {
    let last = document.entries.count - 1
    // An editor may have taken the spaces of a blank row.
    for _ in 0..<blanks { document.text.append(10) }
    document.text.append(10)
    document.text.append(contentsOf: row)
    document.entries[last].text = document.entries[last].text.lowerBound..<document.text.count
  }

  private static func begin(
    _ document: inout ScriptDocument, _ bytes: [UInt8], _ start: Int, _ end: Int,
    _ speakers: inout [String: Int]
  ) -> Bool {
    guard bytes[start] == UInt8(ascii: "[") else { return false }
    var position = start
    var time: TimePrefix?
    if let prefix = TimePrefix(bytes, at: start, limit: end), prefix.isBracketed,
      prefix.rest < end, bytes[prefix.rest] == UInt8(ascii: "["),
      bytes[prefix.rest - 1] == 32
    {
      time = prefix
      position = prefix.rest
    }
    guard let label = LabelScanner.scan(bytes, from: position, to: end), label.form == .explicit
    else { return false }
    let text = min(end, label.end + 3)
    guard label.end + 2 >= end || bytes[label.end + 2] == 32 else { return false }
    let mark = ExplicitLabel(bytes, label)
    let offset = document.text.count
    document.text.append(contentsOf: bytes[text..<end])
    var index: Int?
    if let name = mark.name {
      index = speakers[name]
      if index == nil {
        document.speakers.append(name)
        index = document.speakers.count - 1
        speakers[name] = index
      }
    }
    var entry = ScriptDocument.Entry(
      text: offset..<document.text.count, kind: mark.kind, speaker: index)
    if let time {
      entry.start = time.start == .min ? nil : Milliseconds(time.start)
      entry.end = time.end == .min ? nil : Milliseconds(time.end)
    }
    document.entries.append(entry)
    return true
  }

  /// Writes every line of a document in this form.
  static func write(
    _ document: ScriptDocument, speakers: WriteOptions.Speakers, times: Bool
  ) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(document.text.count * 5 / 4)
    for index in document.entries.indices {
      let entry = document.entries[index]
      if times { output.append(contentsOf: TimeText.bracketed(document, index).utf8) }
      let name = speakers == .none ? nil : entry.speaker.map { document.speakers[$0] }
      output.append(contentsOf: ExplicitLabel.text(kind: entry.kind, name: name).utf8)
      if !entry.text.isEmpty { output.append(32) }
      for byte in document.text[entry.text] {
        output.append(byte)
        if byte == 10 { output.append(contentsOf: [32, 32]) }
      }
      output.append(10)
    }
    return output
  }
}

/// Times as they stand before a line.
enum TimeText {
  /// `[00:00:05] `, with an arrow where the end is another than the next start; empty for none.
  static func bracketed(_ document: ScriptDocument, _ index: Int) -> String {
    guard let text = text(document, index) else { return "" }
    return "[" + text + "] "
  }

  /// The time without brackets; `nil` where the line has none.
  static func text(_ document: ScriptDocument, _ index: Int) -> String? {
    let entry = document.entries[index]
    guard entry.start != nil || entry.end != nil else { return nil }
    let start = entry.start.map(clock) ?? ""
    guard let end = entry.end, !isNextStart(document, index, end) else { return start }
    return start.isEmpty ? "--> " + clock(end) : start + " --> " + clock(end)
  }

  /// Whether a reader takes this end from the next start by itself.
  private static func isNextStart(
    _ document: ScriptDocument, _ index: Int, _ end: Milliseconds
  ) -> Bool {
    guard let start = document.entries[index].start, end >= start else { return false }
    var next = index + 1
    while next < document.entries.count, next - index < 8 {
      if let start = document.entries[next].start { return start == end }
      next += 1
    }
    return false
  }

  /// Whole seconds without, all others with milliseconds.
  static func clock(_ time: Milliseconds) -> String {
    let text = time.timecode()
    return time.rawValue % 1000 == 0 ? String(text.dropLast(4)) : text
  }
}
