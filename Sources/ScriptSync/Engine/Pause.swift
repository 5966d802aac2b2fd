package import ScriptModel

/// Waiting without holding a thread.
package enum Pause {
  /// Waits so long on the clock that stands still while the machine sleeps.
  ///
  /// The clock that goes on then can lose its timer under heavy load, and nobody who waits for it
  /// ever wakes: seen with Swift 6.3.1 on two busy processors, as a `timerfd` whose tick nobody reads.
  /// - Throws: `CancellationError` as soon as the task is cancelled.
  package static func sleep(_ time: Milliseconds) async throws {
    try await Task.sleep(for: .milliseconds(max(1, time.rawValue)), clock: SuspendingClock())
  }
}
