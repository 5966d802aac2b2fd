import BackendSimulator
import JSONText
import TestSupport
import Testing

/// Script to video, as a process.
@Suite struct Generations {
  private static let texts: [(name: String, content: String)] = [
    ("story.txt", "ANNA: Good morning.\nBEN: The lamp is lit.\n"),
    ("subs.srt", "1\n00:00:00,000 --> 00:00:02,000\nANNA: Good morning.\n"),
    ("page.md", "# The lamp\n\n**ANNA:** Good morning.\n"),
  ]

  @Test(arguments: ["story.txt", "subs.srt", "page.md", "paper.docx"])
  func aFileBecomesAVideo(name: String) throws {
    let stage = try ServiceProcess()
    for text in Self.texts {
      TestFile.write(Array(text.content.utf8), to: stage.folder.path + "/" + text.name)
    }
    #expect(stage.run("convert story.txt -o paper.docx").status == 0)
    let run = stage.run(["generate", name])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.hasPrefix("Imported '"))
    #expect(stage.messages.count == 1 && stage.messages[0].contains("Good morning."))
    let (document, _) = try stage.document(["media"])
    let made = (document["data"]?["media"]?.array ?? []).filter {
      $0["origin"]?.string == "generated"
    }
    #expect(made.map { $0["state"]?.string } == ["present"])
  }

  @Test func wishesAreWordsOfTheMessage() throws {
    let stage = try ServiceProcess()
    TestFile.write(Array(Self.texts[0].content.utf8), to: stage.folder.path + "/story.txt")
    let run = stage.run([
      "generate", "story.txt", "--prompt", "Make a quiet film", "--aspect", "9:16", "--duration",
      "1m30s", "--voice", "warm, female", "--quality", "high",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let message = try #require(stage.messages.first)
    #expect(
      message.hasPrefix(
        "Make a quiet film. Make it a 90-second video. Use the aspect ratio 9:16. "
          + "The voice: warm, female. Make it in high quality.\n"), "\(message)")
    #expect(message.contains("ANNA: Good morning.\nBEN: The lamp is lit."))
    let sent = try #require(stage.simulator.log.first { $0.endpoint == .message })
    #expect(sent.attribution?.first == "text-to-video-high-quality")
  }

  @Test func theUsualVideoIsAnotherWorkflow() throws {
    let stage = try ServiceProcess()
    TestFile.write(Array(Self.texts[0].content.utf8), to: stage.folder.path + "/story.txt")
    #expect(stage.run("generate story.txt").status == 0)
    let sent = try #require(stage.simulator.log.first { $0.endpoint == .message })
    #expect(sent.attribution?.first == "ai-video-generator-ai")
  }

  @Test(arguments: [["--aspect", "wide"], ["--duration", "0"], ["--quality", "best"]])
  func aWishThatIsNoneIsWrongUse(_ words: [String]) throws {
    let stage = try ServiceProcess()
    TestFile.write(Array(Self.texts[0].content.utf8), to: stage.folder.path + "/story.txt")
    #expect(stage.run(["generate", "story.txt"] + words).status == 2)
    #expect(stage.simulator.log.isEmpty)
  }

  // MARK: Renders

  private func generated() throws -> ServiceProcess {
    let stage = try ServiceProcess()
    #expect(stage.run(["project", "new", "City: by night"]).status == 0)
    #expect(stage.run("extract talk.mp4").status == 0)
    #expect(stage.run(["say", "Generate a video of this"]).status == 0)
    return stage
  }

  @Test func aFolderGetsAFileOfTheProjectsName() throws {
    let stage = try generated()
    let run = stage.run("render -o out/")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("'out/City- by night.mp4' (200 kB)"), "\(run.output)")
    #expect(TestFile.read(stage.folder.path + "/out/City- by night.mp4")?.count == 200_000)
    let again = stage.run("render -o out")
    #expect(again.status == 1 && again.errors.contains("is there already"))
    #expect(stage.run("render -o out --force").status == 0)
  }

  @Test func whereTheVideoCantGoIsToldBeforeItIsMade() throws {
    let stage = try generated()
    #expect(stage.run("render -o no/such/film.mp4").errors.contains("Make the folder first"))
    TestFile.write([1], to: stage.folder.path + "/film.mp4")
    #expect(stage.run("render -o film.mp4").errors.contains("'--force'"))
    #expect(stage.simulator.renders.isEmpty)
    #expect(TestFile.read(stage.folder.path + "/film.mp4") == [1])
  }

  @Test func theVideoGoesToStandardOutput() throws {
    let stage = try generated()
    let run = CommandRun(
      shell: "$offbook render -o - > film.mp4", in: stage.folder,
      environment: [
        "NEMO_API_URL": stage.simulator.address, "OFFBOOK_PACE": "0.001",
        "XDG_CONFIG_HOME": stage.folder.path + "/config",
      ])
    #expect(run.status == 0, "\(run.errors)")
    #expect(TestFile.read(stage.folder.path + "/film.mp4")?.count == 200_000)
    #expect(stage.run("render -o - --json").status == 2)
  }

  @Test func editsThatWereNeverSentAreInTheVideo() throws {
    let stage = try generated()
    #expect(stage.run(["line", "set", "talk", "1", "--text", "Only here."]).status == 0)
    let charged = stage.simulator.charges.count
    #expect(stage.run("render").status == 0)
    #expect(stage.simulator.charges.count == charged)
    let render = try #require(stage.simulator.renders.last)
    #expect(String(decoding: render.draft, as: UTF8.self).contains("Only here."))
  }

  @Test func aRenderThatFailsIsTriedOnceMoreUnderANewName() throws {
    let stage = try generated()
    try stage.add(["render#1:fail-render"])
    #expect(stage.run("render").status == 0)
    #expect(stage.simulator.renders.count == 2)
    try stage.add(["render#1x2:fail-render"])
    let run = stage.run("render")
    #expect(run.status == 1 && run.errors.contains("tried twice"), "\(run.errors)")
  }

  @Test func syncTellsWhereTheVideoOfAnEarlierWishIs() throws {
    let stage = try generated()
    #expect(stage.run("render", offline: true).status == 6)
    let run = stage.run("sync")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("The video is in '"), "\(run.output)")
  }
}
