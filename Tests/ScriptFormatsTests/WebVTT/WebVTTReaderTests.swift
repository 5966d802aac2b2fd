import ScriptFormats
import ScriptModel
import Testing

/// What WebVTT files of various tools hold.
struct WebVTTReaderTests {
  private func read(_ body: String) throws -> ScriptDocument {
    try ScriptReading.read(Array(("WEBVTT\n\n" + body).utf8), options: ReadOptions()).document
  }

  private func lines(_ document: ScriptDocument) -> [String] {
    document.entries.indices.map { index in
      let name = document.entries[index].speaker.map { document.speakers[$0] + "> " } ?? ""
      return name + document.string(at: index).replacing("\n", with: "|")
    }
  }

  @Test(arguments: [
    ("<v Anna Lee>Hi</v>", ["Anna Lee> Hi"]), ("<v.loud.x Anna>Hi", ["Anna> Hi"]),
    ("<v A &amp; B>Hi", ["A & B> Hi"]),
    ("a &lt;x&gt; &amp; b&nbsp;c &#233;", ["a <x> & b\u{A0}c é"]),
    ("<b.x>bold</b> <c.red>plain</c> <lang en>tongue</lang>", ["<b>bold</b> plain tongue"]),
    ("<v Anna>One</v>\n<v Bob>Two</v>", ["Anna> One", "Bob> Two"]), ("I <3 you", ["I <3 you"]),
    ("This is <v foo>one</v>, <v bar>two</v>.", ["This is", "foo> one,", "bar> two."]),
    ("<c></c>\nOne\n<c></c>\nTwo", ["|One||Two"]),
    ("<00:01.500>timed <00:02.000>words", ["timed words"]),
  ])
  func payloads(payload: String, expected: [String]) throws {
    let document = try read("00:01.000 --> 00:02.000\n\(payload)\n")
    #expect(lines(document) == expected)
    #expect(document.entries.allSatisfy { $0.start == Milliseconds(1000) })
  }

  @Test func rollingCaptionsOfYouTubeComeInOnce() throws {
    let document = try read(
      """
      00:00:00.000 --> 00:00:02.000 align:start position:0%
       
      hello<00:00:00.500><c> there</c>

      00:00:02.000 --> 00:00:02.010 align:start position:0%
      hello there
       

      00:00:02.010 --> 00:00:04.000 align:start position:0%
      hello there
      how<00:00:02.500><c> are</c><00:00:03.000><c> you</c>

      00:00:04.000 --> 00:00:04.010 align:start position:0%
      how are you
       

      """)
    #expect(lines(document) == ["hello there", "how are you"])
    #expect(document.entries.map { $0.end?.rawValue } == [2010, 4010])
  }

  @Test func blocksThatAreNoCaptionsGoToTheNotes() throws {
    let document = try read(
      "STYLE\n::cue { }\n\nNOTE a remark\n\nid-1\n00:01.000 --> 00:02.000\nOne\n\nREGION\nid:x\n\nstray\n"
    )
    #expect(lines(document) == ["One"])
    #expect(document.metadata.notes == ["STYLE\n::cue { }", "a remark", "REGION\nid:x", "stray"])
    #expect(document.findings.map(\.code) == ["identifier-dropped", "text-outside-captions"])
  }

  @Test func anExportKnowsWhatItWasMadeFrom() throws {
    var document = ScriptDocument()
    document.append("One", start: Milliseconds(0), end: Milliseconds(1))
    document.metadata.scriptID = Script.ID("0193a1c2-9f00-7abc-8def-0123456789ab")
    document.metadata.revision = 7
    let bytes = try ScriptWriting.write(document, options: WriteOptions(format: .webVTT)).bytes
    let found = try ScriptReading.read(bytes, options: ReadOptions()).document
    #expect(found.metadata.scriptID == document.metadata.scriptID)
    #expect(found.metadata.revision == 7)
    #expect(found.metadata.notes == [])
  }
}
