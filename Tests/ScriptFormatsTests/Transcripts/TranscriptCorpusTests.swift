import JSONText
import ScriptModel
import TestSupport
import Testing

@testable import ScriptFormats

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
      for miss in comparison.misses.prefix(6) { print("  \(file): \(miss)") }
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

  private func read(_ bytes: [UInt8], _ file: String) -> ScriptDocument {
    let options = ReadOptions()
    if file.hasSuffix(".fountain") { return FountainReader.read(bytes, options: options) }
    if file.hasSuffix(".md") { return MarkdownReader.read(bytes, options: options) }
    return TranscriptReader.read(bytes, options: options)
  }
}
