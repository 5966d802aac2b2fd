import ScriptModel

/// A script as a person reads it: number, time, speaker and text, wrapped.
struct ScriptText {
  private let style: Style
  private let width: Int?
  /// The names as they stand before a text.
  private let names: [Speaker.ID: String]
  private let numberWidth: Int
  private let timeWidth: Int
  /// The lines with conflicts that wait for a decision: `!` stands behind their numbers.
  private let conflicts: Set<Line.ID>

  /// - Parameter width: the columns of the terminal; `nil` wraps nothing.
  init(lines: LineSelection, width: Int?, style: Style, conflicts: Set<Line.ID> = []) {
    self.conflicts = conflicts
    self.style = style
    self.width = width
    names = Dictionary(
      lines.script.speakers.map { ($0.id, VisibleText.row($0.name) + ": ") }
    ) { first, _ in first }
    numberWidth = String((lines.indices.last ?? 0) + 1).count
    timeWidth = lines.lazy.compactMap { $0.line.start?.clock.count }.max() ?? 0
  }

  /// The rows of one line, without line feeds.
  func rows(of line: Line, number: Int) -> [String] {
    let digits = String(number)
    let space = String(repeating: " ", count: max(0, numberWidth - digits.count))
    let mark = conflicts.contains(line.id) ? style.yellow("!") + " " : "  "
    var head = space + style.dim(digits) + mark
    var indent = numberWidth + 2
    if timeWidth > 0 {
      let time = line.start?.clock ?? ""
      head +=
        String(repeating: " ", count: max(0, timeWidth - time.count)) + style.cyan(time) + "  "
      indent += timeWidth + 2
    }
    let name = line.speaker.flatMap { names[$0] } ?? ""
    let rows = TextWrapping.rows(
      of: name + VisibleText.block(marked(line)), width: width.map { max(20, $0 - indent) })
    return rows.enumerated().map { index, row in
      guard index == 0 else { return String(repeating: " ", count: indent) + row }
      return head + firstRow(row, name: name, kind: line.kind)
    }
  }

  private func marked(_ line: Line) -> String {
    switch line.kind {
    case .dialogue: line.text
    case .heading: "# " + line.text
    case .direction: "(" + line.text + ")"
    }
  }

  private func firstRow(_ row: String, name: String, kind: Line.Kind) -> String {
    if kind == .heading { return style.bold(row) }
    guard style.isOn, !name.isEmpty, row.hasPrefix(name) else { return row }
    return style.bold(String(name.dropLast())) + " " + row.dropFirst(name.count)
  }
}
