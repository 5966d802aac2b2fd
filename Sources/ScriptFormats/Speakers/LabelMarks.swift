/// Tells texts that can't begin with a label without looking at their bytes one by one.
///
/// A label has a colon, ASCII or full-width, or a bracket in front. The next colon is searched for
/// once for many texts, so that a long text without any costs one vectorised search.
struct LabelMarks {
  /// The first place of a byte in what was searched, from where on.
  private struct Place {
    var searched = Int.max
    var next = 0
  }

  private var colon = Place()
  private var fullWidth = Place()

  /// Whether a text, which may not be empty, may begin with a label.
  @inline(__always)
  mutating func mayHoldLabel(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    switch bytes[range.lowerBound] {
    case UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: ">"): true
    default:
      Self.has(UInt8(ascii: ":"), bytes, range, &colon) || Self.has(0xEF, bytes, range, &fullWidth)
    }
  }

  @inline(__always)
  private static func has(
    _ byte: UInt8, _ bytes: Span<UInt8>, _ range: Range<Int>, _ place: inout Place
  ) -> Bool {
    if range.lowerBound < place.searched || place.next < range.lowerBound {
      place.searched = range.lowerBound
      place.next =
        firstIndex(of: byte, in: bytes, range.lowerBound..<bytes.count) ?? bytes.count
    }
    return place.next < range.upperBound
  }
}
