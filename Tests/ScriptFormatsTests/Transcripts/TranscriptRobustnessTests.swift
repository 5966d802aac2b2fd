import ScriptModel
import TestSupport
import Testing

@testable import ScriptFormats

@Suite struct TranscriptRobustnessTests {
  /// Every reader gets texts that were cut, doubled and sprinkled with odd bytes.
  @Test func damagedTextsAreReadWithoutTrapping() {
    var random = HostileScripts(seed: 77)
    let odd = Array("[]():*_#>-\\`&;:.\n\r\t 09AZaz\"'|".utf8)
    for round in 0..<3000 {
      let base = layoutCases[random.number(below: layoutCases.count)].input
      var bytes = Array(base.utf8)
      for _ in 0...random.number(below: 12) where !bytes.isEmpty {
        let place = random.number(below: bytes.count)
        switch random.number(below: 4) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(odd[random.number(below: odd.count)], at: place)
        case 2: bytes[place] = odd[random.number(below: odd.count)]
        default: bytes.removeSubrange(place..<min(bytes.count, place + 9))
        }
      }
      let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
      for document in [
        TranscriptReader.read(text, options: ReadOptions()),
        MarkdownReader.read(text, options: ReadOptions()),
        FountainReader.read(text, options: ReadOptions()),
      ] {
        for entry in document.entries {
          #expect(entry.text.upperBound <= document.text.count, "round \(round), seed 77")
        }
      }
    }
  }

  /// Twice the text takes about twice the time, whatever it repeats.
  @Test(arguments: [
    "**", "[", "[x]: ", "(", "a*b_", "`", "/*", "[[", "Anna: x\n", "\n\n", "0:05\n", "\\", "&#",
    "---\n",
    ">>", "<b>", "1  a\n", "```\n", "# ", "[0:05] ", "ANNA\n", "```\nAnna: x\n",
  ])
  func timeGrowsWithTheText(_ piece: String) {
    func seconds(_ size: Int) -> Double {
      let bytes = Array(String(repeating: piece, count: size / piece.utf8.count).utf8)
      return ProcessorTime.seconds {
        _ = TranscriptReader.read(bytes, options: ReadOptions())
        _ = MarkdownReader.read(bytes, options: ReadOptions())
        _ = FountainReader.read(bytes, options: ReadOptions())
      }
    }
    let small = max(seconds(10_000), 0.002)
    let large = seconds(80_000)
    #expect(large < small * 8 * 5, "\(small) s and \(large) s")
  }

  @Test func paragraphsOfADocumentAreRead() {
    let id = Line.ID(high: 1, low: 2)
    func paragraph(_ text: String, bold: Int = 0, id: Line.ID? = nil, row: Int)
      -> TranscriptParagraph
    {
      TranscriptParagraph(text: Array(text.utf8), boldPrefixLength: bold, lineID: id, row: row)
    }
    let teams = TranscriptLayout.read(
      paragraphs: [
        paragraph("0:0:2.90 --> 0:0:4.480", row: 1), paragraph("Mara Quist", row: 2),
        paragraph("Hello.", row: 3), paragraph("0:0:5.0 --> 0:0:6.120", row: 4),
        paragraph("Tom Abel", row: 5), paragraph("Hi.", row: 6),
      ], options: ReadOptions())
    #expect(rows(of: teams) == ["Mara Quist|2090|Hello.", "Tom Abel|5000|Hi."])
    let newer = TranscriptLayout.read(
      paragraphs: [
        paragraph("Mara Quist   0:03\nHello.", row: 1), paragraph("Tom Abel   0:05\nHi.", row: 2),
      ], options: ReadOptions())
    #expect(rows(of: newer) == ["Mara Quist|3000|Hello.", "Tom Abel|5000|Hi."])
    let bold = TranscriptLayout.read(
      paragraphs: [
        paragraph("Mara: Hello.", bold: 5, id: id, row: 1), paragraph("More.", row: 2),
        paragraph("Tom: Hi.", bold: 4, row: 3),
      ], options: ReadOptions())
    #expect(rows(of: bold) == ["Mara|-|Hello.\n\nMore.", "Tom|-|Hi."])
    #expect(bold.lineIDs == [id, nil])
  }
}
