import Offbook
import ScriptModel
import TestSupport
import Testing

/// What `samples/README.md` says of each file.
@Suite struct Samples {
  private let folder = TemporaryFolder()
  private let workspace: Workspace

  init() throws { workspace = try Workspace.open(at: folder.path + "/workspace") }

  private func imported(_ name: String) throws -> (report: ImportReport, script: Script) {
    let report = try workspace.importFile(
      Corpora.packageRoot + "/samples/" + name, options: ImportOptions())
    return (report, try workspace.script(report.script.id))
  }

  /// Who says what, without markup: only text files have none.
  private func turns(_ script: Script) -> [String] {
    script.lines.filter { $0.kind == .dialogue }.map { line in
      let name = script.speakers.first { $0.id == line.speaker }?.name ?? ""
      let words = ["<b>", "</b>", "<i>", "</i>"].reduce(line.text) { text, tag in
        text.split(separator: tag, omittingEmptySubsequences: false).joined()
      }
      return "\(name): " + words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  @Test func theInterviewTellsTheSameInThreeFormats() throws {
    let captions = try imported("interview.srt")
    #expect(captions.script.lines.count == 10)
    #expect(captions.report.speakers == ["Anna", "Speaker 2"])
    #expect(captions.script.lines.allSatisfy { $0.start != nil && $0.end != nil })
    for name in ["interview.txt", "interview.docx"] {
      #expect(turns(try imported(name).script) == turns(captions.script), "\(name)")
    }
  }

  @Test func theScreenplayHasHeadingsDirectionsAndDialogue() throws {
    let play = try imported("harbour.fountain").script
    #expect(play.kind == .script)
    for kind in [Line.Kind.heading, .direction, .dialogue] {
      #expect(play.lines.contains { $0.kind == kind }, "\(kind)")
    }
  }

  @Test func everyCaptionOfTheBrokenFileComesIn() throws {
    let broken = try imported("broken.srt")
    #expect(broken.script.lines.count == 6)
    #expect(broken.report.findings.count { $0.severity > .note } >= 5)
    #expect(broken.report.findings.allSatisfy { $0.line > 0 || $0.severity == .note })
  }
}
