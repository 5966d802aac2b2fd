import BackendSimulator
import Offbook
import ScriptModel
import TestSupport
import Testing

/// The options under which the service says the same in other forms, as the simulator names them.
private let forms: [[String: String]] =
  [
    "name-colon", "bracket-time", "bold-name", "range-above", "fenced-srt", "fenced-vtt", "otter",
    "rev", "word", "heading", "bold-time", "whisper", "screenplay",
  ].map { ["layout": $0, "segment-keys": "speaker=none"] }
  + [
    ["dialect": "typed"], ["dialect": "adk"], ["dialect": "adk", "shared-ids": "yes"],
    ["dialect": "adk", "snake-case": "yes"], ["dialect": "adk", "partials": "no"],
    ["row-end": "crlf"], ["split": "byte"], ["split": "odd", "row-end": "cr"],
    ["segment-keys": "text=m.content"], ["segment-keys": "text=text"],
    ["segment-keys": "text=content"], ["segment-keys": "start=m.start"],
    ["segment-keys": "start=t0"], ["segment-keys": "start=start"],
    ["segment-keys": "start=m.s"], ["segment-keys": "duration=m.d"],
    ["segment-keys": "duration=m.duration"], ["segment-keys": "duration=end"],
    ["segment-keys": "duration=m.end"], ["segment-keys": "speaker=m.speaker"],
    ["segment-keys": "speaker=speaker"], ["segment-keys": "id=m.id"],
    ["segment-keys": "id=none"], ["segment-keys": "name=m.name"],
    ["segment-keys": "name=name"], ["segment-keys": "name=id"], ["ids": "top"],
    ["session-id": "digits"], ["numbers": "string"], ["numbers": "fraction"],
    ["envelope": "sparse"], ["envelope": "extra"], ["generated-media": "object"],
    ["video-infos": "object"], ["empty-state": "missing"], ["empty-state": "null"],
    ["temporary-issue": "yes"], ["gui-talk": "yes"], ["noise": "yes", "comments": "yes"],
    ["data-rows": "yes", "fields": "yes"],
  ]

@Suite struct ExtractionForms {
  private func extracted(_ form: [String: String]) async throws -> [String] {
    let stage = try ServiceStage { options in
      for (name, value) in form {
        do { try options.set(name, to: value) } catch { Issue.record("\(error)") }
      }
    }
    _ = try await stage.extract()
    return try rows(stage.script())
  }

  private func rows(_ script: Script) -> [String] {
    let names = Dictionary(script.speakers.map { ($0.id, $0.name) }) { first, _ in first }
    return script.lines.map { line in
      let speaker = line.speaker.flatMap { names[$0] } ?? "nobody"
      return "\(line.start?.rawValue ?? -1)-\(line.end?.rawValue ?? -1) \(speaker): \(line.text)"
    }
  }

  @Test(arguments: forms) func anExtractionGivesTheSameScriptInWhateverForm(
    form: [String: String]
  ) async throws {
    let usual = try await extracted([:])
    #expect(usual.count > 4)
    #expect(!usual.contains { $0.contains("nobody") })
    #expect(try await extracted(form) == usual, "\(form)")
  }

  @Test(arguments: ["data", "top", "output-url", "mixed", "code"])
  func aRenderIsFinishedInWhateverShapeItsAnswersCome(shape: String) async throws {
    let stage = try ServiceStage { options in
      do { try options.set("render-shape", to: shape) } catch { Issue.record("\(error)") }
    }
    _ = try await stage.extract()
    let script = try stage.script()
    _ = try stage.workspace.setLine(
      script.lines[0].id, in: script.id, fields: .text("Only in the render."))
    let connection = try stage.connection()
    defer { connection.close() }
    let intent = try stage.workspace.recordRender(of: stage.project.id)
    let outcome = try await connection.carryOut([intent.id])
    let media = try #require(outcome.results.first?.media)
    #expect(media.state == .present)
    #expect(media.byteCount == 200_000)
    let draft = String(decoding: try #require(stage.simulator.renders.first).draft, as: UTF8.self)
    #expect(draft.contains("Only in the render."))
  }

  /// The track has what was heard in lower case without marks; the reply has it as it is written.
  @Test(
    arguments: ["name-colon", "bracket-time", "fenced-srt", "heading", "screenplay"], [false, true])
  func wordsAndSpeakersAreTheReplysAndNothingIsSentForIt(
    layout: String, isSynced: Bool
  ) async throws {
    let usual = try await extracted([:])
    let stage = try ServiceStage { options in
      options.agent.writesRoughly = true
      options.agent.layout = TranscriptLayout(rawValue: layout) ?? .nameColon
      do { try options.set("segment-keys", to: "speaker=none") } catch { Issue.record("\(error)") }
    }
    _ = try await stage.extract()
    #expect(try rows(stage.script()) == usual)
    let charges = stage.simulator.charges.count
    let report = try await stage.sync()
    #expect(stage.simulator.charges.count == charges)
    #expect(report.state == .synced && report.pushedLines == 0)
    #expect(try rows(stage.script()) == usual)
    let script = try stage.script().id
    let source = String(
      decoding: try #require(try stage.workspace.sourceBytes(of: script)), as: UTF8.self)
    #expect(source.hasPrefix("Here is the full script") && source.hasSuffix("any changes."))

    var corrected = try stage.script().lines[1]
    _ = try stage.workspace.setLine(corrected.id, in: script, fields: .text("Corrected by hand."))
    if isSynced { _ = try await stage.sync() }
    _ = try await stage.extract()
    corrected = try stage.script().lines[1]
    #expect(corrected.text == "Corrected by hand.")
    #expect(try stage.script().lines.count == usual.count)
    #expect(try stage.workspace.conflicts(of: script).isEmpty)
  }

  /// A reply is a script also where the session shows no track, and the next one is merged into it.
  @Test func repliesWithoutATrackAreMergedToo() async throws {
    let usual = try await extracted([:]).map { $0.drop { $0 != " " } }
    let stage = try ServiceStage { options in
      options.agent.makesNoTrack = true
      options.agent.layout = .whisper
    }
    _ = try await stage.extract()
    #expect(try rows(stage.script()).map { $0.drop { $0 != " " } } == usual)
    let script = try stage.script()
    _ = try stage.workspace.setLine(
      script.lines[1].id, in: script.id, fields: .text("Corrected by hand."))
    _ = try stage.workspace.deleteLines([script.lines[3].id], in: script.id)
    let outcome = try await stage.extract()
    #expect(outcome.results.last?.scriptID == script.id)
    let after = try stage.script()
    #expect(try stage.workspace.scripts(in: stage.project.id).count == 1)
    #expect(after.lines.count == usual.count - 1)
    #expect(after.lines[1].text == "Corrected by hand.")
    #expect(try stage.workspace.conflicts(of: script.id).isEmpty)
  }
}
