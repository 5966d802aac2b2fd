#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whole files, written so that they are there complete or not at all.
struct FileWriting {
  let interruption: Interruption
  /// Whether what was written is brought to the disk before the command ends.
  var reachesDisk = true

  /// What stands at a path.
  enum Kind {
    case nothing, file, folder
    /// A device or a pipe: written to as it is.
    case stream
  }

  /// Tells what stands at a path, links followed.
  static func kind(of path: String) -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { return .nothing }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .stream
    }
  }

  /// Writes a file beside its place, brings it to the disk and then moves it there.
  ///
  /// - Throws: `alreadyExists` where a file is there and `force` is false, `diskFull`, `fileProblem`.
  func write(_ bytes: [UInt8], to path: String, force: Bool) throws(CommandFailure) {
    try write(to: path, force: force) { Platform.write(bytes, to: $0) }
  }

  /// Writes a copy of a file, in pieces, as `write` does with bytes.
  func copy(_ source: String, to path: String, force: Bool) throws(CommandFailure) {
    let descriptor = open(source, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CommandFailure(
        type: "fileProblem", message: "'\(source)' can't be read: \(Platform.message(for: errno)).")
    }
    defer { close(descriptor) }
    guard path != Self.standardOutput else {
      let code = Platform.copy(from: descriptor, to: 1)
      if code != 0 { throw failure("standard output", code) }
      return
    }
    try write(to: path, force: force) { Platform.copy(from: descriptor, to: $0) }
  }

  /// What `-o` calls the standard output.
  static let standardOutput = "-"

  /// - Parameter fill: writes to a descriptor; gives 0 or the `errno` of what failed.
  private func write(
    to path: String, force: Bool, fill: (Int32) -> Int32
  ) throws(CommandFailure) {
    switch Self.kind(of: path) {
    case .folder: throw CommandFailure(type: "fileProblem", message: "'\(path)' is a folder.")
    case .stream: return try writeThrough(to: path, fill)
    case .file where !force: throw exists(path)
    case .file, .nothing: break
    }
    let target = Self.resolved(path)
    let temporary = try makeTemporary(beside: target)
    interruption.setUnfinishedFile(temporary.path)
    defer { interruption.setUnfinishedFile(nil) }
    do throws(CommandFailure) {
      try finish(temporary.descriptor, target: target, fill)
      try place(temporary.path, at: target, force: force)
    } catch {
      unlink(temporary.path)
      throw error
    }
  }

  /// Throws what writing a file would, as far as can be known before there is anything to write.
  static func check(_ path: String, force: Bool) throws(CommandFailure) {
    if path == standardOutput { return }
    switch kind(of: path) {
    case .folder: throw CommandFailure(type: "fileProblem", message: "'\(path)' is a folder.")
    case .file where !force:
      throw CommandFailure(
        type: "alreadyExists", message: "'\(path)' is there already.",
        fix: "Give '--force' to replace it, or another name.")
    case .file, .stream: return
    case .nothing: break
    }
    let folder = folder(of: path)
    guard folder.isEmpty || kind(of: folder) == .folder else {
      throw CommandFailure(
        type: "fileProblem", message: "'\(path)' can't be written: there is no folder '\(folder)'.",
        fix: "Make the folder first.")
    }
  }

  /// Makes a folder where there is none.
  static func makeFolder(_ path: String) throws(CommandFailure) {
    guard kind(of: path) == .nothing, mkdir(path, 0o777) != 0, errno != EEXIST else { return }
    throw CommandFailure(
      type: "fileProblem", message: "'\(path)' can't be made: \(Platform.message(for: errno)).")
  }

  /// Follows a link to the file that it names, so that `--force` replaces that one.
  private static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private func makeTemporary(
    beside target: String
  ) throws(CommandFailure) -> (path: String, descriptor: Int32) {
    var template = Array((Self.folder(of: target) + ".offbook-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw failure(target, errno) }
    let path = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
    return (path, descriptor)
  }

  private func finish(
    _ descriptor: Int32, target: String, _ fill: (Int32) -> Int32
  ) throws(CommandFailure) {
    var code = fill(descriptor)
    if code == 0, fchmod(descriptor, Self.mode(for: target)) != 0 { code = errno }
    if code == 0, reachesDisk, fsync(descriptor) != 0 { code = errno }
    if close(descriptor) != 0, code == 0 { code = errno }
    if code != 0 { throw failure(target, code) }
  }

  /// Moves the finished file into place; without `force` by a link, which never replaces anything.
  private func place(_ temporary: String, at target: String, force: Bool) throws(CommandFailure) {
    if force {
      guard rename(temporary, target) == 0 else { throw failure(target, errno) }
    } else if link(temporary, target) == 0 {
      unlink(temporary)
    } else if errno == EEXIST {
      throw exists(target)
    } else {
      // Some file systems have no links: FAT, some network shares.
      guard Self.kind(of: target) == .nothing else { throw exists(target) }
      guard rename(temporary, target) == 0 else { throw failure(target, errno) }
    }
    guard reachesDisk else { return }
    let folder = Self.folder(of: target)
    let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private func writeThrough(
    to path: String, _ fill: (Int32) -> Int32
  ) throws(CommandFailure) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    let code = fill(descriptor)
    if code != 0 { throw failure(path, code) }
  }

  private static func mode(for target: String) -> mode_t {
    var status = stat()
    if stat(target, &status) == 0 { return status.st_mode & 0o777 }
    let mask = umask(0)
    umask(mask)
    return 0o666 & ~mask
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  private func exists(_ path: String) -> CommandFailure {
    CommandFailure(
      type: "alreadyExists", message: "'\(path)' is there already.",
      fix: "Give '--force' to replace it, or another name.")
  }

  private func failure(_ path: String, _ code: Int32) -> CommandFailure {
    CommandFailure(
      type: code == ENOSPC || code == EDQUOT ? "diskFull" : "fileProblem",
      message: "'\(path)' can't be written: \(Platform.message(for: code)).",
      fix: code == ENOENT ? "Make the folder first." : nil)
  }
}
