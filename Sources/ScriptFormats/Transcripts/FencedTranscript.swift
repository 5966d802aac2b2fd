import ScriptModel

/// A transcript between rows of three backticks in a reply: what is around it is not speech.
enum FencedTranscript {
  /// Reads what is inside the fences; `nil` where there are none, or the turns are outside.
  static func read(
    _ rows: TextRows, flavour: TranscriptScan.Flavour, options: ReadOptions
  ) -> ScriptDocument? {
    let fences = rows.rows.indices.filter { isFence(rows.bytes, rows.rows[$0]) }
    guard let first = fences.first else { return nil }
    let last = fences.count > 1 ? fences[1] : rows.rows.count
    var inside = rows
    inside.rows = Array(rows.rows[(first + 1)..<last])
    var outside = rows
    outside.rows = Array(rows.rows[..<first]) + Array(rows.rows.suffix(from: min(last + 1, rows.rows.count)))
    guard !inside.rows.isEmpty, hasTurns(inside, flavour, options),
      !hasTurns(outside, flavour, options)
    else { return nil }
    inside.rows[0].marks.formUnion([.afterBlank, .paragraph])
    var document = TranscriptReader.read(inside, flavour: .text, options: options)
    var log = FindingLog()
    for finding in document.findings { log.add(finding) }
    for row in outside.rows where !isFence(rows.bytes, row) {
      document.metadata.notes.append(
        String(decoding: rows.bytes[row.start..<row.end], as: UTF8.self))
      log.add(
        Finding(
          severity: .note, code: "not-speech", line: row.number, column: Int(row.indent) + 1,
          message: "A row outside the transcript was kept as a note."))
    }
    document.findings = log.closed()
    return document
  }

  private static func isFence(_ bytes: [UInt8], _ row: TextRow) -> Bool {
    row.end - row.start >= 3 && row.end - row.start <= 24 && bytes[row.start] == 96
      && bytes[row.start + 1] == 96 && bytes[row.start + 2] == 96
  }

  private static func hasTurns(
    _ rows: TextRows, _ flavour: TranscriptScan.Flavour, _ options: ReadOptions
  ) -> Bool {
    let scan = TranscriptScan(rows, flavour: flavour, cast: options.cast)
    let times = scan.counts.timeOnly + scan.counts.timed + scan.counts.nameTime
    if times + scan.counts.dated + scan.counts.chevrons > 0 { return true }
    return scan.heads.contains { scan.accepts($0) }
  }
}
