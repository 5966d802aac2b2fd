import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that ran to its end.
struct ProcessRun {
  /// What it wrote to its standard output.
  let output: String
  /// How it ended; 127 where it could not be started.
  let status: Int32

  init(_ words: [String]) { self = StartedProcess(words).wait() }

  fileprivate init(output: String, status: Int32) {
    self.output = output
    self.status = status
  }
}

/// A program that runs.
final class StartedProcess {
  private let folder = TemporaryFolder()
  private var process = pid_t()
  private let hasStarted: Bool

  init(_ words: [String]) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let made = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 1, folder.path + "/out", made, 0o600)
    var arguments = words.map { strdup($0) } + [nil]
    defer { for pointer in arguments { free(pointer) } }
    hasStarted = posix_spawn(&process, words[0], &actions, nil, &arguments, environ) == 0
  }

  /// Waits until it has ended.
  func wait() -> ProcessRun {
    var ended: Int32 = 127 << 8
    if hasStarted { while waitpid(process, &ended, 0) < 0, errno == EINTR {} }
    let status = ended & 0x7F == 0 ? (ended >> 8) & 0xFF : 128 + (ended & 0x7F)
    let output = String(decoding: TestFile.read(folder.path + "/out") ?? [], as: UTF8.self)
    return ProcessRun(output: output, status: status)
  }
}
