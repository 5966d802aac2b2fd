import Offbook
import ScriptModel
import TestSupport
import Testing

@Test func aFileThatIsImportedAgainGetsATitleOfItsOwn() throws {
  let folder = TemporaryFolder()
  let workspace = try Workspace.open(at: folder.path)
  let bytes = Array("Anna: One.\n\nAnna: Two.\n".utf8)
  let titles = try (0..<3).map { _ in
    try workspace.importBytes(bytes, named: "talk.txt", options: ImportOptions()).script.title
  }
  #expect(titles == ["talk", "talk (2)", "talk (3)"])
  var options = ImportOptions()
  options.title = "talk"
  #expect(
    try workspace.importBytes(bytes, named: "talk.txt", options: options).script.title == "talk")
}
