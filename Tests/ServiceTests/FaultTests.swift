import BackendSimulator
import Offbook
import ScriptModel
import TestSupport
import Testing

/// Whatever goes wrong at whichever request: once it stops, nothing is pending but doubts that are
/// told, nothing was done twice, and both sides hold the same.
@Suite struct Faults {
  @Test(arguments: FaultCase.chosen)
  func everyFaultEndsWithNothingLostAndNothingDoneTwice(_ scenario: FaultCase) async throws {
    let stage = try ServiceStage(credits: 5000)
    let fault = Fault(scenario.endpoint, first: scenario.first, scenario.action)
    let isEarly = [.token, .session].contains(scenario.endpoint)
    if isEarly { stage.simulator.add(fault) }
    _ = try await stage.extract()
    if isEarly {
      stage.simulator.clearFaults()
      _ = try await stage.sync(spend: 5000)
    }
    let script = try stage.script()
    _ = try stage.workspace.setLine(
      script.lines[0].id, in: script.id, fields: .text("Changed here."))
    _ = try stage.workspace.recordAttachments(
      [stage.media("clip.mp4", bytes: 5000)], in: stage.project.id)
    let words = ["Add a title 'Dreams'", "Generate a video of this"]
    for text in words { _ = try stage.workspace.recordMessage(text, in: stage.project.id) }
    _ = try stage.workspace.recordRender(of: stage.project.id)
    if !isEarly { stage.simulator.add(fault) }
    _ = try await stage.sync(spend: 5000)
    stage.simulator.clearFaults()
    stage.simulator.edit(track: nil) { segments in
      if segments.indices.contains(2) { segments[2].text = "Changed there." }
    }
    for _ in 0..<3 { _ = try await stage.sync(spend: 5000) }
    try await expectSettled(stage, words, scenario)
  }

