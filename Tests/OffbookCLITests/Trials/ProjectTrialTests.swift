import JSONText
import TestSupport
import Testing

@Suite(.enabled(if: WorkingFacade.canOpen)) struct ADeletedProject {
  let folder = TemporaryFolder()

  @Test func isStillInACopyFromBefore() throws {
    _ = CommandRun(["project", "new", "Talks"], in: folder)
    _ = CommandRun(["new", "Opening", "-p", "Talks"], in: folder)
    #expect(CommandRun(["project", "delete", "Talks"], in: folder).status == 0)
    let line = "mkdir old && cp workspace/backups/before-deleting-*.sqlite old/workspace.sqlite"
    #expect(CommandRun(shell: line, in: folder).status == 0)
    let old = try document(CommandRun(["list", "--workspace", "old", "--json"], in: folder))
    #expect(old["data"]?["scripts"]?[0]?["title"]?.string == "Opening")
  }
}
