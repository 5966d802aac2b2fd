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
    let left = Words(before)
    let right = Words(after)
    guard left.ranges.count <= mostWords, right.ranges.count <= mostWords else {
      return ([Piece(text: before, isChanged: true)], [Piece(text: after, isChanged: true)])
    }
    let common = commonWords(left, right)
    return (left.pieces(kept: common.left), right.pieces(kept: common.right))
  }

  /// A text cut into words, single spaces and signs; ideographs and kana one by one.
  private struct Words {
    let bytes: [UInt8]
    private(set) var ranges: [Range<Int>] = []

    init(_ text: String) {
      bytes = Array(text.utf8)
      ranges.reserveCapacity(bytes.count / 3 + 2)
      var isOpen = false
      var position = 0
      while position < bytes.count {
        let (length, isWordPart) = character(at: position, in: text)
        if isWordPart, isOpen, let last = ranges.popLast() {
          ranges.append(last.lowerBound..<position + length)
        } else {
          ranges.append(position..<position + length)
        }
        isOpen = isWordPart
        position += length
      }
    }

    /// The length of a character, and whether it is part of a word.
    ///
    /// ASCII that no mark follows is told by its byte: asking Unicode takes a hundred times as long.
    private func character(at position: Int, in text: String) -> (length: Int, isWordPart: Bool) {
      let byte = bytes[position]
      let next = position + 1 < bytes.count ? bytes[position + 1] : 0
      if byte < 0x80, next < 0x80, byte != 0x0D {
        let isLetter = (byte | 0x20) &- 0x61 < 26
        return (1, isLetter || byte &- 0x30 < 10 || byte == UInt8(ascii: "'"))
      }
      let character = text[text.utf8.index(text.startIndex, offsetBy: position)]
      let isWordPart =
        (character.isLetter || character.isNumber || character == "'" || character == "’")
        && TextWidth.columns(of: character) == 1
      return (character.utf8.count, isWordPart)
    }

    func pieces(kept: [Bool]) -> [Piece] {
      var pieces: [Piece] = []
      var start = 0
      for index in ranges.indices {
        let end = index + 1
        guard end == ranges.count || kept[end] != kept[index] else { continue }
        let text = bytes[ranges[start].lowerBound..<ranges[index].upperBound]
        pieces.append(
          Piece(text: String(decoding: text, as: UTF8.self), isChanged: !kept[index]))
        start = end
      }
      return pieces
    }

    /// Whether a word is the same as one of another text.
    func isSame(_ index: Int, _ other: Words, _ otherIndex: Int) -> Bool {
      let one = ranges[index]
      let two = other.ranges[otherIndex]
      guard one.count == two.count else { return false }
      for offset in 0..<one.count
      where bytes[one.lowerBound + offset] != other.bytes[two.lowerBound + offset] {
        return false
      }
      return true
    }
  }

  private static func commonWords(
    _ left: Words, _ right: Words
  ) -> (left: [Bool], right: [Bool]) {
    // What both begin and end with is common: mostly little is left to compare.
    var (leftEnd, rightEnd) = (left.ranges.count, right.ranges.count)
    var start = 0
    while start < min(leftEnd, rightEnd), left.isSame(start, right, start) { start += 1 }
    while leftEnd > start, rightEnd > start, left.isSame(leftEnd - 1, right, rightEnd - 1) {
      leftEnd -= 1
      rightEnd -= 1
    }
    var kept = (
      left: left.ranges.indices.map { $0 < start || $0 >= leftEnd },
      right: right.ranges.indices.map { $0 < start || $0 >= rightEnd }
    )
    let columns = rightEnd - start + 1
    // How many words are common to what begins at a word of the left and one of the right.
    var lengths = [Int32](repeating: 0, count: (leftEnd - start + 1) * columns)
    func place(_ row: Int, _ column: Int) -> Int { (row - start) * columns + column - start }
    for row in stride(from: leftEnd - 1, through: start, by: -1) {
      for column in stride(from: rightEnd - 1, through: start, by: -1) {
        lengths[place(row, column)] =
          left.isSame(row, right, column)
          ? lengths[place(row + 1, column + 1)] + 1
          : max(lengths[place(row + 1, column)], lengths[place(row, column + 1)])
      }
    }
    var (row, column) = (start, start)
    while row < leftEnd, column < rightEnd {
      if left.isSame(row, right, column) {
        kept.left[row] = true
        kept.right[column] = true
        row += 1
        column += 1
      } else if lengths[place(row + 1, column)] >= lengths[place(row, column + 1)] {
        row += 1
      } else {
        column += 1
      }
    }
    return kept
  }
}
