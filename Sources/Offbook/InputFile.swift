#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is read whole before anything is done with it.
public enum InputFile {
  /// The largest file that is read, in bytes: beyond it no transcript is, and memory would suffer.
  public static let largestSize = 512 << 20

  /// Reads a file's bytes.
  ///
  /// - Throws: `fileProblem` for what is missing, unreadable, too large, a folder or a device.
  public static func read(_ path: String) throws(WorkspaceError) -> [UInt8] {
    // Without O_NONBLOCK the opening of a pipe that nobody writes to would wait for ever.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw unreadable(path, errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw unreadable(path, errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR:
      throw WorkspaceError(
        .fileProblem, "'\(path)' is a folder", fix: "Name the files in it, such as '\(path)/*.srt'."
      )
    default:
      throw WorkspaceError(
        .fileProblem, "'\(path)' is no regular file",
        fix: "Give '-' to read what another program writes.")
    }
    guard status.st_size <= largestSize else { throw tooLarge(path, Int(status.st_size)) }
    return try read(file, count: Int(status.st_size), path: path)
  }

  /// Reads what a program or a person gives on standard input.
  ///
  /// - Throws: `fileProblem` where reading fails or more than `largestSize` comes.
  public static func readStandardInput() throws(WorkspaceError) -> [UInt8] {
    try read(STDIN_FILENO, count: 1 << 20, path: "-")
  }

  private static func read(
    _ file: Int32, count: Int, path: String
  ) throws(WorkspaceError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 1)
    var failure: Int32 = 0
    var isAtEnd = false
    while !isAtEnd, failure == 0, bytes.count <= largestSize {
      // The room for the whole file has a byte more, into which its end is read.
      let free = bytes.capacity - bytes.count
      let room = free > 0 ? min(free, max(count, 1 << 16)) : 1 << 16
      bytes.append(addingCapacity: room) { buffer, written in
        let result = Self.read(file, into: buffer)
        written = max(result, 0)
        isAtEnd = result == 0
        failure = result < 0 ? errno : 0
      }
    }
    guard failure == 0 else { throw unreadable(path, failure) }
    guard bytes.count <= largestSize else { throw tooLarge(path, bytes.count) }
    return bytes
  }

  private static func read(_ file: Int32, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    while true {
      #if canImport(Glibc)
        let result = Glibc.read(file, buffer.baseAddress, buffer.count)
      #elseif canImport(Musl)
        let result = Musl.read(file, buffer.baseAddress, buffer.count)
      #else
        let result = Darwin.read(file, buffer.baseAddress, buffer.count)
      #endif
      if result >= 0 || errno != EINTR { return result }
    }
  }

  private static func unreadable(_ path: String, _ number: Int32) -> WorkspaceError {
    WorkspaceError(
      .fileProblem, "'\(path)' can't be read: \(Platform.reason(number))",
      fix: number == ENOENT ? "Check the name and the folder." : nil)
  }

  private static func tooLarge(_ path: String, _ size: Int) -> WorkspaceError {
    WorkspaceError(
      .fileProblem,
      "'\(path)' has \(size >> 20) MiB; the largest file that is read has \(largestSize >> 20) MiB",
      fix: "Cut it into parts.")
  }
}

extension [UInt8] {
  /// Appends up to `room` bytes that `body` writes into the array's own storage.
  fileprivate mutating func append(
    addingCapacity room: Int,
    _ body: (UnsafeMutableBufferPointer<UInt8>, inout Int) -> Void
  ) {
    let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      body(buffer, &count)
    }
    if isEmpty { self = chunk } else { append(contentsOf: chunk) }
  }
}
