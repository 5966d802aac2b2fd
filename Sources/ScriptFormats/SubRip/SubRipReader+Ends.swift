import ScriptModel

extension SubRipReader {
  mutating func finish(_ bytes: Span<UInt8>) {
    guard times != nil else {
      document.text = []
      return
    }
    dropFragment(bytes)
    if rows > 0 { commitLastRow() } else { reportTruncation() }
    close(bytes)
    estimateMissingEnds()
  }

  /// Moves a number and a piece of a timing row at the end of the file to the notes.
  mutating func dropFragment(_ bytes: Span<UInt8>) {
    guard let fragmentStart, rows > 1, lastRow.start > fragmentStart else { return }
    text.makeOwn(bytes)
    let fragment = text.own[fragmentStart...]
    guard TimingRest.isFragment(text.own[lastRow.start...]) else { return }
    document.metadata.notes.append(
      String(decoding: fragment.drop { $0 == 0x0A }, as: UTF8.self))
    text.own.removeLast(fragment.count)
    findings.retract("blank-inside", line: lastRow.line - 2)
    rows -= 2
    lastRow.followsBlank = false
    findings.add(
      .warning, "file-ends-early", line: lineNumber, column: 1,
      "The file ends inside the times of a caption; the rest is kept in the notes")
  }

  mutating func reportTruncation() {
    findings.add(
      .warning, "file-ends-early", line: timingLine, column: 1,
      "The file ends right after the times of a caption")
  }

  /// Ends a caption without an end where the next one begins.
  mutating func estimateMissingEnds() {
    guard acceptsMissingEnds else { return }
    for index in document.entries.indices where document.entries[index].end == nil {
      guard index + 1 < document.entries.count else { continue }
      document.entries[index].end = document.entries[index + 1].start
      document.entries[index].endIsEstimated = true
    }
    findings.add(
      .warning, "end-missing", "Captions without an end last until the next one begins")
  }
}
