import ScriptModel

/// Compares lines, while they are read out of a Markdown file, with those that were to be written.
///
/// Like `CaptionCheck` it makes no second document, and it only says yes. It knows two shapes: each line
/// begins with a label of our own, or no row has a head at all and each paragraph is a line. There the
/// layout follows from what each row shows by itself, so that it need not be chosen over the whole text.
/// A row that may be anything else (a heading, a direction, a rule, a fence, a time, somebody's name)
/// ends the check: then the whole file has to be read and compared.
struct MarkdownCheck {
  private let expected: ScriptDocument
  /// The labels by speaker, that of nobody behind them; empty where lines have none.
  private let labels: [[UInt8]]
  /// How many lines were begun.
  private var count = 0
  /// The text of the line that is being read, as it stands in the file.
  private var open = 0..<0
  private var marks = HeadMarks()
  /// How many rows have what may be their number on a page.
  private var numbered = 0

  /// Whether the file is read as the very lines of a document.
  ///
  /// No is no answer: the whole file may read back equal all the same.
  static func isRead(
    _ document: ScriptDocument, outOf bytes: [UInt8], options: WriteOptions
  ) -> Bool {
    guard !document.entries.isEmpty, options.times != true, options.speakers != .change,
      var check = MarkdownCheck(document, options)
    else { return false }
    return check.reads(bytes)
  }

  private init?(_ document: ScriptDocument, _ options: WriteOptions) {
    expected = document
    guard options.speakers == .every, !document.speakers.isEmpty else {
      labels = []
      return
    }
    var labels: [[UInt8]] = []
    for name in document.speakers {
      let label = MarkdownLabel.bytes(name, isExplicit: false)
      guard MarkdownLabel.isRead(label, as: name) else { return nil }
      labels.append(label)
    }
    labels.append(MarkdownLabel.nobody)
    self.labels = labels
  }

  /// Takes all rows behind the front matter.
  private mutating func reads(_ bytes: [UInt8]) -> Bool {
    let matter = FrontMatter(bytes)
    let text = bytes.span
    guard matter.metadata.notes.count >= expected.metadata.notes.count,
      firstIndex(of: 0x0D, in: text, 0..<text.count) == nil, !bytes.starts(with: UTF8Repair.mark)
    else { return false }
    var position = matter.end
    // What was found in the texts that are wanted, not in the file.
    var wanted = MarkdownMarks()
    var isParagraph = true
    var last = 0..<0
    while position < text.count {
      let end = firstIndex(of: 0x0A, in: text, position..<text.count) ?? text.count
      if position == end {
        isParagraph = true
      } else {
        last = position..<end
        guard !isWhite(text[position]), !isWhite(text[end - 1]),
          takes(bytes, last, isParagraph, &wanted)
        else { return false }
        isParagraph = false
      }
      position = end + 1
    }
    return endsLine(text, &wanted) && count == expected.entries.count
      && numbered < CourtPage.fewestNumbers
      && TranscriptFrame.footer(text, last) == nil
  }

  /// Takes a row, and tells whether it is known what it is read as.
  private mutating func takes(
    _ bytes: [UInt8], _ row: Range<Int>, _ isParagraph: Bool, _ wanted: inout MarkdownMarks
  ) -> Bool {
    let text = bytes.span
    if let label = nextLabel(), DocumentComparison.begins(text, row, with: label) {
      return endsLine(text, &wanted) && beginsLine(bytes, row, behind: label.count)
    }
    guard isPlain(bytes, row) else { return false }
    if labels.isEmpty, isParagraph {
      guard endsLine(text, &wanted), count < expected.entries.count else { return false }
      count += 1
      open = row
      return true
    }
    // Only what stands as it is joined is one stretch of the file.
    guard !open.isEmpty, row.lowerBound - open.upperBound == (isParagraph ? 2 : 1) else {
      return false
    }
    open = open.lowerBound..<row.upperBound
    return true
  }

  /// The label of the line that follows; `nil` where lines have none, and at the end.
  @inline(__always)
  private func nextLabel() -> [UInt8]? {
    guard !labels.isEmpty, count < expected.entries.count else { return nil }
    return labels[expected.entries[count].speaker ?? labels.count - 1]
  }

  /// Takes a row with the label of the next line; `false` where that may be more than a label.
  private mutating func beginsLine(
    _ bytes: [UInt8], _ row: Range<Int>, behind label: Int
  ) -> Bool {
    let text = bytes.span
    count += 1
    let start = row.lowerBound + label
    open = start..<start
    guard start < row.upperBound else { return true }
    guard text[start] == 0x20, !isWhite(text[start + 1]) else { return false }
    open = start + 1..<row.upperBound
    // Behind a label a time may follow, which belongs to it.
    guard TimePrefix.mayBegin(with: text[start + 1]) else { return true }
    return RowHead(bytes, TextRow(row), boldEnd: nil, counted: false)?.kind == .label
  }

  /// Whether a row is text in any layout: it has no head, and no mark of Markdown in front.
  @inline(__always)
  private mutating func isPlain(_ bytes: [UInt8], _ row: Range<Int>) -> Bool {
    let text = bytes.span
    let first = text[row.lowerBound]
    if isDigit(first), CourtPage.lineNumber(bytes, TextRow(row)) != nil { numbered += 1 }
    switch first {
    case UInt8(ascii: "#"), UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "`"): return false
    case UInt8(ascii: "*"), UInt8(ascii: "_"):
      // Emphasis, where it is neither a rule nor round a direction.
      var inner = row.lowerBound
      while inner < row.upperBound, text[inner] == first { inner += 1 }
      guard inner < row.upperBound, !isWhite(text[inner]), text[inner] != UInt8(ascii: "(") else {
        return false
      }
    case UInt8(ascii: "<"):
      if MarkdownGrammar.isLineMark(bytes, TextRow(row)) { return false }
    default: break
    }
    return !marks.mayHaveHead(text, row)
      || RowHead(bytes, TextRow(row), boldEnd: nil, counted: false) == nil
  }

  /// Whether the line that ends here, if any, is as expected.
  @inline(__always)
  private func endsLine(_ text: Span<UInt8>, _ wanted: inout MarkdownMarks) -> Bool {
    guard count > 0 else { return true }
    let entry = expected.entries[count - 1]
    guard entry.kind == .dialogue else { return false }
    return MarkdownInline.decodes(
      text, open, to: expected.text.span, entry.text, marks: &wanted)
  }
}
