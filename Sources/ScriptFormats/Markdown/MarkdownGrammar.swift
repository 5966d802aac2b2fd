/// What the beginning of a row means in Markdown.
enum MarkdownGrammar {
  /// The invisible mark before a paragraph that is a line of its own, of the same speaker.
  static let lineMark = Array("<!-- line -->".utf8)

  /// Tells the mark between two lines of one speaker.
  static func isLineMark(_ bytes: [UInt8], _ row: TextRow) -> Bool {
    row.end - row.start == lineMark.count && bytes[row.start] == 60
      && bytes[row.start..<row.end].elementsEqual(lineMark)
  }

  /// Tells a row of a list, a quote, a table or a fence, which is not joined to the row before.
  static func beginsBlock(_ row: ArraySlice<UInt8>) -> Bool {
    guard let first = row.first else { return false }
    let second = row.dropFirst().first ?? 10
    switch first {
    case 45, 43, 42: return isWhite(second)
    case 62, 124: return true
    case 96: return second == 96
    default:
      guard isDigit(first) else { return false }
      var position = row.startIndex
      while position < row.endIndex, isDigit(row[position]), position - row.startIndex < 4 {
        position += 1
      }
      return position + 1 < row.endIndex && (row[position] == 46 || row[position] == 41)
        && isWhite(row[position + 1])
    }
  }
}
