import BackendSimulator
import JSONText
import Offbook
import ScriptModel
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The command as a process, where the machine or the person is in its way.
@Suite struct CommandTrouble {
  @Test(arguments: [Endpoint.state, .message, .upload, .media])
  func aSyncThatCtrlCEndsGoesOnLater(endpoint: Endpoint) async throws {
    let stage = try ServiceStage()
    _ = stage.media("talk.mp4", bytes: 10_000)
    _ = stage.media("clip.mp4", bytes: 5000)
    #expect(stage.command(["extract talk.mp4"]).status == 0)
    let workspace = try Workspace.open(at: stage.folder.path + "/command")
    let project = try #require(try workspace.projects().first?.project)
    let text = "Generate a video of this"
    _ = try workspace.recordMessage(text, in: project.id)
    _ = try workspace.recordAttachments([stage.folder.path + "/clip.mp4"], in: project.id)
    stage.simulator.add(Fault(endpoint, .stall(at: nil, milliseconds: 60_000)))
    let folder = stage.folder.path
    let running = stage.started(["sync --spend 500"], pidFile: folder + "/pid")
    #expect(Waiting.until { stage.simulator.log.contains { $0.fault != nil } })
    let row = String(decoding: TestFile.read(folder + "/pid") ?? [], as: UTF8.self)
    let process = try #require(pid_t(row.prefix { $0.isNumber }))
    #expect(kill(process, SIGINT) == 0)
    let ended = running.wait()
    #expect(ended.status == 130, "\(ended.output)")
    stage.simulator.clearFaults()
    for _ in 0..<2 { _ = stage.command(["sync --spend 500"]) }
    #expect(stage.simulator.executions(of: text) <= 1)
    #expect(stage.simulator.uploads().count == 2)
    let open = try workspace.intents(of: project.id)
    #expect(open.allSatisfy { $0.state == .inDoubt && !$0.evidence.isEmpty })
    #expect(open.isEmpty || endpoint == .message, "\(open)")
    #expect(stage.command(["doctor"]).status == 0)
  }

  /// `RLIMIT_FSIZE` stands for a disk that is full in the middle of a file.
  @Test func aDownloadThatTheDiskHasNoPlaceForIsToldAndComesLater() async throws {
    let stage = try ServiceStage { $0.media.byteCount = 6_000_000 }
    _ = stage.media("talk.mp4", bytes: 10_000)
    let small = "trap '' XFSZ; ulimit -f 6000"
    #expect(stage.command(["extract talk.mp4"]).status == 0)
    let run = stage.command(["say 'Generate a video of this'"], prologue: small)
    #expect(run.status == 3, "\(run.output)")
    #expect(run.output.contains("The file 'video"), "\(run.output)")
    let workspace = try Workspace.open(at: stage.folder.path + "/command")
    let project = try #require(try workspace.projects().first?.project)
    let states = { try workspace.media(of: project.id).filter { $0.origin == .generated } }
    #expect(try states().map(\.state) == [.partial])
    #expect(stage.command(["sync --spend 0"]).status == 0)
    #expect(try states().map(\.state) == [.present])
    #expect(try states().map(\.byteCount) == [6_000_000])
    #expect(stage.simulator.executions(of: "Generate a video of this") == 1)
  }

  /// What `--json` says beside the exit codes of what could not be done: see `Syncing.md`.
  @Test func aFailedCallIsOneDocumentThatNamesWhatWasRecorded() async throws {
    let stage = try ServiceStage()
    _ = stage.media("talk.mp4", bytes: 10_000)
    #expect(stage.command(["extract talk.mp4"]).status == 0)
    func document(_ line: String, _ fault: Fault?, _ status: Int32) throws -> JSONValue {
      stage.simulator.clearFaults()
      if let fault { stage.simulator.add(fault) }
      let run = stage.command([line + " --json 2>/dev/null"])
      #expect(run.status == status, "\(line): \(run.output)")
      return try JSONValue(parsing: Array(run.output.utf8))
    }
    func refusal(_ status: Int, _ code: Int?) -> Fault {
      Fault(
        .message, first: 1, count: 9,
        .status(status, code: code, retryAfter: nil, form: .json, work: .undone))
    }
    let cases: [(Fault, Int32, String, String)] = [
      (refusal(403, nil), 4, "logIn", "refused"), (refusal(200, 2001), 7, "credits", "queued"),
      (refusal(422, nil), 1, "refused", "refused"), (refusal(200, 7001), 1, "inDoubt", "inDoubt"),
    ]
    for (fault, status, type, state) in cases {
      let failed = try document("say 'Make it shorter'", fault, status)
      #expect(failed["ok"] == .bool(false) && failed["data"] == .null)
      #expect(failed["error"]?["type"]?.string == type)
      let id = try #require(failed["error"]?["intentIds"]?.array?.first?.string)
      let listed = try document("intents --all", nil, 0)["data"]?["intents"]?.array ?? []
      #expect(listed.first { $0["id"]?.string == id }?["state"]?.string == state)
    }
    let doubts = try document("intents", nil, 0)["data"]?["intents"]?.array ?? []
    for doubt in doubts where doubt["state"]?.string == "inDoubt" {
      _ = try document("intents abandon \(doubt["id"]?.string ?? "")", nil, 0)
    }
    let held = try document("sync --spend 0", nil, 7)
    #expect(held["ok"] == .bool(true))
    #expect(held["data"]?["projects"]?.array?.first?["failed"]?.array?.isEmpty == false)
    stage.simulator.stop()
    let offline = try document("say 'Make it longer'", nil, 6)
    #expect(offline["ok"] == .bool(true))
    #expect(offline["data"]?["state"]?.string == "queued")
    #expect(offline["data"]?["intentId"]?.string != nil)
  }

  /// What is typed to `say` and means another command gives that command's data.
  @Test(arguments: [
    ("how many credits are left?", "available"), ("show tracks", "summary"),
    ("查看积分余额", "available"),
  ])
  func wordsThatMeanAnotherCommandGiveItsData(words: String, member: String) throws {
    let stage = try ServiceStage()
    _ = stage.media("talk.mp4", bytes: 10_000)
    #expect(stage.command(["extract talk.mp4"]).status == 0)
    let sent = stage.simulator.log.count { $0.endpoint == .message }
    let run = stage.command(["say '\(words)' --json 2>/dev/null"])
    #expect(run.status == 0, "\(run.output)")
    let document = try JSONValue(parsing: Array(run.output.utf8))
    #expect(document["command"]?.string == "say")
    #expect(document["data"]?["state"]?.string == "done", "\(run.output)")
    #expect(document["data"]?["routed"]?["data"]?[member] != nil, "\(run.output)")
    #expect(stage.simulator.log.count { $0.endpoint == .message } == sent)
  }
}
