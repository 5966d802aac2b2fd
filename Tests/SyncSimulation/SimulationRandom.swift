/// A generator of random numbers that gives the same for the same seed on every machine.
struct SimulationRandom: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Gives 64 random bits (SplitMix64).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// Gives a number from 0 up to, but not including, a bound.
  mutating func below(_ bound: Int) -> Int {
    bound <= 1 ? 0 : Int(next() % UInt64(bound))
  }

  /// Whether something with so many chances in a hundred comes true.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A running hash of what happened; equal for equal runs.
struct TraceHash: Sendable {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ number: UInt64) {
    value = SimulationRandom.mixed(value ^ number &* 0x9E37_79B9_7F4A_7C15)
  }

  /// Eight bytes, as a stand-in for a SHA-256.
  var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 8) { buffer, count in
      for index in 0..<8 {
        buffer[index] = UInt8(truncatingIfNeeded: value >> UInt64(index * 8))
      }
      count = 8
    }
  }
}
