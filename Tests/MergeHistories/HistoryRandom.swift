internal import TestSupport

/// A generator of random numbers that gives the same for the same seed on every machine.
package struct HistoryRandom: RandomNumberGenerator, Sendable {
  private var numbers: SeededGenerator

  /// Creates a generator from a seed.
  package init(seed: UInt64) { numbers = SeededGenerator(seed: seed) }

  /// Gives 64 random bits.
  package mutating func next() -> UInt64 { numbers.next() }

  /// Gives a number from 0 up to, but not including, a bound; 0 for a bound of 0.
  package mutating func below(_ bound: Int) -> Int {
    bound <= 1 ? 0 : Int(next() % UInt64(bound))
  }
}
