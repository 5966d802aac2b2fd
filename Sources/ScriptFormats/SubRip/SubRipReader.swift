import ScriptModel

/// Reads SubRip captions, row by row, in one pass over the bytes.
///
/// A caption begins at its timing row. What follows up to the next timing row, less the number row
/// right before that, is its text, blank rows inside it too: nothing between two times gets lost.
struct SubRipReader {
  var document = ScriptDocument()
  var findings = FindingList()
  var markup = SubRipMarkup()
  var marks = MarkupMarks()
  /// What the captions are compared with, in place of being kept.
  var check: CaptionCheck?
  /// Whether the comparison has failed, so that the rest need not be read.
  var isSettled = false
  var speakerIndices: [String: Int] = [:]
  /// The row in the file that the text of each entry begins in.
  var positions: [Int32] = []
  let acceptsMissingEnds: Bool

  // The caption, or the rows before the first one, that is being read.
  var times: (start: Int64, end: Int64, hasEnd: Bool)?
  var text = CaptionText()
  var textLine = 0
  var rows = 0
  var pendingBlanks = 0
  var timingLine = 0
  var isShielded = false
  var voice: String?

  // The last row, which may turn out to be the number of the next caption.
  var lastRow = Row()
  /// Where in the text a row begins that may be the number of a caption that the file breaks off in.
  var fragmentStart: Int?
  var lineNumber = 0
  var previousIndex: Int64?
  var previousStart = Int64.min

  struct Row {
    /// Where it begins in the text of the caption, the end of the row above it included.
    var start = 0
    var line = 0
    var number: Int64?
    var followsBlank = false
    var isFirst = false
  }

  private init(acceptsMissingEnds: Bool) { self.acceptsMissingEnds = acceptsMissingEnds }

  /// Reads captions out of valid UTF-8 with `\n` or `\r\n` ends; none where there is no timing row.
  static func read(_ bytes: [UInt8], options: ReadOptions) -> ScriptDocument {
    let document = read(bytes, options: options, acceptsMissingEnds: false)
    guard document.entries.isEmpty else { return document }
    return read(bytes, options: options, acceptsMissingEnds: true)
  }

  private static func read(
    _ bytes: [UInt8], options: ReadOptions, acceptsMissingEnds: Bool
  ) -> ScriptDocument {
    var reader = SubRipReader(acceptsMissingEnds: acceptsMissingEnds)
    // Room for all: pages that are not written to take no memory.
    reader.document.text.reserveCapacity(bytes.count)
    reader.document.entries.reserveCapacity(bytes.count / 48)
    reader.positions.reserveCapacity(bytes.count / 48)
    reader.scan(bytes.span)
    reader.finish(bytes.span)
    var document = ScriptDocument()
    swap(&document, &reader.document)
    document.findings = reader.findings.summarized()
    CaptionSpeakers.settle(
      &document, continues: reader.markup.hasContinuation, options: options,
      positions: reader.positions)
    return document
  }

  /// Whether what is read out of bytes is this document; `false` where only the whole tells.
  static func isRead(
    _ document: ScriptDocument, outOf bytes: [UInt8], options: ReadOptions
  ) -> Bool {
    var reader = SubRipReader(acceptsMissingEnds: false)
    guard let check = CaptionCheck(document, speakers: options.speakers) else { return false }
    reader.check = check
    reader.scan(bytes.span)
    reader.finish(bytes.span)
    return !reader.isSettled && reader.check?.isAtEnd == true
  }

  private mutating func scan(_ bytes: Span<UInt8>) {
    var position = 0
    while position < bytes.count, !isSettled {
      if let next = head(bytes, at: position) {
        position = next
        continue
      }
      let end = firstIndex(of: 0x0A, in: bytes, position..<bytes.count) ?? bytes.count
      lineNumber += 1
      var rowEnd = end
      while rowEnd > position, bytes[rowEnd - 1] == 0x0D { rowEnd -= 1 }
      row(bytes, position..<rowEnd)
      position = end + 1
    }
  }

