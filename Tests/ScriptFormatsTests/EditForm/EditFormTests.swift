import ScriptModel
import Testing

@testable import ScriptFormats

private let anna = Speaker(id: Speaker.ID(high: 1, low: 1), name: "Anna Lee")
private let odd = Speaker(id: Speaker.ID(high: 1, low: 2), name: "Dr. 12: the [one]")

private func script(_ lines: [Line]) -> Script {
  Script(
    id: Script.ID(high: 9, low: 9), projectID: Project.ID(high: 8, low: 8), title: "Talk",
    speakers: [anna, odd], lines: lines)
}

private func line(
  _ text: String, kind: Line.Kind = .dialogue, speaker: Speaker? = nil, start: Int64? = nil,
  end: Int64? = nil
) -> Line {
  Line(
    id: Line.ID(high: 2, low: 2), kind: kind, speaker: speaker?.id,
    start: start.map { Milliseconds($0) }, end: end.map { Milliseconds($0) }, text: text)
}

private let hostileTexts = [
  "Good morning.", "", "Two\nrows", "A blank\n\nrow inside", "\nfirst row blank",
  "last row blank\n",
  "# a comment?", "== no heading", "~ no direction", "[00:00:01] no time", "[0:1x] no time",
  "[Anna Lee]: no label", "Anna Lee: no label", "Remember this: text", "\\ a backslash", "\\",
  "  indented", "trailing  ", "row\n# two", "row\n\\three", "row\n  four", "[laughs] yes",
  "10:30 it was", "你好：世界", "\u{202B}שלום\u{202C}", "👩‍👩‍👧 family", "-->", "[ --> ] arrows", "~", "==",
  // Characters that join what stands in front of them.
  "\u{200C}متن", "\u{301}accent", "#\u{301} no comment", "\\\u{301}", "~ \u{301}",
  "row\n\u{200D}two",
  "[\u{301}]: x", "a:\u{301} b",
]

@Test(arguments: hostileTexts)
func whatTheFormWritesReadsBackEqual(text: String) throws {
  let lines = [
    line(text), line(text, speaker: anna), line(text, speaker: odd),
    line(text, kind: .heading), line(text, kind: .direction),
    line(text, speaker: anna, start: 1500, end: 90_061_001), line(text, start: 0),
    line(text, end: 5), line(text, kind: .heading, speaker: anna, start: 7, end: 3),
  ]
  let cast = [anna.name, odd.name]
  let document = try EditFormReader.read(
    EditFormWriter.write(script(lines), cast: cast), cast: cast)
  #expect(document.entries.count == lines.count)
  for (index, line) in lines.enumerated() where index < document.entries.count {
    let entry = document.entries[index]
    #expect(document.string(at: index) == line.text)
    #expect(entry.kind == line.kind)
    #expect(entry.start == line.start)
    #expect(entry.end == line.end)
    let name = line.speaker == anna.id ? anna.name : line.speaker == odd.id ? odd.name : nil
    #expect(entry.speaker.map { document.speakers[$0] } == name)
  }
}

@Test func aBrokenTimeIsToldWithItsRow() {
  let form = "# Talk\n\nAnna Lee: Hello.\n\n[00:0x --> 00:00:02] Anna Lee: Bye.\n"
  #expect(throws: EditFormError(row: 5, reason: "'00:0x' is not a time such as 00:01:30.500")) {
    try EditFormReader.read(Array(form.utf8), cast: [anna.name])
  }
}

@Test func rowsWithAnyEndsAreRead() throws {
  let form = "Anna Lee: One\r\nmore\r\n\r\nTwo\r\rThree"
  let document = try EditFormReader.read(Array(form.utf8), cast: [anna.name])
  #expect(
    document.entries.indices.map { document.string(at: $0) } == ["One\nmore", "Two", "Three"])
}
