import Offbook
import ScriptModel
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The README's example is the code of this test, word for word.
@Suite struct TheExampleOfTheReadme {
  private let temporary = TemporaryFolder()
  private var folder: String { temporary.path + "/talks" }

  @Test func runs() throws {
    try #require(chdir(Corpora.packageRoot) == 0)
    let page = String(decoding: try example(), as: UTF8.self)
    #expect(page.contains("**Bert:**"))
    #expect(!page.contains("Speaker 2"))
  }

  private func example() throws -> [UInt8] {
    // README
    let workspace = try Workspace.open(at: folder)
    let report = try workspace.importFile("samples/interview.srt", options: ImportOptions())
    _ = try workspace.renameSpeaker("Speaker 2", to: "Bert", in: report.script.projectID)
    let page = try workspace.export(report.script.id, options: ExportOptions(format: .markdown))
    // README ends
    return page.bytes
  }

  @Test func isTheCodeOfThisTest() throws {
    let readme = SourceTree.rows(of: "README.md")
    let start = try #require(readme.firstIndex(of: "```swift"))
    let end = try #require(readme[start...].firstIndex(of: "```"))
    let block = readme[(start + 1)..<end]
    let imports = block.filter { $0.hasPrefix("import ") }
    let code = block.filter { !$0.isEmpty && !$0.hasPrefix("import ") }

    let test = SourceTree.rows(of: "Tests/OffbookTests/ReadmeExampleTests.swift")
    let first = try #require(test.firstIndex(of: "    // README"))
    let last = try #require(test.firstIndex(of: "    // README ends"))
    #expect(!code.isEmpty)
    #expect(imports.allSatisfy { test.contains($0) })
    #expect(code.map { "    " + $0 } == Array(test[(first + 1)..<last]))
  }
}
