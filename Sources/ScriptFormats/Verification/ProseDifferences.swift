import ScriptModel

/// What of a document that was written as prose reads back differently, by field and counted.
struct ProseDifferences {
  /// Lines more or fewer than were written.
  private var lines = 0
  private var texts = 0
  private var speakers = 0
  private var kinds = 0
  private var times = 0
  private var notes = 0
  /// Whether every line shows the same characters, whatever its spaces and tags.
  private(set) var keepsWords = true

  /// Whether all lines read back as they were written.
  var isEmpty: Bool { lines + texts + speakers + kinds + times == 0 }

  init(_ written: ScriptDocument, _ found: ScriptDocument, _ options: WriteOptions) {
    notes = max(0, written.metadata.notes.count - found.metadata.notes.count)
    guard written.entries.count == found.entries.count else {
      lines = abs(written.entries.count - found.entries.count)
      keepsWords = false
      return
    }
    let left = written.text.span
    let right = found.text.span
    let names = NameMap(written.speakers, found.speakers)
    for index in written.entries.indices {
      let one = written.entries[index]
      let other = found.entries[index]
      if one.kind != other.kind { kinds += 1 }
      if !names.isSame(options.speakers == .none ? nil : one.speaker, other.speaker) {
        speakers += 1
      }
      if !Self.isSameTime(one, other, isWritten: options.times == true) { times += 1 }
      guard !DocumentComparison.sameText(left, one.text, right, other.text) else { continue }
      texts += 1
      let before = DocumentComparison.shown(DocumentComparison.withoutTags(left, one.text))
      let after = DocumentComparison.shown(DocumentComparison.withoutTags(right, other.text))
      if before != after { keepsWords = false }
    }
  }

  /// Where no end is written, a reader may take the next start for it.
  private static func isSameTime(
    _ one: ScriptDocument.Entry, _ other: ScriptDocument.Entry, isWritten: Bool
  ) -> Bool {
    guard isWritten else { return other.start == nil && other.end == nil }
    return one.start == other.start
      && (one.end == other.end || one.end == nil && other.endIsEstimated)
  }

  /// What does not read back, a few words each.
  var lost: [String] {
    var lost: [String] = []
    func add(_ count: Int, _ what: String) {
      if count > 0 { lost.append("\(what) \(counted(count, "line"))") }
    }
    add(lines, "the beginnings of")
    add(texts, "spaces, breaks or tags in")
    add(speakers, "speakers of")
    add(kinds, "the kinds of")
    add(times, "exact times of")
    if notes > 0 { lost.append(counted(notes, "note")) }
    return lost
  }
}
