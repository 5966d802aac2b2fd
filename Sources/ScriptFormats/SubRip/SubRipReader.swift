import ScriptModel

/// Reads SubRip captions, row by row, in one pass over the bytes.
///
/// A caption begins at its timing row. What follows up to the next timing row, less the number row
/// right before that, is its text, blank rows inside it too: nothing between two times gets lost.
struct SubRipReader {
  private var document = ScriptDocument()
  private var findings = FindingList()
  private var markup = SubRipMarkup()
  private var speakerIndices: [String: Int] = [:]
  /// The row in the file that the text of each entry begins in.
  private var positions: [Int32] = []
  private let acceptsMissingEnds: Bool

  // The caption, or the rows before the first one, that is being read.
  private var times: (start: Int64, end: Int64, hasEnd: Bool)?
  private var textStart = 0
  private var textLine = 0
  private var rows = 0
  private var pendingBlanks = 0
  private var timingLine = 0
  private var isShielded = false
  private var voice: String?

  // The last row, which may turn out to be the number of the next caption.
  private var lastRow = Row()
  /// Where a row begins that may be the number of a caption that the file breaks off in.
  private var fragmentStart: Int?
  private var lineNumber = 0
  private var previousIndex: Int64?
  private var previousStart = Int64.min

  private struct Row {
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
    reader.finish()
    var document = ScriptDocument()
    swap(&document, &reader.document)
    document.findings = reader.findings.summarized()
    CaptionSpeakers.settle(
      &document, continues: reader.markup.hasContinuation, options: options,
      positions: reader.positions)
    return document
  }

  private mutating func scan(_ bytes: Span<UInt8>) {
    var position = 0
    while position < bytes.count {
      let end = firstIndex(of: 0x0A, in: bytes, position..<bytes.count) ?? bytes.count
      lineNumber += 1
      var rowEnd = end
      while rowEnd > position, bytes[rowEnd - 1] == 0x0D { rowEnd -= 1 }
      row(bytes, position..<rowEnd)
      position = end + 1
    }
  }

