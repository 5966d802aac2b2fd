/// A text as words, for telling what is asked: lower case, without what stands around them.
enum TalkWords {
  /// The words of a text; an apostrophe belongs to its word, and Chinese stays in one piece.
  static func words(of text: some StringProtocol) -> [String] {
    var words: [String] = []
    var word = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "’", "'": word.unicodeScalars.append("'")
      case "-" where !word.isEmpty: word.unicodeScalars.append("-")
      default:
        if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
          word.unicodeScalars.append(scalar)
        } else {
          finish(&word, into: &words)
        }
      }
    }
    finish(&word, into: &words)
    return words
  }

  private static func finish(_ word: inout String, into words: inout [String]) {
    while word.hasPrefix("'") || word.hasPrefix("-") { word.removeFirst() }
    while word.hasSuffix("'") || word.hasSuffix("-") { word.removeLast() }
    if !word.isEmpty { words.append(word.lowercased()) }
    word = ""
  }

  /// Whether a text holds Chinese characters.
  static func isChinese(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) }
  }
}
