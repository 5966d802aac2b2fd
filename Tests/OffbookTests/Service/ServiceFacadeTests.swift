import BackendSimulator
import Offbook
import ScriptModel
import TestSupport
import Testing

/// The workflows as other programs call them.
@Suite struct ServiceFacade {
  @Test func theStreamTellsAnExtractionFromBeginningToEnd() async throws {
    let fixture = try ServiceFixture()
    let intents = try fixture.workspace.recordExtraction(
      of: fixture.video(), in: fixture.project.id)
    let (outcome, heard) = try await fixture.carryOut(intents)
    #expect(heard.first == .projectBegan(fixture.project))
    #expect(heard.last == .projectEnded(fixture.project.id, .synced))
    let phases = heard.compactMap { event in
      if case .phase(_, let phase, _) = event { phase } else { ServiceProgress.Phase?.none }
    }
    let order: [ServiceProgress.Phase] = [.logIn, .openSession, .upload, .message, .merge]
    let places = order.map { phase in phases.lastIndex(of: phase) ?? -1 }
    #expect(places == places.sorted() && !places.contains(-1), "\(phases)")
    let sent = heard.compactMap { event -> (bytes: Int64, total: Int64?)? in
      if case .sent(_, let bytes, let total) = event { (bytes, total) } else { nil }
    }
    #expect(sent.last.map { $0.bytes == $0.total } == true)
    let reply = heard.compactMap { event -> String? in
      if case .replyText(_, _, let text) = event { text } else { nil }
    }
    let result = try #require(outcome.results.last)
    #expect(reply.joined() == result.reply)
    #expect(result.intent.state == .done)
    let script = try fixture.workspace.script(try #require(result.scriptID))
    #expect(script.title == "talk" && !script.lines.isEmpty)
    #expect(script.lines.allSatisfy { $0.speaker != nil && $0.start != nil })
  }

  @Test func eachStreamHearsAllAndEndsWithTheConnection() async throws {
    let fixture = try ServiceFixture()
    let connection = try fixture.connection()
    let streams = [connection.progress(), connection.progress()]
    let tasks = streams.map { stream in
      Task {
        var count = 0
        for await _ in stream { count += 1 }
        return count
      }
    }
    let intent = try fixture.workspace.recordMessage("Hello", in: fixture.project.id)
    _ = try await connection.carryOut([intent.id])
    connection.close()
    let counts = [await tasks[0].value, await tasks[1].value]
    #expect(counts[0] == counts[1] && counts[0] > 3)
    var late = 0
    for await _ in connection.progress() { late += 1 }
    #expect(late == 0)
  }

  @Test func aVideoIsMadeRenderedAndHere() async throws {
    let fixture = try ServiceFixture()
    let path = fixture.folder.path + "/story.txt"
    TestFile.write(Array("ANNA: Good morning.\n".utf8), to: path)
    let imported = try fixture.workspace.importFile(path, options: ImportOptions())
    var options = GenerationOptions()
    options.aspect = "9:16"
    options.duration = Milliseconds(30_000)
    options.quality = .high
    let intents = try fixture.workspace.recordGeneration(from: imported.script.id, options: options)
    let project = try #require(intents.first).projectID
    #expect(intents.map(\.subject) == ["story"])
    _ = try await fixture.carryOut(intents)
    let render = try fixture.workspace.recordRender(of: project)
    let (outcome, heard) = try await fixture.carryOut([render])
    let result = try #require(outcome.results.first)
    let video = try #require(result.media?.path)
    #expect(TestFile.read(video)?.count == 200_000)
    #expect(result.renderID?.isEmpty == false)
    let percents = heard.compactMap { event -> Int? in
      if case .rendered(_, let percent) = event { percent } else { nil }
    }
    #expect(percents == percents.sorted() && percents.last == 100, "\(percents)")
    let media = try fixture.workspace.media(of: project)
    #expect(media.filter { $0.origin == .generated }.allSatisfy { $0.state == .present })
    let timeline = try #require(try fixture.workspace.timeline(of: project))
    #expect(timeline.summary.hasPrefix("Timeline (") && !timeline.tracks.isEmpty)
  }

  @Test func recordingNeedsNoNetworkAndSyncDoesTheRest() async throws {
    let fixture = try ServiceFixture()
    let workspace = fixture.workspace
    let project = fixture.project.id
    _ = try workspace.recordExtraction(of: fixture.video(), in: project)
    _ = try workspace.recordMessage("Add a title 'Dreams'", in: project)
    let offline = try fixture.connection(offline: true)
    let kept = try await offline.sync([project])
    #expect(kept.projects.map(\.state) == [.offline])
    #expect(kept.failures.map(\.code) == [.offline])
    var preview = SyncOptions()
    preview.dryRun = true
    let planned = try await offline.sync([project], options: preview)
    offline.close()
    #expect(
      planned.projects.flatMap(\.planned).map(\.kind) == [.session, .upload, .message, .message])
    #expect(fixture.simulator.log.isEmpty)
    let connection = try fixture.connection()
    let report = try await connection.sync([project])
    connection.close()
    #expect(report.failures.isEmpty && report.projects.map(\.pushedMessages) == [2])
    #expect(try workspace.intents(of: project).isEmpty)
    let roles = try workspace.conversation(of: project).map(\.role)
    #expect(roles == [.person, .agent, .person, .agent])
  }

