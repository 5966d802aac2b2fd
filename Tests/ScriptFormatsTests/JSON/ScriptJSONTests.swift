import ScriptFormats
import ScriptModel
import Testing

/// JSON holds everything.
struct ScriptJSONTests {
  private func read(_ text: String) throws -> ScriptDocument {
    var options = ReadOptions()
    options.format = .json
    return try ScriptReading.read(Array(text.utf8), options: options).document
  }

  @Test func everythingReadsBack() throws {
    var document = ScriptDocument()
    document.append("One\n\u{1}\"\\", kind: .heading, speaker: "Anna", start: Milliseconds(-5))
    document.append("Two", kind: .direction, end: Milliseconds(.max))
    document.lineIDs = [Line.ID(high: 1, low: 2), nil]
    document.speakerIDs = [Speaker.ID(high: 3, low: 4)]
    document.metadata.title = "A title"
    document.metadata.scriptID = Script.ID(high: 5, low: 6)
    document.metadata.projectID = Project.ID(high: 7, low: 8)
    document.metadata.kind = .script
    document.metadata.language = "de"
    document.metadata.revision = 9
    document.metadata.notes = ["n"]
    document.metadata.duration = Milliseconds(10)
    document.entries[0].endIsEstimated = true
    let written = try ScriptWriting.write(document, options: WriteOptions(format: .json))
    #expect(written.lost == [])
    let found = try read(String(decoding: written.bytes, as: UTF8.self))
    #expect(found.metadata == document.metadata)
    #expect(found.entries == document.entries)
    #expect(found.text == document.text)
    #expect(found.lineIDs == document.lineIDs)
    #expect(found.speakerIDs == document.speakerIDs)
  }

  @Test func speakersOfOneNameStayApart() throws {
    var document = ScriptDocument()
    document.append("One", speaker: "Anna")
    document.append("Two")
    document.speakers.append("Anna")
    document.entries[1].speaker = 1
    let bytes = try ScriptWriting.write(document, options: WriteOptions(format: .json)).bytes
    #expect(try read(String(decoding: bytes, as: UTF8.self)).entries.map(\.speaker) == [0, 1])
  }

  @Test func optionalMembersMayBeMissing() throws {
    let document = try read(#"{"offbook":1,"lines":[{"text":"Hi","speaker":"Anna"},{}]}"#)
    #expect(document.speakers == ["Anna"])
    #expect(document.entries.count == 2)
    #expect(document.findings.map(\.code) == ["text-missing"])
  }

  @Test func theFaultIsPlaced() {
    #expect {
      try read("{\"offbook\":1,\n\"lines\":[}")
    } throws: { error in
      "\(error)".contains("line 2, column 10")
    }
  }
}
