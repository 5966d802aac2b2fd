import ScriptModel
import Testing

@testable import ScriptFormats

/// One layout with what it is read to: a row a line, `speaker|start|text`.
struct LayoutCase: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var input: String
  var lines: [String]
  var notes: [String] = []
}

@Suite struct LayoutTests {
  @Test(arguments: layoutCases)
  func isReadIntoItsTurns(_ example: LayoutCase) {
    let document = TranscriptReader.read(Array(example.input.utf8), options: ReadOptions())
    #expect(rows(of: document) == example.lines)
    #expect(document.metadata.notes == example.notes)
  }
}

/// Writes the lines of a document as rows that a test can compare.
func rows(of document: ScriptDocument) -> [String] {
  document.entries.indices.map { index in
    let entry = document.entries[index]
    let kind = entry.kind == .dialogue ? "" : "<\(entry.kind)> "
    let speaker = entry.speaker.map { document.speakers[$0] } ?? "-"
    let start = entry.start.map { String($0.rawValue) } ?? "-"
    return kind + speaker + "|" + start + "|" + document.string(at: index)
  }
}

let layoutCases: [LayoutCase] = [
  LayoutCase(
    testDescription: "Otter with its footer",
    input: """
      Mara Quist  0:05
      Shall we begin?

      Tom Abel  1:02:10
      Yes: let us.
      Now.

      Transcribed by https://otter.ai
      """,
    lines: ["Mara Quist|5000|Shall we begin?", "Tom Abel|3730000|Yes: let us.\nNow."],
    notes: ["Transcribed by https://otter.ai"]),
  LayoutCase(
    testDescription: "Zoom",
    input: "[00:00:05] Mara Quist: Hello.\n[00:00:09] Tom Abel: Hi.\n[00:00:12] Mara Quist: So.",
    lines: ["Mara Quist|5000|Hello.", "Tom Abel|9000|Hi.", "Mara Quist|12000|So."]),
  LayoutCase(
    testDescription: "Teams with counted fractions",
    input: """
      0:0:2.90 --> 0:0:4.480
      Mara Quist
      Hello there.

      0:0:5.120 --> 0:0:6.0
      Tom Abel
      Hi.
      """,
    lines: ["Mara Quist|2090|Hello there.", "Tom Abel|5120|Hi."]),
  LayoutCase(
    testDescription: "Teams, newer",
    input: """
      Mara Quist   0:03
      Hello there.

      Tom Abel   00:01:23 --> 00:01:45
      Hi.
      """,
    lines: ["Mara Quist|3000|Hello there.", "Tom Abel|83000|Hi."]),
  LayoutCase(
    testDescription: "Word Transcribe",
    input: """
      Transcript

      00:00:05 Speaker 1
      Good morning to all of you.

      00:00:09 Speaker 2
      Good morning.
      """,
    lines: ["Speaker 1|5000|Good morning to all of you.", "Speaker 2|9000|Good morning."],
    notes: ["Transcript"]),
  LayoutCase(
    testDescription: "Google Meet",
    input: """
      Attendees
      Mara Quist, Tom Abel

      Transcript

      00:00:00

      Mara Quist: Hello there.
      Tom Abel: Hi.

      00:05:00

      Mara Quist: Five minutes in.
      Tom Abel: Indeed.

      Transcription ended after 00:30:30
      """,
    lines: [
      "Mara Quist|0|Hello there.", "Tom Abel|-|Hi.", "Mara Quist|300000|Five minutes in.",
      "Tom Abel|-|Indeed.",
    ],
    notes: [
      "Attendees", "Mara Quist, Tom Abel", "Transcript", "Transcription ended after 00:30:30",
    ]),
  LayoutCase(
    testDescription: "Rev",
    input: "Mara Quist (00:57):\nHello there.\n\nTom Abel (01:02):\nHi: you.\n",
    lines: ["Mara Quist|57000|Hello there.", "Tom Abel|62000|Hi: you."]),
  LayoutCase(
    testDescription: "YouTube copy",
    input: "0:05\nhello and welcome\n0:09\nto the show\n1:00:02\nbye\n",
    lines: ["-|5000|hello and welcome", "-|9000|to the show", "-|3602000|bye"]),
  LayoutCase(
    testDescription: "YouTube copy with tabs",
    input: "0:05\thello and welcome\n0:09\tto the show\n",
    lines: ["-|5000|hello and welcome", "-|9000|to the show"]),
  LayoutCase(
    testDescription: "nVivo",
    input: "00:12\tMARA:\tHello there.\n00:15\tTOM:\tHi.\n",
    lines: ["MARA|12000|Hello there.", "TOM|15000|Hi."]),
  LayoutCase(
    testDescription: "ATLAS.ti",
    input: "MARA\t[00:00:12]\tHello there.\nTOM\t[00:00:15]\tHi.\n",
    lines: ["MARA|12000|Hello there.", "TOM|15000|Hi."]),
  LayoutCase(
    testDescription: "BBC",
    input: "00:00:12\t**Mara**\nHello there.\n\n00:00:15\t**Tom**\nHi.\n",
    lines: ["Mara|12000|Hello there.", "Tom|15000|Hi."]),
  LayoutCase(
    testDescription: "Whisper with speakers",
    input: """
      [00:00:05.000 --> 00:00:08.000] [SPEAKER_00]: Hello there.
      [00:00:08.500 --> 00:00:09.000] [SPEAKER_01]: Hi.
      """,
    lines: ["SPEAKER_00|5000|Hello there.", "SPEAKER_01|8500|Hi."]),
  LayoutCase(
    testDescription: "a reply around labels",
    input: """
      Here is the transcript you asked for:

      Mara: Hello there.
      Tom: Hi.
      Mara: So.
      Tom: Well.

      Tell me if you want it shorter.
      """,
    lines: ["Mara|-|Hello there.", "Tom|-|Hi.", "Mara|-|So.", "Tom|-|Well."],
    notes: ["Here is the transcript you asked for:", "Tell me if you want it shorter."]),
  LayoutCase(
    testDescription: "a reply with SRT in a fence",
    input: """
      Sure! Below are the captions.

      ```srt
      1
      00:00:01,000 --> 00:00:02,500
      Mara: Hello there.

      2
      00:00:03,000 --> 00:00:04,000
      Mara: And again,
      twice.
      ```

      Anything else?
      """,
    lines: ["Mara|1000|Hello there.", "Mara|3000|And again,\ntwice."],
    notes: ["Sure! Below are the captions.", "Anything else?"]),
  LayoutCase(
    testDescription: "a reply around times",
    input: """
      Here you go.

      [0:05] Hello there.
      [0:09] Welcome to the show.

      Let me know what is next.
      """,
    lines: ["-|5000|Hello there.", "-|9000|Welcome to the show."],
    notes: ["Here you go.", "Let me know what is next."]),
  LayoutCase(
    testDescription: "labels that are none",
    input:
      "Mara: Hello.\nTom: Hi.\nMara: At 10:30, then.\nTom: Bring it.\n\nRemember this: all of it.",
    lines: [
      "Mara|-|Hello.", "Tom|-|Hi.", "Mara|-|At 10:30, then.",
      "Tom|-|Bring it.\n\nRemember this: all of it.",
    ]),
  LayoutCase(
    testDescription: "full-width colons",
    input: "玛拉：你好。\n汤姆：早。\n玛拉：再见。\n汤姆：好。",
    lines: ["玛拉|-|你好。", "汤姆|-|早。", "玛拉|-|再见。", "汤姆|-|好。"]),
  LayoutCase(
    testDescription: "court pages",
    input: """
                                       7
       1        Q.   Were you there?
       2        A.   I was.  It
       3   rained.
       4             MR. HOLT:  Objection.
       5   BY MS. VANE:
       6        Q.   Go on.
      """,
    lines: [
      "Q|-|Were you there?", "A|-|I was.  It\nrained.", "MR. HOLT|-|Objection.", "Q|-|Go on.",
    ],
    notes: ["7", "BY MS. VANE:"]),
  LayoutCase(
    testDescription: "chat of a phone",
    input: "12/03/2024, 09:15 - Mara: Hello\n12/03/2024, 09:16 - Tom Abel: Hi: you\nmore\n",
    lines: ["Mara|-|Hello", "Tom Abel|-|Hi: you\nmore"]),
  LayoutCase(
    testDescription: "stage play",
    input: "MARA. Good day.\nTOM. [Aside] Day.\nMARA. So.\n",
    lines: ["MARA|-|Good day.", "TOM|-|[Aside] Day.", "MARA|-|So."]),
  LayoutCase(
    testDescription: "prose",
    input: "It rained all day.\nNobody came.\n\nThen it stopped.\n",
    lines: ["-|-|It rained all day.\nNobody came.", "-|-|Then it stopped."]),
  LayoutCase(
    testDescription: "a short reply",
    input: "Sure, here is the transcript:\n\nMara: Hello.\nTom: Hi.\n\nTell me if it helps!\n",
    lines: ["Mara|-|Hello.", "Tom|-|Hi."],
    notes: ["Sure, here is the transcript:", "Tell me if it helps!"]),
  LayoutCase(
    testDescription: "times of the day",
    input: "Mara Quist  10:01 AM\nHello.\n\nTom Abel  10:02 PM\nHi.\n",
    lines: ["Mara Quist|-|Hello.", "Tom Abel|-|Hi."]),
  LayoutCase(
    testDescription: "hours beyond any clock",
    input: "999999999:59:59 one\n9999999999999999999:00:00 two\n",
    lines: ["-|3599999999999000|one\n9999999999999999999:00:00 two"]),
]
