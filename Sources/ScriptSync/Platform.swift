#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import ScriptModel

/// What the engine asks of the operating system.
enum Platform {
  /// The system's words for an `errno`.
  static func message(for code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }

  /// Makes a folder and those above it; those that it makes are for their owner only.
  ///
  /// - Returns: 0, or the `errno` of what failed.
  static func makeFolder(_ path: String) -> Int32 {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return 0 }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      return errno
    }
    let code = makeFolder(String(path[..<slash]))
    if code != 0 { return code }
    return mkdir(path, 0o700) == 0 || errno == EEXIST ? 0 : errno
  }

  /// Reads a small file; `nil` where it can't be read.
  static func read(_ path: String, atMost limit: Int = 1 << 20) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    while bytes.count < limit {
      guard let piece = readPiece(file, 1 << 16) else { return nil }
      if piece.isEmpty { break }
      bytes += piece
    }
    return bytes
  }

  /// The next bytes of a file, none at its end; `nil` where reading fails.
  private static func readPiece(_ file: Int32, _ count: Int) -> [UInt8]? {
    var failed = false
    let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
      var result = 0
      repeat {
        #if canImport(Glibc)
          result = Glibc.read(file, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
          result = Musl.read(file, buffer.baseAddress, buffer.count)
        #else
          result = Darwin.read(file, buffer.baseAddress, buffer.count)
        #endif
      } while result < 0 && errno == EINTR
      failed = result < 0
      written = max(0, result)
    }
    return failed ? nil : piece
  }

  /// Replaces a file by one for its owner only, whole or not at all.
  ///
  /// - Returns: 0, or the `errno` of what failed.
  static func replace(_ path: String, with bytes: [UInt8]) -> Int32 {
    let temporary = path + ".new-\(getpid())"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { return errno }
    var code: Int32 = 0
    var start = 0
    while start < bytes.count, code == 0 {
      let count = bytes.withUnsafeBytes { buffer in
        let rest = UnsafeRawBufferPointer(rebasing: buffer[start...])
        #if canImport(Glibc)
          return Glibc.write(file, rest.baseAddress, rest.count)
        #elseif canImport(Musl)
          return Musl.write(file, rest.baseAddress, rest.count)
        #else
          return Darwin.write(file, rest.baseAddress, rest.count)
        #endif
      }
      if count >= 0 { start += count } else if errno != EINTR { code = errno }
    }
    if code == 0, fsync(file) != 0 { code = errno }
    if close(file) != 0, code == 0 { code = errno }
    if code == 0, rename(temporary, path) != 0 { code = errno }
    if code != 0 { unlink(temporary) }
    return code
  }

  /// Makes a file for its owner only, whole or not at all, where there is none yet.
  ///
  /// - Returns: 0, also where there is one already, or the `errno` of what failed.
  static func make(_ path: String, with bytes: [UInt8]) -> Int32 {
    let temporary = path + ".made-\(getpid())"
    var code = replace(temporary, with: bytes)
    if code != 0 { return code }
    if link(temporary, path) != 0, errno != EEXIST { code = errno }
    unlink(temporary)
    // Some file systems have no links.
    return code == 0 ? 0 : replace(path, with: bytes)
  }

  /// Removes a file; whether there was one.
  static func remove(_ path: String) -> Bool { unlink(path) == 0 }

  /// The size of a regular file; `nil` for anything else.
  static func size(of path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int64(status.st_size)
  }

  /// SHA-256 and size of a file, read in pieces; `nil` where it can't be read.
  static func digest(of path: String) -> (sha256: [UInt8], byteCount: Int64)? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var hash = SHA256()
    var count: Int64 = 0
    while true {
      guard let piece = readPiece(file, 1 << 18) else { return nil }
      if piece.isEmpty { return (hash.finalized(), count) }
      hash.update(piece)
      count += Int64(piece.count)
    }
  }

  /// Moves a whole file to its place and brings both to the disk.
  ///
  /// - Returns: 0, or the `errno` of what failed.
  static func settle(_ path: String, at place: String) -> Int32 {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return errno }
    let synced = fsync(file)
    close(file)
    guard synced == 0, rename(path, place) == 0 else { return errno }
    let folder = place.lastIndex(of: "/").map { String(place[..<$0]) } ?? "."
    let handle = open(folder, O_RDONLY | O_CLOEXEC)
    guard handle >= 0 else { return 0 }
    defer { close(handle) }
    return fsync(handle) == 0 ? 0 : errno
  }

  /// What became of the wish for a file's lock.
  enum Lock {
    case taken(Int32)
    /// Another has it: which process, with what command, since when.
    case held(String?)
    /// With the `errno`.
    case failed(Int32)
  }

  /// Takes a file's lock for this process, at once or not at all.
  static func lock(_ path: String) -> Lock {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return .failed(errno) }
    var code: Int32 = 0
    repeat { code = flock(file, LOCK_EX | LOCK_NB) == 0 ? 0 : errno } while code == EINTR
    if code == 0 {
      leaveNote(file)
      return .taken(file)
    }
    close(file)
    return code == EWOULDBLOCK ? .held(holder(path)) : .failed(code)
  }

  /// Whether another has a file's lock; it is left as it is.
  static func isLocked(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    return flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// Writes process, time and command for those who find the lock taken; without it they are told less.
  private static func leaveNote(_ file: Int32) {
    let name = CommandLine.arguments.first?.split(separator: "/").last ?? "offbook"
    let word = CommandLine.arguments.dropFirst().first { !$0.hasPrefix("-") } ?? ""
    let command = (name + " " + word).prefix { !$0.isNewline }.prefix(60)
    let note = Array("\(getpid()) \(time(nil)) \(command)\n".utf8)
    if pwrite(file, note, note.count, 0) > 0 { _ = ftruncate(file, off_t(note.count)) }
  }

  /// Says who wrote its note into a lock, where it still runs.
  private static func holder(_ path: String) -> String? {
    let note = String(decoding: (read(path, atMost: 256) ?? []).prefix { $0 != 10 }, as: UTF8.self)
    let parts = note.split(separator: " ", maxSplits: 2)
    guard parts.count == 3, let process = Int32(parts[0]), process > 0, let began = Int(parts[1]),
      kill(process, 0) == 0 || errno == EPERM
    else { return nil }
    var moment = time_t(began)
    var parted = tm()
    guard localtime_r(&moment, &parted) != nil else { return nil }
    let clock = [parted.tm_hour, parted.tm_min, parted.tm_sec].map { number in
      (number < 10 ? "0" : "") + String(number)
    }
    let command = parts[2].split(separator: " ").joined(separator: " ")
    return "process \(process) ('\(command)'), since \(clock.joined(separator: ":"))"
  }

  /// Gives a lock back.
  static func unlock(_ file: Int32) { close(file) }

  /// Sixteen random bytes as a version 4 UUID.
  static func randomUUID() -> String {
    var generator = SystemRandomNumberGenerator()
    let high = generator.next() & ~0xF000 | 0x4000
    let low = generator.next() & ~(3 << 62) | (2 << 62)
    return Identifier<Void>(high: high, low: low).description
  }
}
