import BackendSimulator
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The built command as a process of its own.
private struct RunningCommand {
  var process = pid_t()
  var input: Int32
  private let output: Int32

  init(_ words: [String]) {
    let folder = CommandLine.arguments[0].split(
      separator: "/", omittingEmptySubsequences: false
    ).dropLast().joined(separator: "/")
    let beside = folder + "/offbook-simulator"
    let binary =
      access(beside, X_OK) == 0
      ? beside : Corpora.packageRoot + "/.build/debug/offbook-simulator"
    var inputs: [Int32] = [-1, -1]
    var outputs: [Int32] = [-1, -1]
    pipe(&inputs)
    pipe(&outputs)
    // Another test's process must not keep the ends of this one open.
    for end in [inputs[1], outputs[0]] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, inputs[0], 0)
    posix_spawn_file_actions_adddup2(&actions, outputs[1], 1)
    posix_spawn_file_actions_adddup2(&actions, outputs[1], 2)
    var arguments = ([binary] + words).map { strdup($0) } + [nil]
    posix_spawn(&process, binary, &actions, nil, &arguments, environ)
    for pointer in arguments { free(pointer) }
    posix_spawn_file_actions_destroy(&actions)
    close(inputs[0])
    close(outputs[1])
    input = inputs[1]
    output = outputs[0]
  }

  /// The next row of its output, or all that is left.
  func row() -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while read(output, &byte, 1) == 1, byte != 10 { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Waits for its end.
  func status() -> Int32 {
    var status: Int32 = -1
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    close(output)
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}

/// The port in `Listening on http://127.0.0.1:40123`.
private func listeningPort(in row: String) -> UInt16? {
  guard row.hasPrefix("Listening on http://127.0.0.1:") else { return nil }
  return row.split(separator: ":").last.flatMap { UInt16($0) }
}

/// One after the other: a process that is started inherits what others have open at that moment.
@Suite(.serialized) struct CommandTests {
  @Test(arguments: [SIGINT, SIGTERM, 0])
  func theCommandListensUntilItIsToldToEnd(signal: Int32) throws {
    let command = RunningCommand(
      ["--port", "0", "--dialect=adk", "--no-strict"]
        + (signal == 0 ? ["--until-stdin-closes"] : []))
    let port = try #require(listeningPort(in: command.row()))
    let request = Array("GET /simulator/log HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)
    #expect(RawAnswer(RawClient.exchange(request, port: port).bytes)?.status == 200)
    if signal == 0 { close(command.input) } else { kill(command.process, signal) }
    #expect(command.status() == 0)
    #expect(RawClient.exchange(request, port: port).ending == .unconnected)
    if signal != 0 { close(command.input) }
  }

  @Test(arguments: [
    (["--dialekt", "adk"], "Error: Unknown option '--dialekt'. See 'offbook-simulator --help'"),
    (["nonsense"], "Error: Unknown option 'nonsense'. See 'offbook-simulator --help'"),
    (["--dialect"], "Error: '--dialect' needs a value. See 'offbook-simulator --help'"),
    (
      ["--port", "70000"],
      "Error: Unusable value '70000' of '--port'. Possible is: N. See 'offbook-simulator --help'"
    ),
    (
      ["--fault", "x"],
      "Error: Unusable value 'x' of '--fault'. Possible is: RULE. See 'offbook-simulator --help'"
    ),
  ])
  func wrongUseIsToldInASentence(words: [String], message: String) {
    let command = RunningCommand(words)
    #expect(command.row() == message)
    #expect(command.status() == 2)
    close(command.input)
  }

  @Test func aTakenPortIsToldInASentence() throws {
    let simulator = try Simulator(quickOptions())
    defer { simulator.stop() }
    let command = RunningCommand(["--port", "\(simulator.port)"])
    #expect(command.row().hasPrefix("Error: Port \(simulator.port) of 127.0.0.1"))
    #expect(command.status() == 1)
    close(command.input)
  }

  @Test func helpNamesEveryOption() {
    let command = RunningCommand(["--help"])
    var help = ""
    while true {
      let row = command.row()
      if row.isEmpty, help.hasSuffix("expire-session /simulator/reset\n") { break }
      help += row + "\n"
      if help.count > 100_000 { break }
    }
    #expect(command.status() == 0)
    close(command.input)
    for option in SimulatorOptions.table { #expect(help.contains("--\(option.name)")) }
  }
}
