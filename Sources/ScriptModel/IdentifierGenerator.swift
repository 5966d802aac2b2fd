/// A source of version 7 identifiers (RFC 9562, 5.7) that only ever grow.
///
/// Within one millisecond, and when the clock steps back, the 74 random bits are raised by a small
/// random amount (method 2 of RFC 9562, 6.2), so that identifiers sort in the order of their making.
public struct IdentifierGenerator: Sendable {
  private var random: SplitMix
  private var milliseconds: UInt64 = 0
  private var upper: UInt64 = 0
  private var lower: UInt64 = 0

  /// Creates a generator whose random bits follow from `seed`.
  ///
  /// Give it a seed from the system's generator, but in tests.
  public init(seed: UInt64) {
    random = SplitMix(state: seed)
  }

  /// Makes the next identifier.
  ///
  /// - Parameter now: Unix time in milliseconds; a time before an earlier call's counts as that.
  public mutating func next<Entity>(at now: Int64) -> Identifier<Entity> {
    let instant = UInt64(clamping: now) & 0xFFFF_FFFF_FFFF
    if instant > milliseconds {
      milliseconds = instant
      upper = random.next() & 0x7FF
      lower = random.next() & 0x1FFF_FFFF_FFFF_FFFF
    } else {
      lower += (random.next() & 0xFFFF_FFFF) + 1
      if lower > 0x3FFF_FFFF_FFFF_FFFF {
        lower &= 0x3FFF_FFFF_FFFF_FFFF
        upper += 1
        if upper > 0xFFF {
          upper = 0
          milliseconds += 1
        }
      }
    }
    return Identifier(
      high: milliseconds << 16 | 0x7000 | upper, low: 0x8000_0000_0000_0000 | lower)
  }
}

/// Sebastiano Vigna's SplitMix64: enough for identifiers that are unique, not secret.
struct SplitMix: RandomNumberGenerator, Sendable {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
