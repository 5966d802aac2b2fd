#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Synchronization

/// What happens on Ctrl-C: unfinished files go, what was committed stays, the status is 130.
///
/// SIGINT and SIGTERM are blocked in all threads, and one thread waits for them, so that no signal
/// handler has to be careful. A workspace needs no help: what was not committed never happened.
final class Interruption: Sendable {
  private struct State {
    var unfinishedFile: String?
    var isSuspended = false
    var lastAct: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())
  private let lastWords: @Sendable () -> Void

  /// - Parameter lastWords: what is said before the end, such as the document of a failure.
  init(lastWords: @escaping @Sendable () -> Void) { self.lastWords = lastWords }

  /// Starts to wait for signals.
  func start() {
    var signals = Self.signals
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let code = pthread_create(
      &thread, nil,
      { context in
        #if canImport(Darwin)
          Unmanaged<Interruption>.fromOpaque(context).takeUnretainedValue().wait()
        #else
          if let context {
            Unmanaged<Interruption>.fromOpaque(context).takeUnretainedValue().wait()
          }
        #endif
        return nil
      }, context)
    if code != 0 { pthread_sigmask(SIG_UNBLOCK, &signals, nil) }
  }

  /// Names a file that goes when the command is interrupted; `nil` when it is finished.
  func setUnfinishedFile(_ path: String?) { state.withLock { $0.unfinishedFile = path } }

  /// Leaves Ctrl-C to another program, such as an editor, while `body` runs.
  func suspended<Result>(_ body: () throws -> Result) rethrows -> Result {
    state.withLock { $0.isSuspended = true }
    defer { state.withLock { $0.isSuspended = false } }
    return try body()
  }

  /// Has something put right before the end, such as a terminal that shows nothing, while `body` runs.
  func beforeTheEnd<Result>(
    _ act: @escaping @Sendable () -> Void, _ body: () throws -> Result
  ) rethrows -> Result {
    state.withLock { $0.lastAct = act }
    defer { state.withLock { $0.lastAct = nil } }
    return try body()
  }

  private static var signals: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    return signals
  }

  private func wait() {
    var signals = Self.signals
    while true {
      var signal: Int32 = 0
      guard sigwait(&signals, &signal) == 0 else { continue }
      let ends = state.withLock { state in
        if state.isSuspended, signal == SIGINT { return false }
        if let path = state.unfinishedFile { unlink(path) }
        state.lastAct?()
        return true
      }
      guard ends else { continue }
      if signal == SIGINT { lastWords() }
      _exit(128 + signal)
    }
  }
}
