/// How many columns of a terminal a text takes.
enum TextWidth {
  /// The columns of a text that holds no control characters.
  static func columns(of text: String) -> Int {
    // Below U+0300 no character is wide or joins another: each takes a column.
    let firstOfMarks: UInt8 = 0xCC
    var isNarrow = true
    var count = 0
    for byte in text.utf8 {
      if byte >= firstOfMarks { isNarrow = false }
      count += byte & 0xC0 == 0x80 ? 0 : 1
    }
    return isNarrow ? count : text.reduce(0) { $0 + columns(of: $1) }
  }

  /// The columns of one character: 2 for wide ones and emoji, 0 for lone marks.
  static func columns(of character: Character) -> Int {
    if character.isASCII { return character == "\n" || character == "\r\n" ? 0 : 1 }
    var sum = 0
    for scalar in character.unicodeScalars {
      if scalar == "\u{FE0F}" || scalar.properties.isEmojiPresentation { return 2 }
      sum += columns(of: scalar)
    }
    return sum
  }

  private static func columns(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return scalar == "\u{AD}" ? 1 : 0
    default: break
    }
    let value = scalar.value
    if (0x1160...0x11FF).contains(value) { return 0 }
    if value < 0x1100 { return 1 }
    return wideRanges.contains { $0.contains(value) } ? 2 : 1
  }

  /// What Unicode's EastAsianWidth.txt calls wide or full-width, emoji aside.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD,
  ]

  /// Cuts a text to so many columns, with `…` where something is missing.
  static func truncated(_ text: String, to width: Int) -> String {
    if columns(of: text) <= width { return text }
    var result = ""
    var used = 0
    for character in text {
      let columns = columns(of: character)
      if used + columns > width - 1 { break }
      result.append(character)
      used += columns
    }
    return result + "…"
  }

  /// Fills a text with spaces to so many columns.
  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - columns(of: text)))
  }
}
