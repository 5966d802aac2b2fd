import ScriptModel
import Testing

@testable import ScriptFormats

/// The text of a line is the same whether it is a stretch of the file or put together.
@Suite struct TextInPlaceTests {
  /// A space behind each row, which is no part of the text, leaves no rows that lie side by side.
  @Test func linesAreTheSameInPlaceAndPutTogether() {
    var inPlace = 0
    for seed in UInt64(1)...3000 {
      var scripts = HostileScripts(seed: seed)
      var bytes: [UInt8] = []
      for _ in 0...scripts.number(below: 6) {
        let name = ["", "Anna: ", "Bert: ", "BERT: ", "0:05 "][scripts.number(below: 5)]
        bytes += Array((name + scripts.text() + (seed % 2 == 0 ? "\n" : "\n\n")).utf8)
      }
      // In our guarded form spaces count.
      guard bytes.first != UInt8(ascii: "[") else { continue }
      let spaced = bytes.flatMap { $0 == 10 ? [32, 10] : [$0] }
      let document = TranscriptReader.read(bytes, options: ReadOptions())
      let other = TranscriptReader.read(spaced, options: ReadOptions())
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(
        KeptLine.lines(of: document, times: true) == KeptLine.lines(of: other, times: true),
        "Seed \(seed): \(text)")
      if document.text == bytes { inPlace += 1 }
    }
    #expect(inPlace > 300)
  }

  @Test(arguments: [
    ("ANNA: one\ntwo\n\nBERT: three", true), ("ANNA: one\n\ntwo\nBERT: three", true),
    ("ANNA: one\n  two\nBERT: three", false), ("ANNA: one\n\n\ntwo\nBERT: three", false),
    ("ANNA:\none\ntwo\nBERT: three", true), ("ANNA: one \ntwo\nBERT: three\nANNA: four", false),
  ])
  func rowsSideBySideAreOneStretch(file: String, isInPlace: Bool) {
    let bytes = Array(file.utf8)
    let document = TranscriptReader.read(bytes, options: ReadOptions())
    #expect((document.text == bytes) == isInPlace)
    #expect(document.speakers == ["ANNA", "BERT"])
    let texts = document.entries.indices.map { document.string(at: $0) }
    #expect(texts[0].hasPrefix("one") && texts[0].hasSuffix("two") && texts[1] == "three")
  }
}
