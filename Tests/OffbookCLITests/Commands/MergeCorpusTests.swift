import JSONText
import TestSupport
import Testing

@testable import OffbookCLI

/// Real histories through the command: the base is imported, ours and theirs are merged into it.
@Suite(.enabled(if: WorkingFacade.canOpen)) struct MergeCorpusAsAProcess {
  private static let names: [String] = {
    let names = Corpora.files(in: "merge")
    if names.isEmpty { print("passed over: no merge corpus beside the project") }
    return names
  }()

  @Test(arguments: names)
  func theCaseMergesOrConflicts(name: String) throws {
    let files = Corpora.files(in: "merge/" + name)
    let meta = Corpora.bytes(of: "merge/" + name + "/meta.json") ?? []
    let text = String(decoding: meta, as: UTF8.self)
    let isClean = text.contains("-clean\"") || text.contains("\"token_merge_equals_result\": true")
    let place = try #require(Corpora.folder) + "/merge/" + name + "/"
    func path(_ stem: String) throws -> String {
      place + (try #require(files.first { $0.hasPrefix(stem + ".") }))
    }
    let folder = TemporaryFolder()
    func run(_ words: [String]) -> CommandRun { CommandRun(words, in: folder) }
    #expect(run(["import", try path("base"), "--title", "Merged"]).status == 0)
    #expect(run(["merge", "Merged", try path("ours"), "--json"]).status == 0)
    let merge = run(["merge", "Merged", try path("theirs"), "--base", "1", "--json"])
    #expect(merge.status == 0 || merge.status == 5, "\(merge.errors)")
    #expect(run(["import", try path("result"), "--title", "Expected"]).status == 0)
    let isSame = try lines("Merged", folder) == lines("Expected", folder)
    if isClean { #expect(isSame && merge.status == 0) }
    if merge.status == 0, !isSame { try expectNothingLost(folder, path) }
  }

  private func lines(_ title: String, _ folder: TemporaryFolder) throws -> [[JSONValue?]] {
    let export = CommandRun(["export", title, "-f", "json"], in: folder)
    let document = try JSONValue(parsing: Array(export.output.utf8))
    return (document["lines"]?.array ?? []).map { line in
      ["kind", "speaker", "start", "end", "text"].map { line[$0] }
    }
  }

  /// Where people settled a case by words of their own, every word that a side added is still there.
  private func expectNothingLost(
    _ folder: TemporaryFolder, _ path: (String) throws -> String
  ) throws {
    for (stem, title) in [("base", "Base"), ("ours", "Ours"), ("theirs", "Theirs")] {
      _ = CommandRun(["import", try path(stem), "--title", title], in: folder)
    }
    let merged = try words("Merged", folder)
    let base = try words("Base", folder)
    for title in ["Ours", "Theirs"] {
      let added = try words(title, folder).subtracting(base)
      #expect(added.subtracting(merged).isEmpty, "\(title)")
    }
  }

  private func words(_ title: String, _ folder: TemporaryFolder) throws -> Set<Substring> {
    let texts = try lines(title, folder).compactMap { $0.last??.string }
    return Set(texts.flatMap { $0.split { $0 == " " || $0 == "\n" } })
  }
}
