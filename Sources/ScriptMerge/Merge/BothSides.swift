internal import ScriptModel
internal import Synchronization

/// Work that is done for each of two sides alone.
enum BothSides {
  /// Holds what the other thread found.
  private final class Found<Result: Sendable>: Sendable {
    let result = Mutex<Result?>(nil)
  }

  /// Does the work for both sides, on two threads at once where it takes longer than to start one.
  static func map<Input: Sendable, Result: Sendable>(
    _ ours: Input, _ theirs: Input, isLong: Bool, _ work: @escaping @Sendable (Input) -> Result
  ) -> (ours: Result, theirs: Result) {
    let found = Found<Result>()
    let thread =
      isLong
      ? JoinableThread {
        let result = work(theirs)
        found.result.withLock { $0 = result }
      } : nil
    let mine = work(ours)
    thread?.join()
    return (mine, found.result.withLock { $0 } ?? work(theirs))
  }
}
