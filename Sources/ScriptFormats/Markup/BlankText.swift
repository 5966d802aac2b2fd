/// What shows nothing: white space, byte order marks and direction marks.
enum BlankText {
  /// The bytes of one blank character at a position, 0 where another stands there.
  ///
  /// Knows space, tab, CR, no-break space, U+2000 to U+200F (spaces, zero width, direction), U+202A to
  /// U+202F, U+2060, U+3000 (separator rows of CJK editors) and U+FEFF (files joined with `cat`).
  @inline(__always)
  static func length(_ bytes: Span<UInt8>, at position: Int, limit: Int) -> Int {
    switch bytes[position] {
    case 0x20, 0x09, 0x0D: return 1
    case 0xC2: return position + 1 < limit && bytes[position + 1] == 0xA0 ? 2 : 0
    case 0xE2, 0xE3, 0xEF: return wide(bytes, at: position, limit: limit) ? 3 : 0
    default: return 0
    }
  }

  private static func wide(
    _ bytes: Span<UInt8>, at position: Int, limit: Int
  ) -> Bool {
    guard position + 2 < limit else { return false }
    switch (bytes[position], bytes[position + 1], bytes[position + 2]) {
    case (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xAA...0xAF), (0xE2, 0x81, 0xA0): return true
    case (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF): return true
    default: return false
    }
  }

  /// Whether nothing in a range shows.
  @inline(__always)
  static func isBlank(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var position = range.lowerBound
    while position < range.upperBound {
      let length = length(bytes, at: position, limit: range.upperBound)
      if length == 0 { return false }
      position += length
    }
    return true
  }

  /// The range without what is blank at its two ends.
  static func trimmed(
    _ bytes: Span<UInt8>, _ range: Range<Int>
  ) -> Range<Int> {
    var lower = range.lowerBound
    while lower < range.upperBound {
      let length = length(bytes, at: lower, limit: range.upperBound)
      if length == 0 { break }
      lower += length
    }
    var end = lower
    var position = lower
    while position < range.upperBound {
      let length = length(bytes, at: position, limit: range.upperBound)
      position += length == 0 ? 1 : length
      if length == 0 { end = position }
    }
    return lower..<end
  }

  /// Whether a whole text shows nothing.
  static func isBlankText(_ bytes: [UInt8]) -> Bool {
    let text = bytes.span
    var position = 0
    while position < text.count {
      let length = text[position] == 0x0A ? 1 : length(text, at: position, limit: text.count)
      if length == 0 { return false }
      position += length
    }
    return true
  }
}
