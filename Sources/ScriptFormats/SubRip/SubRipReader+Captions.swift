import ScriptModel

extension SubRipReader {
  @inline(__always)
  mutating func append(_ bytes: Span<UInt8>, _ row: Range<Int>, number: Int64?) {
    commitLastRow()
    let start = rows == 0 ? 0 : text.count
    let isPlain = number != nil || !marks.mayHoldMarkup(bytes, row)
    if rows == 0 {
      textLine = lineNumber
      text.begin(with: isPlain ? row : row.lowerBound..<row.lowerBound)
    } else if isPlain {
      text.append(bytes, row, blanks: pendingBlanks)
    } else {
      text.breakRow(bytes, blanks: pendingBlanks)
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
    if !isPlain { appendMarked(bytes, row) }
  }

  mutating func appendMarked(_ bytes: Span<UInt8>, _ row: Range<Int>) {
    if rows == 1, row.count >= 3, bytes[row.lowerBound] == 0x7B, bytes[row.lowerBound + 1] == 0x5C,
      bytes[row.lowerBound + 2] == 0x7D
    {
      isShielded = true
    }
    let before = (markup.droppedTagCount, markup.droppedOverrideCount)
    let knewVoice = markup.voice != nil
    text.makeOwn(bytes)
    markup.append(bytes, row, to: &text.own)
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
  mutating func commitLastRow() {
    if rows > 1, lastRow.followsBlank, times != nil { reportBlankInside() }
  }

  mutating func reportBlankInside() {
    findings.add(
      .warning, "blank-inside", line: lastRow.line - 1, column: 1,
      "A blank row stands inside a caption; what follows it is kept as its text")
  }

  @inline(__always)
  mutating func begin(_ bytes: Span<UInt8>, start: Int64, end: Int64, hasEnd: Bool) {
    let index = takeIndex()
    if rows > 0 { commitLastRow() }
    begin(bytes, number: index, start: start, end: end, hasEnd: hasEnd)
  }

  @inline(__always)
  mutating func begin(
    _ bytes: Span<UInt8>, number index: Int64?, start: Int64, end: Int64, hasEnd: Bool
  ) {
    close(bytes)
    if end < start { reportEndBeforeStart() }
    if start < previousStart { reportOrder(index) }
    fragmentStart = nil
    previousStart = start
    previousIndex = index ?? previousIndex.map { $0 &+ 1 }
    times = (start, end, hasEnd)
    rows = 0
    pendingBlanks = 0
    timingLine = lineNumber
  }

  /// Takes the number of the caption that begins now back out of the text before it.
  mutating func takeIndex() -> Int64? {
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

  mutating func dropLastRow() {
    text.truncate(to: lastRow.start)
    rows -= 1
    if rows == 0 { isShielded = false }
    lastRow.followsBlank = false
  }

  mutating func reportEndBeforeStart() {
    findings.add(
      .warning, "end-before-start", line: lineNumber, column: 1,
      "The caption ends before it begins; the times are kept as written")
  }

  mutating func reportOrder(_ index: Int64?) {
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
  mutating func close(_ bytes: Span<UInt8>) {
    guard let times else { return closePreamble(bytes) }
    if rows == 0 {
      reportEmpty()
      text.beginEmpty()
    }
    let isShielded = isShielded && voice == nil
    self.isShielded = false
    if check != nil { return compare(bytes, isShielded: isShielded) }
    let start = document.text.count
    if isShielded { document.text.append(CaptionSpeakers.shield) }
    text.withBytes(bytes) { text in
      text.withUnsafeBufferPointer { document.text.append(contentsOf: $0) }
    }
    var entry = ScriptDocument.Entry(
      text: start..<document.text.count, start: Milliseconds(times.start),
      end: times.hasEnd ? Milliseconds(times.end) : nil)
    if let voice {
      entry.speaker = speaker(named: voice)
      self.voice = nil
    }
    document.entries.append(entry)
    positions.append(Int32(truncatingIfNeeded: textLine))
  }

  private mutating func compare(_ bytes: Span<UInt8>, isShielded: Bool) {
    guard let times, voice == nil else { return isSettled = true }
    let isSame = text.withBytes(bytes) { text in
      check?.takes(
        text, start: times.start, end: times.hasEnd ? times.end : nil, isShielded: isShielded)
    }
    if isSame != true { isSettled = true }
  }

  mutating func reportEmpty() {
    findings.add(.note, "empty-caption", line: timingLine, column: 1, "A caption without text")
  }

  mutating func speaker(named name: String) -> Int {
    if let index = speakerIndices[name] { return index }
    document.speakers.append(name)
    speakerIndices[name] = document.speakers.count - 1
    return document.speakers.count - 1
  }

  /// Moves rows before the first caption to the notes.
  mutating func closePreamble(_ bytes: Span<UInt8>) {
    guard rows > 0 else { return }
    text.makeOwn(bytes)
    document.metadata.notes.append(String(decoding: text.own, as: UTF8.self))
    findings.add(
      .warning, "text-before-captions", line: 1, column: 1,
      "Text before the first caption is no speech; it is kept in the notes")
    voice = nil
    isShielded = false
  }
}
