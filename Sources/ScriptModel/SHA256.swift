/// A running SHA-256 (FIPS 180-4) over bytes that come in pieces.
public struct SHA256: Sendable {
  // Inline storage: an array a field costs a check for uniqueness and a bound at each of 64 rounds.
  private var state: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var pending: [UInt8] = []
  private var byteCount: UInt64 = 0

  /// Creates a hash of no bytes.
  public init() { pending.reserveCapacity(64) }

  /// Takes in more bytes.
  public mutating func update(_ bytes: some Sequence<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { absorb($0.span) }
    if done == nil { absorb(Array(bytes).span) }
  }

  /// Hashes bytes at once and gives the 32 bytes of the digest.
  public static func digest(of bytes: some Sequence<UInt8>) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalized()
  }

  /// Gives the 32 bytes of the digest of all that was taken in.
  public consuming func finalized() -> [UInt8] {
    let bitCount = byteCount &* 8
    pending.append(0x80)
    pending.append(contentsOf: repeatElement(0, count: (120 - pending.count) % 64))
    for shift in stride(from: 56, through: 0, by: -8) {
      pending.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
    }
    let last = pending
    for start in stride(from: 0, to: last.count, by: 64) { compress(last.span, at: start) }
    var digest: [UInt8] = []
    digest.reserveCapacity(32)
    for index in state.indices {
      for shift in stride(from: UInt32(24), through: 0, by: -8) {
        digest.append(UInt8(truncatingIfNeeded: state[index] >> shift))
      }
    }
    return digest
  }

  private mutating func absorb(_ bytes: Span<UInt8>) {
    byteCount &+= UInt64(bytes.count)
    var position = 0
    if !pending.isEmpty {
      while position < bytes.count, pending.count < 64 {
        pending.append(bytes[position])
        position += 1
      }
      guard pending.count == 64 else { return }
      let block = pending
      compress(block.span, at: 0)
      pending.removeAll(keepingCapacity: true)
    }
    while position + 64 <= bytes.count {
      compress(bytes, at: position)
      position += 64
    }
    while position < bytes.count {
      pending.append(bytes[position])
      position += 1
    }
  }

  private mutating func compress(_ bytes: Span<UInt8>, at start: Int) {
    var storage = InlineArray<64, UInt32>(repeating: 0)
    fill(&storage, from: bytes.extracting(start..<(start + 64)))
    let words = storage.span
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    func added(_ index: Int) -> UInt32 { roundConstants[index] &+ words[index] }
    // Eight rounds in a row, so that words change their names instead of their places.
    for index in stride(from: 0, to: 64, by: 8) {
      round((a, b, c), &d, (e, f, g), &h, added(index &+ 0))
      round((h, a, b), &c, (d, e, f), &g, added(index &+ 1))
      round((g, h, a), &b, (c, d, e), &f, added(index &+ 2))
      round((f, g, h), &a, (b, c, d), &e, added(index &+ 3))
      round((e, f, g), &h, (a, b, c), &d, added(index &+ 4))
      round((d, e, f), &g, (h, a, b), &c, added(index &+ 5))
      round((c, d, e), &f, (g, h, a), &b, added(index &+ 6))
      round((b, c, d), &e, (f, g, h), &a, added(index &+ 7))
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }
}

/// Spreads the 64 bytes of a block over 64 words.
@inline(__always)
private func fill(_ schedule: inout InlineArray<64, UInt32>, from block: Span<UInt8>) {
  var words = schedule.mutableSpan
  for index in 0..<16 {
    let position = index &* 4
    words[index] =
      UInt32(block[position]) << 24 | UInt32(block[position &+ 1]) << 16
      | UInt32(block[position &+ 2]) << 8 | UInt32(block[position &+ 3])
  }
  for index in 16..<64 {
    let early = words[index &- 15]
    let late = words[index &- 2]
    let first = rotated(early, 7) ^ rotated(early, 18) ^ (early >> 3)
    let second = rotated(late, 17) ^ rotated(late, 19) ^ (late >> 10)
    words[index] = words[index &- 16] &+ first &+ words[index &- 7] &+ second
  }
}

/// One round, in which only two of the eight words change: the others are renamed by the caller.
@inline(__always)
private func round(
  _ front: (UInt32, UInt32, UInt32), _ fourth: inout UInt32, _ back: (UInt32, UInt32, UInt32),
  _ eighth: inout UInt32, _ added: UInt32
) {
  let (a, b, c) = front
  let (e, f, g) = back
  let sumOfE = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
  let first = eighth &+ sumOfE &+ (g ^ (e & (f ^ g))) &+ added
  let sumOfA = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
  fourth &+= first
  eighth = first &+ sumOfA &+ ((a & b) | (c & (a | b)))
}

private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
  word &>> count | word &<< (32 &- count)
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
private let roundConstants: InlineArray<64, UInt32> = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
  0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
  0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
  0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
  0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
  0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
  0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
  0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
  0xc671_78f2,
]
