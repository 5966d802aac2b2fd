import JSONText
import TestSupport
import Testing

@testable import OffbookCLI

@Suite(.enabled(if: WorkingFacade.canOpen)) struct WorkspacesAsAProcess {
  let folder = TemporaryFolder()

  private func run(_ words: [String]) -> CommandRun { CommandRun(words, in: folder) }

  private func data(_ words: [String]) throws -> JSONValue {
    let document = try document(run(words + ["--json"]))
    #expect(document["ok"]?.bool == true, "\(words)")
    return try #require(document["data"])
  }

  @Test func readingMakesNoWorkspace() {
    let run = run(["list"])
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("Error: "))
    #expect(CommandRun(shell: "ls -A", in: folder).output == "")
  }

  @Test func initMakesOneWhereItIsAsked() throws {
    #expect(try data(["init", "here"])["workspace"]?.string?.hasSuffix("/here") == true)
    #expect(try data(["list", "--workspace", "here"])["scripts"]?.array == [])
    #expect(run(["init", "here"]).status == 0)
  }

  @Test func statusHasTheContractsShape() throws {
    _ = run(["new", "Talk"])
    let status = try data(["status"])
    #expect(status.object?.map(\.name) == ["workspace", "projects", "credits"])
    #expect(status["credits"] == .null)
    let project = try #require(status["projects"]?[0])
    #expect(
      project.object?.map(\.name) == [
        "id", "name", "scripts", "edited", "queued", "inDoubt", "conflicts", "media",
      ])
    #expect(project["name"]?.string == "Scripts")
    #expect(project["scripts"]?.integer == 1)
  }

  @Test func projectsComeAndGo() throws {
    let made = try data(["project", "new", "Talks", "--language", "fr"])
    #expect(made["name"]?.string == "Talks")
    #expect(made["language"]?.string == "fr")
    let script = try data(["new", "Opening", "-p", "Talks"])
    #expect(script["projectId"] == made["id"])
    #expect(try data(["project", "rename", "Talks", "Speeches"])["id"] == made["id"])
    #expect(try data(["project", "show", "Speeches"])["scripts"]?.array?.count == 1)
    #expect(try data(["project", "delete", "Speeches", "--dry-run"])["id"] == made["id"])
    #expect(try data(["project", "list"])["projects"]?.array?.count == 1)
    #expect(run(["project", "delete", "Speeches"]).status == 0)
    #expect(try data(["project", "list"])["projects"]?.array?.isEmpty == true)
  }

  @Test func listHasTheContractsShape() throws {
    _ = run(["new", "日本\u{1B}[31m"])
    _ = run(["new", "Talk"])
    let script = try #require(try data(["list"])["scripts"]?.array?.last)
    #expect(
      script.object?.map(\.name) == [
        "id", "title", "projectId", "kind", "language", "lineCount", "revision", "conflictCount",
        "syncState",
      ])
    #expect(!run(["list"]).output.contains("\u{1B}"))
  }

  @Test func aSoundWorkspaceHasNoProblems() throws {
    _ = run(["new", "Talk"])
    let doctor = run(["doctor"])
    #expect(doctor.status == 0)
    #expect(doctor.output.hasSuffix("All is well.\n"))
    #expect(try data(["doctor"])["problemCount"]?.integer == 0)
  }

  @Test func aBackupIsAWorkspace() throws {
    _ = run(["new", "Talk"])
    #expect(run(["backup", "copy.sqlite"]).status == 0)
    #expect(run(["backup", "copy.sqlite"]).status == 1)
    #expect(run(["backup", "copy.sqlite", "--force"]).status == 0)
    _ = CommandRun(shell: "mkdir other && mv copy.sqlite other/workspace.sqlite", in: folder)
    #expect(try data(["list", "--workspace", "other"])["scripts"]?.array?.count == 1)
  }
}

private let caption = "1\n00:00:01,000 --> 00:00:02,000\nAnna: Hello.\n"

@Suite(.enabled(if: WorkingFacade.canOpen && WorkingFacade.canConvert))
struct FilesAsAProcess {
  let folder = TemporaryFolder()

  init() {
    TestFile.write(Array(caption.utf8), to: folder.path + "/one.srt")
    TestFile.write(Array(caption.utf8), to: folder.path + "/two.srt")
    TestFile.write([0, 1, 2, 0xFF], to: folder.path + "/bad.srt")
  }

  private func run(_ words: [String], input: String = "") -> CommandRun {
    CommandRun(words, in: folder, input: input)
  }

