import ScriptModel

/// What is around the turns of a text: a header, a footer, the sentences of a reply.
struct TranscriptFrame {
  /// The rows that are lines.
  var body: Range<Int>
  /// The rows that are not, in their order.
  var notes: [Int] = []
  /// The length of the media where a footer tells it.
  var duration: Milliseconds?

  init(_ scan: TranscriptScan, layout: LayoutChoice) {
    body = 0..<scan.text.rows.count
    var footers: [Int] = []
    // A file of our own says of each row what it is.
    if scan.hasMarkedLabels { return }
    takeFooter(scan, &footers)
    var headers: [Int] = []
    let hadHeader = takeHeader(scan, layout, &headers)
    if hadHeader { takeClosing(scan, layout, &footers) }
    notes = headers + footers.reversed()
  }

  /// What services print under a transcript.
  private static let footerWords = [
    "transcribed by http", "transcription ended", "meeting ended after", "transcript ended",
    "this editable transcript", "otter.ai", "transcript generated", "end of transcript",
  ]

  private mutating func takeFooter(_ scan: TranscriptScan, _ footers: inout [Int]) {
    for _ in 0..<4 {
      guard let last = body.last else { return }
      let row = scan.text.rows[last]
      guard row.marks.contains(.paragraph) || !footers.isEmpty,
        scan.head(row).map({ !scan.accepts($0) }) ?? true,
        let text = Self.footer(scan.text.bytes.span, row.start..<row.end)
      else { return }
      if text.contains("ended after") { duration = Self.clock(in: scan.text.bytes, row) }
      footers.append(last)
      body = body.lowerBound..<last
    }
  }

  /// The text of a row, in small letters, that may be such a line; `nil` for any other.
  static func footer(_ bytes: Span<UInt8>, _ row: Range<Int>) -> String? {
    guard row.count < longestFooter else { return nil }
    let text = bytes.extracting(row).withUnsafeBufferPointer {
      String(decoding: $0, as: UTF8.self).lowercased()
    }
    return footerWords.contains { text.contains($0) } ? text : nil
  }

  /// Longer rows are speech, in bytes.
  private static let longestFooter = 200

  private static func clock(in bytes: [UInt8], _ row: TextRow) -> Milliseconds? {
    for position in row.start..<row.end where isDigit(bytes[position]) {
      if let clock = Clock(bytes, at: position, limit: row.end) {
        return Milliseconds(clock.milliseconds)
      }
    }
    return nil
  }

  /// Rows over the turns of a service's layout; `true` where there are some.
  private mutating func takeHeader(
    _ scan: TranscriptScan, _ layout: LayoutChoice, _ headers: inout [Int]
  ) -> Bool {
    switch layout {
    case .paragraphs, .dialogueDashes, .cues: return false
    default: break
    }
    guard let first = body.first(where: { begins(scan, $0, layout) }), first > body.lowerBound
    else { return false }
    var lead = Array(body.lowerBound..<first)
    if layout == .labels || layout == .dots || layout == .dashes {
      guard isReply(scan, lead) || hasServiceTitle(scan, lead) else { return false }
    }
    // A time that belongs to the first turn stays with it.
    if let kept = lead.firstIndex(where: { scan.head(scan.text.rows[$0])?.kind == .timeOnly }) {
      lead.removeSubrange(kept...)
    }
    // The number of the first caption is nothing to note.
    if case .timeRows = layout, let number = lead.last, isNumber(scan, number) {
      lead.removeLast()
      if lead.isEmpty { return false }
    }
    // With a title among them they are lines: the title is one.
    guard let last = lead.last, !lead.contains(where: { isHeading(scan, $0) }) else { return false }
    headers = lead
    body = last + 1..<body.upperBound
    return true
  }

  private func isNumber(_ scan: TranscriptScan, _ index: Int) -> Bool {
    let row = scan.text.rows[index]
    return scan.text.bytes[row.start..<row.end].allSatisfy { isDigit($0) }
  }

  private func isHeading(_ scan: TranscriptScan, _ index: Int) -> Bool {
    scan.text.rows[index].marks.contains(.heading) || scan.isMarkedHeading(scan.text.rows[index])
  }

  /// Where the time leads, a label without a time is a turn as well.
  private func begins(_ scan: TranscriptScan, _ index: Int, _ layout: LayoutChoice) -> Bool {
    if scan.isStart(index, layout) { return true }
    guard case .timed = layout, let head = scan.head(scan.text.rows[index]) else { return false }
    return head.kind == .label && scan.accepts(head)
  }

  /// "Here is the transcript:" and its like.
  private func isReply(_ scan: TranscriptScan, _ lead: [Int]) -> Bool {
    guard lead.count <= 3, let last = lead.last else { return false }
    let row = scan.text.rows[last]
    let bytes = scan.text.bytes
    guard last + 1 < scan.text.rows.count else { return false }
    return bytes[row.end - 1] == UInt8(ascii: ":")
      || (row.end - row.start >= 3 && LabelScanner.isFullWidthColon(bytes, row.end - 3, row.end))
  }

  /// Google Meet's "Attendees" over the names and "Transcript" over the turns.
  private func hasServiceTitle(_ scan: TranscriptScan, _ lead: [Int]) -> Bool {
    for index in lead {
      let row = scan.text.rows[index]
      guard row.end - row.start <= 24 else { continue }
      let text = String(decoding: scan.text.bytes[row.start..<row.end], as: UTF8.self).lowercased()
      if text == "transcript" || text == "attendees" || text == "transcription" { return true }
    }
    return false
  }

  /// The sentence behind a reply: the only paragraph of the text that goes on without a label.
  private mutating func takeClosing(
    _ scan: TranscriptScan, _ layout: LayoutChoice, _ footers: inout [Int]
  ) {
    var loose: [Int] = []
    for index in body.dropFirst() where scan.text.rows[index].marks.contains(.afterBlank) {
      let row = scan.text.rows[index]
      if row.head < 0, !scan.isStart(index, layout), !scan.isMarkedHeading(row),
        !(textIsBelow(layout) && scan.isStart(index - 1, layout))
      {
        loose.append(index)
      }
    }
    if case .timeRows = layout {
      // The numbers of captions.
      loose.removeAll { $0 + 1 < body.upperBound && scan.isStart($0 + 1, layout) }
    }
    guard loose.count == 1, let first = loose.first,
      !(first..<body.upperBound).contains(where: { scan.text.rows[$0].head >= 0 })
    else { return }
    footers.append(contentsOf: (first..<body.upperBound).reversed())
    body = body.lowerBound..<first
  }

  private func textIsBelow(_ layout: LayoutChoice) -> Bool {
    switch layout {
    case .nameTime, .nameThenTime, .timeRows, .timed(named: true): true
    default: false
    }
  }
}
