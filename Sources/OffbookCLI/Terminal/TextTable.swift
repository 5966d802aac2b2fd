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
  private var rows: [[Cell]] = []

  private struct Cell {
    let text: String
    /// How many columns of the terminal the text takes.
    let width: Int

    init(_ text: String) {
      self.text = text
      width = TextWidth.columns(of: text)
    }
  }

  init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; its cells are made safe for a terminal.
  mutating func append(_ cells: [String]) { rows.append(cells.map { Cell(VisibleText.row($0)) }) }

  /// The lines of the table, without line feeds.
  ///
  /// - Parameter width: the columns of the terminal; `nil` truncates nothing.
  func lines(width: Int?, style: Style) -> [String] {
    let widths = columnWidths(limit: width)
    let titles = columns.map { Cell($0.title.uppercased()) }
    return [style.dim(line(titles, widths))] + rows.map { line($0, widths) }
  }

  private func columnWidths(limit: Int?) -> [Int] {
    var widths = columns.map { TextWidth.columns(of: $0.title) }
    for row in rows {
      for (index, cell) in row.enumerated() where index < widths.count {
        widths[index] = max(widths[index], cell.width)
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

  private func line(_ cells: [Cell], _ widths: [Int]) -> String {
    var bytes: [UInt8] = []
    for (index, cell) in cells.enumerated() where index < widths.count {
      let shown =
        cell.width <= widths[index]
        ? cell : Cell(TextWidth.truncated(cell.text, to: widths[index]))
      let space = repeatElement(UInt8(ascii: " "), count: max(0, widths[index] - shown.width))
      if index > 0 { bytes.append(contentsOf: "  ".utf8) }
      if columns[index].isNumber { bytes.append(contentsOf: space) }
      bytes.append(contentsOf: shown.text.utf8)
      if !columns[index].isNumber, index < cells.count - 1 { bytes.append(contentsOf: space) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
