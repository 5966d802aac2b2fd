import BackendAPI
import ScriptModel
import ScriptStore
import TestSupport
import Testing

@testable import ScriptSync

/// Captions of two seconds each, one behind the other, that name nobody.
private func captions(_ texts: [String]) -> [CaptionContent] {
  texts.enumerated().map { index, text in
    CaptionContent(
      speaker: nil, text: text, start: Milliseconds(Int64(index) * 2000),
      duration: Milliseconds(2000))
  }
}

private func rows(_ captions: [CaptionContent]) -> [String] {
  captions.map { caption in "\(caption.speaker ?? "-"): \(caption.text)" }
}

/// What captions become beside a reply.
private func told(_ texts: [String], by reply: String, cast: [String] = []) throws -> [String] {
  let read = try #require(TranscriptReply(reply, cast: cast))
  return rows(ReplyAlignment(captions(texts), with: read.document).enriched())
}

/// The turns that a reply holds.
private func turns(_ reply: String, cast: [String] = []) throws -> [String] {
  let document = try #require(TranscriptReply(reply, cast: cast)).document
  return document.entries.indices.filter { document.entries[$0].kind != .heading }.map { index in
    let speaker = document.entries[index].speaker.map { document.speakers[$0] } ?? "-"
    return "\(speaker): \(document.string(at: index))"
  }
}

private let talk = ["Anna: We are at the top.", "Ben: Mind the rail."]

@Suite struct RepliesWithTranscripts {
  @Test(arguments: [
    "Anna: We are at the top.\nBen: Mind the rail.",
    "Transcript:\nAnna: We are at the top.\nBen: Mind the rail.",
    "**Transcript:**\n\n**Anna:** We are at the top.\n\n**Ben:** Mind the rail.",
    "**Anna:** We are at the top.\n\n**Ben:** Mind the rail.",
    "[00:00:01] ANNA: We are at the top.\n[00:00:04] BEN: Mind the rail.",
    "00:00:01 - 00:00:04 Anna\nWe are at the top.\n\n00:00:04 - 00:00:06 Ben\nMind the rail.",
    "### 00:00:01 · Anna\n\nWe are at the top.\n\n### 00:00:04 · Ben\n\nMind the rail.",
    "```srt\n1\n00:00:01,000 --> 00:00:04,000\nAnna: We are at the top.\n\n2\n"
      + "00:00:04,000 --> 00:00:06,000\nBen: Mind the rail.\n```",
    "```vtt\nWEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Anna>We are at the top.</v>\n\n"
      + "00:00:04.000 --> 00:00:06.000\n<v Ben>Mind the rail.</v>\n```",
    "~~~\nAnna: We are at the top.\nBen: Mind the rail.\n~~~",
    "```\nAnna: We are at the top.\n```\n\nand then\n\n```\nBen: Mind the rail.\n```",
    "Anna  0:01\nWe are at the top.\n\nBen  0:04\nMind the rail.",
    "ANNA\nWe are at the top.\n\nBEN\nMind the rail.",
    "- **Anna**: We are at the top.\n- **Ben**: Mind the rail.",
    "1. **Anna:** We are at the top.\n2. **Ben:** Mind the rail.",
    "| Time | Speaker | Dialogue |\n|---|:---|---|\n| 00:01 | **Anna** | We are at the top. |\n"
      + "| 00:04 - 00:06 | **Ben** | Mind the rail. |",
    "```json\n[{\"speaker\": \"Anna\", \"start\": 1.0, \"text\": \"We are at the top.\"},\n"
      + "{\"speaker\": \"Ben\", \"start\": \"00:04\", \"text\": \"Mind the rail.\"}]\n```",
    "**Anna** [00:01]: We are at the top.\n\n**Ben** [00:04]: Mind the rail.",
    "**[00:01] Anna:** We are at the top.\n\n**[00:04] Ben:** Mind the rail.",
    "[00:01 - 00:04] Anna: We are at the top.\n[00:04 - 00:06] Ben: Mind the rail.",
    "(00:01) Anna: We are at the top.\n(00:04) Ben: Mind the rail.",
    "**00:01 - 00:04 | Anna**\nWe are at the top.\n\n**00:04 - 00:06 | Ben**\nMind the rail.",
    "> **Anna:** We are at the top.\n>\n> **Ben:** Mind the rail.",
    "**Anna:**\nWe are at the top.\n\n**Ben:**\nMind the rail.",
    "## Scene 1\n\n**Anna:** We are at the top.\n\n## Scene 2\n\n**Ben:** Mind the rail.",
    "*Anna:* We are at the top.\n\n*Ben:* Mind the rail.",
    "[Anna]: We are at the top.\n[Ben]: Mind the rail.",
    "0:01 Anna: We are at the top.\n0:04 Ben: Mind the rail.",
  ])
  func itsTurnsAreFoundInWhateverLayoutAndWithoutTheProse(layout: String) throws {
    let reply =
      "Here is the full script:\n\n\(layout)\n\nLet me know if you would like any changes."
    #expect(try turns(reply) == talk)
  }

