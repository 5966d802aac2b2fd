#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whole files as bytes, with clear refusals of what is no file.
enum FileReading {
  /// The largest input, in bytes: far above any script, far below what would exhaust memory.
  static let largestInput = 512 << 20

  /// Reads a regular file.
  static func bytes(of path: String) throws(CommandFailure) -> [UInt8] {
    let shown = "'\(path)'"
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      let fix = errno == ENOENT ? "Check the spelling of the path." : nil
      throw problem("\(shown) can't be read: \(Platform.message(for: errno)).", fix: fix)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw problem("\(shown) can't be read: \(Platform.message(for: errno)).")
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw problem("\(shown) is a folder.", fix: "Name the files in it.")
    default:
      throw problem(
        "\(shown) is no regular file.", fix: "Give '-' to read what another program writes.")
    }
    guard status.st_size <= largestInput else { throw tooLarge(shown) }
    return try all(from: descriptor, named: shown, expected: Int(status.st_size))
  }

  /// Reads standard input to its end.
  static func standardInput() throws(CommandFailure) -> [UInt8] {
    try all(from: 0, named: "The standard input", expected: 0)
  }

  private static func all(
    from descriptor: Int32, named name: String, expected: Int
  ) throws(CommandFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(expected)
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw problem("\(name) can't be read: \(Platform.message(for: errno)).")
      }
      bytes += chunk[..<count]
      if bytes.count > largestInput { throw tooLarge(name) }
    }
  }

  private static func tooLarge(_ name: String) -> CommandFailure {
    problem("\(name) is larger than 512 MiB.", fix: "Split it into parts.")
  }

  private static func problem(_ message: String, fix: String? = nil) -> CommandFailure {
    CommandFailure(type: "fileProblem", message: message, fix: fix)
  }
}
