import ScriptModel
import Testing

@testable import ScriptFormats

@Suite struct FountainReaderTests {
  private func read(_ text: String) -> ScriptDocument {
    FountainReader.read(Array(text.utf8), options: ReadOptions())
  }

  @Test func elementsBecomeLinesOfTheirKind() {
    let document = read(
      """
      Title: The Lamp
      Draft date: May 4

      INT. ATTIC - NIGHT #12#

      Mara lights /* or: finds */ the lamp.
      She waits.

      MARA (whispering) ^
      (slowly)
      Is it *on*?

      @McTom
      Not _yet_.

      ~hum

      > FADE OUT

      > The end <

      # Act two
      = Somebody comes.
      """)
    #expect(
      rows(of: document) == [
        "<heading> -|-|INT. ATTIC - NIGHT", "<direction> -|-|Mara lights  the lamp.\nShe waits.",
        "MARA (whispering)|-|(slowly)\nIs it <i>on</i>?", "McTom|-|Not <u>yet</u>.",
        "<direction> -|-|~hum", "<direction> -|-|FADE OUT", "<direction> -|-|The end",
      ])
    #expect(document.metadata.title == "The Lamp")
    #expect(document.metadata.date == "May 4")
    #expect(document.metadata.notes == [" or: finds ", "# Act two", "= Somebody comes."])
  }

  @Test func twoSpacesKeepADialogueGoing() {
    #expect(rows(of: read("TOM\nOne.\n  \nTwo.\n")) == ["TOM|-|One.\n\nTwo."])
  }

  @Test func aCueWithoutTextIsAction() {
    #expect(
      rows(of: read("TOM\n\nHe goes.\n")) == ["<direction> -|-|TOM", "<direction> -|-|He goes."])
  }

  @Test func screenplaysInPlainTextAreToldByTheirShape() {
    let text = "          INT. ROOM\n\n     Mara sits.\n\n          MARA\n     Hello,\n     you.\n"
    let document = TranscriptReader.read(Array(text.utf8), options: ReadOptions())
    #expect(
      rows(of: document) == [
        "<heading> -|-|INT. ROOM", "<direction> -|-|Mara sits.", "MARA|-|Hello,\nyou.",
      ])
  }
}
