import BackendSimulator
import JSONText
import TestSupport
import Testing

/// The documents and exit codes that programs rely on.
@Suite struct ReportShapes {
  @Test(arguments: [
    ("how many credits are left?", "credits"), ("show tracks", "timeline"),
    ("export the video", "render"), ("talk.mp4", "attach"),
  ])
  func wordsThatAskForARequestHaveTheShapeOfSay(_ text: String, _ command: String) throws {
    let stage = try ServiceProcess()
    #expect(stage.run("extract talk.mp4").status == 0)
    #expect(stage.run(["say", "Generate a video of this"]).status == 0)
    let (document, status) = try stage.document(["say", text])
    #expect(status == 0)
    let data = try #require(document["data"])
    let names = data.object?.map(\.name) ?? []
    #expect(names == ["intentId", "state", "reply", "changes", "scriptId", "routed"])
    #expect(data["state"]?.string == "done" && data["changes"]?.array?.isEmpty == true)
    #expect(data["routed"]?["command"]?.string == command)
    #expect(data["routed"]?["data"]?.object?.isEmpty == false)
    #expect((data["intentId"]?.string == nil) == ["credits", "timeline"].contains(command))
  }

  @Test func oneProjectOfTwoThatFailsIsPartlyDone() throws {
    let stage = try ServiceProcess()
    for name in ["A", "B"] {
      #expect(stage.run(["project", "new", name]).status == 0)
      #expect(stage.run(["say", "Hello", "-p", name]).status == 0)
    }
    try stage.add(["state#1:status,status=403"])
    let (partly, status) = try stage.document(["sync"])
    #expect(status == 3 && partly["ok"]?.bool == true && partly["error"] == nil)
    stage.simulator.clearFaults()
    try stage.add(["state#1x9:status,status=403"])
    let (whole, failed) = try stage.document(["sync"])
    #expect(failed == 4 && whole["ok"]?.bool == false)
    #expect(whole["error"]?["type"]?.string == "logIn")
    #expect(whole["error"]?["message"]?.string?.contains("scope 'read'") == true)
    let states = (whole["data"]?["projects"]?.array ?? []).compactMap { $0["state"]?.string }
    #expect(states == ["failed", "failed"])
  }

  @Test func aScriptThatNoSyncSendsIsNamedByStatus() throws {
    let stage = try ServiceProcess()
    #expect(stage.run("extract talk.mp4").status == 0)
    TestFile.write(Array("ANNA: Good morning.\n".utf8), to: stage.folder.path + "/mine.txt")
    #expect(stage.run("import mine.txt").status == 0)
    let status = stage.run("status")
    #expect(status.errors.contains("'mine' is only here"), "\(status.errors)")
    #expect(status.errors.contains("'offbook generate'"), "\(status.errors)")
  }

  // MARK: Questions are asked again

  @Test(arguments: [
    ("credits", "credits#1x3:status,status=503"),
    ("credits", "credits#1:status,status=429,retry-after=1"),
    ("credits", "credits#1:cut-after-body"), ("open --print", "claim#1x2:status,status=500"),
    ("open --print", "claim#1:status,status=429"),
    ("timeline", "state#1:status,status=503"),
  ])
  func whatMayBeRepeatedIsRepeated(_ line: String, _ fault: String) throws {
    let stage = try ServiceProcess()
    #expect(stage.run("extract talk.mp4").status == 0)
    try stage.add([fault])
    let run = stage.run(line)
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test func aServiceThatAnsweredIsNotCalledUnreachable() throws {
    let stage = try ServiceProcess()
    #expect(stage.run("extract talk.mp4").status == 0)
    try stage.add(["claim#1x99:status,status=503,form=html"])
    let (document, status) = try stage.document(["open", "--print"])
    #expect(status == 1 && document["error"]?["type"]?.string == "busy")
    #expect(document["error"]?["message"]?.string?.hasSuffix("The service answered 503.") == true)
  }

  @Test func theLimitOnTokensIsToldForWhatItIs() throws {
    let stage = try ServiceProcess()
    #expect(stage.run("extract talk.mp4").status == 0)
    stage.simulator.revokeTokens()
    try stage.add(["token#1x99:status,status=429,retry-after=1"])
    for words in [["say", "Hello"], ["sync"], ["credits"]] {
      let run = stage.run(words)
      #expect(run.status == 1, "\(words): \(run.errors)")
      #expect(run.errors.contains("429") && !run.errors.contains("auth forget"), "\(run.errors)")
    }
  }

  @Test func aRefusedClientGetsAnotherID() throws {
    let stage = try ServiceProcess()
    try stage.add(["token#1:status,status=400"])
    let run = stage.run("credits")
    #expect(run.status == 0 && stage.count(.token) == 2, "\(run.errors)")
  }

  @Test func aClientIDOfTheEnvironmentThatIsNoneIsNotSent() throws {
    let stage = try ServiceProcess()
    let run = stage.run(["credits"], ["NEMO_CLIENT_ID": "not-a-uuid"])
    #expect(run.status == 0 && run.errors.contains("Warning: 'NEMO_CLIENT_ID' holds no UUID"))
    let good = "0193a1c2-9f00-7abc-8def-0123456789ab"
    let status = stage.run(["auth", "status", "--json"], ["NEMO_CLIENT_ID": good])
    #expect(status.output.contains("\"clientId\":\"\(good)\""), "\(status.output)")
  }
}
