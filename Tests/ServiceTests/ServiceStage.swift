import BackendSimulator
import Offbook
import ScriptModel
import Synchronization
import TestSupport
import Testing

/// A simulator, a workspace and a connection between them: the whole engine over sockets.
final class ServiceStage: Sendable {
  let folder = TemporaryFolder()
  let simulator: Simulator
  let workspace: Workspace
  let project: Project
  private let logged = Mutex<[String]>([])
  private let variables = Mutex<[String: String]>([:])

  /// - Parameter address: another address to speak to, such as that of a proxy.
  init(credits: Int = 1000, _ change: (inout SimulatorOptions) -> Void = { _ in }) throws {
    var options = SimulatorOptions()
    options.access.credits = credits
    options.events.paceMilliseconds = 0
    options.agent.silentPercent = 0
    change(&options)
    simulator = try Simulator(options)
    workspace = try Workspace.open(at: folder.path + "/workspace")
    project = try workspace.createProject(named: "Lighthouse", language: "en")
  }

  deinit { simulator.stop() }

  /// What the environment has beside the addresses.
  var environment: [String: String] {
    get { variables.withLock { $0 } }
    set { variables.withLock { $0 = newValue } }
  }

  /// What the debug log holds so far.
  var log: [String] { logged.withLock { $0 } }

  /// A connection of a process of its own, as far as it can tell.
  func connection(to address: String? = nil) throws -> ServiceConnection {
    let usual = [
      "NEMO_API_URL": address ?? simulator.address, "HOME": folder.path,
      "XDG_CONFIG_HOME": folder.path + "/config",
    ]
    var settings = ServiceSettings(
      environment: environment.merging(usual) { own, _ in own }, version: "0.0.1")
    settings.paceScale = 0.001
    settings.debugLog = { [self] row in logged.withLock { $0.append(row) } }
    return try ServiceConnection(workspace, settings: settings)
  }

  /// Syncs the project with a new connection.
  func sync(
    to address: String? = nil, spend: Int? = 1000, waits: Bool = true
  ) async throws -> SyncReport.ProjectReport {
    let connection = try connection(to: address)
    defer { connection.close() }
    var options = SyncOptions()
    options.spend = spend
    options.waits = waits
    let report = try await connection.sync([project.id], options: options)
    return try #require(report.projects.first)
  }

  /// Records a message and carries it out.
  func say(_ text: String, to address: String? = nil) async throws -> ServiceOutcome {
    let connection = try connection(to: address)
    defer { connection.close() }
    let intent = try workspace.recordMessage(text, in: project.id)
    return try await connection.carryOut([intent.id])
  }

  /// Records the extraction of a file and carries it out.
  func extract(
    _ name: String = "talk.mp4", bytes: Int = 10_000, to address: String? = nil
  ) async throws -> ServiceOutcome {
    let path = media(name, bytes: bytes)
    let connection = try connection(to: address)
    defer { connection.close() }
    let intents = try workspace.recordExtraction(of: path, in: project.id)
    return try await connection.carryOut(intents.map(\.id))
  }

  /// Makes a file that is a video by its name.
  func media(_ name: String, bytes: Int) -> String {
    let path = folder.path + "/" + name
    TestFile.write((0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 31) }, to: path)
    return path
  }

  /// The only script of the project, with its lines.
  func script() throws -> Script {
    let summary = try #require(try workspace.scripts(in: project.id).first)
    return try workspace.script(summary.id)
  }

  /// Nothing waits, nothing is in doubt, and the session's track is the script.
  func expectAgreement(sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(
      try workspace.intents(of: project.id).isEmpty, "intents are pending",
      sourceLocation: sourceLocation)
    let script = try script()
    let names = Dictionary(script.speakers.map { ($0.id, $0.name) }) { first, _ in first }
    let here = script.lines.map { line in
      (line.speaker.flatMap { names[$0] }.map { $0 + ": " } ?? "") + line.text
    }
    let there = try #require(
      simulator.tracks().first { $0.type == 7 && $0.name != "Title" }?.segments.map { segment in
        (segment.speaker.map { $0 + ": " } ?? "") + segment.text
      })
    #expect(here == there, sourceLocation: sourceLocation)
  }
}

extension LineFields {
  /// A new text, and nothing else.
  static func text(_ text: String) -> LineFields {
    var fields = LineFields()
    fields.text = text
    return fields
  }
}
