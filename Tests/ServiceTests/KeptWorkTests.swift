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

/// What is gone, refused, in the way or too dear: told for what it is, and nothing else waits for it.
@Suite struct KeptWork {
  private func refusal(_ status: Int, code: Int? = nil) -> Fault.Action {
    .status(status, code: code, retryAfter: nil, form: .json, work: .undone)
  }

  @Test func aMediumThatIsGoneIsToldOnce() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    stage.simulator.add(Fault(.media, first: 1, count: 99, refusal(404)))
    _ = try await stage.say("Generate a video of this")
    let media = try stage.workspace.media(of: stage.project.id).filter { $0.origin == .generated }
    #expect(media.map(\.state) == [.gone])
    stage.simulator.clearLog()
    for _ in 0..<2 {
      let report = try await stage.sync()
      #expect(report.failures.isEmpty && report.state == .synced, "\(report.failures)")
    }
    #expect(!stage.simulator.log.contains { $0.endpoint == .media })
  }

  @Test func aSessionThatExpiredTellsWhatGoesToTheNextAndHowMuch() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    stage.simulator.expire()
    let connection = try stage.connection()
    defer { connection.close() }
    var options = SyncOptions()
    options.pullOnly = true
    _ = try await connection.sync([stage.project.id], options: options)
    options = SyncOptions()
    options.dryRun = true
    let preview = try await connection.sync([stage.project.id], options: options)
    let told = "A new one gets 1 file (10000 bytes) and 1 script again."
    #expect(preview.projects.first?.notices.contains { $0.contains(told) } == true)
    #expect(preview.projects.first?.planned.first { $0.kind == .upload }?.bytes == 10_000)
    _ = try await stage.sync()
    stage.simulator.expire()
    let report = try await stage.sync()
    #expect(report.notices.contains { $0.contains(told) }, "\(report.notices)")
    try stage.expectAgreement()
  }

  @Test(arguments: [404, 410])
  func aBareStatusOfASessionIsItsEnd(status: Int) async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    stage.simulator.add(
      Fault(.state, .status(status, code: nil, retryAfter: nil, form: .empty, work: .undone)))
    let report = try await stage.sync()
    #expect(report.failures.isEmpty, "\(report.failures)")
    #expect(report.notices.contains { $0.contains("expired") })
    _ = try await stage.sync()
    try stage.expectAgreement()
  }

  @Test func whoHoldsAProjectIsNamed() async throws {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    stage.simulator.add(Fault(.state, .stall(at: nil, milliseconds: 60_000)))
    let holder = try stage.connection()
    let project = stage.project.id
    let running = Task { try await holder.sync([project]) }
    #expect(
      await Waiting.yielding(until: { stage.simulator.log.contains { $0.fault != nil } }))
    let report = try await stage.sync()
    running.cancel()
    _ = try await running.value
    holder.close()
    let failure = try #require(report.failures.first)
    #expect(failure.code == .busy)
    #expect(failure.reason.contains("process \(getpid()) ('"), "\(failure.reason)")
    #expect(failure.reason.contains("'), since "))
  }

  @Test func whatWasRefusedIsAskedForAnewWithWhatItNeeds() async throws {
    let stage = try ServiceStage()
    stage.simulator.add(Fault(.upload, refusal(200, code: 4002)))
    let refused = try await stage.extract()
    #expect(refused.results.map(\.intent.state) == [.refused, .refused])
    let old = try #require(refused.results.last?.intent)
    let new = try stage.workspace.retryIntent(old.id)
    #expect(new.id != old.id && new.state == .queued && new.message == old.message)
    #expect(try stage.workspace.retryIntent(old.id).id == new.id, "it is recorded once")
    #expect(try stage.workspace.intents(of: stage.project.id).map(\.kind) == [.upload, .message])
    let report = try await stage.sync()
    #expect(report.failures.isEmpty, "\(report.failures)")
    #expect(stage.simulator.executions(of: old.message) == 1)
    let all = try stage.workspace.intents(of: stage.project.id, includingSettled: true)
    #expect(all.first { $0.id == old.id }?.state == .refused)
    #expect(all.first { $0.id == new.id }?.state == .done)
    #expect(throws: WorkspaceError.self) { try stage.workspace.retryIntent(new.id) }
  }

  @Test func anAttachedTextGoesInAMessageWhereFilesAreRefusedOnceThatIsAllowed() async throws {
    let stage = try ServiceStage { $0.media.acceptsTexts = false }
    let path = stage.folder.path + "/notes.txt"
    TestFile.write(Array("The opening is too long.\nAnna speaks first.\n".utf8), to: path)
    let intents = try stage.workspace.recordAttachments([path], in: stage.project.id)
    let connection = try stage.connection()
    defer { connection.close() }
    let outcome = try await connection.carryOut(intents.map(\.id))
    #expect(outcome.report.failures.map(\.code) == [.spending], "\(outcome.report.failures)")
    #expect(stage.simulator.charges.isEmpty)
    let held = try await stage.sync(spend: nil)
    #expect(held.failures.map(\.code) == [.spending])
    let report = try await stage.sync(spend: 50)
    #expect(report.failures.isEmpty, "\(report.failures)")
    #expect(stage.simulator.charges.map(\.message).first?.contains("Anna speaks first.") == true)
    #expect(stage.simulator.charges.count == 1)
    // The session is known to take none: the next one is not even tried.
    TestFile.write(Array("More.\n".utf8), to: path)
    let uploads = stage.simulator.log.count { $0.endpoint == .upload }
    _ = try stage.workspace.recordAttachments([path], in: stage.project.id)
    #expect(try await stage.sync(spend: 50).failures.isEmpty)
    #expect(stage.simulator.log.count { $0.endpoint == .upload } == uploads)
    #expect(stage.simulator.charges.count == 2)
  }

  @Test func aLimitIsOneForAllProjects() async throws {
    let stage = try ServiceStage()
    let texts = ["Hello there", "Hello again", "And once more"]
    var projects: [Project.ID] = []
    for text in texts {
      let project = try stage.workspace.createProject(named: text, language: "en").id
      _ = try stage.workspace.recordMessage(text, in: project)
      projects.append(project)
    }
    let connection = try stage.connection()
    defer { connection.close() }
    var options = SyncOptions()
    options.spend = 60
    let report = try await connection.sync(projects, options: options)
    let sent = texts.filter { stage.simulator.executions(of: $0) == 1 }
    let used = stage.simulator.charges.reduce(0) { $0 + $1.credits }
    #expect(!sent.isEmpty && sent.count < texts.count && used <= 60, "\(used)")
    #expect(report.failures.count == texts.count - sent.count)
    #expect(report.failures.allSatisfy { $0.code == .spending && $0.next.contains("--spend") })
    options.spend = 500
    #expect(try await connection.sync(projects, options: options).failures.isEmpty)
    for text in texts { #expect(stage.simulator.executions(of: text) == 1) }
  }

  @Test func anAddressThatCanNotBeFetchedShowsNoSecret() throws {
    let stage = try ServiceStage()
    for place in ["https://anna:secret@example.com/a.mp4?key=secret", "https://?key=secret"] {
      let error = #expect(throws: WorkspaceError.self) {
        try stage.workspace.recordAttachments([place], in: stage.project.id)
      }
      #expect(error?.description.contains("secret") == false)
    }
    let intents = try stage.workspace.recordAttachments(
      ["https://example.com/a.mp4?key=secret#secret"], in: stage.project.id)
    #expect(intents.map(\.message) == ["a.mp4"])
    let media = try stage.workspace.media(of: stage.project.id)
    #expect(media.map(\.name) == ["a.mp4"])
  }
}
