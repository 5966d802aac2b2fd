/// What the store takes from outside: clock, randomness and patience; tests give their own.
package struct StoreEnvironment: Sendable {
  /// Tells Unix time in milliseconds.
  package var now: @Sendable () -> Int64
  /// The seed of all identifiers.
  package var seed: UInt64
  /// How long a writer waits its turn, in milliseconds.
  package var busyTimeout = 30_000

  /// Creates an environment from its parts.
  package init(
    seed: UInt64, busyTimeout: Int = 30_000, now: @escaping @Sendable () -> Int64
  ) {
    self.seed = seed
    self.busyTimeout = busyTimeout
    self.now = now
  }

  /// The system's clock and randomness.
  package static var system: StoreEnvironment {
    var generator = SystemRandomNumberGenerator()
    return StoreEnvironment(seed: generator.next()) { Platform.now() }
  }
}
