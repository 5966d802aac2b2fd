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
    let streams = TemporaryFolder()
    TestFile.write(Array(input.utf8), to: streams.path + "/in")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, streams.path + "/in", O_RDONLY, 0)
    let made = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 1, streams.path + "/out", made, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, streams.path + "/err", made, 0o600)
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
    let words = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder.path] + program
    var arguments = words.map { strdup($0) } + [nil]
    var variables = values.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var process = pid_t()
    let code = posix_spawn(&process, "/bin/sh", &actions, nil, &arguments, &variables)
    var ended: Int32 = 127 << 8
    if code == 0 { while waitpid(process, &ended, 0) < 0, errno == EINTR {} }
    status = ended & 0x7F == 0 ? (ended >> 8) & 0xFF : 128 + (ended & 0x7F)
    output = Self.text(streams.path + "/out")
    errors = Self.text(streams.path + "/err")
  }

  private static func text(_ path: String) -> String {
    String(decoding: TestFile.read(path) ?? [], as: UTF8.self)
  }
}
