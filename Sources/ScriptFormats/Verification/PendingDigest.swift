import ScriptModel
import Synchronization

/// The SHA-256 of a file, taken on another thread while the file is checked on this one.
///
/// It costs about as much as writing captions and reading them again.
final class PendingDigest: Sendable {
  /// Fewer bytes are hashed sooner than a thread starts.
  private static let fewestBytes = 1 << 16

  private let work: Work
  private let thread: Mutex<JoinableThread?>

  private final class Work: Sendable {
    let bytes: [UInt8]
    let digest = Mutex<[UInt8]?>(nil)

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func run() {
      let found = SHA256.digest(of: bytes)
      digest.withLock { $0 = found }
    }
  }

  init(of bytes: [UInt8]) {
    let work = Work(bytes)
    self.work = work
    let isLarge = bytes.count >= Self.fewestBytes
    thread = Mutex(isLarge ? JoinableThread { work.run() } : nil)
  }

  deinit { join() }

  /// Waits for the 32 bytes; hashes here where there was no thread.
  func value() -> [UInt8] {
    join()
    return work.digest.withLock { $0 } ?? SHA256.digest(of: work.bytes)
  }

  private func join() {
    thread.withLock { thread in
      thread?.join()
      thread = nil
    }
  }
}
