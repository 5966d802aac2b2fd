import ScriptModel

/// YouTube's automatic captions, which show each row twice: first below, then above the next.
struct RollingCaptions {
  /// Whether the words of some caption have times of their own: the mark of such files.
  var isRolling = false

  /// Leaves out the rows that a caption repeats from the one before.
  func collapse(_ document: inout ScriptDocument, findings: inout FindingList) {
    var kept: [ScriptDocument.Entry] = []
    var previousRow: [UInt8] = []
    var dropped = 0
    for entry in document.entries {
      var entry = entry
      var rows = Self.rows(document.text, entry.text)
      let hadRows = !rows.isEmpty
      while let row = rows.first, !previousRow.isEmpty,
        document.text[row].elementsEqual(previousRow)
      {
        rows.removeFirst()
        dropped += 1
      }
      if let first = rows.first, let last = rows.last {
        entry.text = first.lowerBound..<last.upperBound
        previousRow = Array(document.text[last])
        kept.append(entry)
      } else if hadRows, let end = entry.end, let last = kept.indices.last {
        if kept[last].end.map({ $0 < end }) ?? true { kept[last].end = end }
      } else if !hadRows {
        previousRow = []
      }
    }
    guard dropped > 0 else { return }
    document.entries = kept
    findings.add(
      .note, "rolling-captions",
      "\(counted(dropped, "row")) that the captions show again were left out")
  }

  /// The rows of a text that show something.
  private static func rows(_ text: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    for part in text[range].split(separator: 0x0A) {
      let trimmed = BlankText.trimmed(text.span, part.startIndex..<part.endIndex)
      if !trimmed.isEmpty { rows.append(trimmed) }
    }
    return rows
  }
}