  @Test func importHasTheContractsShape() throws {
    let data = try #require(try document(run(["import", "one.srt", "--json"]))["data"])
    #expect(data.object?.map(\.name) == ["scripts", "failed"])
    let script = try #require(data["scripts"]?[0])
    #expect(
      script.object?.map(\.name) == [
        "id", "title", "projectId", "format", "encoding", "lineCount", "speakers", "findings",
      ])
    #expect(script["title"]?.string == "one")
    #expect(script["format"]?.string == "srt")
    #expect(script["lineCount"]?.integer == 1)
    #expect(data["failed"]?.array == [])
  }

  @Test func someBadFilesAreNamedAndTheOthersComeIn() throws {
    let run = run(["import", "one.srt", "none.srt", "two.srt", ".", "--json"])
    #expect(run.status == 3)
    let data = try #require(try document(run)["data"])
    #expect(data["scripts"]?.array?.count == 2)
    #expect(data["failed"]?.array?.compactMap { $0["file"]?.string } == ["none.srt", "."])
    #expect(data["failed"]?[0]?["type"]?.string == "fileProblem")
    let list = try document(self.run(["list", "--json"]))
    #expect(list["data"]?["scripts"]?.array?.count == 2)
  }

  @Test func onlyBadFilesAreAFailure() throws {
    let run = run(["import", "none.srt", "bad.srt", "--json"])
    #expect(run.status == 1)
    #expect(try document(run)["ok"]?.bool == false)
    #expect(run.errors.contains("none.srt") && run.errors.contains("bad.srt"))
  }

  @Test func standardInputIsImported() throws {
    let run = run(["import", "-", "--format", "srt", "--title", "In", "--json"], input: caption)
    #expect(try document(run)["data"]?["scripts"]?[0]?["title"]?.string == "In")
  }

  @Test func progressIsToldAsItIsAsked() throws {
    let events = run(["import", "one.srt", "two.srt", "--progress", "json"]).errors
      .split(separator: "\n").filter { $0.hasPrefix("{") }
    let event = try JSONValue(parsing: Array(#require(events.last).utf8))
    #expect(event["index"]?.integer == 2 && event["count"]?.integer == 2)
    #expect(event["item"]?.string == "two.srt")
    let plain = run(["import", "one.srt", "two.srt"]).errors
    #expect(plain.hasPrefix("[1/2] Importing one.srt\n"))
    #expect(!run(["import", "one.srt", "two.srt", "--progress=none"]).errors.contains("[1/2]"))
  }

  @Test func whatIsWrongWithAFileNamesIt() {
    let run = run(["convert", "bad.srt", "-o", "out.md"])
    #expect(run.status == 1)
    #expect(run.errors.contains("bad.srt"))
    #expect(CommandRun(shell: "ls out.md", in: folder).status != 0)
  }

  @Test func exportsGoWhereTheyAreAsked() throws {
    _ = run(["import", "one.srt", "two.srt"])
    #expect(run(["export", "one", "-f", "srt"]).output == caption)
    #expect(run(["export", "one", "-o", "a.md"]).status == 0)
    #expect(run(["export", "one", "-o", "a.md"]).status == 1)
    #expect(run(["export", "one", "-o", "a.md", "--force"]).status == 0)
    #expect(run(["export", "one", "two", "-f", "vtt", "-o", "out/"]).status == 0)
    #expect(CommandRun(shell: "ls -A out", in: folder).output == "one.vtt\ntwo.vtt\n")
    #expect(run(["export", "one", "two", "-f", "vtt", "-o", "out/"]).status == 1)
    _ = CommandRun(shell: "rm out/one.vtt", in: folder)
    #expect(run(["export", "one", "two", "-f", "vtt", "-o", "out/"]).status == 3)
    #expect(run(["export", "one", "two", "-f", "vtt"]).status == 2)
    #expect(run(["export", "one"]).status == 2)
  }

  @Test func aJSONExportIsTheScript() throws {
    _ = run(["import", "one.srt"])
    let raw = try document(run(["export", "one", "-f", "json"]))
    #expect(raw.object?.first?.name == "offbook")
    let wrapped = try document(run(["export", "one", "-f", "json", "--json"]))
    #expect(wrapped["data"] == raw)
  }

  @Test func aFullDiskLeavesNothing() {
    _ = run(["import", "one.srt"])
    let run = run(["export", "one", "-f", "srt", "-o", "/dev/full"])
    #expect(run.status == 1)
    #expect(run.errors.contains("No space left on device"))
  }

  @Test func conversionHasTheContractsShape() throws {
    let run = run(["convert", "one.srt", "-o", "one.txt", "--json"])
    let data = try #require(try document(run)["data"])
    #expect(
      data.object?.map(\.name) == [
        "input", "output", "format", "encoding", "lineCount", "speakers", "findings", "lost",
      ])
    #expect(data["format"]?["from"]?.string == "srt")
    #expect(data["format"]?["to"]?.string == "txt")
    #expect(TestFile.read(folder.path + "/one.txt") != nil)
    #expect(CommandRun(shell: "ls workspace", in: folder).status != 0)
  }

  @Test func aPipeConverts() {
    let run = run(["convert", "-", "-o", "-", "--from", "srt", "--to", "srt"], input: caption)
    #expect(run.output == caption)
  }
}
