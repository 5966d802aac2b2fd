import BackendSimulator
import Offbook
import ScriptModel
import TestSupport

/// A simulator and a workspace, as a program that uses the library has them.
struct ServiceFixture {
  let folder = TemporaryFolder()
  let simulator: Simulator
  let workspace: Workspace
  let project: Project

  init(_ change: (inout SimulatorOptions) -> Void = { _ in }) throws {
    var options = SimulatorOptions()
    options.access.credits = 1000
    options.events.paceMilliseconds = 0
    options.agent.silentPercent = 0
    change(&options)
    simulator = try Simulator(options)
    workspace = try Workspace.open(at: folder.path + "/workspace", create: true)
    project = try workspace.createProject(named: "Lighthouse", language: "en")
  }

  /// A connection; waits are a thousandth as long as with the service itself.
  func connection(offline: Bool = false) throws -> ServiceConnection {
    var settings = ServiceSettings(
      environment: [
        "NEMO_API_URL": offline ? "http://127.0.0.1:9" : simulator.address, "HOME": folder.path,
        "XDG_CONFIG_HOME": folder.path + "/config",
      ], version: "0.0.1")
    settings.paceScale = 0.001
    return try ServiceConnection(workspace, settings: settings)
  }

  /// A file that is a video by its name.
  func video(_ name: String = "talk.mp4") -> String {
    let path = folder.path + "/" + name
    TestFile.write((0..<9000).map { UInt8(truncatingIfNeeded: $0 &* 31) }, to: path)
    return path
  }

  /// Carries out what was recorded, and gives all that was heard meanwhile.
  func carryOut(
    _ intents: [Intent], options: SyncOptions = SyncOptions()
  ) async throws -> (outcome: ServiceOutcome, heard: [ServiceProgress]) {
    let connection = try connection()
    let stream = connection.progress()
    let listening = Task {
      var heard: [ServiceProgress] = []
      for await event in stream { heard.append(event) }
      return heard
    }
    let outcome = try await connection.carryOut(intents.map(\.id), options: options)
    connection.close()
    return (outcome, await listening.value)
  }
}