  @inline(__always)
  private mutating func row(_ bytes: Span<UInt8>, _ row: Range<Int>) {
    if row.isEmpty {
      pendingBlanks += 1
    } else if let (start, end) = TimingLine.canonical(bytes, row) {
      begin(start: start, end: end, hasEnd: true)
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
    begin(start: timing.start, end: timing.end, hasEnd: hasEnd)
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
  private var followsText: Bool {
    times != nil && rows > 0 && pendingBlanks == 0 && lastRow.number == nil
      && !lastRow.followsBlank
  }
}

extension SubRipReader {
  @inline(__always)
  private mutating func append(_ bytes: Span<UInt8>, _ row: Range<Int>, number: Int64?) {
    commitLastRow()
    let start = document.text.count
    if rows == 0 {
      textStart = start
      textLine = lineNumber
    } else {
      for _ in 0...pendingBlanks { document.text.append(0x0A) }
    }
    lastRow = Row(
      start: start, line: lineNumber, number: number,
      followsBlank: pendingBlanks > 0 || lineNumber == 1 || rows == 0 && times == nil,
      isFirst: rows == 0)
    if let number, lastRow.followsBlank, number == (previousIndex ?? 0) &+ 1 {
      fragmentStart = start
    }
    rows += 1
    pendingBlanks = 0
    if number != nil || SubRipMarkup.isPlain(bytes, row) {
      bytes.extracting(row).withUnsafeBufferPointer { document.text.append(contentsOf: $0) }
    } else {
      appendMarked(bytes, row)
    }
  }

  private mutating func appendMarked(_ bytes: Span<UInt8>, _ row: Range<Int>) {
    if rows == 1, row.count >= 3, bytes[row.lowerBound] == 0x7B, bytes[row.lowerBound + 1] == 0x5C,
      bytes[row.lowerBound + 2] == 0x7D
    {
      isShielded = true
    }
    let before = (markup.droppedTagCount, markup.droppedOverrideCount)
    let knewVoice = markup.voice != nil
    markup.append(bytes, row, to: &document.text)
    if markup.droppedTagCount > before.0 {
      findings.add(
        .note, "tag-dropped", line: lineNumber, column: 1,
        "Tags other than <b>, <i> and <u> are left out")
    }
    if markup.droppedOverrideCount > before.1 {
      findings.add(
        .note, "override-dropped", line: lineNumber, column: 1,
        "ASS overrides such as '{\\an8}' are left out")
    }
    if !knewVoice, let name = markup.voice { voice = voice ?? name }
    markup.forgetVoice()
  }

  /// Reports a blank row before the last row, now that it is known to be text.
  @inline(__always)
  private mutating func commitLastRow() {
    if rows > 1, lastRow.followsBlank, times != nil { reportBlankInside() }
  }

  private mutating func reportBlankInside() {
    findings.add(
      .warning, "blank-inside", line: lastRow.line - 1, column: 1,
      "A blank row stands inside a caption; what follows it is kept as its text")
  }

  @inline(__always)
  private mutating func begin(start: Int64, end: Int64, hasEnd: Bool) {
    let index = takeIndex()
    if rows > 0 { commitLastRow() }
    close()
    if end < start { reportEndBeforeStart() }
    if start < previousStart { reportOrder(index) }
    fragmentStart = nil
    previousStart = start
    previousIndex = index ?? previousIndex.map { $0 &+ 1 }
    times = (start, end, hasEnd)
    textStart = document.text.count
    rows = 0
    pendingBlanks = 0
    timingLine = lineNumber
  }

  /// Takes the number of the caption that begins now back out of the text before it.
  private mutating func takeIndex() -> Int64? {
    guard rows > 0 else { return nil }
    if let number = lastRow.number {
      let isNext = previousIndex.map { number == $0 &+ 1 } ?? true
      if pendingBlanks > 0 {
        // Files with a blank after every row (saved with '\r\n' doubled).
        guard isNext, lastRow.followsBlank else { return nil }
      } else if !lastRow.followsBlank {
        // Right below the times, a number that is not the next one is what somebody says.
        guard !lastRow.isFirst || isNext else { return nil }
        findings.add(
          .warning, "no-blank-between", line: lastRow.line, column: 1,
          "A caption begins without a blank row before it")
      }
      dropLastRow()
      return number
    }
    guard pendingBlanks == 0, lastRow.followsBlank else {
      if pendingBlanks == 0, times != nil {
        findings.add(
          .warning, "no-blank-between", line: lineNumber, column: 1,
          "A caption begins without a blank row or a number before it")
      }
      return nil
    }
    findings.add(
      .warning, "number-is-text", line: lastRow.line, column: 1,
      "Text stands in the place of the number; it is taken for a name of the caption")
    dropLastRow()
    return nil
  }

  private mutating func dropLastRow() {
    document.text.removeLast(document.text.count - lastRow.start)
    rows -= 1
    if rows == 0 { isShielded = false }
    lastRow.followsBlank = false
  }

  private mutating func reportEndBeforeStart() {
    findings.add(
      .warning, "end-before-start", line: lineNumber, column: 1,
      "The caption ends before it begins; the times are kept as written")
  }

  private mutating func reportOrder(_ index: Int64?) {
    if let index, let previousIndex, index <= 1, previousIndex > index {
      findings.add(
        .warning, "numbering-restarts", line: lineNumber, column: 1,
        "Numbers and times begin again, as where files were joined")
    } else {
      findings.add(
        .note, "times-out-of-order", line: lineNumber, column: 1,
        "The caption begins before the one above it; the order of the file is kept")
    }
  }

  @inline(__always)
  private mutating func close() {
    guard let times else { return closePreamble() }
    if rows == 0 { reportEmpty() }
    let lower = rows == 0 ? document.text.count : textStart
    if voice == nil, isShielded { document.text.insert(CaptionSpeakers.shield, at: lower) }
    isShielded = false
    var entry = ScriptDocument.Entry(
      text: lower..<document.text.count, start: Milliseconds(times.start),
      end: times.hasEnd ? Milliseconds(times.end) : nil)
    if let voice {
      entry.speaker = speaker(named: voice)
      self.voice = nil
    }
    document.entries.append(entry)
    positions.append(Int32(truncatingIfNeeded: textLine))
  }

  private mutating func reportEmpty() {
    findings.add(.note, "empty-caption", line: timingLine, column: 1, "A caption without text")
  }

  private mutating func speaker(named name: String) -> Int {
    if let index = speakerIndices[name] { return index }
    document.speakers.append(name)
    speakerIndices[name] = document.speakers.count - 1
    return document.speakers.count - 1
  }

  /// Moves rows before the first caption to the notes.
  private mutating func closePreamble() {
    guard rows > 0 else { return }
    document.metadata.notes.append(
      String(decoding: document.text[textStart...], as: UTF8.self))
    document.text.removeAll(keepingCapacity: true)
    findings.add(
      .warning, "text-before-captions", line: 1, column: 1,
      "Text before the first caption is no speech; it is kept in the notes")
    voice = nil
    isShielded = false
  }

  private mutating func finish() {
    guard times != nil else {
      document.text = []
      return
    }
    dropFragment()
    if rows > 0 { commitLastRow() } else { reportTruncation() }
    close()
    estimateMissingEnds()
  }

  /// Moves a number and a piece of a timing row at the end of the file to the notes.
  private mutating func dropFragment() {
    guard let fragmentStart, rows > 1, lastRow.start > fragmentStart else { return }
    let fragment = document.text[fragmentStart...]
    guard TimingRest.isFragment(document.text[lastRow.start...]) else { return }
    document.metadata.notes.append(
      String(decoding: fragment.drop { $0 == 0x0A }, as: UTF8.self))
    document.text.removeLast(fragment.count)
    findings.retract("blank-inside", line: lastRow.line - 2)
    rows -= 2
    lastRow.followsBlank = false
    findings.add(
      .warning, "file-ends-early", line: lineNumber, column: 1,
      "The file ends inside the times of a caption; the rest is kept in the notes")
  }

  private mutating func reportTruncation() {
    findings.add(
      .warning, "file-ends-early", line: timingLine, column: 1,
      "The file ends right after the times of a caption")
  }

  /// Ends a caption without an end where the next one begins.
  private mutating func estimateMissingEnds() {
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
