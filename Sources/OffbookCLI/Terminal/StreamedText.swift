/// Text that comes in pieces, broken between words for a terminal as it comes.
///
/// The last word is held back until it is known to be whole.
struct StreamedText {
  /// The columns of a row; `nil` breaks nothing.
  private let width: Int?
  private var column = 0
  private var word = ""
  private var spaces = 0

  init(width: Int?) { self.width = width.map { max(1, $0) } }

  /// Takes a piece, and gives what can be written.
  mutating func feed(_ text: String) -> String {
    guard width != nil else { return text }
    var result = ""
    for character in text {
      if character.isNewline {
        result += endWord() + "\n"
        (column, spaces) = (0, 0)
      } else if character == " " {
        result += endWord()
        spaces += 1
      } else {
        let isWide = TextWidth.columns(of: character) > 1
        if isWide, !word.isEmpty { result += endWord() }
        word.append(character)
        if isWide { result += endWord() }
      }
    }
    return result
  }

  /// Gives what was held back.
  mutating func finish() -> String { endWord() }

  private mutating func endWord() -> String {
    guard let width, !word.isEmpty else { return "" }
    defer {
      word = ""
      spaces = 0
    }
    let columns = TextWidth.columns(of: word)
    if column > 0, column + spaces + columns > width {
      column = columns
      return "\n" + word
    }
    column += spaces + columns
    return String(repeating: " ", count: spaces) + word
  }
}
