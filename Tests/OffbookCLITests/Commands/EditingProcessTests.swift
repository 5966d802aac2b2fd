import JSONText
import TestSupport
import Testing

@testable import OffbookCLI

/// A workspace of a test's own with a script of three lines.
private struct Stage {
  let folder = TemporaryFolder()

  init() {
    run(["new", "Talk"])
    run(["line", "add", "Talk", "Good morning.", "--speaker", "Anna", "--start", "1", "--end", "2"])
    run(["line", "add", "Talk", "Good morning, Anna.", "--speaker", "Ben", "--start", "2.5"])
    run(["line", "add", "Talk", "- Rain again?"])
  }

  @discardableResult
  func run(
    _ words: [String], environment: [String: String] = [:]
  ) -> CommandRun { CommandRun(words, in: folder, environment: environment) }

  func data(_ words: [String]) throws -> JSONValue {
    let document = try document(run(words + ["--json"]))
    #expect(document["ok"]?.bool == true, "\(words)")
    return try #require(document["data"])
  }

  func texts() throws -> [String] {
    try data(["show", "Talk"])["lines"]?.array?.compactMap { $0["text"]?.string } ?? []
  }

  func revision() throws -> Int64? { try data(["show", "Talk"])["revision"]?.integer }
}

@Suite(.enabled(if: WorkingFacade.canOpen)) struct EditingAsAProcess {
  private let stage = Stage()

  @Test func showHasTheContractsShape() throws {
    let data = try stage.data(["show", "Talk"])
    let names = data.object?.map(\.name)
    #expect(
      names == ["id", "title", "projectId", "kind", "language", "revision", "speakers", "lines"])
    let line = try #require(data["lines"]?[0])
    #expect(
      line.object?.map(\.name) == ["id", "number", "kind", "speaker", "start", "end", "text"])
    #expect(line["speaker"]?.string == "Anna")
    #expect(line["start"]?.integer == 1000)
    #expect(data["lines"]?[2]?["speaker"] == .null)
    #expect(data["lines"]?[2]?["text"]?.string == "- Rain again?")
  }

  @Test func aLineAddedBehindNumberZeroIsTheFirst() throws {
    stage.run(["line", "add", "Talk", "Before all.", "--after", "0"])
    #expect(try stage.texts().first == "Before all.")
    #expect(try stage.texts().count == 4)
  }

  @Test func anImportOfNoFileMakesNoWorkspace() {
    let folder = TemporaryFolder()
    let run = CommandRun(["import", "missing.srt"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("'missing.srt' can't be read"))
    #expect(CommandRun(["status"], in: folder).errors.contains("There is no workspace"))
  }

  @Test func showIsReadable() {
    let run = stage.run(["show", "Talk", "--lines", "1-2"])
    #expect(run.errors == "")
    #expect(
      run.output.hasSuffix("\n\n1  0:01  Anna: Good morning.\n2  0:02  Ben: Good morning, Anna.\n"))
    #expect(run.output.hasPrefix("Talk (2 of 3 lines, revision "))
  }

  @Test func anEditIsOneRevisionAndCanBeUndone() throws {
    let before = try #require(try stage.revision())
    let data = try stage.data(["line", "set", "Talk", "2", "--text", "Hello, Anna."])
    #expect(data.object?.map(\.name) == ["scriptId", "revision", "changes"])
    #expect(data["revision"]?.integer == before + 1)
    #expect(data["changes"]?[0]?["op"]?.string == "change")
    #expect(data["changes"]?[0]?["before"]?["text"]?.string == "Good morning, Anna.")
    #expect(data["changes"]?[0]?["after"]?["text"]?.string == "Hello, Anna.")
    #expect(try stage.texts()[1] == "Hello, Anna.")
    #expect(stage.run(["undo", "Talk"]).status == 0)
    #expect(try stage.texts()[1] == "Good morning, Anna.")
    #expect(stage.run(["redo", "Talk"]).status == 0)
    #expect(try stage.texts()[1] == "Hello, Anna.")
  }

  @Test func aSuccessSaysNothingOnStandardError() {
    let run = stage.run(["line", "set", "Talk", "2", "--text", "Hello."])
    #expect(run.errors == "")
    #expect(run.output.hasPrefix("Changed line 2 (revision "))
    #expect(stage.run(["line", "set", "Talk", "2", "--text", "Bye.", "--quiet"]).output == "")
    #expect(
      stage.run(["line", "set", "Talk", "2", "--text", "Bye."]).output == "Nothing to change.\n")
  }

  @Test(arguments: [
    ["line", "set", "Talk", "1", "--text", "Good evening."], ["line", "delete", "Talk", "1-2"],
    ["line", "add", "Talk", "New."], ["line", "split", "Talk", "2", "--at", "Anna"],
    ["line", "join", "Talk", "1-2"], ["line", "move", "Talk", "3", "--after", "0"],
    ["speaker", "rename", "Anna", "Anna Lee"], ["speaker", "merge", "Anna", "Ben"],
    ["speaker", "assign", "Talk", "3", "Carl"], ["retime", "Talk", "--shift", "+250ms"],
    ["retime", "Talk", "--from", "25", "--to", "23.976"],
    ["replace", "morning", "evening", "Talk"],
    ["undo", "Talk"], ["restore", "Talk", "2"],
  ])
  func aDryRunShowsTheDifferenceAndChangesNothing(words: [String]) throws {
    let before = try stage.data(["show", "Talk"])
    let run = stage.run(words + ["--dry-run"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("@ line "))
    #expect(try stage.data(["show", "Talk"]) == before)
    #expect(stage.run(words).status == 0)
    #expect(try stage.data(["show", "Talk"]) != before)
  }

  @Test func aDifferenceIsExitCodeEight() {
    stage.run(["line", "set", "Talk", "1", "--text", "Good evening."])
    let run = stage.run(["diff", "Talk"])
    #expect(run.status == 8)
    #expect(
      run.output == "@ line 1 changed\n- Good [-morning-].\n+ Good {+evening+}.\n")
    #expect(stage.run(["diff", "Talk", "2", "2"]).status == 0)
  }

  @Test func historyHasTheContractsShape() throws {
    let log = try stage.data(["log", "Talk"])
    let newest = try #require(log["revisions"]?[0])
    #expect(
      newest.object?.map(\.name) == ["id", "sequence", "kind", "message", "date", "changeCount"])
    #expect(newest["sequence"]?.integer == 4)
    let blame = try stage.data(["blame", "Talk"])
    #expect(blame["lines"]?[1]?["revision"]?["sequence"]?.integer == 3)
    let id = try #require(newest["id"]?.string)
    #expect(try stage.data(["show", "Talk", "--at", id])["lines"]?.array?.count == 3)
    #expect(try stage.data(["show", "Talk", "--at", "2"])["lines"]?.array?.count == 1)
  }

  @Test func aDeletedScriptComesBack() throws {
    #expect(stage.run(["delete", "Talk", "--dry-run"]).status == 0)
    #expect(stage.run(["show", "Talk"]).status == 0)
    #expect(stage.run(["delete", "Talk"]).status == 0)
    #expect(stage.run(["show", "Talk"]).status == 1)
    #expect(stage.run(["undo", "Talk"]).status == 0)
    #expect(try stage.texts().count == 3)
  }

  @Test func whatDoesNotExistIsAFailure() throws {
    let run = stage.run(["show", "Tall", "--json"])
    #expect(run.status == 1)
    let document = try document(run)
    #expect(document["command"]?.string == "show")
    #expect(document["error"]?["type"]?.string == "notFound")
    #expect(stage.run(["line", "delete", "Talk", "99"]).status != 0)
  }

  @Test(arguments: [
    ["line", "set", "Talk", "1-2", "--text", "x"], ["line", "set", "Talk", "1"],
    ["retime", "Talk"], ["replace", "a", "b"], ["show", "Talk", "--lines", "9-10"],
  ])
  func whatMakesNoSenseIsWrongUse(words: [String]) throws {
    let before = try stage.texts()
    #expect(stage.run(words).status == 2)
    #expect(try stage.texts() == before)
  }

  @Test func searchFindsLinesWithTheirWordsMarked() throws {
    let hit = try #require(try stage.data(["search", "rain"])["hits"]?[0])
    #expect(hit["number"]?.integer == 3)
    #expect(hit["snippet"]?.string == "- **Rain** again?")
    let none = stage.run(["search", "sunshine"])
    #expect(none.status == 0)
    #expect(none.output == "")
  }
}

