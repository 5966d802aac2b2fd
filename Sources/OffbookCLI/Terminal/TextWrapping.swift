/// Text broken into rows for a terminal.
enum TextWrapping {
  /// Breaks between words, and within a word, or between wide characters, where there is no space.
  ///
  /// - Parameter width: the columns of a row; `nil` breaks at line feeds only.
  static func rows(of text: String, width: Int?) -> [String] {
    let paragraphs = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let width else { return paragraphs.map(String.init) }
    return paragraphs.flatMap { wrap(String($0), width: max(1, width)) }
  }

  private static func wrap(_ text: String, width: Int) -> [String] {
    if TextWidth.columns(of: text) <= width { return [text] }
    var rows: [String] = []
    var row = ""
    var used = 0
    for word in text.split(separator: " ") {
      let columns = TextWidth.columns(of: String(word))
      if used > 0, used + 1 + columns <= width {
        row += " " + word
        used += 1 + columns
        continue
      }
      if used > 0 { rows.append(row) }
      row = ""
      used = 0
      for character in word {
        let columns = TextWidth.columns(of: character)
        if used + columns > width, used > 0 {
          rows.append(row)
          row = ""
          used = 0
        }
        row.append(character)
        used += columns
      }
    }
    if used > 0 || rows.isEmpty { rows.append(row) }
    return rows
  }
}
