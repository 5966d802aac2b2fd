import BackendSimulator
import JSONText
import TestSupport
import Testing

/// A simulator of this process's own, and the built command that speaks to it.
///
/// The simulator answers on threads of its own, so that waiting for the command hinders nothing.
final class ServiceProcess: Sendable {
  let folder = TemporaryFolder()
  let simulator: Simulator
  private let token: String?

  /// - Parameter token: `NEMO_TOKEN`, accepted by the simulator where `isAccepted`.
  init(
    credits: Int = 1000, token: String? = nil, isAccepted: Bool = true,
    _ change: (inout SimulatorOptions) -> Void = { _ in }
  ) throws {
    var options = SimulatorOptions()
    options.access.credits = credits
    options.events.paceMilliseconds = 0
    options.agent.silentPercent = 0
    if let token, isAccepted { options.access.registeredTokens = [token] }
    change(&options)
    simulator = try Simulator(options)
    self.token = token
    media("talk.mp4")
  }

  deinit { simulator.stop() }

  /// Runs the command, with an address on which nobody listens where `offline`.
  @discardableResult
  func run(
    _ words: [String], offline: Bool = false, input: String = "", _ more: [String: String] = [:]
  ) -> CommandRun {
    var environment = environment(offline ? "http://127.0.0.1:9" : simulator.address)
    environment.merge(more) { _, given in given }
    return CommandRun(words, in: folder, input: input, environment: environment)
  }

  /// Starts the command, which speaks to an address: the simulator's, or that of a proxy.
  func start(_ words: [String], to address: String) -> StartedCommand {
    StartedCommand(words, in: folder, environment: environment(address))
  }

  /// Waits until a fault has met a request of a command, or the command is over.
  func waitForFault(in command: StartedCommand) {
    Waiting.until { command.isOver || simulator.log.contains { $0.fault != nil } }
  }

  private func environment(_ address: String) -> [String: String] {
    var environment = [
      "NEMO_API_URL": address, "XDG_CONFIG_HOME": folder.path + "/config",
      "OFFBOOK_PACE": "0.001",
    ]
    environment["NEMO_TOKEN"] = token
    return environment
  }

  /// Runs a line of words without spaces in them.
  @discardableResult
  func run(_ line: String, offline: Bool = false) -> CommandRun {
    run(line.split(separator: " ").map(String.init), offline: offline)
  }

  /// Runs the command with `--json`, and gives the document that it wrote.
  func document(_ words: [String], offline: Bool = false) throws -> (JSONValue, Int32) {
    let run = run(words + ["--json"], offline: offline)
    return (try JSONValue(parsing: Array(run.output.utf8)), run.status)
  }

  /// Makes a file that is a video by its name.
  @discardableResult
  func media(_ name: String, bytes count: Int = 5000) -> String {
    let path = folder.path + "/" + name
    let salt = name.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
    TestFile.write((0..<count).map { UInt8(truncatingIfNeeded: ($0 + salt) &* 31) }, to: path)
    return path
  }

  /// Lets something go wrong, by a rule of the simulator's.
  func add(_ rules: [String]) throws {
    for rule in rules { simulator.add(try #require(Fault(parsing: rule), "\(rule)")) }
  }

  /// The messages that reached the agent and were charged.
  var messages: [String] { simulator.charges.map(\.message) }

  /// How many requests of a kind came.
  func count(_ endpoint: Endpoint) -> Int { simulator.log.count { $0.endpoint == endpoint } }

  /// The states of the intents, oldest first, settled ones too.
  func states() throws -> [String] {
    let (document, _) = try document(["intents", "--all"])
    return (document["data"]?["intents"]?.array ?? []).compactMap { $0["state"]?.string }
  }
}
