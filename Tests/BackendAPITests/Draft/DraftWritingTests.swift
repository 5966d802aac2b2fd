import BackendAPI
import JSONText
import ScriptModel
import TestSupport
import Testing

/// What is written back: under the same keys, and nothing else touched.
struct DraftWritingTests {
  private func changes(_ track: Draft.Track) -> [Draft.SegmentChange] {
    track.segments.enumerated().map { index, segment in
      Draft.SegmentChange(
        source: index, text: segment.text, start: segment.start, duration: segment.duration,
        speaker: segment.speaker)
    }
  }

  private func text(_ draft: Draft) -> String {
    String(decoding: draft.document.bytes, as: UTF8.self)
  }

  @Test(arguments: DraftReadingTests.segments)
  func whatDoesNotChangeKeepsItsBytes(json: String) throws {
    let source =
      #"{"x":1.50,"t":[{"tt":0},{"z":"é","tt":7,"sg":[5,\#(json),null,{"d":1e2}],"q":[]}],"a":{}}"#
    let draft = try Stage.draft(source)
    let written = draft.replacingSegments(ofTrack: 1, with: changes(draft.tracks[1]))
    #expect(text(written) == text(draft))
    #expect(text(draft) == source)
  }

  @Test(arguments: DraftReadingTests.segments)
  func aChangeIsReadBackUnderTheSameKeys(json: String) throws {
    let draft = try Stage.draft(#"{"t":[{"tt":7,"sg":[\#(json)]}]}"#)
    var change = try #require(changes(draft.tracks[0]).first)
    change.text = "Good bye"
    change.start = Milliseconds(2000)
    change.duration = Milliseconds(700)
    change.speaker = "Bert"
    let written = draft.replacingSegments(ofTrack: 0, with: [change])
    let again = try Stage.draft(text(written)).tracks[0].segments[0]
    #expect(again.text == "Good bye" && again.speaker == "Bert")
    #expect(again.start == Milliseconds(2000) && again.duration == Milliseconds(700))
    #expect(again.speakerIsLabel == draft.tracks[0].segments[0].speakerIsLabel)
    #expect(keys(written.document) == keys(draft.document), "the keys and their order stay")
  }

  private func keys(_ value: JSONValue) -> [String] {
    switch value {
    case .object(let members): members.flatMap { [$0.name] + keys($0.value) }
    case .array(let elements): elements.flatMap { keys($0) }
    default: []
    }
  }

  @Test(arguments: [
    (
      #"{"text":"a","start":"1000","end":"1500","k":1.0}"#,
      #"{"text":"b","start":"2000","end":"2700","k":1.0}"#
    ),
    (#"{"text":"a","s":1000.0,"d":500}"#, #"{"text":"b","s":2000.0,"d":700}"#),
    (
      #"{"m":{"text":"a","z":0.10},"s":1e3,"d":500}"#,
      #"{"m":{"text":"b","z":0.10},"s":2000,"d":700}"#
    ),
    (#"{"text":"a"}"#, #"{"text":"b","start":2000,"d":700}"#),
    (#"{"m":{"text":"a"}}"#, #"{"m":{"text":"b","start":2000},"d":700}"#),
    ("{}", #"{"start":2000,"d":700,"text":"b"}"#),
  ])
  func digitsKeepTheirStyle(before: String, after: String) throws {
    let draft = try Stage.draft(#"{"t":[{"tt":7,"sg":[\#(before)]}]}"#)
    let written = draft.replacingSegments(
      ofTrack: 0,
      with: [.init(source: 0, text: "b", start: Milliseconds(2000), duration: Milliseconds(700))])
    #expect(text(written) == #"{"t":[{"tt":7,"sg":[\#(after)]}]}"#)
  }

  @Test func newOnesHaveTheShapeOfTheirNeighbours() throws {
    let draft = try Stage.draft(
      #"{"t":[{"tt":7,"sg":[{"id":"1","m":{"text":"A: one","font":"x"},"s":"0","d":10},{"id":"2","m":{"text":"two"},"s":"10","d":10}]}]}"#
    )
    var all = changes(draft.tracks[0])
    all.insert(
      .init(
        source: nil, id: "n", text: "new", start: Milliseconds(5), duration: Milliseconds(3),
        speaker: "B"), at: 1)
    all.remove(at: 2)
    let written = draft.replacingSegments(ofTrack: 0, with: all)
    #expect(
      text(written)
        == #"{"t":[{"tt":7,"sg":[{"id":"1","m":{"text":"A: one","font":"x"},"s":"0","d":10},{"id":"n","m":{"text":"B: new","font":"x"},"s":"5","d":3}]}]}"#
    )
  }

  @Test func newOnesHaveTheStyleOfTheirNeighbourAndNothingThatIsItsOwn() throws {
    let draft = try Stage.draft(
      #"{"t":[{"tt":7,"sg":[{"id":"1","text":"one","content":"one","start":0,"d":10,"end":10,"speaker":"A","fx":{"z":1.50},"m":{"id":"1","font":"x"}},{"fx":"sticker","d":5}]}]}"#
    )
    var all = changes(draft.tracks[0])
    all.append(
      .init(source: nil, id: "n", text: "new", start: Milliseconds(20), duration: Milliseconds(3)))
    let written = text(draft.replacingSegments(ofTrack: 0, with: all))
    #expect(written.hasPrefix(text(draft).dropLast(4)), "what was there stays")
    #expect(
      written.hasSuffix(
        #",{"id":"n","text":"new","start":20,"d":3,"fx":{"z":1.50},"m":{"font":"x"}}]}]}"#),
      "\(written)")
  }

  @Test func aSpeakerGoesWhereTheTracksSpeakersAre() throws {
    let draft = try Stage.draft(
      #"{"t":[{"tt":7,"sg":[{"text":"one","speaker":"A","d":1},{"text":"two","d":1}]}]}"#)
    var all = changes(draft.tracks[0])
    all[0].speaker = nil
    all[1].speaker = "B"
    #expect(
      text(draft.replacingSegments(ofTrack: 0, with: all))
        == #"{"t":[{"tt":7,"sg":[{"text":"one","d":1},{"text":"two","d":1,"speaker":"B"}]}]}"#)
  }

  @Test func aStartThatFollowedIsWrittenWhereItNoLongerDoes() throws {
    let draft = try Stage.draft(
      #"{"t":[{"tt":7,"sg":[{"text":"a","d":100},{"text":"b","d":100},{"text":"c","d":100}]}]}"#)
    var all = changes(draft.tracks[0])
    all[0].duration = Milliseconds(50)
    let written = try Stage.draft(text(draft.replacingSegments(ofTrack: 0, with: all)))
    #expect(written.tracks[0].segments.map(\.start.rawValue) == [0, 100, 200])
    #expect(written.tracks[0].segments.map(\.duration.rawValue) == [50, 100, 100])
  }

  @Test func aTrackIsAddedInTheShapeOfOthers() throws {
    let change = Draft.SegmentChange(
      source: nil, id: "i", text: "x", start: Milliseconds(1), duration: Milliseconds(2))
    #expect(
      text(Draft.empty.addingTextTrack(name: "N", with: [change]))
        == #"{"t":[{"tt":7,"m":{"title":"N"},"sg":[{"m":{"text":"x","start":1},"d":2}]}]}"#)
    let draft = try Stage.draft(
      #"{"d":5,"t":[{"tt":"7","id":"t1","name":"Captions","sg":[{"id":"s","text":"a","t0":0,"end":"4"}]}]}"#
    )
    let added = draft.addingTextTrack(name: "N", id: "t2", with: [change])
    #expect(
      text(added)
        == #"{"d":5,"t":[{"tt":"7","id":"t1","name":"Captions","sg":[{"id":"s","text":"a","t0":0,"end":"4"}]},{"id":"t2","tt":"7","name":"N","sg":[{"id":"i","text":"x","t0":1,"end":"3"}]}]}"#
    )
    #expect(added.tracks.count == 2 && added.tracks[1].segments[0].start == Milliseconds(1))
  }

  @Test func anIndexThatIsNoTracksChangesNothing() throws {
    let draft = try Stage.draft(#"{"t":[7]}"#)
    for index in [-1, 0, 1, .max] {
      #expect(text(draft.replacingSegments(ofTrack: index, with: [])) == #"{"t":[7]}"#)
    }
  }

  @Test func randomChangesAreReadBack() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    for round in 0..<300 {
      let shapes = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        DraftReadingTests.segments.randomElement(using: &random) ?? ""
      }
      let draft = try Stage.draft(#"{"t":[{"tt":7,"sg":[\#(shapes.joined(separator: ","))]}]}"#)
      var wanted = changes(draft.tracks[0]).shuffled(using: &random)
      for index in wanted.indices {
        if Bool.random(using: &random) { wanted[index].text = "text \(index)" }
        if Bool.random(using: &random) {
          wanted[index].start = Milliseconds(Int64.random(in: -5...5_000, using: &random))
        }
        if Bool.random(using: &random) {
          wanted[index].duration = Milliseconds(Int64.random(in: 0...5_000, using: &random))
        }
        if Bool.random(using: &random) {
          wanted[index].speaker = ["Bert", nil].randomElement(using: &random) ?? nil
        }
        if Int.random(in: 0..<4, using: &random) == 0 { wanted[index].source = nil }
      }
      let written = try Stage.draft(text(draft.replacingSegments(ofTrack: 0, with: wanted)))
      let read = written.tracks[0].segments
      #expect(read.map(\.text) == wanted.map(\.text), "seed \(seed), round \(round)")
      #expect(read.map(\.start) == wanted.map(\.start), "seed \(seed), round \(round)")
      #expect(read.map(\.duration) == wanted.map(\.duration), "seed \(seed), round \(round)")
      #expect(read.map(\.speaker) == wanted.map(\.speaker), "seed \(seed), round \(round)")
    }
  }

  @Test func randomDocumentsAreNoTrap() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    let values = [
      "null", "[]", "{}", "-1", "1e99", "\"\"", "\"x: y\"", "true", "9223372036854775807", "\"7\"",
    ]
    let names = [
      "t", "tt", "sg", "m", "d", "s", "text", "id", "start", "end", "speaker", "title", "volume",
    ]
    func value(_ depth: Int) -> String {
      guard depth > 0, Int.random(in: 0..<5, using: &random) > 0 else {
        return values.randomElement(using: &random) ?? "null"
      }
      let inner = (0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth - 1) }
      if Bool.random(using: &random) { return "[" + inner.joined(separator: ",") + "]" }
      return "{"
        + inner.map { "\"\(names.randomElement(using: &random) ?? "t")\":\($0)" }.joined(
          separator: ",") + "}"
    }
    print("random drafts with seed \(seed)")
    for _ in 0..<2_000 {
      let sg = value(3)
      let document = try Stage.json(
        #"{"draft":{"t":[\#(value(3)),{"tt":7,"sg":[\#(sg)]}],"d":\#(value(0))},"video_infos":\#(value(2)),"generated_media":\#(value(3))}"#
      )
      let state = SessionState(document)
      _ = state.fingerprint
      let draft = try #require(state.draft)
      #expect(draft.document == document["draft"])
      for track in draft.tracks {
        #expect(
          text(draft.replacingSegments(ofTrack: track.index, with: changes(track))) == text(draft))
        let written = draft.replacingSegments(
          ofTrack: track.index,
          with: [.init(source: 0, text: "t", start: Milliseconds(1), duration: Milliseconds(2))])
        if let track = written.track(at: track.index), track.kind == .text {
          #expect(track.segments.map(\.text) == ["t"])
        }
      }
      _ = TrackSummary.line(draft)
      _ = DraftChanges.sentences(from: nil, to: state)
      _ = draft.addingTextTrack(name: "n", with: [])
    }
  }
}
