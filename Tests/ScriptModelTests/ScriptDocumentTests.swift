import ScriptModel
import Testing

@Test func anEntryIsSmallAndKeepsItsFields() {
  #expect(MemoryLayout<ScriptDocument.Entry>.stride <= 48)
  var entry = ScriptDocument.Entry(text: 3..<9, kind: .heading, speaker: 2, start: Milliseconds(-5))
  #expect(entry.speaker == 2)
  #expect(entry.start == Milliseconds(-5))
  #expect(entry.end == nil)
  entry.speaker = nil
  entry.end = Milliseconds(0)
  #expect(entry.speaker == nil)
  #expect(entry.end == Milliseconds(0))
}

@Test func aDocumentOfAScriptHoldsItsWordsNamesAndIDs() {
  var generator = IdentifierGenerator(seed: 5)
  let anna = Speaker(id: generator.next(at: 1), name: "Anna")
  let lines = ["Good morning.", "", "Süß 👩‍👩‍👧"].map { text in
    Line(id: generator.next(at: 1), speaker: anna.id, start: Milliseconds(1), text: text)
  }
  let script = Script(
    id: generator.next(at: 1), projectID: generator.next(at: 1), title: "Morning", revision: 4,
    speakers: [anna], lines: lines)
  let document = ScriptDocument(script)
  #expect(document.entries.indices.map { document.string(at: $0) } == lines.map(\.text))
  #expect(document.lineIDs == lines.map(\.id))
  #expect(document.entries.allSatisfy { $0.speaker == 0 })
  #expect(document.speakers == ["Anna"])
  #expect(document.metadata.revision == 4)
}

@Test func appendedLinesShareSpeakersByName() {
  var document = ScriptDocument()
  document.append("One", speaker: "Anna")
  document.append("Two", speaker: "Bert", end: Milliseconds(5))
  document.append("Three", speaker: "Anna")
  #expect(document.speakers == ["Anna", "Bert"])
  #expect(document.entries.map(\.speaker) == [0, 1, 0])
  #expect(document.string(at: 2) == "Three")
}
