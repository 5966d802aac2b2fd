/// Rows under headings, in columns that line up whatever characters are in them.
struct TextTable {
  /// One column.
  struct Column {
    var title: String
    /// Whether its cells stand at the right edge, as numbers do.
    var isNumber = false
    /// Whether it gives way first where the terminal is narrow.
    var isFlexible = false

    init(_ title: String, isNumber: Bool = false, isFlexible: Bool = false) {
      self.title = title
      self.isNumber = isNumber
      self.isFlexible = isFlexible
    }
  }

  let columns: [Column]
  private(set) var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; its cells are made safe for a terminal.
  mutating func append(_ cells: [String]) { rows.append(cells.map { VisibleText.row($0) }) }

  /// The lines of the table, without line feeds.
  ///
  /// - Parameter width: the columns of the terminal; `nil` truncates nothing.
  func lines(width: Int?, style: Style) -> [String] {
    let widths = columnWidths(limit: width)
    let titles = columns.map { $0.title.uppercased() }
    return [style.dim(line(titles, widths))] + rows.map { line($0, widths) }
  }

  private func columnWidths(limit: Int?) -> [Int] {
    var widths = columns.map { TextWidth.columns(of: $0.title) }
    for row in rows {
      for (index, cell) in row.enumerated() where index < widths.count {
        widths[index] = max(widths[index], TextWidth.columns(of: cell))
      }
    }
    guard let limit else { return widths }
    var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - limit
    let narrowest = 8
    while excess > 0 {
      let candidates = widths.indices.filter { columns[$0].isFlexible && widths[$0] > narrowest }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
      let second = candidates.filter { $0 != widest }.map { widths[$0] }.max() ?? narrowest
      let step = max(1, min(excess, widths[widest] - max(second, narrowest)))
      widths[widest] -= step
      excess -= step
    }
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var parts: [String] = []
    for (index, cell) in cells.enumerated() where index < widths.count {
      let shown = TextWidth.truncated(cell, to: widths[index])
      let space = String(repeating: " ", count: widths[index] - TextWidth.columns(of: shown))
      let isLast = index == cells.count - 1
      parts.append(columns[index].isNumber ? space + shown : isLast ? shown : shown + space)
    }
    return parts.joined(separator: "  ")
  }
}
