/// A text as a merge sees it: its words and marks in order, and the white space before each.
///
/// White space is not a token but a property of the token behind it: so a word that is put in, and
/// one that is taken out, never touch the words beside them.
struct TokenStream: Equatable {
  /// The tokens as numbers of a `TokenTable`.
  var tokens: [Int32] = []
  /// The white space before each token, and after the last: one more than `tokens`.
  var gaps: [Int32] = []

  /// How many tokens it has.
  var count: Int { tokens.count }

  init() {}

  init(_ text: String, in table: inout TokenTable) {
    let bytes = Array(text.utf8)
    self.init(bytes: bytes, in: &table)
  }

  init(bytes: [UInt8], in table: inout TokenTable) {
    var reader = TokenReader(count: bytes.count)
    let span = bytes.span
    var gapStart = 0
    while let token = reader.next(in: span) {
      // Number 0 is the gap between two tokens that touch.
      let isGap = gapStart < token.range.lowerBound
      gaps.append(
        isGap ? table.intern(span, gapStart..<token.range.lowerBound, as: .punctuation) : 0)
      tokens.append(table.intern(span, token.range, as: token.tokenClass))
      gapStart = token.range.upperBound
    }
    gaps.append(table.intern(span, gapStart..<bytes.count, as: .punctuation))
  }
}

/// Finds one token after the other in valid UTF-8.
struct TokenReader {
  private var position = 0
  private let count: Int

  init(count: Int) { self.count = count }

  /// The next token; `nil` at the end. White space is passed over.
  mutating func next(in bytes: Span<UInt8>) -> (range: Range<Int>, tokenClass: TokenClass)? {
    while position < count {
      let (kind, length) = scalar(in: bytes, at: position)
      if kind != .space { return token(in: bytes, from: position, first: kind, length: length) }
      position += length
    }
    return nil
  }

  private mutating func token(
    in bytes: Span<UInt8>, from start: Int, first: ScalarClass, length: Int
  ) -> (range: Range<Int>, tokenClass: TokenClass) {
    position = start + length
    switch first {
    case .letter, .digit:
      readWord(in: bytes)
      return (start..<position, .word)
    case .ideograph:
      readExtending(in: bytes)
      return (start..<position, .ideograph)
    case .symbol, .regionalIndicator:
      readSymbol(in: bytes, flag: first == .regionalIndicator)
      return (start..<position, .symbol)
    default:
      if bytes[start] == UInt8(ascii: "<"), let end = tagEnd(in: bytes, from: start) {
        position = end
        return (start..<position, .punctuation)
      }
      readExtending(in: bytes)
      return (start..<position, .punctuation)
    }
  }

  private mutating func readWord(in bytes: Span<UInt8>) {
    while position < count {
      // Most words are ASCII letters to their end.
      while position < count, isSmallLetter(bytes[position]) { position += 1 }
      guard position < count else { return }
      let (kind, length) = scalar(in: bytes, at: position)
      switch kind {
      case .letter, .digit, .extending: position += length
      case .punctuation:
        guard let joined = lengthOfInnerMark(in: bytes, length: length) else { return }
        position += joined
      default: return
      }
    }
  }

  private func isSmallLetter(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }

  /// The length of an apostrophe between letters, or of a mark between two digits.
  private func lengthOfInnerMark(in bytes: Span<UInt8>, length: Int) -> Int? {
    let after = position + length
    guard after < count, position > 0 else { return nil }
    let byte = bytes[position]
    let isTypographic =
      length == 3 && byte == 0xE2 && bytes[position + 1] == 0x80 && bytes[position + 2] == 0x99
    let (next, _) = scalar(in: bytes, at: after)
    if byte == UInt8(ascii: "'") || isTypographic {
      return next == .letter || next == .digit ? length : nil
    }
    let joinsDigits =
      byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":")
    guard joinsDigits, (0x30...0x39).contains(bytes[position - 1]), next == .digit else {
      return nil
    }
    return length
  }

  private mutating func readExtending(in bytes: Span<UInt8>) {
    while position < count {
      let (kind, length) = scalar(in: bytes, at: position)
      guard kind == .extending else { return }
      position += length
    }
  }

  private mutating func readSymbol(in bytes: Span<UInt8>, flag: Bool) {
    var awaitsSecondHalf = flag
    while position < count {
      let (kind, length) = scalar(in: bytes, at: position)
      if kind == .extending {
        position += length
      } else if kind == .regionalIndicator, awaitsSecondHalf {
        awaitsSecondHalf = false
        position += length
      } else if endsWithJoiner(bytes), kind == .symbol || kind == .letter {
        position += length
      } else {
        return
      }
    }
  }

  private func endsWithJoiner(_ bytes: Span<UInt8>) -> Bool {
    position >= 3 && bytes[position - 3] == 0xE2 && bytes[position - 2] == 0x80
      && bytes[position - 1] == 0x8D
  }

  /// Where one of the six tags that are markup ends.
  private func tagEnd(in bytes: Span<UInt8>, from start: Int) -> Int? {
    var letter = start + 1
    if letter < count, bytes[letter] == UInt8(ascii: "/") { letter += 1 }
    guard letter + 1 < count, bytes[letter + 1] == UInt8(ascii: ">") else { return nil }
    switch bytes[letter] {
    case UInt8(ascii: "b"), UInt8(ascii: "i"), UInt8(ascii: "u"): return letter + 2
    default: return nil
    }
  }

  private func scalar(in bytes: Span<UInt8>, at index: Int) -> (kind: ScalarClass, length: Int) {
    let lead = bytes[index]
    if lead < 0x80 { return (ScalarClass.ofASCII(lead), 1) }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard index + length <= count else { return (.punctuation, count - index) }
    var value = UInt32(lead) & (length == 4 ? 0x07 : length == 3 ? 0x0F : 0x1F)
    for offset in 1..<length { value = value << 6 | UInt32(bytes[index + offset] & 0x3F) }
    guard let scalar = Unicode.Scalar(value) else { return (.punctuation, length) }
    return (ScalarClass(scalar), length)
  }
}
