/// Pages of a deposition: each row has its number on the page, and the page has one.
enum CourtPage {
  /// The most rows that a page of a transcript of a court has.
  private static let maximumRows = 30
  /// The fewest rows with a number that make a text such pages.
  static let fewestNumbers = 4

  /// Takes the numbers off the rows where most rows have one; the rows that were taken out.
  ///
  /// Rows that go on with what is said lose their paragraph mark: on such pages each row is full.
  static func takeLineNumbers(_ text: inout TextRows) -> [TextRow] {
    guard text.rows.count >= fewestNumbers else { return [] }
    var numbered = 0
    var ascending = 0
    var previous = -1
    for row in text.rows.prefix(400) {
      guard let (value, _) = lineNumber(text.bytes, row) else { continue }
      numbered += 1
      if value == previous + 1 || (value == 1 && previous > 1) { ascending += 1 }
      previous = value
    }
    let rows = min(text.rows.count, 400)
    guard numbered >= fewestNumbers, numbered * 10 >= rows * 6, ascending * 10 >= (numbered - 1) * 8
    else {
      return []
    }
    var dropped: [TextRow] = []
    var kept: [TextRow] = []
    for var row in text.rows {
      if let (_, start) = lineNumber(text.bytes, row) {
        guard start < row.end else { continue }
        row.start = start
      } else if isNumber(text.bytes, row) {
        dropped.append(row)
        continue
      }
      if isExaminer(text.bytes, row) {
        dropped.append(row)
        continue
      }
      kept.append(row)
    }
    text.rows = kept
    return dropped
  }

  /// Reads ` 3   text`: a number of a row with two spaces or a tab behind it.
  static func lineNumber(_ bytes: [UInt8], _ row: TextRow) -> (value: Int, text: Int)? {
    var position = row.start
    var value = 0
    while position < row.end, isDigit(bytes[position]), position - row.start < 2 {
      value = value * 10 + Int(bytes[position] - 48)
      position += 1
    }
    guard position > row.start, value >= 1, value <= maximumRows else { return nil }
    if position == row.end { return nil }
    guard
      bytes[position] == 9
        || (position + 1 < row.end && isWhite(bytes[position])
          && isWhite(bytes[position + 1]))
    else { return nil }
    while position < row.end, isWhite(bytes[position]) { position += 1 }
    return (value, position)
  }

  private static func isNumber(_ bytes: [UInt8], _ row: TextRow) -> Bool {
    for position in row.start..<row.end where !isDigit(bytes[position]) { return false }
    return true
  }

  /// `BY MS. REED:` says who asks from here on.
  private static func isExaminer(_ bytes: [UInt8], _ row: TextRow) -> Bool {
    row.end - row.start <= 40 && row.end - row.start > 4 && bytes[row.start] == 66
      && bytes[row.start + 1] == 89 && bytes[row.start + 2] == 32 && bytes[row.end - 1] == 58
  }
}