  @Test func aCancelledTaskLeavesWhatTheNextSyncFinishes() async throws {
    let fixture = try ServiceFixture()
    fixture.simulator.add(Fault(.upload, .stall(at: nil, milliseconds: 60_000)))
    let intents = try fixture.workspace.recordExtraction(
      of: fixture.video(), in: fixture.project.id)
    let connection = try fixture.connection()
    let stream = connection.progress()
    let work = Task { try await connection.carryOut(intents.map(\.id)) }
    for await event in stream {
      if case .phase(_, .upload, _) = event { break }
    }
    work.cancel()
    let outcome = try await work.value
    connection.close()
    #expect(outcome.report.failures.map(\.code) == [.interrupted])
    fixture.simulator.clearFaults()
    let next = try fixture.connection()
    let report = try await next.sync()
    next.close()
    #expect(report.failures.isEmpty, "\(report.failures)")
    #expect(fixture.simulator.charges.map(\.kind) == ["extraction"])
    #expect(fixture.simulator.uploads().count == 1)
  }

  @Test func whatTheServiceWouldNotTakeIsNotRecorded() throws {
    let fixture = try ServiceFixture()
    let workspace = fixture.workspace
    let folder = fixture.folder.path
    TestFile.write([1], to: folder + "/notes.xyz")
    TestFile.write([1], to: folder + "/notes.txt")
    #expect(TestFile.makeHole(501 << 20, at: folder + "/big.mp4"))
    let codes: [(String, WorkspaceError.Code)] = [
      ("notes.xyz", .unsupportedFile), ("notes.txt", .unsupportedFile), ("big.mp4", .fileTooLarge),
      ("gone.mp4", .fileProblem),
    ]
    for (name, code) in codes {
      do throws(WorkspaceError) {
        _ = try workspace.recordExtraction(of: folder + "/" + name, in: fixture.project.id)
        Issue.record("'\(name)' was recorded")
      } catch {
        #expect(error.code == code && error.fix != nil, "\(error)")
      }
    }
    #expect(try workspace.intents(of: fixture.project.id).isEmpty)
    #expect(try workspace.media(of: fixture.project.id).isEmpty)
  }

  @Test func aPersonIsAskedBeforeEditsAreSent() async throws {
    let fixture = try ServiceFixture()
    let intents = try fixture.workspace.recordExtraction(
      of: fixture.video(), in: fixture.project.id)
    let (outcome, _) = try await fixture.carryOut(intents)
    let script = try fixture.workspace.script(try #require(outcome.results.last?.scriptID))
    var fields = LineFields()
    fields.text = "Changed here."
    _ = try fixture.workspace.setLine(script.lines[0].id, in: script.id, fields: fields)
    for answer in [false, true] {
      let connection = try fixture.connection()
      var options = SyncOptions()
      options.ask = { question in
        #expect(question.items.count == 1 && question.estimate == 50)
        return answer
      }
      let report = try await connection.sync([fixture.project.id], options: options)
      connection.close()
      #expect(report.failures.map(\.code) == (answer ? [] : [.spending]))
      #expect(fixture.simulator.charges.contains { $0.kind == "push" } == answer)
    }
  }

  @Test(arguments: [
    ("export it", TalkRoute.export), ("导出", .export), ("my balance?", .credits),
    ("show tracks", .status), ("上传", .upload), ("balance the audio", .message),
  ])
  func sentencesAreRoutedByTheirWords(_ sentence: String, _ route: TalkRoute) {
    #expect(TalkRoute(of: sentence) == route)
  }
}
