#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Offbook

/// The person's editor, run on a file as git runs it.
struct Editor {
  /// The command line, as the environment names it.
  let command: String

  init(environment: [String: String]) {
    let named = [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }
    command = named.first { !$0.isEmpty } ?? "vi"
  }

  /// Runs the editor and waits for its end.
  ///
  /// - Returns: its exit status; 128 and the signal's number where one ended it.
  func run(on path: String) throws(CommandFailure) -> Int32 {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let words = ["/bin/sh", "-c", command + " \"$@\"", command, path]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let code = posix_spawn(&process, "/bin/sh", nil, &attributes, &arguments, environ)
    guard code == 0 else {
      throw CommandFailure(
        type: "failed", message: "The editor can't be started: \(Platform.message(for: code)).")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return 127 }
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}

/// A folder with the one file that an editor works on, readable by its owner alone.
///
/// It lies in the workspace, so that what was typed outlives a crash and a restart.
struct EditedFile {
  let path: String
  private let folder: String

  /// Makes the file.
  init(workspace: String, title: String, text: String) throws(CommandFailure) {
    let parent = workspace + "/edits"
    if mkdir(parent, 0o700) != 0, errno != EEXIST { throw Self.failure(parent) }
    var template = Array((parent + "/edit-XXXXXX").utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let made else { throw Self.failure(parent) }
    folder = made
    path = made + "/" + FileNaming.name(from: title) + ".txt"
    try write(text)
  }

  /// Replaces the content.
  func write(_ text: String) throws(CommandFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
    let code = Platform.write(Array(text.utf8), to: descriptor)
    let closed = close(descriptor) == 0
    if code != 0 || !closed {
      throw CommandFailure(
        type: code == ENOSPC ? "diskFull" : "fileProblem",
        message: "'\(path)' can't be written: \(Platform.message(for: code == 0 ? errno : code)).")
    }
  }

  /// Whether the editor left the file where it was.
  var exists: Bool { access(path, F_OK) == 0 }

  /// Reads what the editor left.
  ///
  /// - Throws: `editSyntax` for bytes that are not UTF-8: to repair them would lose letters.
  func read() throws(CommandFailure) -> String {
    let bytes = try FileReading.bytes(of: path)
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    throw CommandFailure(
      type: WorkspaceError.Code.editSyntax.rawValue,
      message: "What the editor saved is not UTF-8. Nothing was changed.",
      fix: "Have the editor save UTF-8.")
  }

  /// Takes the file away once its content is safe, and the folders where nothing else is in them.
  func remove() {
    unlink(path)
    rmdir(folder)
    if let slash = folder.lastIndex(of: "/") { rmdir(String(folder[..<slash])) }
  }

  private static func failure(_ path: String) -> CommandFailure {
    CommandFailure(
      type: "fileProblem", message: "'\(path)' can't be made: \(Platform.message(for: errno)).")
  }
}
