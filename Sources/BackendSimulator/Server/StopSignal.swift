#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Synchronization

/// A bell that ends every pause of the server at once when it is rung.
///
/// It is a pipe whose end for writing is closed: all who poll the other end wake up and stay awake.
final class StopSignal: Sendable {
  private let reading: Int32
  private let writing: Mutex<Int32>

  init() {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) != 0 { ends = [-1, -1] }
    for end in ends where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    reading = ends[0]
    writing = Mutex(ends[1])
  }

  deinit {
    ring()
    if reading >= 0 { close(reading) }
  }

  /// Ends all pauses, those to come too.
  func ring() {
    writing.withLock { end in
      if end >= 0 { close(end) }
      end = -1
    }
  }

  /// Whether it was rung.
  var isRung: Bool { writing.withLock { $0 < 0 } }

  /// The descriptor to poll; readable once it was rung.
  var descriptor: Int32 { reading }

  /// Waits so many milliseconds, or until it is rung or the other end of `socket` is gone.
  ///
  /// - Returns: Whether the whole time passed.
  func pause(milliseconds: Int, watching socket: Int32 = -1) -> Bool {
    let end = Platform.now() + Int64(min(max(0, milliseconds), 1 << 40))
    while true {
      let left = end - Platform.now()
      if left <= 0 { return !isRung }
      var waiting = [pollfd(fd: reading, events: Int16(POLLIN), revents: 0)]
      // A hang-up is reported unasked; what else the client sends is of no interest here.
      if socket >= 0 { waiting.append(pollfd(fd: socket, events: 0, revents: 0)) }
      let count = poll(&waiting, nfds_t(waiting.count), Int32(clamping: left))
      if count > 0 || (count < 0 && errno != EINTR) { return false }
    }
  }
}
