import JSONText
import TestSupport
import Testing

@testable import OffbookCLI

@Suite(.enabled(if: WorkingFacade.canOpen)) struct MergeAsAProcess {
  private let folder = TemporaryFolder()

  init() {
    let captions = """
      1
      00:00:01,000 --> 00:00:02,000
      Anna: Good morning and welcome.

      2
      00:00:03,000 --> 00:00:04,000
      Ben: It is a plesure to be here.

      3
      00:00:05,000 --> 00:00:06,000
      Anna: Rain again in Oslo?

      4
      00:00:07,000 --> 00:00:08,000
      Ben: Yes, as always.

      """
    TestFile.write(Array(captions.utf8), to: folder.path + "/talk.srt")
    run(["import", "talk.srt", "--title", "Talk"])
    run(["export", "Talk", "-o", "copy.md"])
  }

  @discardableResult
  private func run(_ words: [String]) -> CommandRun { CommandRun(words, in: folder) }

  private func edit(_ expression: String, _ file: String) {
    _ = CommandRun(shell: "sed -i '\(expression)' \(file)", in: folder)
  }

  private func data(_ words: [String]) throws -> JSONValue {
    try #require(try document(run(words + ["--json"]))["data"])
  }

  private func makeConflict() {
    edit("s/plesure/great honour/; s/Oslo/Bergen/", "copy.md")
    run(["line", "set", "Talk", "2", "--text", "It is a pleasure to be here."])
  }

  @Test func aCleanMergeIsDone() {
    edit("s/Oslo/Bergen/", "copy.md")
    run(["line", "set", "Talk", "2", "--text", "It is a pleasure to be here."])
    let merged = run(["merge", "Talk", "copy.md"])
    #expect(merged.status == 0)
    #expect(merged.output == "Merged 1 change into 'Talk' (revision 3).\n")
    #expect(merged.errors == "Compared with revision 1, which the file names.\n")
    let again = run(["merge", "Talk", "copy.md", "--quiet"])
    #expect(again.status == 0)
    #expect(again.output + again.errors == "")
  }

  @Test func aConflictIsExitCodeFiveAndSeenAtAGlance() throws {
    makeConflict()
    let merged = run(["merge", "Talk", "copy.md"])
    #expect(merged.status == 5)
    let id = try #require(try data(["conflicts"])["conflicts"]?[0]?["id"]?.string).prefix(8)
    let view = """
      The text of line 2: both sides changed it
        Ben · 00:00:03.000
        base    It is a plesure to be here.
        ours    It is a {+pleasure+} to be here.
        theirs  It is a {+great honour+} to be here.
        keep    offbook resolve \(id) --ours
        take    offbook resolve \(id) --theirs
        write   offbook resolve \(id) --text "…"

      """
    #expect(merged.output == "Merged 1 change into 'Talk' (revision 3).\n\n" + view)
    #expect(run(["conflicts", "Talk"]).output == view)
    #expect(run(["conflicts"]).output == "Script 'Talk'\n\n" + view)
    #expect(run(["conflicts"]).errors == "1 conflict waits for a decision.\n")
    #expect(view.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func openConflictsAreShownEverywhereButInExports() throws {
    makeConflict()
    run(["merge", "Talk", "copy.md"])
    let told = "1 conflict waits for a decision: see 'offbook conflicts'.\n"
    let show = run(["show", "Talk"])
    #expect(show.output.contains("\n2! 0:03  Ben: It is a pleasure"))
    #expect(show.output.contains("\n3  0:05  Anna:"))
    #expect(show.errors == told)
    #expect(run(["list"]).errors == told)
    #expect(run(["status"]).errors == told)
    #expect(run(["diff", "Talk", "1"]).output.contains("@ line 2 changed ! conflict\n"))
    #expect(try data(["list"])["scripts"]?[0]?["conflictCount"]?.integer == 1)
    #expect(try data(["status"])["projects"]?[0]?["conflicts"]?.integer == 1)
    let export = run(["export", "Talk", "-f", "md"])
    #expect(export.status == 0)
    #expect(!export.output.contains("honour"))
    #expect(!export.output.contains("<<<"))
  }

  @Test func theDocumentsHaveTheContractsShape() throws {
    makeConflict()
    let run = run(["merge", "Talk", "copy.md", "--json"])
    #expect(run.status == 5)
    let document = try document(run)
    #expect(document["ok"]?.bool == true)
    let merge = try #require(document["data"])
    #expect(merge["revision"]?.integer == 3)
    #expect(merge["applied"]?.integer == 1)
    #expect(merge["notes"]?.array == [])
    #expect(merge["base"]?["revision"]?.integer == 1)
    #expect(merge["base"]?["origin"]?.string == "named")
    let listed = try data(["conflicts", "Talk"])["conflicts"]
    #expect(merge["conflicts"] == listed)
    let conflict = try #require(listed?[0])
    #expect(
      conflict.object?.map(\.name) == [
        "id", "scriptId", "lineId", "field", "base", "ours", "theirs", "state", "number", "speaker",
      ])
    #expect(conflict["field"]?.string == "text")
    #expect(conflict["base"]?.string == "It is a plesure to be here.")
    #expect(conflict["ours"]?.string == "It is a pleasure to be here.")
    #expect(conflict["theirs"]?.string == "It is a great honour to be here.")
    #expect(conflict["state"]?.string == "open")
  }

  @Test(arguments: [
    (["--ours"], "It is a pleasure to be here."),
    (["--theirs"], "It is a great honour to be here."),
    (["--base"], "It is a plesure to be here."), (["--text", "Hello."], "Hello."),
  ])
  func aResolutionIsARevisionAndUndoOpensItAgain(words: [String], text: String) throws {
    makeConflict()
    run(["merge", "Talk", "copy.md"])
    let id = try #require(try data(["conflicts"])["conflicts"]?[0]?["id"]?.string)
    let resolved = run(["resolve", String(id.prefix(6))] + words)
    #expect(resolved.status == 0)
    #expect(resolved.output == "Settled the text of line 2. None is left (revision 4).\n")
    #expect(try data(["show", "Talk"])["lines"]?[1]?["text"]?.string == text)
    #expect(run(["conflicts"]).errors == "No conflicts.\n")
    #expect(run(["undo", "Talk"]).status == 0)
    #expect(try data(["conflicts"])["conflicts"]?[0]?["id"]?.string == id)
    #expect(run(["undo", "Talk"]).status == 0)
    #expect(try data(["conflicts"])["conflicts"]?.array == [])
  }

  @Test func allAreResolvedAtOnce() throws {
    makeConflict()
    run(["merge", "Talk", "copy.md"])
    #expect(run(["resolve", "--all", "--theirs", "Talk"]).status == 0)
    #expect(run(["resolve", "--all", "--theirs"]).output == "No conflicts.\n")
    #expect(
      try data(["show", "Talk"])["lines"]?[1]?["text"]?.string == "It is a great honour to be here."
    )
  }

  @Test(arguments: [
    ["resolve"], ["resolve", "--all"], ["resolve", "abcd"], ["resolve", "--all", "--text", "x"],
    ["resolve", "abcd", "--ours", "--theirs"], ["merge", "Talk", "copy.md", "--base", "99"],
  ])
  func whatMakesNoSenseIsWrongUse(words: [String]) {
    #expect(run(words).status == 2)
  }

  @Test func whatIsNotThereIsAFailure() {
    #expect(run(["resolve", "abcdef", "--ours"]).status == 1)
    #expect(run(["merge", "Talk", "none.md"]).status == 1)
    #expect(run(["merge", "Tall", "copy.md"]).status == 1)
  }

  @Test func aDryRunChangesNothing() throws {
    makeConflict()
    let before = try data(["show", "Talk"])
    let dry = run(["merge", "Talk", "copy.md", "--dry-run"])
    #expect(dry.status == 5)
    #expect(dry.output.hasPrefix("@ line 3 changed\n- Rain again in [-Oslo-]?\n"))
    #expect(dry.errors.hasSuffix("Dry run: nothing was changed.\n"))
    #expect(try data(["show", "Talk"]) == before)
    #expect(try data(["conflicts"])["conflicts"]?.array == [])
  }

  @Test func aCopyComesOnStandardInput() {
    edit("s/Oslo/Bergen/", "copy.md")
    let merged = CommandRun(shell: "\"$offbook\" merge Talk - <copy.md", in: folder)
    #expect(merged.status == 0)
    #expect(merged.output == "Merged 1 change into 'Talk' (revision 2).\n")
  }
}
