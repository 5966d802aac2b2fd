/// Tells texts that can't begin with a label without looking at their bytes one by one.
///
/// A label has a colon, ASCII or full-width, or a bracket in front.
struct LabelMarks {
  private var colon = ByteSearch(UInt8(ascii: ":"))
  private var fullWidth = ByteSearch(0xEF)

  /// Whether a text, which may not be empty, may begin with a label.
  @inline(__always)
  mutating func mayHoldLabel(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    switch bytes[range.lowerBound] {
    case UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: ">"): true
    default: colon.occurs(in: bytes, range) || fullWidth.occurs(in: bytes, range)
    }
  }
}
