import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One run of the built command as a process of its own.
struct CommandRun {
  /// The exit status; 128 and the signal's number where one ended it.
  var status: Int32
  var output: String
  var errors: String

  /// The built command, beside the test bundle.
  static let binary: String = {
    let folder = CommandLine.arguments[0].split(
      separator: "/", omittingEmptySubsequences: false
    ).dropLast().joined(separator: "/")
    let beside = folder + "/offbook"
    return access(beside, X_OK) == 0 ? beside : Corpora.packageRoot + "/.build/debug/offbook"
  }()

  /// Runs the command in a folder with nothing of this process's environment but `PATH`.
  init(
    _ words: [String], in folder: TemporaryFolder, input: String = "",
    environment: [String: String] = [:]
  ) {
    self.init(program: [Self.binary] + words, in: folder, input: input, environment: environment)
  }

  /// Runs a line of shell in which `$offbook` is the command.
  init(
    shell line: String, in folder: TemporaryFolder, environment: [String: String] = [:]
  ) {
    var environment = environment
    environment["offbook"] = Self.binary
    self.init(
      program: ["/bin/sh", "-c", line], in: folder, input: "", environment: environment)
  }

  private init(
    program: [String], in folder: TemporaryFolder, input: String, environment: [String: String]
  ) {
    self = StartedCommand(program: program, in: folder, input: input, environment: environment)
      .wait()
  }

  fileprivate init(status: Int32, output: String, errors: String) {
    self.status = status
    self.output = output
    self.errors = errors
  }
}

/// A run of the built command that is under way.
final class StartedCommand {
  private let streams = TemporaryFolder()
  private var process = pid_t()
  private var hasStarted = false

  /// Starts the command with these words.
  convenience init(
    _ words: [String], in folder: TemporaryFolder, environment: [String: String]
  ) {
    self.init(
      program: [CommandRun.binary] + words, in: folder, input: "", environment: environment)
  }

  fileprivate init(
    program: [String], in folder: TemporaryFolder, input: String, environment: [String: String]
  ) {
    TestFile.write(Array(input.utf8), to: streams.path + "/in")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, streams.path + "/in", O_RDONLY, 0)
    let made = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 1, streams.path + "/out", made, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, streams.path + "/err", made, 0o600)
    // Tests that run behind another program may be deaf to Ctrl-C; what they start is not.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var heard = sigset_t()
    sigemptyset(&heard)
    sigaddset(&heard, SIGINT)
    posix_spawnattr_setsigdefault(&attributes, &heard)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let words = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder.path] + program
    var arguments = words.map { strdup($0) } + [nil]
    let values = Self.values(environment, folder)
    var variables = values.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    hasStarted =
      posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, &variables) == 0
  }

  private static func values(
    _ environment: [String: String], _ folder: TemporaryFolder
  ) -> [String: String] {
    var values = environment
    // Under coverage the command counts too, each process in a file of its own.
    if let profile = getenv("LLVM_PROFILE_FILE").map({ String(cString: $0) }),
      let slash = profile.lastIndex(of: "/")
    {
      values["LLVM_PROFILE_FILE"] = profile[...slash] + "../codecov-commands/%p.profraw"
    }
    values["PATH"] = "/usr/local/bin:/usr/bin:/bin"
    values["HOME"] = folder.path
    values["TZ"] = "UTC"
    if values["OFFBOOK_WORKSPACE"] == nil {
      values["OFFBOOK_WORKSPACE"] = folder.path + "/workspace"
    }
    return values
  }

  /// Sends it a signal.
  func signal(_ number: Int32) { if hasStarted { kill(process, number) } }

  /// Whether it runs no more; it can still be waited for.
  var isOver: Bool {
    var info = siginfo_t()
    return !hasStarted
      || waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) != 0
      || info.si_signo == SIGCHLD
  }

  /// Waits until it is over.
  func wait() -> CommandRun {
    var ended: Int32 = 127 << 8
    if hasStarted { while waitpid(process, &ended, 0) < 0, errno == EINTR {} }
    let status = ended & 0x7F == 0 ? (ended >> 8) & 0xFF : 128 + (ended & 0x7F)
    return CommandRun(
      status: status, output: Self.text(streams.path + "/out"),
      errors: Self.text(streams.path + "/err"))
  }

  private static func text(_ path: String) -> String {
    String(decoding: TestFile.read(path) ?? [], as: UTF8.self)
  }
}
