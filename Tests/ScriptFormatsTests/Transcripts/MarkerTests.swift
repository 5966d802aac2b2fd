import ScriptModel
import Testing

@testable import ScriptFormats

/// Marks of turns that no colon makes: each with what it must not be taken for.
@Suite struct MarkerTests {
  @Test(arguments: markerCases)
  func isReadIntoItsTurns(_ example: LayoutCase) {
    let document = TranscriptReader.read(Array(example.input.utf8), options: ReadOptions())
    #expect(rows(of: document) == example.lines)
    #expect(document.metadata.notes == example.notes)
  }

  @Test(arguments: [
    "0:0:2.90 --> 0:0:4.480\nMara Quist\nHello there.\n\n0:0:5.120 --> 0:0:6.0\nTom Abel\nHi.\n",
    "Mara Quist   0:03\nHello there.\n\nTom Abel   0:06\nHi.\n\nMara Quist   0:09\nSo.\n",
    "Mara Quist\n0:03\nHello there.\n\nTom Abel\n0:06\nHi.\n\nMara Quist\n0:09\nSo.\n",
    "00:00:05 Mara Quist\nHello there.\n\n00:00:09 Tom Abel\nHi.\n",
    "12/03/2024, 09:15 - Mara Quist: Hello there.\n12/03/2024, 09:16 - Tom Abel: Hi.\n",
  ])
  func namesStayInTheTextWhereTheyAreNotRead(_ input: String) {
    var options = ReadOptions()
    options.speakers = .none
    let document = TranscriptReader.read(Array(input.utf8), options: options)
    #expect(document.speakers == [])
    let text = document.entries.indices.map { document.string(at: $0) }.joined(separator: "\n")
    for words in ["Mara Quist", "Tom Abel", "Hello there.", "Hi."] {
      #expect(text.contains(words), "\(words) in \(text)")
    }
  }

  @Test(arguments: [
    (
      FormatName.srt,
      "1\n00:00:01,000 --> 00:00:02,000\nYes.\n\n2\n00:00:03,000 --> "
        + "00:00:04,000\nRemember this: all of it.\n", 7, 1
    ),
    (.webVTT, "WEBVTT\n\n00:01.000 --> 00:02.000\n>> Remember this: all of it.\n", 4, 4),
  ])
  func possibleLabelsInCaptionsHaveAPlace(
    _ format: FormatName, _ input: String, _ line: Int, _ column: Int
  ) throws {
    var options = ReadOptions()
    options.format = format
    let document = try ScriptReading.read(Array(input.utf8), options: options).document
    let finding = try #require(document.findings.first { $0.code == "possible-label" })
    #expect(finding.line == line)
    #expect(finding.column == column)
  }
}

private let markerCases: [LayoutCase] = [
  LayoutCase(
    testDescription: "chat of a meeting, text below",
    input:
      "10:01:02 From Anna Lee to Everyone:\n\tHello\n10:01:09 From Bo Ek to Anna Lee:\n\tHi: you\n",
    lines: ["Anna Lee|-|Hello", "Bo Ek|-|Hi: you"]),
  LayoutCase(
    testDescription: "chat of a meeting, text behind",
    input: "10:01:02\t From Anna Lee : Hello\n10:01:09\t From Bo Ek : Hi\n",
    lines: ["Anna Lee|-|Hello", "Bo Ek|-|Hi"]),
  LayoutCase(
    testDescription: "IRC",
    input: "12:00 <anna> hello: you\n12:01 <bo_> hi\n12:02 <anna> so\n",
    lines: ["anna|-|hello: you", "bo_|-|hi", "anna|-|so"]),
  LayoutCase(
    testDescription: "saved captions",
    input: "[Anna Lee] 10:01:02\nHello.\n\n[Bo Ek] 10:01:09\nHi.\n\n[Anna Lee] 10:01:12\nSo.\n",
    lines: ["Anna Lee|-|Hello.", "Bo Ek|-|Hi.", "Anna Lee|-|So."]),
  LayoutCase(
    testDescription: "a name and a dash",
    input: "Anna — Hello there.\nBo — Hi — you.\nAnna — So.\n",
    lines: ["Anna|-|Hello there.", "Bo|-|Hi — you.", "Anna|-|So."]),
  LayoutCase(
    testDescription: "dashes without names",
    input: "- Hello.\n- Hi.\n- So.\n",
    lines: ["-|-|- Hello.", "-|-|- Hi.", "-|-|- So."]),
  LayoutCase(
    testDescription: "chevrons",
    input: ">> ANNA: Hello.\n>> BO: Hi.\n>> And who is that?\n",
    lines: ["ANNA|-|Hello.", "BO|-|Hi.", "-|-|And who is that?"]),
  LayoutCase(
    testDescription: "a parliament",
    input: """
      The Minister (Ms. Anna Lee): I thank the Member.

      Mr. Bo Ek: And I.

      The Minister (Ms. Anna Lee): So be it.
      """,
    lines: [
      "The Minister (Ms. Anna Lee)|-|I thank the Member.", "Mr. Bo Ek|-|And I.",
      "The Minister (Ms. Anna Lee)|-|So be it.",
    ]),
  LayoutCase(
    testDescription: "a heading that begins with A.",
    input: "A. PURPOSE\n\nThis is why.\n",
    lines: ["-|-|A. PURPOSE", "-|-|This is why."]),
]
