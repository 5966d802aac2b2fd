/// Eight bytes of a text looked at in one step.
///
/// Rows and blanks are looked for in every byte of three files; one after the other, that took a
/// fifth of a merge.
struct EightBytes {
  private let word: UInt64

  /// Loads the bytes from an offset on; at least eight must follow.
  init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Marks the bytes of a value: the highest bit of each, the first byte's lowest.
  func marks(of byte: UInt8) -> UInt64 {
    let different = word ^ (UInt64(byte) &* Self.ones)
    return ~(((different & Self.low) &+ Self.low) | different | Self.low)
  }

  /// Whether a byte is a control character.
  var hasControl: Bool { ~(((word & Self.low) &+ 0x60 &* Self.ones) | word) & ~Self.low != 0 }

  /// Whether a byte is one of `A` to `Z`.
  var hasCapital: Bool {
    let ascii = word & Self.low
    let (fromA, behindZ) = (ascii &+ 0x3F &* Self.ones, ascii &+ 0x25 &* Self.ones)
    return fromA & ~behindZ & ~word & ~Self.low != 0
  }

  /// Whether all of them are ASCII.
  var isASCII: Bool { word & ~Self.low == 0 }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
}
