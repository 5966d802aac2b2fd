/// What kind of thing a token is, as far as a merge has to know.
enum TokenClass: UInt8 {
  /// Letters and digits that stand together.
  case word
  /// One character of a script that is written without spaces.
  case ideograph
  /// One mark of punctuation, or one of the tags of the markup.
  case punctuation
  /// One emoji or other symbol with all that is joined to it.
  case symbol

  /// Whether a token of this class carries words, and not only what stands between them.
  var isWordLike: Bool { self == .word || self == .ideograph }
}

/// Numbers for byte strings: equal bytes have equal numbers, in the order of their first sight.
///
/// A number says nothing but equality; no decision may depend on its size.
struct TokenTable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  private var classes: [TokenClass] = []
  private var slots: [Int32]
  private var mask: Int

  /// Creates an empty table with room for some byte strings, and for all their bytes.
  init(expecting count: Int = 0, byteCount: Int = 0) {
    var size = 256
    while size < count * 2 { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    mask = size - 1
    bytes.reserveCapacity(byteCount)
    ends.reserveCapacity(count)
    hashes.reserveCapacity(count)
    classes.reserveCapacity(count)
    // Number 0 is the empty string: the gap between two tokens that touch.
    let nothing: [UInt8] = []
    _ = intern(nothing.span, 0..<0, as: .punctuation)
  }

  /// How many different byte strings it holds.
  var count: Int { ends.count }

  mutating func intern(
    _ source: Span<UInt8>, _ range: Range<Int>, as tokenClass: TokenClass
  ) -> Int32 {
    let hash = Self.hash(of: source, range)
    let (slot, known) = find(source, range, hash)
    if known >= 0 { return known }
    let number = Int32(truncatingIfNeeded: ends.count)
    slots[slot] = number
    source.extracting(range).withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    ends.append(bytes.count)
    hashes.append(hash)
    classes.append(tokenClass)
    if ends.count * 2 > slots.count { grow() }
    return number
  }

  /// The number of a byte string; `nil` where it was never interned.
  func number(of source: Span<UInt8>) -> Int32? {
    let range = 0..<source.count
    let known = find(source, range, Self.hash(of: source, range)).number
    return known < 0 ? nil : known
  }

  /// The slot of a byte string, and the number in it or -1.
  @inline(__always)
  private func find(
    _ source: Span<UInt8>, _ range: Range<Int>, _ hash: UInt64
  ) -> (slot: Int, number: Int32) {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let number = slots[slot]
      if number < 0 || hashes[Int(number)] == hash && holds(number, source, range) {
        return (slot, number)
      }
      slot = (slot + 1) & mask
    }
  }

  func tokenClass(of number: Int32) -> TokenClass { classes[Int(number)] }

  func bytes(of number: Int32) -> ArraySlice<UInt8> {
    bytes[(number == 0 ? 0 : ends[Int(number) - 1])..<ends[Int(number)]]
  }

  /// Eight bytes at a time, of which the last may overlap those before them.
  private static func hash(of source: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    source.extracting(range).withUnsafeBytes { bytes in
      let count = bytes.count
      var hash = hashOfNothing ^ UInt64(truncatingIfNeeded: count)
      if count < 4 {
        var word: UInt64 = 0
        for byte in bytes { word = word << 8 | UInt64(byte) }
        hash = mixed(hash, word)
      } else if count < 8 {
        let first = bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self)
        let last = bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
        hash = mixed(hash, UInt64(first) << 32 | UInt64(last))
      } else {
        var offset = 0
        while offset < count - 8 {
          hash = mixed(hash, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
          offset += 8
        }
        hash = mixed(hash, bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
      }
      return hash ^ hash >> 29
    }
  }

  @inline(__always)
  private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word) &* hashMultiplier
    return product ^ product >> 32
  }

  /// Whether a number with the hash of some bytes has these bytes.
  private func holds(_ number: Int32, _ source: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = number == 0 ? 0 : ends[Int(number) - 1]
    // Of the words with one length that are hashed in one step no two have the same hash.
    if range.count < 8 { return ends[Int(number)] - start == range.count }
    return hasSameBytes(
      bytes.span.extracting(start..<ends[Int(number)]), source.extracting(range))
  }

  private mutating func grow() {
    mask = slots.count * 2 - 1
    slots = [Int32](repeating: -1, count: mask + 1)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: number)
    }
  }
}

/// The offset of FNV-1a, and a multiplier that mixes all bits (Steele and Vigna).
private let hashOfNothing: UInt64 = 0xCBF2_9CE4_8422_2325
private let hashMultiplier: UInt64 = 0xD134_2543_DE82_EF95
