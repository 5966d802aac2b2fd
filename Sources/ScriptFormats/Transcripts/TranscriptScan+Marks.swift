extension TranscriptScan {
  /// The column of an offset in its row, in characters from 1.
  func column(of offset: Int, in row: TextRow) -> Int {
    var column = Int(row.indent) + 1
    for position in row.start..<max(row.start, offset) where text.bytes[position] & 0xC0 != 0x80 {
      column += 1
    }
    return column
  }

  /// Tells a paragraph of one row that is wholly in parentheses.
  func isDirection(_ index: Int) -> Bool {
    let row = text.rows[index]
    guard row.head < 0, row.marks.contains(.paragraph), row.end - row.start >= 3,
      index + 1 == text.rows.count || text.rows[index + 1].marks.contains(.paragraph)
    else { return false }
    let inner = directionText(row)
    guard inner.lowerBound > row.start, inner.upperBound < row.end else { return false }
    var depth = 0
    for position in inner {
      if text.bytes[position] == UInt8(ascii: "(") { depth += 1 }
      if text.bytes[position] == UInt8(ascii: ")") { depth -= 1 }
      if depth < 0 { return false }
    }
    return depth == 0 && !inner.isEmpty
  }

  /// What is inside `(…)`, in Markdown inside `*(…)*`; the whole row where there are none.
  func directionText(_ row: TextRow) -> Range<Int> {
    let bytes = text.bytes
    var start = row.start
    var end = row.end
    if flavour == .markdown {
      guard end - start >= 5, bytes[start] == bytes[end - 1],
        bytes[start] == UInt8(ascii: "*") || bytes[start] == UInt8(ascii: "_")
      else { return row.start..<row.end }
      start += 1
      end -= 1
    }
    guard end - start >= 2, bytes[start] == UInt8(ascii: "("), bytes[end - 1] == UInt8(ascii: ")")
    else { return row.start..<row.end }
    return start + 1..<end - 1
  }

  /// Tells `---`, `***` and the like, which part a Markdown text and say nothing.
  func isRule(_ row: TextRow) -> Bool {
    let mark = text.bytes[row.start]
    guard row.end - row.start >= 3,
      mark == UInt8(ascii: "-") || mark == UInt8(ascii: "*") || mark == UInt8(ascii: "_")
    else { return false }
    for position in row.start..<row.end
    where text.bytes[position] != mark && !isWhite(text.bytes[position]) { return false }
    return true
  }

  /// Tells a row at which a line begins, in a layout.
  func isStart(_ index: Int, _ layout: LayoutChoice) -> Bool {
    let row = text.rows[index]
    let head = head(row)
    switch layout {
    case .timeRows: return head?.kind == .timeOnly
    case .nameTime: return head?.kind == .nameTime
    case .timed: return head?.kind == .timed
    case .nameThenTime:
      return index + 1 < text.rows.count && self.head(text.rows[index + 1])?.kind == .timeOnly
    case .labels, .cues:
      guard let head else { return false }
      return head.hasChevrons || accepts(head)
    case .dated: return head?.kind == .dated || head?.kind == .timed
    case .dots: return SeparatedName.dot(text.bytes, row) != nil
    case .dashes: return SeparatedName.dash(text.bytes, row) != nil
    case .dialogueDashes, .paragraphs: return true
    }
  }
}
