/// Text broken into rows for a terminal.
enum TextWrapping {
  /// Breaks between words, and within a word, or between wide characters, where there is no space.
  ///
  /// - Parameter width: the columns of a row; `nil` breaks at line feeds only.
  static func rows(of text: String, width: Int?) -> [String] {
    let paragraphs = VisibleText.split(text)
    guard let width else { return paragraphs }
    return paragraphs.flatMap { wrap($0, width: max(1, width)) }
  }

  private static func wrap(_ text: String, width: Int) -> [String] {
    if TextWidth.columns(of: text) <= width { return [text] }
    var rows: [String] = []
    var row = ""
    var used = 0
    func endRow() {
      rows.append(row)
      row = ""
      used = 0
    }
    for piece in pieces(of: text) {
      let columns = TextWidth.columns(of: piece.text)
      let space = piece.followsSpace && used > 0 ? 1 : 0
      if used + space + columns <= width {
        row += (space == 1 ? " " : "") + piece.text
        used += space + columns
        continue
      }
      if used > 0 { endRow() }
      for character in piece.text {
        let columns = TextWidth.columns(of: character)
        if used + columns > width, used > 0 { endRow() }
        row.append(character)
        used += columns
      }
    }
    if used > 0 || rows.isEmpty { endRow() }
    return rows
  }

  /// What stays in one row: a word, or one wide character with the signs that close it.
  private struct Piece {
    var text: String
    var followsSpace: Bool
    var isWide: Bool
  }

  private static let closingSigns: Set<Character> = [
    "，", "。", "、", "！", "？", "：", "；", "」", "』", "）", "】", "》", "〉", "…", "”", "’",
  ]

  private static func pieces(of text: String) -> [Piece] {
    // In ASCII nothing is wide or closes what is: words are what is between spaces.
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return text.utf8.split(separator: UInt8(ascii: " ")).map { word in
        Piece(
          text: String(Substring(word)), followsSpace: word.startIndex > text.startIndex,
          isWide: false)
      }
    }
    var pieces: [Piece] = []
    var followsSpace = false
    for character in text {
      if character == " " {
        followsSpace = true
        continue
      }
      let isWide = TextWidth.columns(of: character) > 1
      if let last = pieces.last, !followsSpace,
        closingSigns.contains(character) || !isWide && !last.isWide
      {
        pieces[pieces.count - 1].text.append(character)
      } else {
        pieces.append(Piece(text: String(character), followsSpace: followsSpace, isWide: isWide))
      }
      followsSpace = false
    }
    return pieces
  }
}
