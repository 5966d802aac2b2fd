import ScriptFormats
import ScriptModel
import TestSupport
import Testing

struct DocumentRoundTripTests {
  private func options(
    times: Bool = true, speakers: WriteOptions.Speakers = .every
  ) -> WriteOptions {
    var options = WriteOptions(format: .docx)
    options.times = times
    options.speakers = speakers
    return options
  }

  private static let pieces = [
    "Hello", " ", "  ", "\n", "\t", "<b>", "</b>", "<i>", "</i>", "<u>", "</u>", "<b>bold</b>",
    "&amp;", "&", "<", ">", "\"", "]]>", "<w:p>", "Anna:", "Anna: ", "[00:00:05.000]", "漢字", "😀",
    "\u{AD}", "\u{2028}", "שלום", "-", ":", "<b/>", "<B>", "é",
  ]
  private static let names = [
    "Anna", "Anna:", "Anna ", " A", "", "A: B", "<b>A</b>", "A\tB", "Anna & Bob", "安娜", ":",
    "\u{AD}",
  ]

  private func randomDocument(_ random: inout SeededGenerator) -> ScriptDocument {
    var document = ScriptDocument()
    var ids = IdentifierGenerator(seed: random.next())
    let hasIDs = Bool.random(using: &random)
    if Bool.random(using: &random) { document.metadata.title = "T <&> \"x\"" }
    document.metadata.scriptID = ids.next(at: 1)
    document.metadata.revision = 7
    document.metadata.kind = .transcript
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      var text = ""
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        text += Self.pieces.randomElement(using: &random) ?? ""
      }
      func time() -> Milliseconds? {
        Bool.random(using: &random)
          ? Milliseconds(Int64.random(in: -5000...400_000_000, using: &random)) : nil
      }
      document.append(
        text, kind: Line.Kind.allCases.randomElement(using: &random) ?? .dialogue,
        speaker: Bool.random(using: &random) ? Self.names.randomElement(using: &random) : nil,
        start: time(), end: time())
      let last = document.entries.count - 1
      if document.entries[last].end != nil {
        document.entries[last].endIsEstimated = Bool.random(using: &random)
      }
    }
    if hasIDs { document.lineIDs = document.entries.map { _ in ids.next(at: 2) } }
    return document
  }

  @Test(arguments: [WriteOptions.Speakers.every, .change])
  func whatIsWrittenReadsBackEqual(_ speakers: WriteOptions.Speakers) throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("DOCX round trip: seed \(seed)")
    var random = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      let document = randomDocument(&random)
      let bytes = try DocumentWriter.write(document, options: options(speakers: speakers))
      let back = try DocumentReader.read(bytes, options: ReadOptions())
      try #require(back.entries.count == document.entries.count)
      for index in document.entries.indices {
        var (old, new) = (document.entries[index], back.entries[index])
        #expect(back.string(at: index) == document.string(at: index))
        #expect(old.speaker.map { document.speakers[$0] } == new.speaker.map { back.speakers[$0] })
        (old.text, new.text) = (0..<0, 0..<0)
        (old.speaker, new.speaker) = (nil, nil)
        #expect(old == new)
      }
      #expect(back.lineIDs == document.lineIDs)
      #expect(back.metadata == document.metadata)
    }
  }

  @Test func withoutTimesOrSpeakersTheLinesStay() throws {
    var document = ScriptDocument()
    document.append("One", speaker: "Anna", start: Milliseconds(5), end: Milliseconds(9))
    let bytes = try DocumentWriter.write(document, options: options(times: false, speakers: .none))
    let back = try DocumentReader.read(bytes, options: ReadOptions())
    #expect(back.entries.map(\.start) == [nil])
    #expect(back.entries.map(\.speaker) == [nil])
    #expect(back.string(at: 0) == "One")
  }

  @Test func equalDocumentsGiveEqualBytes() throws {
    var random = SeededGenerator(seed: 1)
    let document = randomDocument(&random)
    let first = try DocumentWriter.write(document, options: options())
    #expect(try DocumentWriter.write(document, options: options()) == first)
  }

  @Test func whatXMLCannotHoldIsLeftOut() throws {
    var document = ScriptDocument()
    document.append("a\u{1}b\u{FFFF}c\u{0}", speaker: "An\u{7}na")
    document.metadata.title = "T\u{2}"
    let back = try DocumentReader.read(
      DocumentWriter.write(document, options: options()), options: ReadOptions())
    #expect(back.string(at: 0) == "abc")
    #expect(back.speakers == ["Anna"])
    #expect(back.metadata.title == "T")
  }

  @Test func anEmptyScriptStaysEmpty() throws {
    var document = ScriptDocument()
    document.metadata.title = "Nothing"
    document.metadata.scriptID = Script.ID(high: 1, low: 2)
    let back = try DocumentReader.read(
      DocumentWriter.write(document, options: options()), options: ReadOptions())
    #expect(back.entries.isEmpty)
    #expect(back.metadata.title == "Nothing")
  }
}
