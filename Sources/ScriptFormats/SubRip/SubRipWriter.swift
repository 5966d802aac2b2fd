import ScriptModel

/// Writes SubRip captions.
///
/// What a reader would take for something else stands behind `{\}`, an ASS override that does nothing
/// and that players hide: blank rows at the edges of a caption, rows like times, and literal tags.
struct SubRipWriter {
  private let document: ScriptDocument
  private let options: WriteOptions
  private let names: [[UInt8]]
  private var marks = MarkupMarks()
  private var bytes: [UInt8] = []

  private init(_ document: ScriptDocument, _ options: WriteOptions) {
    self.document = document
    self.options = options
    names = document.speakers.map { Array($0.utf8) }
  }

  /// Writes all entries as captions; times that are missing are written as zero.
  static func write(
    _ document: ScriptDocument, options: WriteOptions, labels: inout CaptionLabels
  ) -> [UInt8] {
    var writer = SubRipWriter(document, options)
    writer.bytes.reserveCapacity(document.text.count + document.entries.count * 52 + 16)
    labels.rewind()
    writer.captions(document.text.span, &labels)
    return options.crlf ? RowEnds.withCarriageReturns(writer.bytes) : writer.bytes
  }

  private mutating func captions(_ text: Span<UInt8>, _ labels: inout CaptionLabels) {
    var digits = ClockDigits()
    for index in document.entries.indices {
      let entry = document.entries[index]
      if index > 0 { digits.append(0x0A) }
      digits.number(UInt64(index + 1))
      digits.append(0x0A)
      let start = entry.start?.rawValue ?? 0
      digits.time(start, point: 0x2C)
      digits.arrow()
      digits.time(entry.end?.rawValue ?? start, point: 0x2C)
      digits.append(0x0A)
      digits.flush(to: &bytes)
      open(labels.opening(of: entry, at: index), isFirst: index == 0 && labels.continues)
      body(text, entry.text, isLast: index == document.entries.count - 1)
    }
  }

  private mutating func open(_ opening: CaptionLabels.Opening, isFirst: Bool) {
    if case .shielded = opening { append(SubRipMarkup.shield) }
    if isFirst { append(SubRipMarkup.continuation) }
    guard case .name(let speaker, let form) = opening else { return }
    let name = names[speaker]
    switch form {
    case .plain:
      bytes.append(contentsOf: name)
      Self.append(": ", to: &bytes)
    case .bracket:
      bytes.append(0x5B)
      bytes.append(contentsOf: name)
      Self.append("]: ", to: &bytes)
    case .voice:
      Self.append("<v ", to: &bytes)
      WebVTTWriter.escape(name, to: &bytes)
      bytes.append(0x3E)
    }
  }

  private mutating func body(_ text: Span<UInt8>, _ range: Range<Int>, isLast: Bool) {
    if isPlain(text, range) {
      copy(text, range)
      bytes.append(0x0A)
      return
    }
    var position = range.lowerBound
    while position < range.upperBound {
      let end = firstIndex(of: 0x0A, in: text, position..<range.upperBound) ?? range.upperBound
      let isEdge = position == range.lowerBound || end == range.upperBound
      if isLast, position >= range.lowerBound + 2, isNumberAfterBlank(text, position..<end) {
        append(SubRipMarkup.shield)
      }
      row(text, position..<end, isEdge: isEdge)
      bytes.append(0x0A)
      position = end + 1
      if end < range.upperBound, position == range.upperBound {
        append(SubRipMarkup.shield)
        bytes.append(0x0A)
      }
    }
    if range.isEmpty { bytes.append(0x0A) }
  }

  /// Whether a text goes out as it is: no markup, and no row that begins like a time or is blank.
  @inline(__always)
  private mutating func isPlain(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard !range.isEmpty, !marks.mayHoldMarkup(text, range) else { return false }
    var position = range.lowerBound
    while position < range.upperBound {
      guard text[position] != 0x0A, !TimingLine.mayBegin(with: text[position]) else { return false }
      guard let end = firstIndex(of: 0x0A, in: text, position..<range.upperBound) else {
        return true
      }
      position = end + 1
    }
    return false
  }

  @inline(__always)
  private mutating func row(_ text: Span<UInt8>, _ row: Range<Int>, isEdge: Bool) {
    if row.isEmpty {
      if isEdge { append(SubRipMarkup.shield) }
      return
    }
    if TimingLine.mayBegin(with: text[row.lowerBound]), needsShield(text, row) {
      append(SubRipMarkup.shield)
    }
    if !marks.mayHoldMarkup(text, row) {
      copy(text, row)
    } else {
      marked(text, row)
    }
  }

  private func needsShield(_ text: Span<UInt8>, _ row: Range<Int>) -> Bool {
    if BlankText.isBlank(text, row) { return true }
    if case .other = TimingLine.parse(text, row) { return false }
    return true
  }

  /// Whether a row would be taken for the number of a caption that the file breaks off in.
  private func isNumberAfterBlank(_ text: Span<UInt8>, _ row: Range<Int>) -> Bool {
    !row.isEmpty && text[row.lowerBound - 2] == 0x0A && SubRipReader.number(text, row) != nil
  }

  /// Writes a row with what is literal in it kept from being read as markup.
  private mutating func marked(_ text: Span<UInt8>, _ row: Range<Int>) {
    var written = row.lowerBound
    for index in row {
      let hasNext = index + 1 < row.upperBound
      let isMisread =
        switch text[index] {
        case 0x7B: hasNext && text[index + 1] == 0x5C
        case 0x5C: hasNext && text[index + 1] == 0x4E
        case 0x3C:
          !KeptTag.begins(text, index..<row.upperBound)
            && MarkupTag(text, index..<row.upperBound) != nil
        default: false
        }
      guard isMisread else { continue }
      copy(text, written..<index + 1)
      append(SubRipMarkup.shield)
      written = index + 1
    }
    copy(text, written..<row.upperBound)
  }

  @inline(__always)
  private mutating func copy(_ text: Span<UInt8>, _ range: Range<Int>) {
    text.extracting(range).withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
  }

  private mutating func append(_ text: StaticString) { Self.append(text, to: &bytes) }

  private static func append(_ text: StaticString, to bytes: inout [UInt8]) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
}
