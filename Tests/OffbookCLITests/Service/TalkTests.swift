import BackendSimulator
import JSONText
import TestSupport
import Testing

/// Talking to the session's agent, as a process.
@Suite struct Talking {
  @Test(arguments: [
    ("how many credits are left?", Endpoint.credits), ("积分", .credits), ("还剩多少余额", .credits),
    ("show tracks", .state), ("状态", .state), ("status", .state),
    ("export the video please", .render), ("请帮我导出视频", .render), ("send me the video", .render),
    ("upload talk.mp4", .upload), ("talk.mp4", .upload),
  ])
  func wordsThatAskForARequestMakeIt(_ text: String, _ endpoint: Endpoint) throws {
    let stage = try ServiceProcess()
    stage.media("b.mp4")
    #expect(stage.run("extract b.mp4").status == 0)
    #expect(stage.run(["say", "Generate a video of this"]).status == 0)
    let messages = stage.count(.message)
    let before = stage.count(endpoint)
    let run = stage.run(["say", text])
    #expect(run.status == 0, "\(run.errors)")
    #expect(stage.count(.message) == messages)
    #expect(stage.count(endpoint) > before)
  }

  @Test(arguments: [
    "make the credits roll slower", "balance the audio", "导出时不要字幕", "restate the second line",
    "downloadable content is our topic", "add a status bar", "把标题改成积分榜",
  ])
  func wordsInsideOthersReachTheAgent(_ text: String) throws {
    let stage = try ServiceProcess()
    #expect(stage.run(["say", text]).status == 0)
    #expect(stage.messages == [text])
  }

  @Test func aSilentEditIsAnsweredByWhatChanged() throws {
    let stage = try ServiceProcess { $0.agent.silentPercent = 100 }
    #expect(stage.run("extract talk.mp4").status == 0)
    let run = stage.run(["say", "Add a title 'Urban Dreams'"])
    #expect(run.status == 0)
    #expect(run.output == "Title added: 'Urban Dreams' (0-3s)\n")
  }

  @Test func theLogHoldsWhatWasSaidAndWhatChanged() throws {
    let stage = try ServiceProcess()
    #expect(stage.run("extract talk.mp4").status == 0)
    #expect(stage.run(["say", "Add a title 'Dreams'"]).status == 0)
    stage.simulator.change { $0.agent.silentPercent = 100 }
    #expect(stage.run(["say", "Add a title 'Night'"]).status == 0)
    let log = stage.run("say --log")
    #expect(log.status == 0)
    let rows = log.output.split(separator: "\n").map(String.init)
    #expect(rows.contains("  Add a title 'Dreams'") && rows.contains("  Add a title 'Night'"))
    #expect(rows.contains { $0.hasSuffix("Agent") } && rows.contains { $0.hasSuffix("Offbook") })
    #expect(rows.last == "  Title changed: 'Dreams', now 'Night' (0-3s)", "\(rows)")
    let (document, _) = try stage.document(["say", "--log"])
    let entries = document["data"]?["entries"]?.array ?? []
    #expect(entries.suffix(2).compactMap { $0["role"]?.string } == ["person", "report"])
  }

  @Test func talkOfButtonsStaysOut() throws {
    let stage = try ServiceProcess { $0.agent.talksOfGUI = true }
    #expect(stage.run("extract talk.mp4").status == 0)
    let run = stage.run(["say", "Add a title 'Dreams'"])
    #expect(run.status == 0)
    #expect(!run.output.lowercased().contains("click") && !run.output.contains("panel"))
    #expect(run.output.contains("Dreams"))
  }

  @Test func aFileIsNotSentTwice() throws {
    let stage = try ServiceProcess()
    #expect(stage.run("attach talk.mp4").status == 0)
    let again = stage.run("attach talk.mp4")
    #expect(again.status == 0 && again.output == "The session has 'talk.mp4'.\n", "\(again.errors)")
    #expect(stage.count(.upload) == 1)
  }

  // MARK: All of it offline

  @Test func everythingIsRecordedListedAndCarriedOutInOrder() throws {
    let stage = try ServiceProcess()
    stage.media("b.mp4")
    TestFile.write(Array("ANNA: Good morning.\n".utf8), to: stage.folder.path + "/story.txt")
    let commands = [
      ["extract", "talk.mp4"], ["say", "Add a title 'One'"], ["generate", "story.txt"],
      ["say", "Add a title 'Two'"], ["attach", "b.mp4"], ["render"],
    ]
    for words in commands { #expect(stage.run(words, offline: true).status == 6, "\(words)") }
    let status = stage.run("status")
    #expect(status.errors.contains("7 requests to send: 'offbook sync' does."), "\(status.errors)")
    let table = stage.run("intents").output
    for words in [
      "upload talk.mp4", "extract talk.mp4", "say: Add a title 'One'", "generate story",
      "say: Add a title 'Two'", "upload b.mp4", "render",
    ] { #expect(table.contains(words), "\(table)") }
    let dry = stage.run("sync --dry-run")
    #expect(dry.status == 0 && dry.output.contains("ask for the video of 'story', about 100"))
    #expect(stage.simulator.log.isEmpty)
    let run = stage.run("sync")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("4 messages sent"), "\(run.output)")
    let kinds = stage.simulator.charges.map(\.kind)
    #expect(kinds == ["extraction", "edit", "generation", "edit"])
    #expect(stage.messages[1].hasSuffix("'One'") && stage.messages[3].hasSuffix("'Two'"))
    #expect(stage.simulator.renders.count == 1)
    #expect(Set(try stage.states()) == ["done"])
    #expect(stage.run("intents").errors == "Nothing waits.\n")
  }

  @Test func theLimitHoldsBackWhatIsBeyondIt() throws {
    let stage = try ServiceProcess()
    for words in [["say", "Add a title 'One'"], ["say", "Add a title 'Two'"]] {
      #expect(stage.run(words, offline: true).status == 6 || words[1].isEmpty)
    }
    let run = stage.run("sync --spend 55")
    #expect(run.status == 7, "\(run.errors)")
    #expect(stage.messages == ["Add a title 'One'"])
    #expect(run.errors.contains("--spend"))
    #expect(stage.run("sync --spend 100").status == 0)
    #expect(stage.messages.count == 2)
  }

  @Test(arguments: [
    ["say", "Add a title 'One'"], ["extract", "talk.mp4"], ["attach", "talk.mp4"],
  ])
  func whatNeedNotBeWaitedForIsLeftToSync(_ words: [String]) throws {
    let stage = try ServiceProcess()
    let run = stage.run(words + ["--no-wait"])
    #expect(run.status == 0 && (run.output + run.errors).contains("'offbook sync'"))
    #expect(stage.simulator.log.isEmpty)
    #expect(try stage.states().allSatisfy { $0 == "queued" })
    #expect(stage.run("sync").status == 0)
    #expect(try stage.states().allSatisfy { $0 == "done" })
  }
}
