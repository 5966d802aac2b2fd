import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync
import Testing

@Suite struct TrackMerging {
  @Test(arguments: TrackStage.Service.allCases, [true, false])
  func whatWasSentIsNotSentAgainAndStaysAsItWas(
    service: TrackStage.Service, isTimed: Bool
  ) {
    var stage = TrackStage(service, conversation(fiveTexts, isTimed: isTimed))
    let before = stage.script
    let outcome = stage.push()
    #expect(outcome.unsentLines == 0)
    #expect(stage.open.isEmpty)
    #expect((0..<5).map(stage.script.speakerName) == (0..<5).map(before.speakerName))
    if service != .oneRow { #expect(stage.script.texts == before.texts) }
    if service != .frames { #expect(stage.script.lines.map(\.start) == before.lines.map(\.start)) }
    #expect(stage.pull().unsentLines == 0)
  }

  @Test(arguments: TrackStage.Service.allCases, [true, false])
  func anEditOfEachKindSettlesWithOnePush(service: TrackStage.Service, isTimed: Bool) {
    let edits: [(String, (inout Script) -> Void)] = [
      ("text", { $0.lines[2].text = "It hangs beside the window." }),
      ("speaker", { $0.lines[2].speaker = $0.speakers[1].id }),
      ("nobody", { $0.lines[0].speaker = nil }),
      (
        "shift",
        {
          $0.lines[4].start = Milliseconds(20_000); $0.lines[4].end = Milliseconds(24_000)
        }
      ),
      ("delete", { $0.lines.remove(at: 1) }),
      (
        "insert",
        {
          $0.lines.insert(
            Line(id: Line.ID(high: 5, low: 5), speaker: $0.speakers[0].id, text: "Wait for me!"),
            at: 3)
        }
      ),
      ("rename", { $0.speakers[0].name = "Anna Lee" }),
    ]
    for (name, edit) in edits {
      var stage = TrackStage(service, conversation(fiveTexts, isTimed: isTimed))
      stage.push()
      edit(&stage.script)
      let wanted = stage.script
      // What a service was seen to forget it can't lack.
      let isForgotten = service == .forgetful && ["speaker", "nobody", "rename"].contains(name)
      stage.pushes = 0
      let outcome = stage.sync()
      #expect(outcome.unsentLines == 0, "\(name)")
      #expect(stage.pushes == (isForgotten ? 0 : 1), "\(name)")
      #expect(stage.open.isEmpty, "\(name)")
      let people = wanted.lines.indices.map(wanted.speakerName)
      #expect(stage.script.lines.indices.map(stage.script.speakerName) == people, "\(name)")
      #expect(stage.script.lines.map(\.id) == wanted.lines.map(\.id), "\(name)")
    }
  }

  @Test(arguments: TrackStage.Service.allCases)
  func editsOfDifferentLinesOnBothSidesMerge(service: TrackStage.Service) {
    var stage = TrackStage(service, conversation(fiveTexts))
    stage.push()
    stage.script.lines[0].text = "Good evening to you all."
    stage.captions[4].text += " Sharp."
    stage.captions[2].start = Milliseconds(4000)
    let outcome = stage.pull()
    #expect(outcome.unsentLines == 1)
    #expect(stage.open.isEmpty)
    #expect(stage.script.texts[0] == "Good evening to you all.")
    #expect(stage.script.texts[4].hasSuffix("six. Sharp."))
    #expect(stage.script.lines[2].start == Milliseconds(4000))
    #expect(stage.sync().unsentLines == 0)
    #expect(stage.captions[0].labelledText.hasSuffix("Good evening to you all."))
  }

  @Test func editsOfTheSameWordsConflictOnceAndOursStays() {
    var stage = TrackStage(.keys, conversation(fiveTexts))
    stage.push()
    stage.script.lines[0].text = "Good evening to you all."
    stage.captions[0].text = "Good afternoon to you all."
    let outcome = stage.pull()
    #expect(stage.open.map(\.field) == [.text])
    #expect(stage.open.first?.theirs == "Good afternoon to you all.")
    #expect(stage.script.texts[0] == "Good evening to you all.")
    #expect(outcome.unsentLines == 1)
    #expect(stage.sync().unsentLines == 0)
    #expect(stage.open.count == 1)
    #expect(stage.captions[0].text == "Good evening to you all.")
  }

  @Test func linesWithoutTimesKeepNoneWhenOthersAreEditedThere() {
    var stage = TrackStage(.labels, conversation(fiveTexts, isTimed: false))
    stage.push()
    stage.captions[1].text = "Where is the lamp?"
    let outcome = stage.pull()
    #expect(outcome.unsentLines == 0)
    #expect(stage.script.lines.allSatisfy { $0.start == nil && $0.end == nil })
    #expect(stage.script.texts[1] == "Where is the lamp?")
    // A later look sees nothing new, though the estimates of all lines behind would differ.
    #expect(stage.pull().unsentLines == 0)
  }

  @Test func speakersThatATrackNeverNamedAreSentOnceAndNotAgain() {
    var nameless = conversation(fiveTexts)
    for index in nameless.lines.indices { nameless.lines[index].speaker = nil }
    var stage = TrackStage(.forgetful, nameless)
    stage.push()
    for index in stage.script.lines.indices {
      stage.script.lines[index].speaker = stage.script.speakers[0].id
    }
    #expect(stage.pull().unsentLines == 5)
    #expect(stage.push().unsentLines == 0)
    #expect(stage.pull().unsentLines == 0)
    #expect((0..<5).map(stage.script.speakerName) == [String?](repeating: "ANNA", count: 5))
    stage.script.lines[0].text = "Another beginning."
    #expect(stage.pull().unsentLines == 1)
    #expect(stage.push().unsentLines == 0)
    #expect(stage.script.speakerName(at: 0) == "ANNA")
  }

  @Test func timesThatTheServiceGivesToLinesWithoutAreTaken() {
    var stage = TrackStage(.keys, conversation(fiveTexts, isTimed: false))
    stage.push()
    for index in stage.captions.indices {
      stage.captions[index].start = Milliseconds(Int64(index) * 5000)
      stage.captions[index].duration = Milliseconds(4000)
    }
    #expect(stage.pull().unsentLines == 0)
    #expect(stage.script.lines.map(\.end) == (0..<5).map { Milliseconds($0 * 5000 + 4000) })
  }

  @Test(arguments: TrackStage.Service.allCases)
  func headingsAndDirectionsStayHereAndAreNeverSent(service: TrackStage.Service) {
    var script = conversation(fiveTexts)
    script.lines.insert(
      Line(id: Line.ID(high: 9, low: 1), kind: .heading, text: "Act one"), at: 0)
    script.lines.insert(
      Line(id: Line.ID(high: 9, low: 2), kind: .direction, text: "The door opens."), at: 3)
    var stage = TrackStage(service, script)
    #expect(stage.push().unsentLines == 0)
    #expect(stage.captions.count == 5)
    stage.captions.remove(at: 1)
    #expect(stage.pull().unsentLines == 0)
    #expect(
      stage.script.lines.map(\.kind) == [
        .heading, .dialogue, .direction, .dialogue, .dialogue, .dialogue,
      ])
  }

  @Test func aRemarkWithAColonIsNoSpeaker() {
    var stage = TrackStage(.labels, conversation(fiveTexts))
    stage.script.lines[3].speaker = nil
    stage.script.lines[3].text = "Key: the small one opens the gate."
    #expect(stage.push().unsentLines == 0)
    #expect(stage.script.lines[3].text == "Key: the small one opens the gate.")
    #expect(stage.script.lines[3].speaker == nil)
    stage.captions[3].text += " Twice."
    stage.pull()
    #expect(stage.script.speakerName(at: 3) == nil)
    #expect(stage.script.lines[3].text == "Key: the small one opens the gate. Twice.")
  }

  @Test func aScriptAndATrackThatNeverMetLoseNoWord() {
    var stage = TrackStage(.keys, conversation(fiveTexts))
    stage.push()
    let track = stage.captions
    var other = TrackStage(.keys, conversation(fiveTexts))
    other.script.lines[0].text = "Good night to you all."
    other.script.lines.remove(at: 2)
    other.captions = track
    other.captions.removeLast()
    other.pull()
    let words = other.script.texts + other.open.flatMap { [$0.ours, $0.theirs] }.compactMap(\.self)
    for text in [
      "Good night to you all.", "Good morning to you all.", fiveTexts[1], fiveTexts[2],
      fiveTexts[4],
    ] {
      #expect(words.contains(text), "\(text)")
    }
    #expect(other.sync().unsentLines == 0)
  }

  @Test func aBaseThatCanNotBeReadIsNoBase() {
    var stage = TrackStage(.keys, conversation(fiveTexts))
    stage.push()
    stage.base = Array("{\"track\":1,\"lines\":[[".utf8)
    stage.script.lines[0].text = "Good evening to you all."
    stage.pull()
    let words = stage.script.texts + stage.open.compactMap(\.theirs)
    #expect(words.contains("Good morning to you all."))
    #expect(stage.script.texts[0] == "Good evening to you all.")
  }

  @Test func editsMadeWhileAScriptWasSentAreStillUnsent() {
    var stage = TrackStage(.keys, conversation(fiveTexts))
    stage.push()
    stage.script.lines[0].text = "First edit of the line."
    let sent = stage.script
    stage.push()
    stage.script.lines[1].text = "Second edit, made meanwhile."
    let outcome = stage.pull(sent: sent)
    #expect(outcome.unsentLines == 1)
    #expect(stage.script.texts[1] == "Second edit, made meanwhile.")
    #expect(stage.open.isEmpty)
  }
}

extension CaptionContent {
  fileprivate var labelledText: String { speaker.map { "\($0): \(text)" } ?? text }
}
