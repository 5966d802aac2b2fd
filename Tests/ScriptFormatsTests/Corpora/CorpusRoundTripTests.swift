import ScriptFormats
import ScriptModel
import TestSupport
import Testing

/// What is read out of real files is written in every format of captions, and reads back equal.
struct CorpusRoundTripTests {
  @Test(arguments: [FormatName.srt, .webVTT, .json], [WriteOptions.Speakers.every, .change])
  func realCaptionsReadBackEqual(format: FormatName, speakers: WriteOptions.Speakers) {
    var all = 0
    for folder in ["srt", "vtt"] {
      let files = Corpora.files(in: folder)
      if files.isEmpty { print("SKIPPED: no corpora beside the project") }
      for file in files {
        guard let document = read("\(folder)/\(file)", named: file) else { continue }
        all += 1
        var options = WriteOptions(format: format)
        options.speakers = speakers
        do {
          let written = try ScriptWriting.write(document, options: options)
          let unequal = written.lost.filter { $0.hasPrefix("speakers of") }
          #expect(unequal == [], "\(file)")
        } catch {
          Issue.record("\(file): \(error)")
        }
      }
    }
    print("\(format) \(speakers): \(all) files")
  }

  private func read(_ path: String, named name: String) -> ScriptDocument? {
    guard let bytes = Corpora.bytes(of: path) else { return nil }
    var options = ReadOptions()
    options.fileName = name
    // What is refused is the business of the corpus tests.
    return (try? ScriptReading.read(bytes, options: options))?.document
  }
}
