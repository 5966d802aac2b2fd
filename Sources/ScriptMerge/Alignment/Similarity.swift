/// How much alike two lines are, from 0 to 1000, by words, time and speaker.
struct Similarity {
  /// Lines less alike than this are different lines: both are kept.
  static let threshold = 500
  /// A moved line is looked for in the whole script, so it has to be more alike.
  static let movedThreshold = 750

  private var bags: [Int: [Int32]] = [:]
  private let left: LineFeatures
  private let right: LineFeatures
  private let texts: TextNumbers

  init(left: LineFeatures, right: LineFeatures, texts: TextNumbers) {
    self.left = left
    self.right = right
    self.texts = texts
  }

  /// The words of a line in ascending numbers, read once.
  mutating func bag(left index: Int, in table: inout TokenTable) -> [Int32] {
    bag(key: index * 2, text: left.textKeys[index], in: &table)
  }

  /// The words of a line in ascending numbers, read once.
  mutating func bag(right index: Int, in table: inout TokenTable) -> [Int32] {
    bag(key: index * 2 + 1, text: right.textKeys[index], in: &table)
  }

  private mutating func bag(key: Int, text: Int32, in table: inout TokenTable) -> [Int32] {
    if let known = bags[key] { return known }
    let bag = WordBag.of(texts.bytes(of: text).span, in: &table)
    bags[key] = bag
    return bag
  }

  /// How much alike two lines are, by their words, with a little for time and speaker.
  func score(_ leftBag: [Int32], _ rightBag: [Int32], left: Int, right: Int) -> Int {
    let words = WordBag.similarity(leftBag, rightBag)
    return Swift.min(1000, Swift.max(0, words + context(left: left, right: right)))
  }

  /// Whether two lines begin and end with the same bytes for the most part: then their words need no
  /// counting where nothing else stands between their neighbours.
  func isMostlySame(_ leftIndex: Int, _ rightIndex: Int) -> Bool {
    let (old, new) = (
      texts.bytes(of: left.textKeys[leftIndex]), texts.bytes(of: right.textKeys[rightIndex])
    )
    let (shorter, longer) = (min(old.count, new.count), max(old.count, new.count))
    var (start, end) = (0, 0)
    while start < shorter, old[old.startIndex + start] == new[new.startIndex + start] { start += 1 }
    while end < shorter - start, old[old.endIndex - 1 - end] == new[new.endIndex - 1 - end] {
      end += 1
    }
    return (start + end) * 10 >= longer * 7 && longer >= Self.lengthOfTellingBytes
  }

  /// Shorter texts, in bytes, are known by their words only.
  private static let lengthOfTellingBytes = 16

  /// What time and speaker say for or against: they decide between lines of similar words.
  func context(left leftIndex: Int, right rightIndex: Int) -> Int {
    if left.starts.isEmpty || right.starts.isEmpty { return 0 }
    var points = 0
    let (leftStart, rightStart) = (left.starts[leftIndex], right.starts[rightIndex])
    if leftStart != .min, rightStart != .min {
      let distance = leftStart.subtractingReportingOverflow(rightStart).partialValue.magnitude
      points += distance == 0 ? 400 : distance <= 50 ? 200 : distance <= 1000 ? 50 : 0
    }
    let (leftSpeaker, rightSpeaker) = (left.speakerKeys[leftIndex], right.speakerKeys[rightIndex])
    if leftSpeaker != 0, rightSpeaker != 0 { points += leftSpeaker == rightSpeaker ? 50 : -50 }
    return points
  }
}

/// The words of a text without their order.
enum WordBag {
  /// The numbers of the words in ascending order; marks count where there are no words.
  static func of(_ bytes: Span<UInt8>, in table: inout TokenTable) -> [Int32] {
    if bytes.isEmpty { return [] }
    if !hasCapital(bytes) { return ofLowercase(bytes, in: &table) }
    let lower = lowercased(bytes)
    return ofLowercase(lower.span, in: &table)
  }

  private static func ofLowercase(_ bytes: Span<UInt8>, in table: inout TokenTable) -> [Int32] {
    let words = tokens(of: bytes, in: &table) { $0.isWordLike }
    return words.isEmpty ? tokens(of: bytes, in: &table) { !$0.isWordLike } : words
  }

  private static func tokens(
    of bytes: Span<UInt8>, in table: inout TokenTable, where isWanted: (TokenClass) -> Bool
  ) -> [Int32] {
    var reader = TokenReader(count: bytes.count)
    var tokens: [Int32] = []
    // A word and the space behind it take some five bytes: to grow twice took longer than the rest.
    tokens.reserveCapacity(bytes.count / 4 + 1)
    while let token = reader.next(in: bytes) {
      guard isWanted(token.tokenClass) else { continue }
      tokens.append(table.intern(bytes, token.range, as: token.tokenClass))
    }
    tokens.sort()
    return tokens
  }

  private static func hasCapital(_ bytes: Span<UInt8>) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var offset = 0
      while offset + 8 <= bytes.count {
        if EightBytes(bytes, at: offset).hasCapital { return true }
        offset += 8
      }
      return bytes[offset...].contains { (0x41...0x5A).contains($0) }
    }
  }

  private static func lowercased(_ bytes: Span<UInt8>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
      for index in 0..<bytes.count {
        let byte = bytes[index]
        buffer[index] = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      }
      count = bytes.count
    }
  }

  /// How many words two ascending bags share.
  static func common(_ left: [Int32], _ right: [Int32]) -> Int {
    var (leftIndex, rightIndex, count) = (0, 0, 0)
    while leftIndex < left.count, rightIndex < right.count {
      if left[leftIndex] == right[rightIndex] {
        count += 1
        leftIndex += 1
        rightIndex += 1
      } else if left[leftIndex] < right[rightIndex] {
        leftIndex += 1
      } else {
        rightIndex += 1
      }
    }
    return count
  }

  /// Twice the shared words over all words (Dice), from 0 to 1000.
  static func similarity(_ left: [Int32], _ right: [Int32]) -> Int {
    let total = left.count + right.count
    return total == 0 ? 1000 : 2000 * common(left, right) / total
  }

  /// Takes the words of one ascending bag out of another.
  static func difference(_ left: [Int32], _ right: [Int32]) -> [Int32] {
    var result: [Int32] = []
    var rightIndex = 0
    for word in left {
      while rightIndex < right.count, right[rightIndex] < word { rightIndex += 1 }
      if rightIndex < right.count, right[rightIndex] == word {
        rightIndex += 1
      } else {
        result.append(word)
      }
    }
    return result
  }

  /// Puts two ascending bags into one.
  static func union(_ left: [Int32], _ right: [Int32]) -> [Int32] {
    (left + right).sorted()
  }
}
