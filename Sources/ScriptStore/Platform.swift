#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the store needs of the operating system.
enum Platform {
  /// Why the system refused something.
  struct Refusal: Error {
    let number: Int32
    var isFullDisk: Bool { number == ENOSPC || number == EDQUOT }
  }

  /// Unix time in milliseconds.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  static var processID: Int32 { getpid() }

  static func isRunning(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno == EPERM }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether two paths lead to one file, by links or by detours.
  static func isSameFile(_ path: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    return stat(path, &first) == 0 && stat(other, &second) == 0
      && first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  /// The size of a file in bytes; `nil` where there is none.
  static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  static func makeFolder(_ path: String) throws(Refusal) {
    if mkdir(path, 0o700) != 0, !isFolder(path) { throw Refusal(number: errno) }
  }

  static var currentFolder: String? {
    guard let current = getcwd(nil, 0) else { return nil }
    defer { free(current) }
    return String(cString: current)
  }

  /// Makes a file's content, or a folder's names, survive a power cut.
  static func sync(_ path: String) throws(Refusal) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Refusal(number: errno) }
    defer { close(descriptor) }
    if fsync(descriptor) != 0 { throw Refusal(number: errno) }
  }

  static func move(_ path: String, to target: String) throws(Refusal) {
    if rename(path, target) != 0 { throw Refusal(number: errno) }
  }

  /// Removes a file; one that is not there is removed already.
  static func remove(_ path: String) { unlink(path) }

  /// Replaces a small file's content, neither atomically nor durably.
  static func overwrite(_ path: String, with bytes: [UInt8]) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let written = pwrite(descriptor, bytes, bytes.count, 0)
    if written > 0 { ftruncate(descriptor, off_t(written)) }
  }

  /// Reads the first bytes of a file; none where it can't be read.
  static func beginning(of path: String, count: Int) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    let length = read(descriptor, &bytes, count)
    return Array(bytes.prefix(max(0, length)))
  }

  /// Hands a file's bytes over in pieces; `false` where it can't be read to its end.
  static func readPieces(of path: String, _ body: (ArraySlice<UInt8>) -> Void) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count <= 0 { return count == 0 }
      body(piece[..<count])
    }
  }
}
