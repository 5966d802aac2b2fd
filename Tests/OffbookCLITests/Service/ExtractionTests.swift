import BackendSimulator
import JSONText
import TestSupport
import Testing

/// Video to script, as a process.
@Suite struct Extractions {
  /// A simulator that knows what is said in `talk.mp4`, and can be told that it is something else.
  private func stage(saying text: String) throws -> (ServiceProcess, TemporaryFolder) {
    let fixtures = TemporaryFolder()
    TestFile.write(Array(text.utf8), to: fixtures.path + "/talk.txt")
    return (try ServiceProcess { $0.agent.fixturesFolder = fixtures.path }, fixtures)
  }

  private static let said = """
    [00:00:00.000 --> 00:00:02.000] Anna: Good morning.
    [00:00:02.000 --> 00:00:04.000] Ben: The lamp is lit.
    [00:00:04.000 --> 00:00:06.000] Anna: How long have you kept it?
    """

  @Test func oneFailureDoesNotStopTheRest() throws {
    let stage = try ServiceProcess()
    for name in ["b.mp4", "c.mov", "refused.mp4"] { stage.media(name) }
    TestFile.write(Array("x".utf8), to: stage.folder.path + "/notes.xyz")
    #expect(TestFile.makeHole(501 << 20, at: stage.folder.path + "/big.mp4"))
    try stage.add(["upload#2:status,status=200,code=4001"])
    let run = stage.run("extract talk.mp4 notes.xyz gone.mp4 big.mp4 refused.mp4 b.mp4 c.mov")
    #expect(run.status == 3, "\(run.errors)")
    for title in ["talk", "b", "c"] { #expect(run.output.contains("Extracted '\(title)' from")) }
    for name in ["notes.xyz", "gone.mp4", "big.mp4", "refused.mp4"] {
      #expect(run.errors.contains("'\(name)'"), "\(name): \(run.errors)")
    }
    #expect(stage.count(.upload) == 4 && stage.count(.message) == 3)
    let (document, _) = try stage.document(["list"])
    let scripts = document["data"]?["scripts"]?.array ?? []
    #expect(Set(scripts.compactMap { $0["title"]?.string }) == ["talk", "b", "c"])
  }

  @Test func programsGetEachScriptAndEachFailure() throws {
    let stage = try ServiceProcess()
    stage.media("b.mp4")
    let (document, status) = try stage.document(["extract", "talk.mp4", "gone.mp4", "b.mp4"])
    #expect(status == 3 && document["ok"]?.bool == true)
    let done = document["data"]?["extractions"]?.array ?? []
    #expect(done.compactMap { $0["state"]?.string } == ["done", "done"])
    #expect(Set(done.compactMap { $0["scriptId"]?.string }).count == 2)
    let failed = document["data"]?["failed"]?.array ?? []
    #expect(failed.map { $0["file"]?.string } == ["gone.mp4"])
    #expect(failed.map { $0["type"]?.string } == ["fileProblem"])
  }

  @Test func aFailureOfAllIsAFailure() throws {
    let stage = try ServiceProcess()
    let run = stage.run("extract gone.mp4 away.mp4")
    #expect(run.status == 1)
    #expect(run.errors.contains("'gone.mp4'") && run.errors.contains("'away.mp4'"))
    #expect(stage.simulator.log.isEmpty)
  }

  @Test func correctionsByHandStayWhenTheSameMediaIsExtractedAgain() throws {
    let (stage, fixtures) = try stage(saying: Self.said)
    #expect(stage.run("extract talk.mp4").status == 0)
    #expect(stage.run(["line", "set", "talk", "2", "--text", "The lamp is out."]).status == 0)
    #expect(stage.run(["speaker", "rename", "Ben", "Bert"]).status == 0)
    let better = Self.said.replacing("Good morning.", with: "Good evening.")
    TestFile.write(Array(better.utf8), to: fixtures.path + "/talk.txt")
    let run = stage.run("extract talk.mp4")
    #expect(run.status == 0, "\(run.errors)")
    let shown = stage.run("show talk").output
    #expect(shown.contains("Anna: Good evening."), "\(shown)")
    #expect(shown.contains("Bert: The lamp is out."), "\(shown)")
    #expect(stage.count(.upload) == 1)
    let (document, _) = try stage.document(["list"])
    #expect(document["data"]?["scripts"]?.array?.count == 1)
    #expect(stage.run("undo talk").status == 0)
    #expect(stage.run("show talk").output.contains("Anna: Good morning."))
  }

  @Test func aLineThatBothChangedWaitsForADecision() throws {
    let (stage, fixtures) = try stage(saying: Self.said)
    #expect(stage.run("extract talk.mp4").status == 0)
    #expect(stage.run(["line", "set", "talk", "2", "--text", "The lamp is out."]).status == 0)
    let other = Self.said.replacing("The lamp is lit.", with: "The lamp is red.")
    TestFile.write(Array(other.utf8), to: fixtures.path + "/talk.txt")
    let run = stage.run("extract talk.mp4")
    #expect(run.status == 5, "\(run.errors)")
    #expect(stage.run("show talk").output.contains("The lamp is out."))
    let view = stage.run("conflicts talk")
    #expect(view.output.contains("out") && view.output.contains("red"), "\(view.output)")
  }

  @Test(arguments: TranscriptLayout.allCases)
  func everyLayoutOfTheReplyGivesTheSameScript(_ layout: TranscriptLayout) throws {
    let (stage, fixtures) = try stage(saying: Self.said)
    defer { withExtendedLifetime(fixtures) {} }
    stage.simulator.change { $0.agent.layout = layout }
    #expect(stage.run("extract talk.mp4").status == 0)
    let shown = stage.run("show talk").output.split(separator: "\n").dropFirst().joined(
      separator: "\n")
    #expect(
      shown == """
        1  0:00  Anna: Good morning.
        2  0:02  Ben: The lamp is lit.
        3  0:04  Anna: How long have you kept it?
        """)
  }

  @Test func anAddressIsFetchedByTheService() throws {
    let stage = try ServiceProcess()
    let run = stage.run("extract https://example.com/clips/city.mp4")
    #expect(run.status == 0, "\(run.errors)")
    #expect(stage.simulator.uploads().map(\.name) == ["city.mp4"])
    #expect(run.output.contains("Extracted 'city'"))
  }

  @Test func severalFilesAreKeptOfflineAndDoneInOrder() throws {
    let stage = try ServiceProcess()
    stage.media("b.mp4")
    let run = stage.run("extract talk.mp4 b.mp4", offline: true)
    #expect(run.status == 6, "\(run.errors)")
    #expect(run.errors.contains("'talk.mp4' is kept") && run.errors.contains("'b.mp4' is kept"))
    #expect(
      run.errors.split(separator: "\n").count(where: { $0.contains("can't be reached") }) == 1)
    #expect(stage.run("sync").status == 0)
    #expect(stage.messages.count == 2 && stage.messages[0].contains("talk.mp4"))
    #expect(stage.messages[1].contains("b.mp4"))
  }
}
