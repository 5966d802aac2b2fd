package import ScriptModel

/// The rules by which a label at the beginning of a text is a speaker and not text.
package enum SpeakerDetection {
  /// Moves labels from the beginnings of texts into the speakers of the entries.
  ///
  /// Looks at entries that have no speaker yet. What looks like a label and is not taken gets a
  /// finding `possible-label` that counts lines of the document, not rows of a file.
  package static func apply(to document: inout ScriptDocument, cast: [String]) {
    apply(to: &document, cast: cast, positions: [])
  }

  /// Does the same with the rows of the entries in their file known, for the findings.
  ///
  /// - Parameter positions: the row in the file, from 1, of the text of each entry; or empty.
  package static func apply(
    to document: inout ScriptDocument, cast: [String], positions: [Int32]
  ) {
    var names = NameTable()
    var found: [(entry: Int, label: Label, name: Int)] = []
    var marks = LabelMarks()
    for index in document.entries.indices {
      let entry = document.entries[index]
      guard entry.speaker == nil, entry.kind == .dialogue, !entry.text.isEmpty,
        marks.mayHoldLabel(document.text.span, entry.text)
      else { continue }
      guard let label = label(in: document.text, entry.text) else { continue }
      let name =
        label.end > label.start
        ? names.intern(document.text, label.start, label.end, isShort: label.isShort) : -1
      found.append((index, label, name))
    }
    let known = Set(cast)
    var log = FindingLog()
    var speakers: [Int: Int] = [:]
    for (entry, label, name) in found {
      guard label.form == .explicit || isSpeaker(names.names[name], label, known) else {
        log.add(possible(entry, names.names[name].text, label, document, positions))
        continue
      }
      var speaker: Int?
      if name >= 0 {
        speaker =
          speakers[name] ?? document.speakerIndex(named: displayed(names.names[name].text, label))
        speakers[name] = speaker
      }
      let end = document.entries[entry].text.upperBound
      document.entries[entry].text = min(label.text, end)..<end
      document.entries[entry].speaker = speaker
    }
    document.findings.append(contentsOf: log.closed())
  }

  /// Whether a text begins with what may be a label, taken or not.
  @inline(__always)
  static func isLabelled(_ text: Span<UInt8>) -> Bool {
    guard !text.isEmpty else { return false }
    var marks = LabelMarks()
    guard marks.mayHoldLabel(text, 0..<text.count) else { return false }
    return text.withUnsafeBufferPointer { label(in: Array($0), 0..<$0.count) != nil }
  }

  /// Tells whether `name: text` is read back as a speaker where the name occurs so often.
  package static func isRecognized(_ name: String, occurrences: Int) -> Bool {
    let bytes = Array((name + ": x").utf8)
    guard let label = LabelScanner.scan(bytes, from: 0, to: bytes.count), label.form == .plain,
      label.isShort, label.end == bytes.count - 3, label.text == bytes.count - 1
    else { return false }
    let traits = SpeakerName.traits(of: name)
    return !traits.contains(.sound) && isTaken(traits, occurrences: occurrences)
  }

  /// Tells whether a label of the right form is taken by what it looks like or how often it comes.
  static func isTaken(_ traits: SpeakerName.Traits, occurrences: Int) -> Bool {
    occurrences >= 2 || traits.contains(.numbered) || traits.contains(.capitals)
  }

  private static func isSpeaker(
    _ name: NameTable.Name, _ label: Label, _ cast: Set<String>
  ) -> Bool {
    guard label.isShort, !name.traits.contains(.sound) else { return false }
    return cast.contains(name.text) || isTaken(name.traits, occurrences: name.count)
  }

  /// The label that a text begins with, behind `>>`.
  private static func label(in bytes: [UInt8], _ range: Range<Int>) -> Label? {
    var start = range.lowerBound
    var end = start
    while end < range.upperBound, bytes[end] != 10 { end += 1 }
    let chevron = UInt8(ascii: ">")
    if start + 1 < end, bytes[start] == chevron, bytes[start + 1] == chevron {
      while start < end, bytes[start] == chevron || isWhite(bytes[start]) { start += 1 }
    }
    guard var label = LabelScanner.scan(bytes, from: start, to: end),
      label.form != .emphasised, label.form != .emphasisedOutside
    else { return nil }
    if label.text == end, end < range.upperBound { label.text = end + 1 }
    if label.form == .bracketed || label.form == .parenthesised, label.text >= range.upperBound {
      return nil
    }
    return label
  }

  /// The name as it is shown: in `[…]:` a backslash stands before what would end it.
  private static func displayed(_ name: String, _ label: Label) -> String {
    label.form == .explicit ? ExplicitLabel.unescaped(name) : name
  }

  private static func possible(
    _ entry: Int, _ name: String, _ label: Label, _ document: ScriptDocument, _ positions: [Int32]
  ) -> Finding {
    let row = positions.indices.contains(entry) ? Int(positions[entry]) : 0
    var column = 1
    let before = document.entries[entry].text.lowerBound..<label.start
    for index in before where document.text[index] & 0xC0 != 0x80 { column += 1 }
    return Finding(
      severity: .note, code: "possible-label", line: row, column: row > 0 ? column : 0,
      message: "'\(name):' may name a speaker; it was kept as text.")
  }
}
