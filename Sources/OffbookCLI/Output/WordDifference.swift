/// The words that differ between two texts, for marking them.
enum WordDifference {
  /// A run of text with what became of it.
  struct Piece: Equatable {
    var text: String
    var isChanged: Bool
  }

  /// Texts of more words than this are marked whole: the comparison takes the product of both.
  static let mostWords = 600

  /// The pieces of both texts, neighbours of one kind made one.
  static func pieces(before: String, after: String) -> (before: [Piece], after: [Piece]) {
    let left = words(of: before)
    let right = words(of: after)
    guard left.count <= mostWords, right.count <= mostWords else {
      return ([Piece(text: before, isChanged: true)], [Piece(text: after, isChanged: true)])
    }
    let common = commonWords(left, right)
    return (pieces(left, kept: common.left), pieces(right, kept: common.right))
  }

  /// Words, single spaces and signs; ideographs and kana one by one.
  static func words(of text: String) -> [String] {
    var words: [String] = []
    var isOpen = false
    for character in text {
      let isWordPart =
        (character.isLetter || character.isNumber || character == "'" || character == "’")
        && TextWidth.columns(of: character) == 1
      if isWordPart, isOpen {
        words[words.count - 1].append(character)
      } else {
        words.append(String(character))
      }
      isOpen = isWordPart
    }
    return words
  }

  private static func commonWords(
    _ left: [String], _ right: [String]
  ) -> (left: [Bool], right: [Bool]) {
    let columns = right.count + 1
    var lengths = [Int32](repeating: 0, count: (left.count + 1) * columns)
    for row in stride(from: left.count - 1, through: 0, by: -1) {
      for column in stride(from: right.count - 1, through: 0, by: -1) {
        lengths[row * columns + column] =
          left[row] == right[column]
          ? lengths[(row + 1) * columns + column + 1] + 1
          : max(lengths[(row + 1) * columns + column], lengths[row * columns + column + 1])
      }
    }
    var kept = (
      left: Array(repeating: false, count: left.count),
      right: Array(repeating: false, count: right.count)
    )
    var (row, column) = (0, 0)
    while row < left.count, column < right.count {
      if left[row] == right[column] {
        kept.left[row] = true
        kept.right[column] = true
        row += 1
        column += 1
      } else if lengths[(row + 1) * columns + column] >= lengths[row * columns + column + 1] {
        row += 1
      } else {
        column += 1
      }
    }
    return kept
  }

  private static func pieces(_ words: [String], kept: [Bool]) -> [Piece] {
    var pieces: [Piece] = []
    for (word, isKept) in zip(words, kept) {
      if let last = pieces.last, last.isChanged == !isKept {
        pieces[pieces.count - 1].text += word
      } else {
        pieces.append(Piece(text: word, isChanged: !isKept))
      }
    }
    return pieces
  }
}
