import BackendSimulator
import Offbook
import ScriptModel
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct Tokens {
  /// The token goes bad at one request of a sync that looks, uploads, sends, pushes and downloads.
  @Test func aTokenThatExpiresAtAnyRequestIsRenewedAndNothingIsDoneTwice() async throws {
    let count = try await busySync(revokedAt: nil)
    #expect(count > 5)
    for number in 1...count { _ = try await busySync(revokedAt: number) }
  }

  /// - Returns: how many requests the sync took.
  private func busySync(revokedAt number: Int?) async throws -> Int {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    let script = try stage.script()
    _ = try stage.workspace.setLine(
      script.lines[0].id, in: script.id, fields: .text("Changed here."))
    _ = try stage.workspace.recordAttachments(
      [stage.media("clip.mp4", bytes: 5000)], in: stage.project.id)
    let message = try stage.workspace.recordMessage("Add a title 'Dreams'", in: stage.project.id)
    stage.simulator.clearLog()
    if let number {
      stage.simulator.add(Fault(nil, first: number, .revokeToken))
    }
    let report = try await stage.sync()
    let where_ = "token revoked at request \(number ?? 0)"
    #expect(report.failures.isEmpty, "\(where_): \(report.failures)")
    #expect(stage.simulator.executions(of: message.message) == 1, "\(where_)")
    #expect(stage.simulator.charges.count(where: { $0.kind == "push" }) == 1, "\(where_)")
    #expect(stage.simulator.uploads().count == 2, "\(where_)")
    try stage.expectAgreement()
    return stage.simulator.log.count
  }

  @Test func noTokenIsInAnyFileButItsOwnNorInTheLog() async throws {
    let stage = try ServiceStage { $0.media.isElsewhere = true }
    _ = try await stage.extract()
    _ = try await stage.say("Generate a video of this")
    _ = try await stage.sync()
    #expect(!stage.log.isEmpty)
    #expect(!stage.log.contains { $0.contains("nmv_") })
    let holders = filesHoldingTokens(below: stage.folder.path)
    #expect(!holders.isEmpty)
    #expect(holders.allSatisfy { $0.hasPrefix(stage.folder.path + "/config/offbook/") })
    #expect(!stage.simulator.log.contains { $0.path.contains("nmv_") })
  }

  @Test(arguments: [nil, "nmv_usr_of_the_environment"])
  func theCommandShowsNoTokenInAllThatItWritesAndLogs(token: String?) throws {
    let stage = try ServiceStage {
      $0.media.isElsewhere = true
      $0.access.registeredTokens = [token].compactMap(\.self)
    }
    _ = stage.media("talk.mp4", bytes: 10_000)
    let lines = [
      "extract talk.mp4", "line set talk 1 --text Changed", "say 'Generate a video of this'",
      "sync --spend 500", "credits", "status", "auth status", "intents", "media", "doctor",
    ]
    let run = stage.command(lines, ["OFFBOOK_DEBUG": "1", "NEMO_TOKEN": token ?? ""])
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("debug: "))
    #expect(!run.output.contains("nmv_"))
    #expect(!stage.simulator.log.contains { $0.path.contains("nmv_") })
    #expect(stage.simulator.log.contains { $0.endpoint == .media })
    #expect(stage.simulator.log.allSatisfy { $0.endpoint != .media || !$0.isAuthorized })
    let holders = filesHoldingTokens(below: stage.folder.path)
    #expect(holders.isEmpty == (token != nil))
    #expect(holders.allSatisfy { $0.hasPrefix(stage.folder.path + "/config/offbook/") })
  }

  @Test func offlineIsExitCode6AndNoDump() throws {
    let stage = try ServiceStage()
    _ = stage.media("talk.mp4", bytes: 10_000)
    stage.simulator.stop()
    for line in ["extract talk.mp4", "sync", "credits"] {
      let run = stage.command([line])
      #expect(run.status == 6, "\(line): \(run.output)")
      #expect(run.output.split(separator: "\n").count <= 6, "\(run.output)")
    }
  }

  private func filesHoldingTokens(below folder: String) -> [String] {
    let run = ProcessRun(["/usr/bin/grep", "-rla", "nmv_usr_", folder])
    return run.output.split(separator: "\n").map(String.init)
  }
}
