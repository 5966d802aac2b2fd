import Offbook
import TestSupport
import Testing

struct MergedFileTests {
  private let base = MergingStage.captions

  private func merge(
    _ base: String, _ ours: String, _ theirs: String, name: String = "talk.srt", size: Int = 7
  ) -> (text: String, conflicts: Int, method: MergedFile.Method) {
    let file = Workspace.mergeFiles(
      base: Array(base.utf8), ours: Array(ours.utf8), theirs: Array(theirs.utf8), name: name,
      markerSize: size)
    return (String(decoding: file.bytes, as: UTF8.self), file.conflictCount, file.method)
  }

  private func replacing(_ text: String, _ pairs: [(String, String)]) -> String {
    var text = text
    for (old, new) in pairs {
      let parts = text.split(separator: old, omittingEmptySubsequences: false)
      #expect(parts.count > 1)
      text = parts.joined(separator: new)
    }
    return text
  }

  @Test func aShiftAndACorrectionMerge() {
    let ours = replacing(
      base,
      [
        ("00:00:01,250 --> 00:00:03,500", "00:00:02,250 --> 00:00:04,500"),
        ("00:00:04,000 --> 00:00:06,000", "00:00:05,000 --> 00:00:07,000"),
        ("00:00:06,500 --> 00:00:09,000", "00:00:07,500 --> 00:00:10,000"),
        ("00:00:09,500 --> 00:00:12,000", "00:00:10,500 --> 00:00:13,000"),
      ])
    let merged = merge(base, ours, replacing(base, [("plesure", "pleasure")]))
    #expect(merged.text == replacing(ours, [("plesure", "pleasure")]))
    #expect(merged.conflicts == 0)
    #expect(merged.method == .captions)
  }