@Suite(.enabled(if: WorkingFacade.canOpen)) struct EditorAsAProcess {
  private let stage = Stage()

  private func edit(_ editor: String, _ words: [String] = []) -> CommandRun {
    stage.run(["edit", "Talk"] + words, environment: ["EDITOR": editor])
  }

  private var kept: String { CommandRun(shell: "cat workspace/edits/*/*", in: stage.folder).output }

  @Test func whatTheEditorLeavesIsOneRevision() throws {
    let before = try #require(try stage.revision())
    #expect(edit("sed -i s/morning/evening/").status == 0)
    #expect(try stage.texts() == ["Good evening.", "Good evening, Anna.", "- Rain again?"])
    #expect(try stage.revision() == before + 1)
    #expect(kept == "")
  }

  @Test func visualComesBeforeEditor() throws {
    stage.run(
      ["edit", "Talk"], environment: ["EDITOR": "false", "VISUAL": "sed -i s/Rain/Snow/"])
    #expect(try stage.texts()[2] == "- Snow again?")
  }

  @Test func anUnchangedTextIsNoRevision() throws {
    let before = try stage.revision()
    let run = edit("true")
    #expect(run.status == 0)
    #expect(run.output == "Nothing to change.\n")
    #expect(try stage.revision() == before)
  }

  @Test func whatWasTypedOutlivesAFailingEditor() throws {
    let run = edit("sh -c 'echo typed >>\"$1\"; exit 3' sh")
    #expect(run.status == 1)
    #expect(run.errors.contains("Your text is kept in '"))
    #expect(kept.hasSuffix("typed\n"))
    #expect(try stage.texts().count == 3)
  }

  @Test func wordsThatWereChangedElsewhereMeanwhileAreToldOf() throws {
    let elsewhere = "\"$offbook\" -q line set Talk 1 --text \"Good evening.\""
    let run = CommandRun(
      shell: """
        cat >editor <<'END'
        \(elsewhere)
        sed -i 's/Good morning\\.$/Good night./' "$1"
        END
        EDITOR="sh ./editor" "$offbook" edit Talk
        """, in: stage.folder)
    #expect(run.status == 5)
    #expect(run.errors.contains("'offbook conflicts' shows both"))
    #expect(try stage.texts()[0] == "Good evening.")
  }

  @Test func otherEncodingsThanUTF8AreRefusedAndKept() throws {
    let before = try stage.texts()
    let run = edit("sh -c 'printf \"caf\\351\\n\" >>\"$1\"' sh")
    #expect(run.status == 1)
    #expect(run.errors.contains("not UTF-8"))
    #expect(run.errors.contains("Your text is kept in '"))
    #expect(try stage.texts() == before)
  }

  @Test func anEditorThatIsMissingIsExplained() {
    let run = edit("no-such-editor")
    #expect(run.status == 1)
    #expect(run.errors.contains("was not found"))
    #expect(kept == "")
  }

  @Test func whatCanNotBeReadIsKept() throws {
    let before = try stage.texts()
    let run = edit("sh -c 'printf \"[0:61:99:1] x\\n\\377\" >\"$1\"' sh")
    #expect(run.status == 1)
    #expect(run.errors.contains("Your text is kept in '"))
    #expect(try stage.texts() == before)
    #expect(kept.hasPrefix("[0:61:99:1] x"))
  }
}
