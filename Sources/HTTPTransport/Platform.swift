#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

import ScriptModel

/// What this module needs of the system, in one place.
enum Platform {
  /// The value of an environment variable; `nil` where it is missing or empty.
  static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// Milliseconds of a clock that is never set.
  static func monotonicMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// What an error number means, for people.
  static func reason(_ number: Int32) -> String {
    switch number {
    case ENOSPC, EDQUOT: "the disk is full"
    case EFBIG: "the file would be larger than is allowed here"
    case ENOENT: "there is no such file"
    case EACCES, EPERM: "permission is missing"
    case EISDIR: "it is a folder"
    case EROFS: "the disk can't be written to"
    case EIO: "the disk reports an error"
    default: "error \(number) of the system"
    }
  }

  // MARK: - Files

  /// A file's descriptor, or the number of the error.
  enum Opened {
    case descriptor(Int32)
    case failed(Int32)
  }

  /// Opens a file to be read; something that is no file, such as a pipe, does not block.
  static func openToRead(_ path: String) -> Opened {
    opened(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK))
  }

  /// Opens or creates a file to be written, readable by its owner alone.
  static func openToWrite(_ path: String) -> Opened {
    opened(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600))
  }

  private static func opened(_ descriptor: Int32) -> Opened {
    descriptor < 0 ? .failed(errno) : .descriptor(descriptor)
  }

  /// The size of a regular file in bytes; `nil` for anything else.
  static func size(of descriptor: Int32) -> Int64? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int64(status.st_size)
  }

  /// The size of a file in bytes; `nil` where there is none.
  static func size(of path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int64(status.st_size)
  }

  /// Reads bytes from a place in a file: their number (0 at its end), or -1.
  static func read(_ descriptor: Int32, into bytes: UnsafeMutableRawBufferPointer, at place: Int64)
    -> Int
  {
    while true {
      let count = pread(descriptor, bytes.baseAddress, bytes.count, off_t(place))
      if count >= 0 || errno != EINTR { return count }
    }
  }

  /// Writes all bytes to a place in a file.
  ///
  /// - Returns: 0, or the number of the error.
  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at place: Int64) -> Int32
  {
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
      let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(place) + off_t(done))
      if count > 0 {
        done += count
      } else if count == 0 {
        return EIO
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }

  /// Cuts a file to a size: 0, or the number of the error.
  static func truncate(_ descriptor: Int32, to size: Int64) -> Int32 {
    while ftruncate(descriptor, off_t(size)) != 0 {
      if errno != EINTR { return errno }
    }
    return 0
  }

  /// Waits until a file is on the disk: 0, or the number of the error.
  static func flush(_ descriptor: Int32) -> Int32 {
    while fsync(descriptor) != 0 {
      if errno != EINTR { return errno }
    }
    return 0
  }

  /// Closes a descriptor.
  static func closeFile(_ descriptor: Int32) { _ = close(descriptor) }

  // MARK: - Threads

  /// Starts a thread that no signal is delivered to; `nil` where the system has none to give.
  ///
  /// TLS libraries write to closed sockets: SIGPIPE must not end the process.
  static func startThread(_ run: @escaping @Sendable () -> Void) -> JoinableThread? {
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return JoinableThread(run)
  }
}
