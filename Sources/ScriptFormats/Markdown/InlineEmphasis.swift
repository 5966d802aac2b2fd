/// `**bold**`, `*italic*` and `_…_` to the tags that a script's text has.
enum InlineEmphasis {
  /// What underscores mean: italics in Markdown, underlining in Fountain.
  enum Underscore {
    case italic, underline
  }

  /// Replaces pairs of marks by tags; marks without a partner stay.
  ///
  /// A backslash before ASCII punctuation takes that character literally, and is dropped.
  static func tagged(_ bytes: [UInt8], underscore: Underscore) -> [UInt8] {
    let hasMarks = containsByte(in: bytes.span, 0..<bytes.count) {
      same($0, 42) | same($0, 95) | same($0, 92) | same($0, 38)
    }
    guard hasMarks else { return bytes }
    let isEscaped = containsByte(in: bytes.span, 0..<bytes.count) {
      same($0, 92) | same($0, 38) | same($0, 96)
    }
    guard isEscaped else { return replace(paired(tokens(bytes)), in: bytes, underscore) }
    let decodes = underscore == .italic
    var tokens: [Token] = []
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 92, position + 1 < bytes.count, isPunctuation(bytes[position + 1]) {
        output.append(bytes[position + 1])
        position += 2
      } else if decodes, byte == 38, let (scalar, end) = entity(bytes, position) {
        output.append(contentsOf: String(scalar).utf8)
        position = end
      } else if decodes, byte == 96 {
        let end = codeEnd(bytes, position)
        output.append(contentsOf: bytes[position..<end])
        position = end
      } else if byte == 42 || byte == 95 {
        var end = position
        while end < bytes.count, bytes[end] == byte { end += 1 }
        tokens.append(token(bytes, position, end, at: output.count))
        output.append(contentsOf: bytes[position..<end])
        position = end
      } else {
        let begin = position
        repeat { position += 1 } while position < bytes.count && !isMark(bytes[position])
        output.append(contentsOf: bytes[begin..<position])
      }
    }
    return replace(paired(tokens), in: output, underscore)
  }

  /// The runs of marks in a text without escapes, entities and code.
  private static func tokens(_ bytes: [UInt8]) -> [Token] {
    var tokens: [Token] = []
    tokens.reserveCapacity(4)
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      var end = position + 1
      if byte == 42 || byte == 95 {
        while end < bytes.count, bytes[end] == byte { end += 1 }
        tokens.append(token(bytes, position, end, at: position))
      }
      position = end
    }
    return tokens
  }

  /// Tells a byte that something may begin with.
  @inline(__always)
  private static func isMark(_ byte: UInt8) -> Bool {
    byte == 92 || byte == 38 || byte == 96 || byte == 42 || byte == 95
  }

  /// Takes the backslashes and entities of a text without looking for emphasis.
  static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if bytes[position] == 92, position + 1 < bytes.count, isPunctuation(bytes[position + 1]) {
        position += 1
      } else if let (scalar, end) = entity(bytes, position) {
        output.append(contentsOf: String(scalar).utf8)
        position = end
        continue
      }
      output.append(bytes[position])
      position += 1
    }
    return output
  }

  /// Reads `&#32;`, `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&nbsp;`.
  private static func entity(_ bytes: [UInt8], _ start: Int) -> (Unicode.Scalar, Int)? {
    guard bytes[start] == 38 else { return nil }
    var end = start + 1
    while end < bytes.count, bytes[end] != 59, end - start < 10 { end += 1 }
    guard end < bytes.count, bytes[end] == 59 else { return nil }
    let name = String(decoding: bytes[start + 1..<end], as: UTF8.self)
    let named: [String: Unicode.Scalar] = [
      "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "nbsp": "\u{A0}", "apos": "'",
    ]
    if let scalar = named[name] { return (scalar, end + 1) }
    guard name.hasPrefix("#"), let value = UInt32(name.dropFirst()), value >= 9,
      let scalar = Unicode.Scalar(value)
    else { return nil }
    return (scalar, end + 1)
  }

  /// The end of a code span, or of the backticks that begin none.
  private static func codeEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    var open = start
    while open < bytes.count, bytes[open] == 96 { open += 1 }
    let width = open - start
    var position = open
    while position < bytes.count, position - open < 4096 {
      guard bytes[position] == 96 else {
        position += 1
        continue
      }
      let begin = position
      while position < bytes.count, bytes[position] == 96 { position += 1 }
      if position - begin == width { return position }
    }
    return open
  }

  private struct Token {
    var mark: UInt8
    var width: Int
    var offset: Int
    var mayOpen: Bool
    var mayClose: Bool
    /// What it stands for where it has a partner.
    var role: Role?

    enum Role { case open, close }
  }

  private static func token(_ bytes: [UInt8], _ start: Int, _ end: Int, at offset: Int) -> Token {
    let before = start > 0 ? bytes[start - 1] : 32
    let after = end < bytes.count ? bytes[end] : 32
    let spaceBefore = before <= 32
    let spaceAfter = after <= 32
    var mayOpen = !spaceAfter && (spaceBefore || !isPunctuation(after) || isPunctuation(before))
    var mayClose = !spaceBefore && (spaceAfter || !isPunctuation(before) || isPunctuation(after))
    if bytes[start] == 95 {
      // Inside a word an underscore is a letter: `OP_CHECK_SIG`.
      let wordBefore = !spaceBefore && !isPunctuation(before)
      let wordAfter = !spaceAfter && !isPunctuation(after)
      mayOpen = mayOpen && !wordBefore
      mayClose = mayClose && !wordAfter
    }
    return Token(
      mark: bytes[start], width: end - start, offset: offset, mayOpen: mayOpen, mayClose: mayClose)
  }

  /// Pairs runs of the same mark and width, 1 to 3, from the inside out.
  private static func paired(_ tokens: [Token]) -> [Token] {
    var tokens = tokens
    var stack: [Int] = []
    // How many of each mark and width are open: widths of 1 to 3, stars from 0 on, underscores from 4.
    var openings = SIMD8<Int>()
    func key(_ token: Token) -> Int { token.width + (token.mark == 95 ? 4 : 0) }
    for (index, token) in tokens.enumerated() where token.width <= 3 {
      if token.mayClose, openings[key(token)] > 0 {
        while let last = stack.popLast() {
          openings[key(tokens[last])] -= 1
          if key(tokens[last]) == key(token) {
            tokens[last].role = .open
            tokens[index].role = .close
            break
          }
        }
      } else if token.mayOpen {
        stack.append(index)
        openings[key(token)] += 1
      }
    }
    return tokens
  }

  /// Puts tags in the place of paired runs.
  private static func replace(
    _ tokens: [Token], in bytes: [UInt8], _ underscore: Underscore
  ) -> [UInt8] {
    guard tokens.contains(where: { $0.role != nil }) else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + tokens.count * 6)
    var position = 0
    for token in tokens {
      guard let role = token.role else { continue }
      let isUnderline = token.mark == 95 && underscore == .underline
      let tags = (isUnderline ? underlined : slanted)[token.width - 1]
      result.append(contentsOf: bytes[position..<token.offset])
      result.append(contentsOf: role == .open ? tags.open : tags.close)
      position = token.offset + token.width
    }
    result.append(contentsOf: bytes[position...])
    return result
  }

  /// The tags of one, two and three marks.
  private static let slanted = tags(single: "i")
  private static let underlined = tags(single: "u")

  private static func tags(single: String) -> [(open: [UInt8], close: [UInt8])] {
    [[single], ["b"], ["b", "i"]].map { tags in
      let open = tags.map { "<\($0)>" }.joined()
      let close = tags.reversed().map { "</\($0)>" }.joined()
      return (Array(open.utf8), Array(close.utf8))
    }
  }

  /// Tells ASCII punctuation, which a backslash takes literally.
  static func isPunctuation(_ byte: UInt8) -> Bool {
    (byte >= 33 && byte <= 47) || (byte >= 58 && byte <= 64) || (byte >= 91 && byte <= 96)
      || (byte >= 123 && byte <= 126)
  }
}