  @Test func insertedCaptionsAreNumberedAnew() {
    let inserted = "5\n00:00:13,000 --> 00:00:14,000\nAnna: Still?\n\n"
    let ours =
      "1\n00:00:00,100 --> 00:00:01,000\n(music)\n\n"
      + replacing(
        base, [("4\n00:00:09", "5\n00:00:09"), ("3\n00:00:06", "4\n00:00:06")]
      ).split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
        $0 == 0 ? "2" : $0 == 4 ? "3" : String($1)
      }.joined(separator: "\n")
    let merged = merge(base, ours, base + "\n" + inserted)
    #expect(merged.conflicts == 0)
    #expect(merged.method == .captions)
    let numbers = merged.text.split(separator: "\n").filter { $0.allSatisfy(\.isNumber) }
    #expect(numbers == ["1", "2", "3", "4", "5", "6"])
    #expect(merged.text.contains("6\n00:00:13,000 --> 00:00:14,000\nAnna: Still?\n"))
  }

  @Test func whatNobodyTouchedKeepsItsBytes() {
    let odd = "\u{FEFF}01\r\n0:00:01.5 -->  00:00:03,5 X1:10\r\n{\\an8}Hello.  \r\n\r\n\r\n"
    let start =
      odd + "02\r\n00:00:04,000 --> 00:00:05,000\r\nBye now.\r\n\r\n"
      + "03\r\n00:00:06,000 --> 00:00:07,000\r\nIt rains.\r\n"
    let merged = merge(
      start, replacing(start, [("Bye now", "Bye")]), replacing(start, [("rains", "snows")]))
    #expect(merged.text == replacing(start, [("Bye now", "Bye"), ("rains", "snows")]))
    #expect(merged.conflicts == 0)
  }

  @Test func webVTTKeepsHeadAndSettings() {
    let start =
      "WEBVTT - Talk\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:02.000 align:left\n"
      + "<v Anna>Good morning.\n\n00:03.000 --> 00:04.000\nIt rains.\n"
    let merged = merge(
      start, replacing(start, [("morning", "evening")]), replacing(start, [("rains", "snows")]),
      name: "talk.vtt")
    #expect(merged.text == replacing(start, [("morning", "evening"), ("rains", "snows")]))
    #expect(merged.conflicts == 0)
  }

  @Test(arguments: [7, 12])
  func conflictsStandBetweenGitsMarkers(size: Int) {
    let merged = merge(
      base, replacing(base, [("rains", "pours")]), replacing(base, [("rains", "snows")]), size: size
    )
    let marks = ["<", "=", ">"].map { String(repeating: $0, count: size) }
    #expect(merged.conflicts == 1)
    #expect(
      merged.text
        == replacing(
          base,
          [
            (
              "Ben: It rains.",
              "\(marks[0]) ours\nBen: It pours.\n\(marks[1])\nBen: It snows.\n\(marks[2]) theirs"
            )
          ]))
  }

  @Test func rowsThatBothAddedStandBetweenOneSetOfMarkers() {
    let start = "# Talk\n\nFirst words here.\n\nThe end.\n"
    let ours = replacing(start, [("here.\n", "here.\n\nA dog barks.\n")])
    let theirs = replacing(start, [("here.\n", "here.\n\nQuite another thing.\n")])
    let merged = merge(start, ours, theirs, name: "talk.md")
    #expect(merged.conflicts >= 1)
    let rows = merged.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(rows.filter { $0.hasPrefix("<<<<<<<") }.count == 1)
    for row in ["A dog barks.", "Quite another thing.", "First words here.", "The end."] {
      #expect(rows.filter { $0 == row }.count == 1, "\(row)")
    }
  }

  @Test func anEditedRowThatTheOtherDeletedStandsAgainstNothing() {
    let merged = merge(
      "first\nthe quick brown fox\nlast\n", "first\nthe quick red fox\nlast\n", "first\nlast\n",
      name: "talk.txt")
    #expect(
      merged.text
        == "first\n<<<<<<< ours\nthe quick red fox\n=======\n>>>>>>> theirs\nlast\n")
  }

  @Test func severalRowsThatBothAddedStandInOrderAndOnce() {
    let merged = merge(
      "first\nlast\n", "first\nalpha\nbeta\nlast\n", "first\ngamma\nlast\n", name: "talk.txt")
    #expect(
      merged.text
        == "first\n<<<<<<< ours\nalpha\nbeta\n=======\ngamma\n>>>>>>> theirs\nlast\n")
  }

  @Test func markdownMergesWithinARow() {
    let start = "# Talk\n\nAnna: Good morning and welcome to the long show of today.\n"
    let merged = merge(
      start, replacing(start, [("Good", "Fine")]), replacing(start, [("today", "tonight")]),
      name: "talk.md")
    #expect(merged.text == replacing(start, [("Good", "Fine"), ("today", "tonight")]))
    #expect(merged.conflicts == 0)
  }

  @Test(arguments: ["talk.srt", "talk.vtt", "talk.json", "talk.md", "talk"])
  func whatIsNoTextOfItsKindLosesNothing(name: String) {
    for text in ["", "\u{0}\u{1}", "no caption at all", "{\"a\": 1}", "1\n\n"] {
      let merged = merge(text, text + "x\n", text + "y\n", name: name)
      #expect(merged.text.contains("x"))
      #expect(merged.text.contains("y"))
      #expect(merged.conflicts > 0)
      #expect(merge(text, text, text + "y\n", name: name).text == text + "y\n")
    }
  }

  @Test func jsonMergesByTheIdsOfItsLines() throws {
    let stage = try MergingStage()
    let start = try stage.copy()
    let ours = try stage.copy { $0[1]["text"] = .text("It is a pleasure.") }
    let theirs = try stage.copy { $0.insert($0.remove(at: 1), at: 3) }
    let file = Workspace.mergeFiles(base: start, ours: ours, theirs: theirs, name: "talk.json")
    #expect(file.conflictCount == 0)
    #expect(file.method == .script)
    try stage.merge(file.bytes)
    #expect(try stage.texts[3] == "It is a pleasure.")
    #expect(try stage.texts[2] == "It rains.")
  }
}
