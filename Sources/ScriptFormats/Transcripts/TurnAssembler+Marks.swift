import ScriptModel

extension TurnAssembler {
  /// Takes a heading, a direction, a rule, or a mark of our own between lines.
  mutating func takeMarked(_ index: Int, _ row: TextRow) -> Bool {
    if row.marks.contains(.identified) { takeIdentified(index) }
    if row.marks.contains(.heading) {
      single(index, row, row.start..<row.end, .heading)
      return true
    }
    if row.head < 0, row.marks.contains(.paragraph), scan.isMarkedHeading(row) {
      var start = row.start
      while scan.text.bytes[start] == UInt8(ascii: "#") { start += 1 }
      while start < row.end, isWhite(scan.text.bytes[start]) { start += 1 }
      single(index, row, start..<row.end, .heading)
      return true
    }
    if row.marks.contains(.direction) || (mayBeDirection && scan.isDirection(index)) {
      let inner = scan.directionText(row)
      single(index, row, inner, .direction)
      return true
    }
    guard scan.flavour == .markdown else { return false }
    if scan.isRule(row) { return true }
    if MarkdownGrammar.isLineMark(scan.text.bytes, row) {
      startsNewLine = true
      return true
    }
    return false
  }

  /// A paragraph in parentheses is a direction, but where a time or a name waits for its text.
  private var mayBeDirection: Bool {
    guard !startsNewLine, !(isOpen && document.entries.last?.text.isEmpty == true) else {
      return false
    }
    switch layout {
    case .labels, .paragraphs, .dots, .dashes: return true
    default: return scan.flavour != .document
    }
  }

  /// Where labels stay text, puts a name that is set off from its text in a row before it.
  mutating func keepName(_ label: Label?) {
    guard !speakersAreRead, let label, label.end > label.start else { return }
    put(label.start..<label.end)
  }

  /// A paragraph with an id begins a line; what it is comes from its head.
  private mutating func takeIdentified(_ index: Int) {
    isOpen = false
    pendingID = scan.text.lineIDs[index]
  }

  private mutating func single(_ index: Int, _ row: TextRow, _ range: Range<Int>, _ kind: Line.Kind)
  {
    begin(row, kind: kind, speaker: nil)
    put(range)
    isOpen = false
  }
}
