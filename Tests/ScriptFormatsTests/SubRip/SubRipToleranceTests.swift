import ScriptFormats
import ScriptModel
import Testing

/// Each tolerance for odd SubRip files, by a small file that shows it.
struct SubRipToleranceTests {
  /// A file, what is read out of it as `start end text`, and the codes of the findings.
  struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    var file: String
    var captions: [String]
    var codes: [String]

    var testDescription: String { name }
  }

  private static let time = "00:00:01,000 --> 00:00:02,000"

  static let samples: [Sample] = [
    .init(
      name: "plain", file: "1\n\(time)\nOne\nTwo\n\n", captions: ["1000 2000 One|Two"], codes: []),
    .init(name: "no last newline", file: "1\n\(time)\nOne", captions: ["1000 2000 One"], codes: []),
    .init(
      name: "blank rows first", file: "\n\n1\n\(time)\nOne\n", captions: ["1000 2000 One"],
      codes: []),
    .init(
      name: "CR ends", file: "1\r\(time)\rOne\rTwo\r", captions: ["1000 2000 One|Two"], codes: []),
    .init(name: "no number", file: "\(time)\nOne\n", captions: ["1000 2000 One"], codes: []),
    .init(
      name: "number from zero, repeated, out of order",
      file: "0\n\(time)\nA\n\n0\n\(time)\nB\n\n7\n\(time)\nC\n",
      captions: ["1000 2000 A", "1000 2000 B", "1000 2000 C"], codes: []),
    .init(
      name: "text in place of the number", file: "Intro\n\(time)\nOne\n",
      captions: ["1000 2000 One"],
      codes: ["number-is-text"]),
    .init(
      name: "no blank row between", file: "1\n\(time)\nOne\n2\n\(time)\nTwo\n",
      captions: ["1000 2000 One", "1000 2000 Two"], codes: ["no-blank-between"]),
    .init(
      name: "neither blank nor number between", file: "\(time)\nOne\n\(time)\nTwo\n",
      captions: ["1000 2000 One", "1000 2000 Two"], codes: ["no-blank-between"]),
    .init(
      name: "blank row inside", file: "1\n\(time)\nOne\n\nTwo\n\n2\n\(time)\nThree\n",
      captions: ["1000 2000 One||Two", "1000 2000 Three"], codes: ["blank-inside"]),
    .init(
      name: "a blank after every row", file: "1\n\n\(time)\n\nOne\n\n2\n\n\(time)\n\nTwo\n\n",
      captions: ["1000 2000 One", "1000 2000 Two"], codes: []),
    .init(
      name: "a number that is said", file: "1\n\(time)\n1984\n\n2\n\(time)\n10\n9\n",
      captions: ["1000 2000 1984", "1000 2000 10|9"], codes: []),
    .init(
      name: "point, short fraction", file: "1\n00:00:01.5 --> 00:00:02.50\nOne\n",
      captions: ["1500 2500 One"], codes: ["short-milliseconds"]),
    .init(
      name: "no fraction", file: "1\n00:00:01 --> 00:00:02\nOne\n", captions: ["1000 2000 One"],
      codes: ["time-without-milliseconds"]),
    .init(
      name: "long fraction", file: "1\n00:00:01,1000 --> 00:00:02,000\nOne\n",
      captions: ["1100 2000 One"], codes: ["long-milliseconds"]),
    .init(
      name: "colon before the milliseconds", file: "1\n00:00:01:500 --> 00:00:02:000\nOne\n",
      captions: ["1500 2000 One"], codes: ["colon-milliseconds"]),
    .init(
      name: "no hours", file: "1\n00:01,000 --> 00:02,000\nOne\n", captions: ["1000 2000 One"],
      codes: ["time-without-hours"]),
    .init(
      name: "hours over 99", file: "1\n1000:00:00,000 --> 1000:00:01,000\nOne\n",
      captions: ["3600000000 3600001000 One"], codes: []),
    .init(
      name: "negative", file: "1\n-00:00:01,000 --> 00:00:02,000\nOne\n",
      captions: ["-1000 2000 One"],
      codes: ["negative-time"]),
    .init(
      name: "no spaces round the arrow", file: "1\n00:00:01,000-->00:00:02,000\nOne\n",
      captions: ["1000 2000 One"], codes: []),
    .init(
      name: "other arrows",
      file: "1\n00:00:01,000 -> 00:00:02,000\nOne\n\n2\n00:00:01,000 —> 00:00:02,000\nTwo\n",
      captions: ["1000 2000 One", "1000 2000 Two"], codes: ["unusual-arrow", "unusual-arrow"]),
    .init(
      name: "spaces in times", file: "1\n00: 00: 01, 000 --> 00: 00: 02, 000\nOne\n",
      captions: ["1000 2000 One"], codes: ["space-in-time"]),
    .init(
      name: "full width", file: "1\n００：００：０１，０００ --> ００：００：０２，０００\nOne\n",
      captions: ["1000 2000 One"], codes: ["full-width-time"]),
    .init(
      name: "number in the row of the times", file: "1 \(time)\nOne\n", captions: ["1000 2000 One"],
      codes: ["number-before-time"]),
    .init(
      name: "SBV", file: "0:00:01.000,0:00:02.000\nOne\n", captions: ["1000 2000 One"],
      codes: ["comma-between-times"]),
    .init(
      name: "minutes beyond 59", file: "1\n00:61:00,000 --> 00:62:00,000\nOne\n",
      captions: ["3660000 3720000 One"], codes: ["beyond-sixty"]),
    .init(
      name: "end missing everywhere",
      file: "1\n00:00:01,000 -->\nOne\n\n2\n00:00:02,000 -->\nTwo\n",
      captions: ["1000 2000 One", "2000 - Two"], codes: ["end-missing"]),
    .init(
      name: "end before start", file: "1\n00:00:02,000 --> 00:00:01,000\nOne\n",
      captions: ["2000 1000 One"], codes: ["end-before-start"]),
    .init(
      name: "placement", file: "1\n\(time)  X1:1 X2:2 Y1:3 Y2:4\nOne\n",
      captions: ["1000 2000 One"],
      codes: ["placement-dropped"]),
    .init(
      name: "text after the times", file: "1\n\(time) junk 1\nOne\n", captions: ["1000 2000 One"],
      codes: ["text-after-time"]),
    .init(
      name: "times in a sentence", file: "1\n\(time)\nThe form is\n\(time) and so on.\n",
      captions: ["1000 2000 The form is|\(time) and so on."], codes: ["timing-in-text"]),
    .init(
      name: "empty caption", file: "1\n\(time)\n\n2\n\(time)\nTwo\n",
      captions: ["1000 2000 ", "1000 2000 Two"], codes: ["empty-caption"]),
    .init(
      name: "times out of order", file: "1\n00:00:09,000 --> 00:00:10,000\nA\n\n2\n\(time)\nB\n",
      captions: ["9000 10000 A", "1000 2000 B"], codes: ["times-out-of-order"]),
    .init(
      name: "joined files",
      file: "1\n\(time)\nA\n\n2\n00:00:05,000 --> 00:00:06,000\nB\n\n\u{FEFF}1\n\(time)\nC\n",
      captions: ["1000 2000 A", "5000 6000 B", "1000 2000 C"], codes: ["numbering-restarts"]),
    .init(
      name: "markup",
      file: "1\n\(time)\n<I>a</I> <font color=x>b</font> {\\an8}c <div> {d} e\\Nf\n",
      captions: ["1000 2000 <i>a</i> b c <div> {d} e|f"],
      codes: ["tag-dropped", "override-dropped"]),
    .init(
      name: "text before the captions", file: "From a site\n\n1\n\(time)\nOne\n",
      captions: ["1000 2000 One"], codes: ["text-before-captions"]),
    .init(
      name: "broken off in the times", file: "1\n\(time)\nOne\n\n2\n00:00:05,0",
      captions: ["1000 2000 One"], codes: ["file-ends-early"]),
    .init(
      name: "a caption without times", file: "1\n\(time)\nOne\n\n2\nTwo\n\n3\n\(time)\nThree\n",
      captions: ["1000 2000 One||2|Two", "1000 2000 Three"], codes: ["blank-inside"]),
    .init(
      name: "too large a time",
      file:
        "1\n99999999999999999:00:00,000 --> 99999999999999999:00:01,000\nx\n\n2\n\(time)\nOne\n",
      captions: ["1000 2000 One"], codes: ["time-overflow", "text-before-captions"]),
    .init(
      name: "control characters", file: "1\n\(time)\nO\u{0}ne\n", captions: ["1000 2000 One"],
      codes: ["control-character"]),
  ]

  @Test(arguments: samples)
  func isReadAndReported(sample: Sample) throws {
    var options = ReadOptions()
    options.fileName = "sample.srt"
    let document = try ScriptReading.read(Array(sample.file.utf8), options: options).document
    let captions = document.entries.indices.map { index in
      let entry = document.entries[index]
      let start = entry.start.map { String($0.rawValue) } ?? "-"
      let end = entry.end.map { String($0.rawValue) } ?? "-"
      return "\(start) \(end) " + document.string(at: index).replacing("\n", with: "|")
    }
    #expect(captions == sample.captions)
    #expect(document.findings.map(\.code) == sample.codes)
  }

  @Test func findingsNameLineAndColumnInCharacters() throws {
    let file = "1\n00:00:01,000 --> 00:00:02,000 é junk\nOne\n\nTwo\n"
    let document = try ScriptReading.read(Array(file.utf8), options: ReadOptions()).document
    #expect(document.findings.map { [$0.line, $0.column] } == [[2, 31], [4, 1]])
    #expect(document.metadata.notes == ["é junk"])
  }

  @Test func findingsOfOneKindAreLimitedAndCounted() throws {
    let caption = "1\n00:00:02,000 --> 00:00:01,000\nOne\n\n"
    let file = String(repeating: caption, count: 1234)
    let document = try ScriptReading.read(Array(file.utf8), options: ReadOptions()).document
    #expect(document.entries.count == 1234)
    #expect(document.findings.count == 21)
    #expect(document.findings.last?.message == "… and 1,214 more of the same kind")
  }

  @Test func voiceTagsAreSpeakers() throws {
    let file = "1\n00:00:01,000 --> 00:00:02,000\n<v Roger &amp; Co>Over\n"
    let document = try ScriptReading.read(Array(file.utf8), options: ReadOptions()).document
    #expect(document.speakers == ["Roger & Co"])
    #expect(document.string(at: 0) == "Over")
  }
}
