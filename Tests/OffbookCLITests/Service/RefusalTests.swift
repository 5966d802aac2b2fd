import BackendSimulator
import JSONText
import TestSupport
import Testing

/// Every error of the service's table, through the command as a process.
@Suite struct Refusals {
  @Test(arguments: RefusalCase.all)
  func everyRefusalSaysWhatIsWrongAndWhatToDoNext(_ refusal: RefusalCase) throws {
    let stage = try ServiceProcess()
    stage.media("b.mp4")
    #expect(stage.run("extract talk.mp4").status == 0)
    let charged = stage.simulator.charges.count
    try stage.add(refusal.faults)
    let run = stage.run(refusal.words)
    #expect(run.status == refusal.status, "\(run.errors)")
    for words in refusal.told { #expect(run.errors.contains(words), "\(words): \(run.errors)") }
    for words in refusal.untold { #expect(!run.errors.contains(words), "\(run.errors)") }
    #expect(run.errors.contains("Error: "))
    #expect(!(run.errors + run.output).contains("nmv_usr"))
    if let state = refusal.state { #expect(try stage.states().last == state) }
    #expect(stage.simulator.charges.count == charged)
  }

  @Test(arguments: RefusalCase.all.filter { $0.words != ["sync"] })
  func programsGetTheKindOfEveryRefusal(_ refusal: RefusalCase) throws {
    let stage = try ServiceProcess()
    stage.media("b.mp4")
    #expect(stage.run("extract talk.mp4").status == 0)
    try stage.add(refusal.faults)
    let (document, status) = try stage.document(refusal.words)
    #expect(status == refusal.status)
    #expect(document["ok"]?.bool == false)
    #expect(document["command"]?.string == refusal.words[0])
    #expect(document["error"]?["type"]?.string == refusal.type)
    #expect(document["error"]?["fix"]?.string?.isEmpty == false)
    #expect(document["data"] == .null)
  }

  @Test(arguments: RefusalCase.all.filter { $0.state == "queued" && $0.words[0] == "say" })
  func whatWasKeptGoesOnceTheTroubleIsOver(_ refusal: RefusalCase) throws {
    let stage = try ServiceProcess()
    #expect(stage.run("extract talk.mp4").status == 0)
    try stage.add(refusal.faults)
    stage.run(refusal.words)
    stage.simulator.clearFaults()
    let run = stage.run("sync")
    #expect(run.status == 0, "\(run.errors)")
    #expect(stage.simulator.executions(of: refusal.words[1]) == 1)
    #expect(try stage.states().allSatisfy { $0 == "done" })
  }

  /// What speaks to the service is still being loaded when such a command ends.
  @Test(arguments: [["sync"], ["sync", "nosuch"]])
  func aSyncThatEndsAtOnceEndsAsItShould(words: [String]) throws {
    let stage = try ServiceProcess()
    stage.run("project new Talks")
    let statuses = Set((0..<60).map { _ in stage.run(words).status })
    #expect(statuses == [words.count == 1 ? 0 : 1])
  }

  @Test func aConflictIsToldInAProjectWithoutASession() throws {
    let stage = try ServiceProcess()
    let path = stage.folder.path + "/talk.txt"
    TestFile.write(Array("ANNA: Good morning.\n\nBEN: It rains.\n".utf8), to: path)
    #expect(stage.run("import talk.txt").status == 0)
    TestFile.write(Array("ANNA: Good morning.\n\nBEN: It pours.\n".utf8), to: path)
    #expect(stage.run(["line", "set", "talk", "2", "--text", "It snows."]).status == 0)
    #expect(stage.run("merge talk talk.txt --base 1").status == 5)
    let run = stage.run("sync Scripts")
    #expect(run.status == 5, "\(run.output)\(run.errors)")
  }

  // MARK: Tokens

  @Test func aBadTokenOfTheEnvironmentIsItsOwnersAffair() throws {
    let stage = try ServiceProcess(token: "nmv_usr_bad", isAccepted: false)
    for words in [["say", "Hello"], ["sync"], ["credits"], ["extract", "talk.mp4"]] {
      let run = stage.run(words)
      #expect(run.status == 4, "\(words): \(run.errors)")
      #expect(run.errors.contains("1001") && run.errors.contains("NEMO_TOKEN"), "\(run.errors)")
      #expect(!run.errors.contains("nmv_usr"))
    }
    #expect(stage.count(.token) == 0)
    #expect(try stage.states().allSatisfy { $0 == "queued" })
  }

  @Test(arguments: ["status,status=401", "status,status=200,code=1001", "revoke-token"])
  func anAnonymousTokenIsRenewedUnasked(_ action: String) throws {
    let stage = try ServiceProcess()
    #expect(stage.run("extract talk.mp4").status == 0)
    try stage.add(["message#1:\(action)"])
    let run = stage.run(["say", "Add a title 'Dreams'"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(stage.simulator.executions(of: "Add a title 'Dreams'") == 1)
    #expect(stage.count(.token) == 2)
    stage.simulator.revokeTokens()
    #expect(stage.run("credits").status == 0)
    #expect(stage.count(.token) == 3)
  }

  @Test func anAccountWithoutCreditsIsToppedUpNotRegistered() throws {
    let stage = try ServiceProcess(token: "nmv_usr_mine")
    try stage.add(["message#1:status,status=200,code=2001"])
    let run = stage.run(["say", "Hello"])
    #expect(run.status == 7)
    #expect(run.errors.contains("Top up credits in your account"), "\(run.errors)")
    #expect(!run.errors.contains("?bind="))
  }

  @Test func spentCreditsAreToldWithoutAFault() throws {
    let stage = try ServiceProcess(credits: 25)
    #expect(stage.run("extract talk.mp4").status == 0)
    let run = stage.run(["say", "Add a title 'Dreams'"])
    #expect(run.status == 7, "\(run.errors)")
    #expect(run.errors.contains("?bind="))
    stage.simulator.setCredits(500)
    #expect(stage.run("sync").status == 0)
    #expect(stage.simulator.executions(of: "Add a title 'Dreams'") == 1)
  }

  // MARK: An expired session

  @Test func anExpiredSessionIsBuiltAnewAndWhatIsGoneIsTold() throws {
    let stage = try ServiceProcess()
    #expect(stage.run("extract talk.mp4").status == 0)
    #expect(stage.run(["say", "Generate a video of this"]).status == 0)
    #expect(stage.run("sync").status == 0)
    let before = stage.run("show talk").output
    let session = stage.simulator.sessionIDs
    stage.simulator.expire()
    let run = stage.run("sync --spend 100")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("The session had expired"))
    #expect(run.errors.contains("What was made in the old session is not in the new one: Video"))
    #expect(run.errors.contains("Ask the agent for it again"))
    #expect(stage.run("show talk").output == before)
    #expect(stage.simulator.sessionIDs.count == 1 && stage.simulator.sessionIDs != session)
    #expect(stage.simulator.uploads().map { $0.name.hasSuffix("-talk.mp4") } == [true])
    #expect(stage.simulator.tracks().contains { $0.type == 7 && $0.segments.count > 5 })
    #expect(stage.run("sync").status == 0)
  }

  @Test func theFilesOfAnExpiredSessionGoBeforeTheMessageThatSpeaksOfThem() throws {
    let stage = try ServiceProcess()
    #expect(stage.run("extract talk.mp4").status == 0)
    try stage.add(["message#1:expire-session"])
    let run = stage.run(["say", "Add a title 'Dreams'"])
    #expect(run.status != 0 && run.errors.contains("sync --spend 100"), "\(run.errors)")
    #expect(run.errors.contains("Warning: The session had expired"))
    #expect(stage.simulator.executions(of: "Add a title 'Dreams'") == 0)
    #expect(stage.run("sync --spend 100").status == 0)
    let order = stage.simulator.log.compactMap(\.endpoint).filter {
      [.upload, .message].contains($0)
    }
    #expect(order == [.upload, .message, .message, .upload, .message, .message])
    #expect(stage.simulator.executions(of: "Add a title 'Dreams'") == 1)
  }

  @Test(arguments: [["timeline"], ["open", "--print"]])
  func aQuestionToAnExpiredSessionNamesTheWayOut(_ words: [String]) throws {
    let stage = try ServiceProcess()
    #expect(stage.run("extract talk.mp4").status == 0)
    stage.simulator.expire()
    let run = stage.run(words)
    #expect(run.status == 1)
    #expect(run.errors.contains("has expired") && run.errors.contains("'offbook sync'"))
  }

  // MARK: Before anything is sent

  @Test(arguments: [
    ("notes.xyz", "does not take files such as 'notes.xyz'", "mp4, mov"),
    ("big.mp4", "'big.mp4' has 501 MB", "Compress or trim it"),
    ("empty.mp4", "'empty.mp4' is empty", ""), ("gone.mp4", "'gone.mp4' can't be read", "Check"),
    (".", "'.' is a folder", "Name the files"), ("notes.txt", "is no video", "'offbook import'"),
  ])
  func whatTheServiceWouldRefuseIsRefusedHere(name: String, told: String, fix: String) throws {
    let stage = try ServiceProcess()
    TestFile.write(Array("words".utf8), to: stage.folder.path + "/notes.xyz")
    TestFile.write(Array("words".utf8), to: stage.folder.path + "/notes.txt")
    TestFile.write([], to: stage.folder.path + "/empty.mp4")
    #expect(TestFile.makeHole(501 << 20, at: stage.folder.path + "/big.mp4"))
    let run = stage.run(["extract", name])
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.errors.contains(told) && run.errors.contains(fix), "\(run.errors)")
    #expect(stage.simulator.log.isEmpty)
    #expect(try stage.states().isEmpty)
  }

  // MARK: No network, or as good as none

  @Test(arguments: [
    ["say", "Hello"], ["extract", "talk.mp4"], ["attach", "talk.mp4"], ["render"],
  ])
  func withoutANetworkItIsKept(_ words: [String]) throws {
    let stage = try ServiceProcess()
    stage.run("init")
    let run = stage.run(words, offline: true)
    #expect(run.status == 6)
    #expect(run.errors.contains("kept") && run.errors.contains("'offbook sync'"), "\(run.errors)")
    #expect(!run.errors.contains("Error"))
    #expect(try stage.states().allSatisfy { $0 == "queued" })
    #expect(stage.run("sync", offline: true).status == 6)
  }

  @Test func theLastBalanceIsShownWithTheReason() throws {
    let stage = try ServiceProcess()
    #expect(stage.run("credits").output == "1000 credits available.\n")
    let offline = stage.run("credits", offline: true)
    #expect(offline.status == 6 && offline.output == "1000 credits available.\n")
    #expect(offline.errors.contains("No network. This is the balance of"))
    try stage.add(["credits#1x9:status,status=429,retry-after=60"])
    let limited = stage.run("credits")
    #expect(limited.status == 1 && limited.output == "1000 credits available.\n")
    #expect(limited.errors.contains("too many requests") && !limited.errors.contains("No network"))
  }
}