  @Test(arguments: ["", "Done!", "I could not hear any speech in this video.", "```\n\n```"])
  func oneWithoutTurnsHoldsNoTranscript(reply: String) {
    #expect(TranscriptReply(reply) == nil)
  }

  @Test(arguments: ["", "```srt\n"])
  func captionsWithoutALabelAreCaptionsToo(fence: String) throws {
    let reply =
      fence + """
        1
        00:00:01,000 --> 00:00:02,000
        Anna: One.

        2
        00:00:02,000 --> 00:00:03,000
        [music]

        3
        00:00:03,000 --> 00:00:04,000
        Ben: Two.

        4
        00:00:04,000 --> 00:00:05,000
        Anna: Three.

        """
    let found = try turns(reply)
    #expect(found == ["Anna: One.", "-: [music]", "Ben: Two.", "Anna: Three."])
  }

  @Test(arguments: [
    "Anna: Hi.\nAnna: One.\n\nTwo.\n\nThree.",
    "Here it is:\n\nAnna: Hi.\n\nBen: One.\n\nTwo.\n\nThree.",
    "Anna: Hi.\n\nBen: One.\n\nTwo.",
  ])
  func paragraphsOfATurnStayInIt(reply: String) throws {
    let said = try turns(reply).joined(separator: "\n")
    for word in ["One.", "Two."] { #expect(said.contains(word), "\(said)") }
  }

  @Test func recordsOfSeveralTablesAndWithOddTimesAreTurns() throws {
    let reply = """
      | Speaker | Text |
      | --- | --- |
      | Anna | Yes | no |

      | Text | Speaker |
      | --- | --- |
      | Well. | Ben |
      """
    #expect(try turns(reply) == ["Anna: Yes | no", "Ben: Well."])
    let objects =
      #"[{"speaker":"A","text":"x","start":null,"end":3},{"speaker":"B","text":"y","start":-5},"#
      + #"{"speaker":"C","text":"z","start":4,"end":2.5}]"#
    let document = try #require(TranscriptReply(objects)).document
    #expect(document.entries.map(\.start) == [nil, nil, Milliseconds(4000)])
    #expect(document.entries.map(\.end) == [nil, nil, nil])
  }

  @Test func recordsInPartsAreOneTranscript() throws {
    let reply = """
      ```json
      [{"speaker": "Anna", "text": "One."}]
      ```
      ```json
      {"first": [{"speaker": "Ben", "text": "Two."}], "then": [{"speaker": "Anna", "text": "Three."}]}
      ```
      """
    #expect(try turns(reply) == ["Anna: One.", "Ben: Two.", "Anna: Three."])
  }

  @Test func aFenceEndsWithAsManyMarks() {
    let blocks = FencedBlock.blocks(in: "````txt\nAnna: See\n```\nthis.\n````\nBye")
    #expect(blocks == [FencedBlock(language: "txt", text: "Anna: See\n```\nthis.\n")])
  }

  @Test func whatStandsBetweenTurnsStays() throws {
    let reply =
      "Sure:\n\n## The stairs\n\n**Anna:** Up.\n\n## The lamp\n\n**Ben:** On.\n\nAnything else?"
    let document = try #require(TranscriptReply(reply)).document
    let texts = document.entries.indices.map { document.string(at: $0) }
    #expect(texts == ["The stairs", "Up.", "The lamp", "On."])
  }

  @Test func theWholeReplyIsKeptAsItsSource() throws {
    let reply = "Here it is:\n\nAnna: Yes.\nBen: No.\n\nAnything else?"
    let source = try #require(TranscriptReply(reply)).source(title: "talk")
    #expect(source.bytes == Array(reply.utf8))
    #expect(source.name == "talk (reply).txt")
  }

  @Test func namesInCapitalsAreSpelledAsTheProjectOrTheWordsSpellThem() throws {
    let reply = "[00:00:01] MCKAY: Thank you.\n[00:00:04] SPEAKER 2: You are welcome, McKay."
    #expect(try turns(reply) == ["McKay: Thank you.", "Speaker 2: You are welcome, McKay."])
    #expect(try turns(reply, cast: ["mcKay"])[0] == "mcKay: Thank you.")
    let mixed = "[00:00:01] BBC: Thank you.\n[00:00:04] Ben: You are welcome."
    #expect(try turns(mixed)[0] == "BBC: Thank you.")
    let twins = SpelledNames(cast: ["anna", "Anna", "ANNA"], text: "")
    #expect(twins.spelled(["Anna", "anna", "ANNA", "aNNa"]) == ["Anna", "anna", "ANNA", "ANNA"])
    let short = "[00:00:01] TV: Thank you.\n[00:00:04] O'BRIEN: You are welcome."
    #expect(try turns(short) == ["TV: Thank you.", "O'Brien: You are welcome."])
  }
}

@Suite struct CaptionsBesideAReply {
  @Test func captionsGetTheSpeakerOfTheTurnTheyArePartOf() throws {
    let reply = """
      Anna: We are at the top now, a hundred and twelve steps up. What a view!
      Ben: Mind the rail, it was painted this morning.
      """
    #expect(
      try told(
        [
          "we are at the top now", "a hundred and twelve steps up", "what a view", "mind the rail",
          "it was painted this morning",
        ], by: reply)
        == [
          "Anna: We are at the top now,", "Anna: a hundred and twelve steps up.",
          "Anna: What a view!", "Ben: Mind the rail,", "Ben: it was painted this morning.",
        ])
  }

