#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Waiting for what another process or thread does, where nothing but looking tells of it.
package enum Waiting {
  /// As long as a busy machine may need, in seconds; then the test that waits fails.
  private static let longest = 120

  /// Looks every half millisecond, on this thread.
  ///
  /// - Returns: whether it came to be in time.
  @discardableResult
  package static func until(_ isSo: () -> Bool) -> Bool {
    let end = ContinuousClock().now + .seconds(longest)
    while !isSo() {
      guard ContinuousClock().now < end else { return false }
      // Another process gives no signal here: looking without a pause would take its processor.
      usleep(500)
    }
    return true
  }

  /// Looks whenever other tasks have had their turn, for what a task of this process does.
  ///
  /// - Returns: whether it came to be in time.
  @discardableResult
  package static func yielding(until isSo: () -> Bool) async -> Bool {
    let end = ContinuousClock().now + .seconds(longest)
    while !isSo() {
      guard ContinuousClock().now < end else { return false }
      await Task.yield()
    }
    return true
  }
}
