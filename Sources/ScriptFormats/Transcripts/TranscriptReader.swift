package import ScriptModel

/// Plain text transcripts: every layout that `TranscriptLayout` knows.
package enum TranscriptReader {
  /// Reads valid UTF-8 with any line ends; never fails, what is odd is in the findings.
  package static func read(_ text: [UInt8], options: ReadOptions) -> ScriptDocument {
    if options.speakers == .auto, let document = GuardedTranscript.read(text) { return document }
    let rows = TextRows(text)
    if let document = FencedTranscript.read(rows, flavour: .text, options: options) {
      return document
    }
    return read(rows, flavour: .text, options: options)
  }

  /// Reads rows of any origin.
  static func read(
    _ rows: TextRows, flavour: TranscriptScan.Flavour, options: ReadOptions
  ) -> ScriptDocument {
    var rows = rows
    let pageNotes = CourtPage.takeLineNumbers(&rows)
    let scan = TranscriptScan(rows, flavour: flavour, cast: options.cast)
    var layout = scan.layout()
    if options.speakers == .none, layout == .cues || layout == .dots || layout == .dashes {
      layout = .paragraphs
    }
    if layout == .cues, flavour == .text {
      return FountainReader.read(rows.bytes, options: options)
    }
    let frame = TranscriptFrame(scan, layout: layout)
    var assembler = TurnAssembler(scan, layout: layout, options: options)
    assembler.take(frame.body)
    return finish(assembler, frame, pageNotes)
  }

  private static func finish(
    _ assembler: TurnAssembler, _ frame: TranscriptFrame, _ pageNotes: [TextRow]
  ) -> ScriptDocument {
    var document = assembler.document
    var log = assembler.log
    let rows = assembler.scan.text
    for index in frame.notes {
      let row = rows.rows[index]
      document.metadata.notes.append(
        String(decoding: rows.bytes[row.start..<row.end], as: UTF8.self))
      log.add(
        Finding(
          severity: .note, code: "not-speech", line: row.number, column: Int(row.indent) + 1,
          message: "A row that is not speech was kept as a note."))
    }
    for row in pageNotes {
      document.metadata.notes.append(
        String(decoding: rows.bytes[row.start..<row.end], as: UTF8.self))
      log.add(
        Finding(
          severity: .note, code: "page-furniture", line: row.number, column: Int(row.indent) + 1,
          message: "The number of a page or the name of an examiner was kept as a note."))
    }
    if assembler.scan.heads.contains(where: \.isOfDay) {
      log.add(
        Finding(
          severity: .note, code: "time-of-day",
          message: "Its times are times of the day, not of media; they were left out."))
    }
    document.metadata.duration = frame.duration
    document.estimateEnds()
    document.findings = log.closed()
    return document
  }
}

extension ScriptDocument {
  /// Takes the next start as the end of each line that has a start only.
  mutating func estimateEnds() {
    var next = metadata.duration
    for index in entries.indices.reversed() {
      guard let start = entries[index].start else { continue }
      if entries[index].end == nil, let next, next >= start {
        entries[index].end = next
        entries[index].endIsEstimated = true
      }
      next = start
    }
  }
}