  private func expectSettled(
    _ stage: ServiceStage, _ words: [String], _ scenario: FaultCase
  ) async throws {
    for text in words { #expect(stage.simulator.executions(of: text) <= 1, "\(text)") }
    let intents = try stage.workspace.intents(of: stage.project.id, includingSettled: true)
    for intent in intents {
      switch intent.state {
      case .inDoubt:
        #expect(intent.kind == .message && !intent.evidence.isEmpty && intent.maybeCharged)
        _ = try stage.workspace.abandonIntent(intent.id)
      case .done where intent.kind == .message && words.contains(intent.message):
        #expect(stage.simulator.executions(of: intent.message) == 1, "\(intent.message)")
      case .done: break
      case .refused, .abandoned: #expect(!intent.evidence.isEmpty, "\(intent)")
      default: Issue.record("\(intent.kind) '\(intent.message)' is \(intent.state)")
      }
    }
    _ = try await stage.sync(spend: 5000)
    let last = try await stage.sync(spend: 5000)
    #expect(last.failures.isEmpty, "\(last.failures)")
    let media = try stage.workspace.media(of: stage.project.id)
    #expect(media.allSatisfy { $0.state == .present }, "\(media)")
    let script = try stage.script()
    #expect(try stage.workspace.scripts(in: stage.project.id).count == 1)
    #expect(script.lines.contains { $0.text == "Changed here." })
    #expect(script.lines.contains { $0.text == "Changed there." })
    try stage.expectAgreement()
  }

  @Test(arguments: [
    Fault.Action.cutAfterBody(work: .undone, reset: true),
    .cutAfterBody(work: .late(reads: 2), reset: true),
    .status(429, code: nil, retryAfter: 1, form: .json, work: .undone),
    .status(503, code: nil, retryAfter: nil, form: .json, work: .undone),
    .agentError(work: .undone),
  ])
  func anEditIsKeptWhereItsPushFailsWhileAnotherDeviceEdits(_ action: Fault.Action) async throws {
    let stage = try ServiceStage(credits: 5000)
    _ = try await stage.extract()
    let script = try stage.script()
    _ = try stage.workspace.setLine(
      script.lines[0].id, in: script.id, fields: .text("Changed here."))
    stage.simulator.add(Fault(.message, action))
    let simulator = stage.simulator
    let device = Task {
      while !Task.isCancelled, !simulator.log.contains(where: { $0.fault != nil && $0.isOver }) {
        await Task.yield()
      }
      simulator.edit(track: nil) { $0[2].text = "Changed there." }
    }
    _ = try await stage.sync()
    await device.value
    for _ in 0..<3 { _ = try await stage.sync() }
    for intent in try stage.workspace.intents(of: stage.project.id) where intent.state == .inDoubt {
      _ = try stage.workspace.abandonIntent(intent.id)
    }
    for _ in 0..<2 { _ = try await stage.sync() }
    let merged = try stage.script()
    #expect(merged.lines[0].text == "Changed here.")
    #expect(merged.lines[2].text == "Changed there.")
    try stage.expectAgreement()
  }

  @Test func aTokenOfTheEnvironmentThatIsRevokedStopsTheSyncAndLosesNothing() async throws {
    let stage = try ServiceStage { $0.access.registeredTokens = ["nmv_usr_mine"] }
    stage.environment["NEMO_TOKEN"] = "nmv_usr_mine"
    _ = try await stage.extract()
    stage.simulator.revokeTokens()
    _ = try stage.workspace.recordMessage("Add a title 'Dreams'", in: stage.project.id)
    let report = try await stage.sync()
    #expect(report.failures.map(\.code) == [.logIn])
    #expect(try stage.workspace.intents(of: stage.project.id).map(\.state) == [.queued])
    #expect(!stage.simulator.log.contains { $0.endpoint == .token })
  }

  @Test func aTokenThatIsNoneIsToldAndNothingIsSent() async throws {
    let stage = try ServiceStage()
    stage.environment["NEMO_TOKEN"] = "two words"
    await #expect(throws: WorkspaceError.self) { try await stage.say("Hello") }
    #expect(stage.simulator.log.isEmpty)
  }

  @Test func aSecondTokenThatIsRefusedLeavesEverythingQueued() async throws {
    let stage = try ServiceStage { $0.access.limitsTokens = true }
    _ = try await stage.extract()
    stage.simulator.revokeTokens()
    _ = try stage.workspace.recordMessage("Add a title 'Dreams'", in: stage.project.id)
    let report = try await stage.sync()
    #expect(report.failures.count == 1, "\(report.failures)")
    #expect(try stage.workspace.intents(of: stage.project.id).map(\.state) == [.queued])
  }

  @Test func offlineIsOneFailureAndEverythingIsKept() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    stage.simulator.stop()
    _ = try stage.workspace.recordMessage("Add a title 'Dreams'", in: stage.project.id)
    let report = try await stage.sync()
    #expect(report.state == .offline)
    #expect(report.failures.map(\.code) == [.offline])
    #expect(try stage.workspace.intents(of: stage.project.id).map(\.state) == [.queued])
  }

  @Test(arguments: MediaOptions.Names.allCases)
  func namesOfMediaAreLabelsAndNeverPaths(_ names: MediaOptions.Names) async throws {
    let stage = try ServiceStage {
      $0.media.names = names
      $0.media.redirects = true
      $0.media.isElsewhere = true
    }
    _ = try await stage.extract()
    _ = try await stage.say("Generate a video of this")
    let report = try await stage.sync()
    #expect(report.failures.isEmpty, "\(report.failures)")
    let made = try stage.workspace.media(of: stage.project.id).filter { $0.origin == .generated }
    #expect(made.count == 1)
    let folder = stage.folder.path + "/workspace/media/"
    #expect(made.allSatisfy { $0.path?.hasPrefix(folder) == true && !$0.name.contains("/") })
    // The address that redirects is the service's own; where it leads to is another host.
    let elsewhere = stage.simulator.log.filter {
      $0.endpoint == .media && !$0.path.contains("/to_")
    }
    #expect(!elsewhere.isEmpty && elsewhere.allSatisfy { !$0.isAuthorized })
  }
}
