package import ScriptModel

/// A three-way merge of plain text by rows and, where both sides changed a row, by tokens.
///
/// For texts of which nothing is known but that people write them: Markdown, prose, lists.
package enum RowMerge {
  /// Merges three texts; rows end at `\n`, and a `\r` before it belongs to the row.
  ///
  /// Where one of them is not UTF-8, each byte is taken for a character, and none is changed.
  package static func merge(base: [UInt8], ours: [UInt8], theirs: [UInt8]) -> RowMergeOutcome {
    guard [base, ours, theirs].allSatisfy(SingleByteText.isUTF8) else {
      var outcome = mergeUTF8(
        SingleByteText.widened(base), SingleByteText.widened(ours), SingleByteText.widened(theirs))
      outcome.isWidened = true
      return outcome
    }
    return mergeUTF8(base, ours, theirs)
  }

  private static func mergeUTF8(
    _ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8]
  ) -> RowMergeOutcome {
    var table = RowTable(expecting: base.count)
    let old = TextRows(base, in: &table)
    let (mine, other) = BothSides.map(ours, theirs, isLong: isLong(old)) { [table] side in
      var table = table
      let rows = TextRows(side, like: old, in: &table)
      return RowExcerpt.Side(
        rows: rows, matches: LineMatcher(rows: rows, base: old, texts: table.texts).matches)
    }
    var outcome = merge(RowExcerpt(of: old, mine, other), old, mine, other)
    // Each row that was left out stands behind one that no side touched; else all are looked at.
    outcome = outcome ?? merge(RowExcerpt(ofAll: old), old, mine, other)
    let (ourEnd, theirEnd) = (mine.rows.endsInRow, other.rows.endsInRow)
    outcome?.endsInRow = ourEnd == old.endsInRow ? theirEnd : ourEnd
    return outcome ?? RowMergeOutcome(base: old)
  }

  private static let capabilities = {
    var capabilities = DocumentCapabilities()
    capabilities.pairsByPlace = true
    return capabilities
  }()

  /// Whether the sides are looked at on two threads: for fewer rows it is no gain.
  private static func isLong(_ base: TextRows) -> Bool { base.count >= 20_000 }

  /// Merges an excerpt; `nil` where rows that it left out have no place in the result.
  private static func merge(
    _ excerpt: RowExcerpt, _ base: TextRows, _ ours: RowExcerpt.Side,
    _ theirs: RowExcerpt.Side
  ) -> RowMergeOutcome? {
    let script = excerpt.script()
    let (mine, other) = BothSides.map(ours, theirs, isLong: isLong(base)) { side in
      let part = excerpt.part(of: side)
      var identified = IdentifiedDocument(
        document: part.document, base: script, capabilities: capabilities, table: TokenTable())
      return identified.script(from: part.matches)
    }
    var options = MergeOptions()
    options.isExcerpt = true
    let outcome = ThreeWayMerge.merge(
      base: script, ours: mine, theirs: other, options: options)
    let followers = outcome.script.lines.map { excerpt.rows(behind: $0.id) }
    guard followers.reduce(0, { $0 + $1.count }) == excerpt.leftOutCount else { return nil }
    return RowMergeOutcome(
      base: base, lines: outcome.script.lines, followers: followers, conflicts: outcome.conflicts,
      notes: outcome.notes)
  }
}

/// What a merge of rows gives.
package struct RowMergeOutcome: Sendable {
  /// The rows of the base, for those that nobody touched.
  let base: TextRows
  /// The merged rows, without those that follow them untouched.
  private(set) var lines: [Line] = []
  /// For each merged row those of the base that follow it untouched.
  private(set) var followers: [Range<Int>] = []
  /// What both sides changed differently.
  package private(set) var conflicts: [Conflict] = []
  /// What was merged but deserves a look.
  package private(set) var notes: [MergeNote] = []
  /// Whether the last row has no `\n`.
  package fileprivate(set) var endsInRow = false
  /// Whether each byte of the files stands as a character in the rows.
  fileprivate(set) var isWidened = false

  /// The merged rows; in conflicts ours.
  package var rows: [Line] {
    zip(lines, followers).flatMap { line, rows in
      [line] + rows.map { Line(id: RowExcerpt.id(of: $0), text: base.string(at: $0)) }
    }
  }

  /// The merged text, ours in conflicts, without markers.
  package var text: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(base.bytes.count + base.bytes.count / 8)
    for (line, rows) in zip(lines, followers) {
      bytes.append(contentsOf: line.text.utf8)
      bytes.append(0x0A)
      guard let first = rows.first, let last = rows.last else { continue }
      bytes.append(
        contentsOf: base.bytes[base.range(of: first).lowerBound..<base.range(of: last).upperBound])
      bytes.append(0x0A)
    }
    return finished(bytes)
  }

  /// Rows as the bytes of a file that ends as the merged one does.
  package func text(of rows: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for row in rows {
      bytes.append(contentsOf: row.utf8)
      bytes.append(0x0A)
    }
    return finished(bytes)
  }

  private func finished(_ bytes: consuming [UInt8]) -> [UInt8] {
    if endsInRow, !bytes.isEmpty { bytes.removeLast() }
    return isWidened ? SingleByteText.narrowed(bytes) : bytes
  }
}
