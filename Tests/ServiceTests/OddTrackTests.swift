import BackendSimulator
import Offbook
import ScriptModel
import TestSupport
import Testing

/// Tracks that a message names badly, and pushes that come to nothing.
@Suite struct OddTracks {
  private func edit(_ stage: ServiceStage, _ text: String = "Changed here.") throws {
    let script = try stage.script()
    _ = try stage.workspace.setLine(script.lines[0].id, in: script.id, fields: .text(text))
  }

  private func pushes(_ stage: ServiceStage) -> Int {
    stage.simulator.charges.count { $0.message.hasPrefix("Replace the text track") }
  }

  @Test(arguments: [
    #"{"code":0,"data":null}"#, #"{"code":0}"#, "[]", #"{"code":null,"message":"oops"}"#,
    #"{"data":{"x":1}}"#, #"{"code":0,"data":{"state":{}}}"#,
    #"{"code":0,"data":{"state":{"draft":"oops"}}}"#, #"{"code":0,"data":{"state":{"draft":{}}}}"#,
    #"{"code":0,"data":{"state":{"draft":{"t":7}}}}"#,
  ])
  func aStateWithoutTheDraftThatWasThereIsAFailedRead(body: String) async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    try edit(stage)
    let lines = try stage.script().lines
    stage.simulator.add(Fault(.state, count: 100, .body(body)))
    for _ in 0..<2 {
      let report = try await stage.sync()
      #expect(report.failures.map(\.code) == [.failed], "\(report.failures)")
      #expect(report.failures.first?.next.contains("offbook sync") == true)
      #expect(report.charged == 0 && report.notices.isEmpty)
    }
    #expect(pushes(stage) == 0)
    #expect(try stage.script().lines == lines)
    stage.simulator.clearFaults()
    // One such answer among good ones is no more than a repetition.
    stage.simulator.add(Fault(.state, .body(body)))
    #expect(try await stage.sync().failures.isEmpty)
    #expect(pushes(stage) == 1)
    #expect(try stage.workspace.scripts(in: stage.project.id).count == 1)
    try stage.expectAgreement()
  }

  @Test func aSessionThatDidNothingYetMayHaveAnyEmptyState() async throws {
    let stage = try ServiceStage()
    stage.simulator.add(Fault(.state, .body(#"{"code":0,"data":null}"#)))
    #expect(try await stage.say("Hello there").results.last?.intent.state == .done)
  }

  @Test func aPushThatTheAgentDeclinedIsNotSentAgainByItself() async throws {
    let stage = try ServiceStage { $0.agent.pushDrift = .declined }
    _ = try await stage.extract()
    try edit(stage)
    for _ in 0..<3 {
      let report = try await stage.sync()
      #expect(report.failures.count == 1)
      #expect(report.failures.first?.next.contains("intents retry") == true, "\(report.failures)")
    }
    #expect(pushes(stage) == 1)
    var options = SyncOptions()
    options.dryRun = true
    let preview = try stage.connection()
    defer { preview.close() }
    let planned = try await preview.sync([stage.project.id], options: options).projects.first
    #expect(planned?.planned.isEmpty == true && planned?.notices.count == 1)

    // A further edit makes it another message.
    try edit(stage, "Changed again.")
    _ = try await stage.sync()
    #expect(pushes(stage) == 2)
    _ = try await stage.sync()
    #expect(pushes(stage) == 2)

    // So does the person's wish.
    stage.simulator.change { $0.agent.pushDrift = .none }
    let push = try #require(
      try stage.workspace.intents(of: stage.project.id, includingSettled: true)
        .last { $0.purpose == .push })
    _ = try stage.workspace.retryIntent(push.id)
    _ = try stage.workspace.retryIntent(push.id)
    #expect(try await stage.sync().failures.isEmpty)
    #expect(pushes(stage) == 3)
    try stage.expectAgreement()
    #expect(throws: WorkspaceError.self) { try stage.workspace.retryIntent(push.id) }
  }

  @Test func aTrackThatWasDeletedThereAndEditedHereComesBackUnderTheScriptsName() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    stage.simulator.edit { tracks in
      for index in tracks.indices where tracks[index].type == 7 {
        tracks[index].name = "Transcript"
      }
    }
    _ = try await stage.sync()
    try edit(stage)
    stage.simulator.edit { $0.removeAll { $0.type == 7 } }
    for _ in 0..<3 { #expect(try await stage.sync().failures.isEmpty) }
    #expect(pushes(stage) == 1)
    #expect(try stage.workspace.scripts(in: stage.project.id).count == 1)
    try stage.expectAgreement()
  }

  @Test(arguments: ["", "Multi\nline title", "two  spaces"])
  func aTrackThatIsHardToNameIsSentOnce(name: String) async throws {
    let stage = try ServiceStage { $0.draft.keys.id = "none" }
    _ = try await stage.extract()
    stage.simulator.edit { tracks in
      for index in tracks.indices where tracks[index].type == 7 {
        tracks[index].id = ""
        tracks[index].name = name
      }
    }
    _ = try await stage.sync()
    let count = try stage.workspace.scripts(in: stage.project.id).count
    try edit(stage)
    for _ in 0..<3 { _ = try await stage.sync() }
    #expect(pushes(stage) == 1)
    let texts = stage.simulator.tracks().filter { $0.type == 7 }
    #expect(texts.contains { $0.segments.first?.text.contains("Changed here.") == true })
    #expect(try stage.script().lines[0].text == "Changed here.")
    // A track that no message can name stays beside the one that was made in its place.
    #expect(
      try stage.workspace.scripts(in: stage.project.id).count == count + (name.isEmpty ? 1 : 0))
  }

  @Test func tracksOfOneNameAreNotSentAndOverwriteNothing() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    stage.simulator.edit { tracks in
      guard var copy = tracks.first(where: { $0.type == 7 }) else { return }
      copy.id = "another"
      copy.segments[0].text = "The other track."
      tracks.append(copy)
    }
    _ = try await stage.sync()
    let scripts = try stage.workspace.scripts(in: stage.project.id)
    #expect(scripts.count == 2)
    for (number, summary) in scripts.enumerated() {
      let script = try stage.workspace.script(summary.id)
      _ = try stage.workspace.setLine(
        script.lines[1].id, in: script.id, fields: .text("Edited \(number)."))
    }
    for _ in 0..<2 {
      let report = try await stage.sync()
      #expect(report.failures.count == 2)
      #expect(report.failures.allSatisfy { $0.reason.contains("another text track named") })
    }
    #expect(pushes(stage) == 0)
    stage.simulator.edit { tracks in
      for index in tracks.indices where tracks[index].id == "another" {
        tracks[index].name = "other talk"
      }
    }
    for _ in 0..<2 { #expect(try await stage.sync().failures.isEmpty) }
    #expect(pushes(stage) == 2)
    let there = stage.simulator.tracks().filter { $0.type == 7 }.map { $0.segments[1].text }
    #expect(there.contains { $0.hasSuffix("Edited 0.") })
    #expect(there.contains { $0.hasSuffix("Edited 1.") })
  }

  @Test func tracksWithTitleInTheirNameComeInAndTheTitleIsTold() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    _ = try await stage.sync()
    stage.simulator.edit { tracks in
      guard let talk = tracks.first(where: { $0.type == 7 }) else { return }
      for name in ["Main title", "Title deeds", "Lower thirds", "Title"] {
        var track = talk
        track.id = "id of " + name
        track.name = name
        tracks.append(track)
      }
    }
    let report = try await stage.sync()
    let titles = try stage.workspace.scripts(in: stage.project.id).map(\.title)
    #expect(Set(titles) == ["talk", "Main title", "Title deeds", "Lower thirds"])
    #expect(report.notices.count == 1 && report.notices[0].contains("'Title'"))
    #expect(try await stage.sync().notices.isEmpty, "once is enough")
  }

  @Test func aScriptThatIsNamedAsATitleGoesToTheNextSessionOnce() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract("Title.mp4")
    stage.simulator.expire()
    for _ in 0..<3 { _ = try await stage.sync() }
    #expect(pushes(stage) == 1)
    #expect(try stage.workspace.scripts(in: stage.project.id).count == 1)
  }
}
