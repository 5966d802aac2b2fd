import BackendSimulator
import Offbook
import ScriptModel
import TestSupport
import Testing

/// What goes to the session that takes the place of one that expired, and in which order.
@Suite struct NextSessions {
  private func order(_ stage: ServiceStage) -> [String] {
    stage.simulator.log.compactMap { $0.endpoint }
      .filter { [.upload, .message, .render].contains($0) }.map(\.rawValue)
  }

  @Test func aMessageWaitsForTheFilesAndTheScriptsThatTheOldSessionHad() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    stage.simulator.expire()
    stage.simulator.clearLog()
    let outcome = try await stage.say("Make line 2 blue")
    #expect(outcome.results.last?.intent.state == .queued)
    #expect(outcome.report.failures.allSatisfy { $0.code == .spending })
    #expect(outcome.report.failures.contains { $0.reason.contains("does not have") })
    #expect(stage.simulator.executions(of: "Make line 2 blue") == 0)
    #expect(stage.simulator.uploads().count == 1, "what is free goes at once")
    let report = try await stage.sync()
    #expect(report.failures.isEmpty, "\(report.failures)")
    let sent = stage.simulator.charges.map(\.message)
    #expect(sent.last == "Make line 2 blue")
    #expect(sent.dropLast().last?.hasPrefix("Replace the text track") == true)
    #expect(stage.simulator.executions(of: "Make line 2 blue") == 1)
  }

  @Test func aSessionThatExpiresInTheMiddleGetsAllBeforeTheMessageGoesAgain() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    stage.simulator.add(Fault(.message, .expireSession))
    _ = try stage.workspace.recordMessage("Make line 2 blue", in: stage.project.id)
    stage.simulator.clearLog()
    let report = try await stage.sync()
    #expect(report.failures.isEmpty, "\(report.failures)")
    #expect(order(stage) == ["message", "upload", "message", "message"])
    #expect(stage.simulator.charges.last?.message == "Make line 2 blue")
  }

  @Test func aRenderOfASessionWithoutAVideoLeavesNothingThatFailsForEver() async throws {
    let stage = try ServiceStage()
    _ = try await stage.say("How are you?")
    let render = try stage.workspace.recordRender(of: stage.project.id)
    let report = try await stage.sync()
    #expect(report.failures.count == 1)
    #expect(report.failures.first?.reason.contains("no video yet") == true)
    #expect(
      try stage.workspace.intents(of: stage.project.id, includingSettled: true)
        .first { $0.id == render.id }?.state == .refused)
    #expect(try await stage.sync().failures.isEmpty)
  }

  @Test func aRenderWaitsForTheFilesAndTheScriptsToo() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    _ = try stage.workspace.recordRender(of: stage.project.id)
    stage.simulator.expire()
    stage.simulator.clearLog()
    let report = try await stage.sync()
    #expect(report.failures.isEmpty, "\(report.failures)")
    #expect(order(stage) == ["upload", "message", "render"])
  }

  @Test func theSameMediaExtractedAnewIsNoConflictWithWhatWasEdited() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    _ = try await stage.sync()
    let script = try stage.script()
    _ = try stage.workspace.setLine(
      script.lines[1].id, in: script.id, fields: .text("Corrected by hand."))
    stage.simulator.expire()
    let outcome = try await stage.extract()
    #expect(outcome.results.last?.intent.state == .done)
    #expect(try stage.workspace.scripts(in: stage.project.id).count == 1)
    #expect(try stage.workspace.conflicts(of: script.id).isEmpty)
    #expect(try stage.script().lines.map(\.id) == script.lines.map(\.id))
    #expect(try stage.script().lines[1].text == "Corrected by hand.")
    #expect(try await stage.sync().failures.isEmpty)
    try stage.expectAgreement()
  }

  @Test func aPushWhoseAnswerWasLostIsCountedWithWhatItTook() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    let script = try stage.script()
    _ = try stage.workspace.setLine(
      script.lines[1].id, in: script.id, fields: .text("Corrected by hand."))
    stage.simulator.add(Fault(.message, .cutAfterBody(work: .done, reset: false)))
    let report = try await stage.sync()
    #expect(report.failures.isEmpty, "\(report.failures)")
    #expect(report.pushedScripts == 1 && report.pushedLines == 1 && report.pushedMessages == 1)
    #expect(report.charged == 5, "as the balance has it")
    try stage.expectAgreement()
  }
}
