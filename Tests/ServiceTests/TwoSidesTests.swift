import BackendSimulator
import Offbook
import ScriptModel
import ScriptStore
import TestSupport
import Testing

@Suite struct TwoSides {
  @Test func aProjectIsExtractedEditedOnBothSidesResolvedAndSyncedClean() async throws {
    let stage = try ServiceStage()
    let outcome = try await stage.extract()
    #expect(outcome.results.last?.intent.state == .done)
    let first = try stage.script()
    #expect(first.lines.count > 3)
    #expect(first.lines.contains { $0.speaker != nil })
    #expect(first.lines.allSatisfy { $0.start != nil && $0.end != nil })

    // Both change line 2 differently, and each another line.
    _ = try stage.workspace.setLine(
      first.lines[1].id, in: first.id, fields: .text("What we say here."))
    _ = try stage.workspace.setLine(
      first.lines[0].id, in: first.id, fields: .text("Only here."))
    stage.simulator.edit(track: nil) { segments in
      segments[1].text = "What they say there."
      segments[2].text = "Only there."
    }
    let conflicting = try await stage.sync()
    #expect(conflicting.conflicts.count == 1)
    #expect(conflicting.state == .conflicts)
    let merged = try stage.script()
    #expect(merged.lines[0].text == "Only here.")
    #expect(merged.lines[1].text == "What we say here.")
    #expect(merged.lines[2].text == "Only there.")

    let conflict = try #require(try stage.workspace.conflicts(of: first.id).first)
    _ = try stage.workspace.resolve(conflict.conflict.id, with: .theirs)
    let resolved = try await stage.sync()
    #expect(resolved.failures.isEmpty)
    #expect(resolved.state == .synced)
    #expect(try stage.script().lines[1].text == "What they say there.")
    try stage.expectAgreement()
  }

  @Test func aSyncWithNothingToDoIsOneRequest() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    _ = try await stage.sync()
    stage.simulator.clearLog()
    let report = try await stage.sync()
    #expect(report.state == .synced)
    #expect(stage.simulator.log.map(\.endpoint) == [.state])
  }

  @Test func aSyncWithNothingToDoWritesNothing() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    _ = try await stage.sync()
    let files = ["workspace.sqlite", "workspace.sqlite-wal", "writer"].map {
      "\(stage.folder.path)/workspace/\($0)"
    }
    let before = files.map { TestFile.read($0) }
    #expect(before.allSatisfy { $0 != nil })
    let report = try await stage.sync()
    #expect(report.state == .synced)
    #expect(files.map { TestFile.read($0) } == before)
  }

  /// As a crash between the two leaves it: the state is kept, and a track of it has no script.
  @Test func aStateThatWasKeptAndNotMergedIsMerged() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    let script = try stage.script()
    let store = try WorkspaceStore.open(at: stage.folder.path + "/workspace")
    try store.unbind(script.id)
    #expect(try await stage.sync().state == .synced)
    let standings = try store.snapshot(of: stage.project.id).scripts
    #expect(standings.contains { $0.binding != nil }, "the track has a script again")
  }

  @Test func conflictsAreToldBySyncsWithNothingElseToDo() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    _ = try await stage.sync()
    let script = try stage.script()
    _ = try stage.workspace.setLine(
      script.lines[1].id, in: script.id, fields: .text("What we say here."))
    stage.simulator.edit(track: nil) { $0[1].text = "What they say there." }
    #expect(try await stage.sync().conflicts.count == 1)
    _ = try await stage.sync()
    stage.simulator.clearLog()
    let report = try await stage.sync()
    #expect(report.state == .conflicts && report.conflicts.count == 1)
    #expect(stage.simulator.log.map(\.endpoint) == [.state])
  }

  @Test func editsThatCancelOutSendNothing() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    _ = try await stage.sync()
    let script = try stage.script()
    let text = script.lines[0].text
    _ = try stage.workspace.setLine(
      script.lines[0].id, in: script.id, fields: .text("For a moment."))
    _ = try stage.workspace.setLine(
      script.lines[0].id, in: script.id, fields: .text(text))
    let charges = stage.simulator.charges.count
    let report = try await stage.sync()
    #expect(report.state == .synced)
    #expect(report.pushedMessages == 0)
    #expect(stage.simulator.charges.count == charges)
  }

  @Test func anEditIsHeldBackWhereNobodyAllowedItsPrice() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    let script = try stage.script()
    _ = try stage.workspace.setLine(
      script.lines[0].id, in: script.id, fields: .text("Changed."))
    let charges = stage.simulator.charges.count
    let report = try await stage.sync(spend: nil)
    #expect(report.failures.map(\.code) == [.spending])
    #expect(stage.simulator.charges.count == charges)
    #expect(try await stage.sync().failures.isEmpty)
    try stage.expectAgreement()
  }

  @Test func anExtractionOfTheSameMediaAgainKeepsCorrectionsMadeByHand() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    let script = try stage.script()
    _ = try stage.workspace.setLine(
      script.lines[1].id, in: script.id, fields: .text("Corrected by hand."))
    _ = try await stage.extract()
    let scripts = try stage.workspace.scripts(in: stage.project.id)
    #expect(scripts.count == 1)
    #expect(try stage.script().lines[1].text == "Corrected by hand.")
    #expect(try stage.script().lines.count == script.lines.count)
  }

  @Test func otherTracksAndUnknownKeysAreLeftAlone() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    _ = try await stage.say("Add a title 'Urban Dreams'")
    let before = stage.simulator.tracks().filter { $0.name != "talk" && $0.type != 7 }
    let script = try stage.script()
    _ = try stage.workspace.setLine(
      script.lines[0].id, in: script.id, fields: .text("Changed."))
    #expect(try await stage.sync().failures.isEmpty)
    #expect(stage.simulator.tracks().filter { $0.name != "talk" && $0.type != 7 } == before)
    #expect(try stage.workspace.scripts(in: stage.project.id).count == 1)
  }
}
