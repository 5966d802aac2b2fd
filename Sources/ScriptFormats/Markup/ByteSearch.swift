/// Tells whether a byte occurs in one stretch of a text after the other.
///
/// One vectorised search serves many stretches, but looks no further ahead than the processor's cache
/// holds. The stretches are asked for in their order; going back searches anew.
struct ByteSearch {
  /// How far ahead a search looks, in bytes.
  private static let window = 1 << 14

  private let byte: UInt8
  /// What has been searched and does not hold the byte.
  private var without = 0..<0
  /// Whether the byte stands right behind that.
  private var isBehind = false

  init(_ byte: UInt8) { self.byte = byte }

  /// Whether the byte is in a range.
  @inline(__always)
  mutating func occurs(in bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if range.lowerBound >= without.lowerBound {
      if range.upperBound <= without.upperBound { return false }
      if isBehind, range.lowerBound <= without.upperBound { return true }
    }
    return search(bytes, range)
  }

  private mutating func search(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let end = min(bytes.count, max(range.upperBound, range.lowerBound + Self.window))
    let found = firstIndex(of: byte, in: bytes, range.lowerBound..<end)
    without = range.lowerBound..<(found ?? end)
    isBehind = found != nil
    return without.upperBound < range.upperBound
  }
}

/// Whether any byte of a range is wanted; `isWanted` gives 1 for such a byte and else 0.
///
/// Without branches, so that the compiler makes vector instructions of it.
@inline(__always)
func containsByte(
  in bytes: Span<UInt8>, _ range: Range<Int>, where isWanted: (UInt8) -> UInt8
) -> Bool {
  bytes.extracting(range).withUnsafeBufferPointer { buffer in
    var found: UInt8 = 0
    for byte in buffer { found |= isWanted(byte) }
    return found != 0
  }
}

/// 1 where two bytes are the same, else 0: for `containsByte`.
@inline(__always)
func same(_ left: UInt8, _ right: UInt8) -> UInt8 { left == right ? 1 : 0 }
