/// Sebastiano Vigna's SplitMix64: the same seed, the same simulator.
struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A generator for one thing of many, whatever was drawn for the others before.
  init(seed: UInt64, for name: String) {
    // FNV-1a: spreads the letters of a name over 64 bits.
    var mixed: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
    for byte in name.utf8 { mixed = (mixed ^ UInt64(byte)) &* 0x100_0000_01B3 }
    state = mixed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 to `count - 1`.
  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }

  /// So many letters of an id.
  mutating func letters(_ count: Int, from alphabet: String = "0123456789abcdef") -> String {
    let alphabet = Array(alphabet)
    return String((0..<count).map { _ in alphabet[below(alphabet.count)] })
  }

  /// A version 4 UUID (RFC 9562, 5.4).
  mutating func uuid() -> String {
    let variant = letters(1, from: "89ab")
    return "\(letters(8))-\(letters(4))-4\(letters(3))-\(variant)\(letters(3))-\(letters(12))"
  }
}
