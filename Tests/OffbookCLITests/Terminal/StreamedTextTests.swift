import Testing

@testable import OffbookCLI

/// However a text is cut into pieces, its rows are the same, and no word is lost.
struct StreamedTextTests {
  private static let text =
    "The raw video is ready; music follows.\n  Indented, 灯台へようこそ done.\n\nLast"

  private func rows(_ pieces: [String], width: Int?) -> String {
    var streamed = StreamedText(width: width)
    return pieces.map { streamed.feed($0) }.joined() + streamed.finish()
  }

  @Test(arguments: [nil, 3, 10, 16, 80])
  func piecesGiveTheRowsOfTheWhole(width: Int?) {
    let whole = rows([Self.text], width: width)
    #expect(rows(Self.text.map(String.init), width: width) == whole)
    #expect(whole.filter { !$0.isWhitespace } == Self.text.filter { !$0.isWhitespace })
  }

  @Test func rowsBreakBetweenWordsAndWideCharacters() {
    #expect(
      rows([Self.text], width: 16)
        == "The raw video is\nready; music\nfollows.\n  Indented, 灯台\nへようこそ done.\n\nLast")
  }
}