  @Test func wordsThatWereMisheardAreTheReplys() throws {
    #expect(
      try told(
        ["we met doctor mackay at the peer", "she was late", "as ever"],
        by: "Anna: We met Dr. McKay at the pier. She was late\nBen: as ever?")
        == ["Anna: We met Dr. McKay at the pier.", "Anna: She was late", "Ben: as ever?"])
  }

  @Test func captionsThatTheReplyLacksStayAsTheyAre() throws {
    #expect(
      try told(
        [
          "[door slams]", "We are at the top.", "Something else entirely was said here.", "♪ la la",
        ],
        by: "Anna: We are at the top.\nBen: Never mind what she says.")
        == [
          "-: [door slams]", "Anna: We are at the top.",
          "-: Something else entirely was said here.", "-: ♪ la la",
        ])
  }

  @Test func asidesInCaptionsStayThere() throws {
    #expect(
      try told(["(laughs) we are at the top now"], by: "Anna: We are at the top now.\nBen: Yes.")
        == ["Anna: (laughs) we are at the top now"])
  }

  @Test func aCaptionOfTwoTurnsKeepsItsWords() throws {
    #expect(
      try told(
        ["are you there yes", "good then"], by: "Anna: Are you there?\nBen: Yes.\nAnna: Good, then."
      )
        == ["Anna: are you there yes", "Anna: Good, then."])
  }

  @Test func proseOfTheAgentIsInNoCaption() throws {
    let reply = """
      Sure! Here is what they say in the talk:

      Anna: We are at the top now.
      Ben: Mind the rail.

      The talk is about a lighthouse. Tell me if you want captions.
      """
    #expect(
      try told(["We are at the top now", "Mind the rail"], by: reply)
        == ["Anna: We are at the top now.", "Ben: Mind the rail."])
  }

  @Test func captionsOfAScriptWithoutSpacesAreCutAtItsMarks() throws {
    #expect(
      try told(["我们现在在山顶", "小心栏杆", "今天早上刚刷的"], by: "安娜：我们现在在山顶。\n本：小心栏杆，「今天早上刚刷的」。")
        == ["安娜: 我们现在在山顶。", "本: 小心栏杆，", "本: 「今天早上刚刷的」。"])
  }

  @Test func anotherTextChangesNothing() throws {
    let texts = ["Buenos días a todos.", "Hoy hablamos del faro."]
    #expect(
      try told(texts, by: "Anna: Good morning everybody.\nBen: Today we talk about the lighthouse.")
        == texts.map { "-: \($0)" })
  }

  /// Whatever stands in a reply: times and number of captions stay, and none loses all its words.
  @Test(arguments: 1...400 as ClosedRange<UInt64>) func captionsKeepTimesAndWords(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = ["we", "are", "at", "the", "top", "Anna", "我", "们", "yes.", "“no”", "[x]", "12"]
    func text(_ count: Int) -> String {
      (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &random)] }.joined(
        separator: " ")
    }
    let texts = (0..<Int.random(in: 1...12, using: &random)).map { _ in
      text(Int.random(in: 1...7, using: &random))
    }
    var reply = ""
    for index in 0..<Int.random(in: 1...9, using: &random) {
      reply +=
        "\(index % 2 == 0 ? "Anna" : "Ben"): \(text(Int.random(in: 1...9, using: &random)))\n"
    }
    let before = captions(texts)
    guard let read = TranscriptReply(reply) else { return }
    let after = ReplyAlignment(before, with: read.document).enriched()
    #expect(after.map(\.start) == before.map(\.start), "seed \(seed)")
    #expect(after.map(\.duration) == before.map(\.duration), "seed \(seed)")
    #expect(after.allSatisfy { !$0.text.isEmpty }, "seed \(seed)")
    for (one, other) in zip(before, after) where one.text != other.text {
      #expect(
        reply.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(other.text),
        "seed \(seed): \(other.text)")
    }
  }

  /// Replies of marks in any order are read or are none; nothing traps, and captions stay sound.
  @Test(arguments: 1...600 as ClosedRange<UInt64>) func garbageIsReadOrIsNone(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "|", "---", "\n", "\n\n", "```", "~~~", "json", "[{", "}]", "\"text\":", "\"speaker\": 1",
      "**",
      "Anna", "Ben:", ": ", "：", "00:01", "-->", "00:00:02,000", "1. ", "- ", "> ", "###", "“", "」",
      "\\", " ", "我们", "👩‍👩‍👧", "\u{0}", "\u{2028}", "words", "| Speaker | Text |", "\r\n", "<v Anna>",
    ]
    let reply = (0..<Int.random(in: 1...60, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }.joined()
    let before = captions(["words", "Anna 我们", "", "00:01 Ben"])
    guard let read = TranscriptReply(reply) else { return }
    let after = ReplyAlignment(before, with: read.document).enriched()
    #expect(after.count == before.count, "seed \(seed)")
    #expect(read.source(title: "t").bytes == Array(reply.utf8), "seed \(seed)")
  }
}
