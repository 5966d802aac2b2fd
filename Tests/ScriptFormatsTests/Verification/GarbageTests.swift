import ScriptFormats
import ScriptModel
import Testing
import TestSupport

/// Nothing in a file traps, and nothing takes long.
struct GarbageTests {
  @Test(arguments: [FormatName?.none, .srt, .webVTT, .json])
  func randomBytesAreReadOrRefused(format: FormatName?) {
    for seed in UInt64(0)..<300 {
      var random = SeededGenerator(seed: seed)
      let count = Int.random(in: 0...400, using: &random)
      let alphabet = Array("0123456789:,.->\n\r <>{}\\/bivc&;WEBVTT\u{FEFF}é\u{0}[]\"".utf8)
      let bytes = (0..<count).map { _ in
        seed % 2 == 0
          ? UInt8.random(in: 0...255, using: &random) : alphabet.randomElement(using: &random) ?? 0
      }
      read(bytes, format)
    }
  }

  @Test func mutatedFilesAreReadOrRefused() {
    let files =
      Corpora.files(in: "srt").map { "srt/" + $0 } + Corpora.files(in: "vtt").map { "vtt/" + $0 }
    if files.isEmpty { print("SKIPPED: no corpora beside the project") }
    var random = SeededGenerator(seed: 7)
    for file in files {
      guard var bytes = Corpora.bytes(of: file), bytes.count > 4, bytes.count < 6000 else {
        continue
      }
      for _ in 0..<4 {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(contentsOf: bytes[at...].prefix(9), at: at)
        default: bytes.removeLast(bytes.count - at)
        }
        if bytes.count < 4 { break }
        read(bytes, nil)
      }
    }
  }

  @Test(arguments: [
    "<b ", "<", "{\\", "&", "<v ", "1\n", "\n", "00:00:01,000 --> ", "\u{0}a", "\u{FFFD}",
  ])
  func repetitionTakesNoTimeThatGrowsWithItsSquare(piece: String) {
    let body = String(repeating: piece, count: 60_000)
    for head in ["1\n00:00:01,000 --> 00:00:02,000\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n"] {
      let time = ProcessorTime.seconds { read(Array((head + body).utf8), nil) }
      #expect(time < 20, "\(piece)")
    }
  }

  private func read(_ bytes: [UInt8], _ format: FormatName?) {
    var options = ReadOptions()
    options.format = format
    // An error is as good as a document here: what counts is that there is one of the two.
    guard let result = try? ScriptReading.read(bytes, options: options) else { return }
    for entry in result.document.entries {
      #expect(entry.text.upperBound <= result.document.text.count)
    }
    #expect(String(validating: result.document.text, as: UTF8.self) != nil)
  }
}
