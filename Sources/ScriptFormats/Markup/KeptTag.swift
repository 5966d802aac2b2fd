/// The markup that the text of a line may hold: `<b>`, `<i>`, `<u>` and their end tags.
enum KeptTag {
  /// Whether a range begins with such a tag in its exact form.
  static func begins(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    length(bytes, range) > 0
  }

  /// The length of the tag at the beginning of a range, 0 where none is.
  static func length(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    guard range.count >= 3, bytes[range.lowerBound] == 0x3C else { return 0 }
    let isEnd = bytes[range.lowerBound + 1] == 0x2F
    let letter = range.lowerBound + (isEnd ? 2 : 1)
    guard letter + 1 < range.upperBound, bytes[letter + 1] == 0x3E else { return 0 }
    switch bytes[letter] {
    case 0x62, 0x69, 0x75: return isEnd ? 4 : 3
    default: return 0
    }
  }
}