  /// Takes the number and the times of a caption at once, where both are as they should be.
  ///
  /// - Returns: the offset behind them; `nil` where they have to be looked at row by row.
  @inline(__always)
  private mutating func head(_ bytes: Span<UInt8>, at position: Int) -> Int? {
    guard pendingBlanks > 0, rows > 0, times != nil else { return nil }
    var number: Int64 = 0
    var index = position
    while index < bytes.count, bytes[index] &- 0x30 < 10 {
      number = number &* 10 &+ Int64(bytes[index] &- 0x30)
      index += 1
    }
    guard index > position, index - position < 10,
      let row = Self.behindRowEnd(bytes, index), row + TimingLine.canonicalLength < bytes.count,
      let next = Self.behindRowEnd(bytes, row + TimingLine.canonicalLength),
      let (start, end) = TimingLine.canonical(
        bytes, row..<row + TimingLine.canonicalLength)
    else { return nil }
    commitLastRow()
    lineNumber += 2
    begin(bytes, number: number, start: start, end: end, hasEnd: true)
    return next
  }

  /// The offset behind `\n` or `\r\n`; `nil` where something else stands.
  @inline(__always)
  private static func behindRowEnd(_ bytes: Span<UInt8>, _ position: Int) -> Int? {
    guard position < bytes.count else { return nil }
    if bytes[position] == 0x0A { return position + 1 }
    guard bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A else {
      return nil
    }
    return position + 2
  }

  @inline(__always)
  private mutating func row(_ bytes: Span<UInt8>, _ row: Range<Int>) {
    if row.isEmpty {
      pendingBlanks += 1
    } else if let (start, end) = TimingLine.canonical(bytes, row) {
      begin(bytes, start: start, end: end, hasEnd: true)
    } else if TimingLine.mayBegin(with: bytes[row.lowerBound]) {
      uncertain(bytes, row)
    } else {
      append(bytes, row, number: nil)
    }
  }

  /// Takes a row that may be a number, blank, or a timing row in an unusual form.
  private mutating func uncertain(_ bytes: Span<UInt8>, _ row: Range<Int>) {
    if let number = Self.number(bytes, row) { return append(bytes, row, number: number) }
    if BlankText.isBlank(bytes, row) {
      pendingBlanks += 1
      return
    }
    guard Self.mayHoldTime(bytes, row) else { return append(bytes, row, number: nil) }
    switch TimingLine.parse(bytes, row) {
    case .other: append(bytes, row, number: nil)
    case .overflow:
      findings.add(
        .warning, "time-overflow", line: lineNumber, column: 1,
        "A time is too large; the row is kept as text")
      append(bytes, row, number: nil)
    case .timing(let timing): tolerate(bytes, row, timing)
    }
  }

  private mutating func tolerate(_ bytes: Span<UInt8>, _ row: Range<Int>, _ timing: TimingLine) {
    let hasEnd = !timing.oddities.contains(.noEnd)
    guard hasEnd || acceptsMissingEnds else { return append(bytes, row, number: nil) }
    let rest = BlankText.trimmed(bytes, timing.rest)
    let words = bytes.extracting(rest).withUnsafeBufferPointer {
      String(decoding: $0, as: UTF8.self)
    }
    let isPlacement = TimingRest.isPlacement(words)
    if !rest.isEmpty, !isPlacement, followsText {
      // A sentence about times inside a caption: a real timing row has a number or a blank before it.
      findings.add(
        .warning, "timing-in-text", line: lineNumber, column: 1,
        "A row begins like a time but stands inside a caption; it is kept as text")
      return append(bytes, row, number: nil)
    }
    begin(bytes, start: timing.start, end: timing.end, hasEnd: hasEnd)
    TimingRest.report(timing.oddities, line: lineNumber, to: &findings)
    guard !rest.isEmpty else { return }
    let column = ScalarColumn.of(rest.lowerBound, from: row.lowerBound, in: bytes)
    if isPlacement {
      findings.add(
        .note, "placement-dropped", line: lineNumber, column: column,
        "Where the caption is shown is left out")
    } else {
      document.metadata.notes.append(words)
      findings.add(
        .warning, "text-after-time", line: lineNumber, column: column,
        "What follows the times is no speech; it is kept in the notes")
    }
  }

  /// Whether the row before is text of an open caption, neither a number nor the end of a paragraph.
  var followsText: Bool {
    times != nil && rows > 0 && pendingBlanks == 0 && lastRow.number == nil
      && !lastRow.followsBlank
  }
}
