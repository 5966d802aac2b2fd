import BackendSimulator
import Offbook
import ScriptModel
import TestSupport
import Testing

/// Sessions that are not as one expects them.
@Suite struct OddSessions {
  @Test func tracksThatShareIDAndNameMakeNoScriptsForEver() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    stage.simulator.edit { tracks in
      guard let talk = tracks.first(where: { $0.type == 7 }) else { return }
      tracks += [talk, talk]
    }
    for _ in 0..<3 { _ = try await stage.sync() }
    let count = try stage.workspace.scripts(in: stage.project.id).count
    let report = try await stage.sync()
    #expect(report.failures.isEmpty, "\(report.failures)")
    #expect(try stage.workspace.scripts(in: stage.project.id).count == count)
    #expect(count <= 3)
  }

  @Test func aTrackThatWasRenamedStaysItsScripts() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    stage.simulator.edit { tracks in
      for index in tracks.indices where tracks[index].type == 7 {
        tracks[index].name = "Say \"hello\" again"
      }
    }
    let script = try stage.script()
    _ = try stage.workspace.setLine(
      script.lines[0].id, in: script.id, fields: .text("Changed here."))
    for _ in 0..<2 { _ = try await stage.sync() }
    #expect(try stage.workspace.scripts(in: stage.project.id).count == 1)
    #expect(try stage.script().lines[0].text == "Changed here.")
  }

  /// What a session may look like that lost its captions.
  enum Loss: CaseIterable { case tracks, segments }

  @Test(arguments: Loss.allCases)
  func captionsThatVanishedTakeNoLineAlong(_ loss: Loss) async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    _ = try await stage.sync()
    let lines = try stage.script().lines
    switch loss {
    case .tracks: stage.simulator.edit { $0 = [] }
    case .segments: stage.simulator.edit(track: nil) { $0 = [] }
    }
    let report = try await stage.sync()
    #expect(report.failures.isEmpty, "\(report.failures)")
    #expect(report.notices.contains { $0.contains("'talk'") && $0.contains("stays here") })
    #expect(report.pushedScripts == 0 && report.charged == 0)
    #expect(try stage.script().lines == lines)
    let preview = try stage.connection()
    defer { preview.close() }
    var options = SyncOptions()
    options.dryRun = true
    let planned = try await preview.sync([stage.project.id], options: options)
    #expect(planned.projects.first?.planned.isEmpty == true)
    // An edit is of more weight than a deletion: the script goes there again with it.
    _ = try stage.workspace.setLine(
      lines[0].id, in: stage.script().id, fields: .text("Changed here."))
    for _ in 0..<2 { _ = try await stage.sync() }
    #expect(try stage.script().lines.map(\.id) == lines.map(\.id))
    #expect(try stage.workspace.scripts(in: stage.project.id).count == 1)
    try stage.expectAgreement()
    #expect(try await stage.sync().notices.isEmpty)
  }

  @Test func aScriptGoesToTheNextSessionUnderATitleThatItCanHave() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract("The \"best\" talk.mp4")
    let script = try stage.script()
    stage.simulator.expire()
    for _ in 0..<3 { _ = try await stage.sync() }
    #expect(try stage.workspace.scripts(in: stage.project.id).count == 1)
    #expect(try stage.script().lines.map(\.id) == script.lines.map(\.id))
    try stage.expectAgreement()
  }

  @Test(arguments: [true, false])
  func aLargeScriptGoesAsAFileAndInTheMessageWhereFilesAreRefused(accepts: Bool) async throws {
    let stage = try ServiceStage { $0.media.acceptsTexts = accepts }
    _ = try await stage.extract()
    stage.simulator.edit(track: nil) { segments in
      segments = (0..<1500).map { number in
        SimulatedSegment(
          id: "", text: "Words of the caption with the number \(number).",
          start: Int64(number) * 2000, duration: 1500)
      }
    }
    _ = try await stage.sync()
    for round in 0..<2 {
      let script = try stage.script()
      #expect(script.lines.count == 1500)
      _ = try stage.workspace.setLine(
        script.lines[700].id, in: script.id, fields: .text("Changed here \(round)."))
      for _ in 0..<2 { _ = try await stage.sync() }
      try stage.expectAgreement()
    }
    let files = stage.simulator.log.count { $0.endpoint == .upload }
    #expect(files == (accepts ? 3 : 2), "the refusal is remembered for the session")
  }

  @Test func projectsThatSyncAtOnceShareOneToken() async throws {
    let stage = try ServiceStage(credits: 1000)
    var projects = [stage.project.id]
    for number in 1...4 {
      projects.append(
        try stage.workspace.createProject(named: "Project \(number)", language: "en").id)
    }
    for project in projects { _ = try stage.workspace.recordMessage("Hello there", in: project) }
    let connection = try stage.connection()
    defer { connection.close() }
    let report = try await connection.sync(projects)
    #expect(report.projects.allSatisfy { $0.failures.isEmpty })
    #expect(stage.simulator.log.count { $0.endpoint == .token } == 1)
    #expect(stage.simulator.executions(of: "Hello there") == 5)
    stage.simulator.revokeTokens()
    for project in projects { _ = try stage.workspace.recordMessage("Once more", in: project) }
    let renewed = try await connection.sync(projects)
    #expect(renewed.projects.allSatisfy { $0.failures.isEmpty })
    #expect(stage.simulator.log.count { $0.endpoint == .token } == 2)
    #expect(stage.simulator.executions(of: "Once more") == 5)
  }

  @Test func aTokenThatAnotherProcessGotIsTaken() async throws {
    let stage = try ServiceStage { $0.access.limitsTokens = true }
    _ = try await stage.extract()
    let (one, other) = (try stage.connection(), try stage.connection())
    defer { for connection in [one, other] { connection.close() } }
    _ = try await one.credits()
    _ = try await other.credits()
    stage.simulator.revokeTokens()
    stage.simulator.change { $0.access.limitsTokens = false }
    _ = try await one.credits()
    stage.simulator.change { $0.access.limitsTokens = true }
    _ = try await other.credits()
    #expect(stage.simulator.log.count { $0.endpoint == .token } == 2)
  }

  @Test(arguments: [Endpoint.upload, .message, .state, .credits], [true, false])
  func anInterruptedSyncEndsAtOnceAndGoesOnLater(
    endpoint: Endpoint, closes: Bool
  ) async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    _ = try stage.workspace.recordAttachments(
      [stage.media("clip.mp4", bytes: 5000)], in: stage.project.id)
    _ = try stage.workspace.recordMessage("Add a title 'Dreams'", in: stage.project.id)
    stage.simulator.add(Fault(endpoint, .stall(at: nil, milliseconds: 60_000)))
    let connection = try stage.connection()
    let project = stage.project.id
    let task = Task { try await connection.sync([project]) }
    #expect(
      await Waiting.yielding(until: { stage.simulator.log.contains { $0.fault != nil } }))
    if closes { connection.close() } else { task.cancel() }
    let report = try await task.value
    connection.close()
    #expect(report.projects.first?.failures.isEmpty == false)
    stage.simulator.clearFaults()
    for _ in 0..<3 { _ = try await stage.sync() }
    #expect(stage.simulator.uploads().count == 2)
    #expect(stage.simulator.executions(of: "Add a title 'Dreams'") <= 1)
    let open = try stage.workspace.intents(of: project)
    #expect(open.allSatisfy { $0.state == .inDoubt && !$0.evidence.isEmpty })
    #expect(open.isEmpty || endpoint == .message)
  }
}
