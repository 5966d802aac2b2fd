import ScriptModel
import Testing

@testable import ScriptFormats

@Suite struct SpeakerDetectionTests {
  private func detect(_ texts: [String], cast: [String] = []) -> ScriptDocument {
    var document = ScriptDocument()
    for text in texts { document.append(text) }
    SpeakerDetection.apply(to: &document, cast: cast)
    return document
  }

  @Test(arguments: [
    (["Anna: Hi.", "Anna: So."], ["Anna|-|Hi.", "Anna|-|So."]),
    (["Anna: Hi.", "Then: what?"], ["-|-|Anna: Hi.", "-|-|Then: what?"]),
    (["ANNA: Hi."], ["ANNA|-|Hi."]),
    (["Speaker 1: Hi."], ["Speaker 1|-|Hi."]),
    (["[SPEAKER_00]: Hi."], ["SPEAKER_00|-|Hi."]),
    (["[anyone at all]: Hi."], ["anyone at all|-|Hi."]),
    (["[]: Hi."], ["-|-|Hi."]),
    (["[Anna] Hi.", "[Anna] So."], ["Anna|-|Hi.", "Anna|-|So."]),
    (["(ANNA) Hi."], ["ANNA|-|Hi."]),
    ([">> ANNA: Hi."], ["ANNA|-|Hi."]),
    (["安娜：你好", "安娜：再见"], ["安娜|-|你好", "安娜|-|再见"]),
    (["- Hi\n- Yes"], ["-|-|- Hi\n- Yes"]),
    (
      ["[inaudible 00:01:02]", "[laughs] Yes", "[laughs] No", "[MUSIC] La"],
      ["-|-|[inaudible 00:01:02]", "-|-|[laughs] Yes", "-|-|[laughs] No", "-|-|[MUSIC] La"]
    ),
    (["10:30 is late", "10:30 is late"], ["-|-|10:30 is late", "-|-|10:30 is late"]),
    (["http://x.org", "http://x.org"], ["-|-|http://x.org", "-|-|http://x.org"]),
    (["Well, Anna: no", "Well, Anna: no"], ["-|-|Well, Anna: no", "-|-|Well, Anna: no"]),
    (
      ["one two three four five: x", "one two three four five: x"],
      ["-|-|one two three four five: x", "-|-|one two three four five: x"]
    ),
    (["MARA:\nHello"], ["MARA|-|Hello"]),
  ])
  func takesLabelsByTheRules(_ texts: [String], _ lines: [String]) {
    #expect(rows(of: detect(texts)) == lines)
  }

  @Test func aNameOfTheCastNeedsToOccurOnce() {
    #expect(rows(of: detect(["Anna: Hi."], cast: ["Anna"])) == ["Anna|-|Hi."])
  }

  @Test func whatStaysTextIsReported() {
    let document = detect(["Remember this: all of it."])
    #expect(document.findings.map(\.code) == ["possible-label"])
  }

  @Test func aSpeakerThatIsKnownIsKept() {
    var document = ScriptDocument()
    document.append("ANNA: Hi.", speaker: "Bert")
    SpeakerDetection.apply(to: &document, cast: [])
    #expect(rows(of: document) == ["Bert|-|ANNA: Hi."])
  }

  @Test(arguments: [
    ("Anna", 2, true), ("Anna", 1, false), ("ANNA", 1, true), ("Speaker 2", 1, true),
    ("a: b", 3, false), ("", 3, false), ("inaudible", 3, false), (" Anna", 3, false),
    ("Anna, the Great", 3, false), ("Ünal", 2, true), ("10:30", 2, false),
  ])
  func recognisesWhatItWouldReadBack(_ name: String, _ count: Int, _ isRecognized: Bool) {
    #expect(SpeakerDetection.isRecognized(name, occurrences: count) == isRecognized)
  }

  @Test func findingsAreCapped() {
    let document = detect((0..<500).map { "Name\($0 % 7)x\($0): text" })
    #expect(document.findings.count == FindingLog.limit + 1)
  }
}
