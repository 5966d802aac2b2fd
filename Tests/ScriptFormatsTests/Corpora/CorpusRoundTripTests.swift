import ScriptFormats
import ScriptModel
import TestSupport
import Testing

/// What is read out of real files is written in every format, and reads back equal.
struct CorpusRoundTripTests {
  /// What a format has no room for by its nature; everything else must read back.
  private static let expectedLosses = [
    " note", "written as captions", "estimated ones are written", "before zero", "times of",
    "speaker name",
  ]

  @Test(
    arguments: [FormatName.srt, .webVTT, .text, .markdown, .docx, .json],
    WriteOptions.Speakers.allCases)
  func realFilesReadBackEqual(format: FormatName, speakers: WriteOptions.Speakers) {
    var written = 0
    var fallbacks = 0
    for folder in ["srt", "vtt", "docx", "txt"] {
      let files = Corpora.files(in: folder)
      if files.isEmpty { print("SKIPPED: no corpora beside the project") }
      for file in files {
        guard let document = read("\(folder)/\(file)", named: file) else { continue }
        for times in [true, false] {
          written += 1
          fallbacks += fallbacksOfWriting(document, format, speakers, times, "\(folder)/\(file)")
        }
      }
    }
    print("\(format) \(speakers): \(written) exports, \(fallbacks) that do not read back equal")
  }

  private func fallbacksOfWriting(
    _ document: ScriptDocument, _ format: FormatName, _ speakers: WriteOptions.Speakers,
    _ times: Bool, _ file: String
  ) -> Int {
    var options = WriteOptions(format: format)
    options.speakers = speakers
    options.times = times
    do {
      let result = try ScriptWriting.write(document, options: options)
      let unequal = result.lost.filter { loss in
        loss.hasPrefix("exact") || !Self.expectedLosses.contains { loss.contains($0) }
      }
      #expect(unequal == [], "\(file) \(times)")
      return unequal.isEmpty ? 0 : 1
    } catch {
      Issue.record("\(file): \(error)")
      return 1
    }
  }

  private func read(_ path: String, named name: String) -> ScriptDocument? {
    guard let bytes = Corpora.bytes(of: path) else { return nil }
    var options = ReadOptions()
    options.fileName = name
    // What is refused is the business of the corpus tests.
    return (try? ScriptReading.read(bytes, options: options))?.document
  }
}
