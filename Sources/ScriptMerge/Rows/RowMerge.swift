package import ScriptModel

/// A three-way merge of plain text by rows and, where both sides changed a row, by tokens.
///
/// For texts of which nothing is known but that people write them: Markdown, prose, lists.
package enum RowMerge {
  /// Merges three texts in UTF-8; rows end at `\n`, and a `\r` before it belongs to the row.
  package static func merge(base: [UInt8], ours: [UInt8], theirs: [UInt8]) -> RowMergeOutcome {
    let baseRows = rows(of: base)
    let ourRows = rows(of: ours)
    let theirRows = rows(of: theirs)
    let script = Script(
      id: Script.ID(high: 0, low: 1), projectID: Project.ID(high: 0, low: 1), title: "",
      lines: baseRows.texts.enumerated().map { index, text in
        Line(id: Line.ID(high: 0, low: UInt64(index) + 1), text: text)
      })
    var lines = AlignmentBase(script, expecting: ourRows.texts.count)
    let outcome = ThreeWayMerge.merge(
      base: script, ours: Alignment.identify(ourRows.document, against: &lines),
      theirs: Alignment.identify(theirRows.document, against: &lines))
    let endsInRow =
      ourRows.endsInRow == baseRows.endsInRow ? theirRows.endsInRow : ourRows.endsInRow
    return RowMergeOutcome(
      rows: outcome.script.lines, conflicts: outcome.conflicts, notes: outcome.notes,
      endsInRow: endsInRow)
  }

  /// The rows of a text, and whether the last one has no `\n`.
  private static func rows(of bytes: [UInt8]) -> TextRows {
    var result = TextRows()
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A {
      result.append(bytes[start..<index])
      start = index + 1
    }
    result.endsInRow = start < bytes.count
    if result.endsInRow { result.append(bytes[start...]) }
    return result
  }
}

/// The rows of a text.
private struct TextRows {
  var texts: [String] = []
  var endsInRow = false

  var document: ScriptDocument {
    var document = ScriptDocument()
    for text in texts { document.append(text) }
    return document
  }

  mutating func append(_ bytes: ArraySlice<UInt8>) {
    texts.append(String(decoding: bytes, as: UTF8.self))
  }
}

/// What a merge of rows gives.
package struct RowMergeOutcome: Sendable {
  /// The merged rows; in conflicts ours.
  package var rows: [Line]
  /// What both sides changed differently.
  package var conflicts: [Conflict]
  /// What was merged but deserves a look.
  package var notes: [MergeNote]
  /// Whether the last row has no `\n`.
  package var endsInRow: Bool

  /// The merged text, ours in conflicts, without markers.
  package var text: [UInt8] { joined(rows.map(\.text)) }

  private func joined(_ texts: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, text) in texts.enumerated() {
      bytes.append(contentsOf: text.utf8)
      if index < texts.count - 1 || !endsInRow { bytes.append(0x0A) }
    }
    return bytes
  }
}
