import JSONText
import ScriptModel
import TestSupport
import Testing

@testable import ScriptFormats

/// Why turns differ from the expected results on purpose, and how many do.
private let explained: [String: (turns: Int, reason: String)] = [
  "bitcointranscripts__cluster-mempool-by-murch.md": (
    1, "the heading under the first label is a line of its own, not words of the speaker"
  ),
  "pm__Meeting_04.md": (1, "the dashes under the title mark a heading and are no words"),
  "made__fountain.txt": (2, "the extension (V.O.) stays in the name, which is allowed there"),
  "screenplay-tools__TitlePage.fountain": (1, "the title page is metadata, not a line"),
  "transcripts__go-time-338.md": (
    6, "times behind the label such as `\\[12:23\\]` are read as times, not as text"
  ),
]

@Suite struct TranscriptCorpusTests {
  @Test func turnsOfRealTranscriptsAreRight() throws {
    let files = Corpora.files(in: "txt")
    guard !files.isEmpty else {
      print("No corpora beside the project: real transcripts were not read.")
      return
    }
    var counts: [String: (right: Int, all: Int)] = [:]
    for file in files {
      guard let bytes = Corpora.bytes(of: "txt/" + file),
        let json = Corpora.bytes(of: "expected/txt/" + file + ".json")
      else { continue }
      let expected = try JSONValue(parsing: json)
      if expected["encoding_only"]?.bool == true { continue }
      let comparison = TurnComparison(read(bytes, file), expected: expected)
      let convention = expected["convention"]?.string ?? "made"
      let (right, all) = counts[convention] ?? (0, 0)
      counts[convention] = (right + comparison.right, all + comparison.turns.count)
      for miss in comparison.misses { print("  \(file): \(miss)") }
      let allowed = explained[file]?.turns ?? 0
      #expect(comparison.misses.count <= allowed, "\(file) has turns that nothing explains")
    }
    var right = 0
    var all = 0
    for (convention, count) in counts.sorted(by: { $0.key < $1.key }) {
      print("\(convention): \(count.right) of \(count.all) turns right")
      right += count.right
      all += count.all
    }
    print("All: \(right) of \(all)")
    #expect(right * 100 >= all * 95)
  }

  @Test(arguments: [FormatName.text, .markdown])
  func realTranscriptsAreReadBackAsWritten(_ format: FormatName) throws {
    for file in Corpora.files(in: "txt") {
      guard let bytes = Corpora.bytes(of: "txt/" + file),
        String(validating: bytes, as: UTF8.self) != nil
      else { continue }
      let document = read(bytes, file)
      var options = WriteOptions(format: format)
      options.times = true
      let written = try ScriptWriting.write(document, options: options)
      // The reader alone does not take control characters out, which no file gets back.
      if written.lost.contains(where: { $0.contains("control character") }) { continue }
      let back =
        format == .text
        ? TranscriptReader.read(written.bytes, options: ReadOptions())
        : MarkdownReader.read(written.bytes, options: ReadOptions())
      #expect(
        KeptLine.lines(of: back, times: true) == KeptLine.lines(of: document, times: true),
        "\(file)")
    }
  }

  private func read(_ bytes: [UInt8], _ file: String) -> ScriptDocument {
    let options = ReadOptions()
    if file.hasSuffix(".fountain") { return FountainReader.read(bytes, options: options) }
    if file.hasSuffix(".md") { return MarkdownReader.read(bytes, options: options) }
    return TranscriptReader.read(bytes, options: options)
  }
}
