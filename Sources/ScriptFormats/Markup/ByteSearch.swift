/// Tells whether a byte occurs in one stretch of a text after the other.
///
/// The next place is searched for once for many stretches, so that a text without any costs one
/// vectorised search. The stretches are asked for in their order; going back searches anew.
struct ByteSearch {
  private let byte: UInt8
  private var searched = Int.max
  private var next = 0

  init(_ byte: UInt8) { self.byte = byte }

  /// Whether the byte is in a range.
  @inline(__always)
  mutating func occurs(in bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if range.lowerBound < searched || next < range.lowerBound {
      searched = range.lowerBound
      next = firstIndex(of: byte, in: bytes, range.lowerBound..<bytes.count) ?? bytes.count
    }
    return next < range.upperBound
  }
}
