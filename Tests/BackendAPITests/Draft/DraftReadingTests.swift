import BackendAPI
import JSONText
import ScriptModel
import Testing

/// Every key of a segment that the service is known to use, and what a draft may hold besides.
struct DraftReadingTests {
  /// Segments that all read as `Hello` from 1000 for 500 ms, said by Anna.
  static let segments: [String] = [
    #"{"m":{"text":"Hello","start":1000,"speaker":"Anna"},"d":500}"#,
    #"{"m":{"content":"Hello","s":1000,"d":500,"speaker":"Anna"}}"#,
    #"{"text":"Hello","s":1000,"d":500,"speaker":"Anna"}"#,
    #"{"content":"Hello","t0":1000,"m":{"duration":500},"speaker":"Anna"}"#,
    #"{"text":"Hello","start":"1000","end":"1500","speaker":"Anna"}"#,
    #"{"text":"Hello","start":1000.0,"m":{"end":1500.4},"speaker":"Anna"}"#,
    #"{"text":"Anna: Hello","s":1000,"d":500}"#, #"{"text":"Anna：Hello","s":1000,"d":500}"#,
    #"{"text":"[Anna] Hello","s":1000,"d":500}"#, #"{"text":"[Anna]: Hello","s":1000,"d":500}"#,
    #"{"text":"**Anna:** Hello","s":1000,"d":500}"#, #"{"text":"Anna:\nHello","s":1000,"d":500}"#,
    #"{"m":{"text":null,"content":"Hello","start":null,"speaker":null},"s":1000,"d":500,"speaker":"Anna","text":"no"}"#,
    #"{"m":{"text":"Hello","start":1000,"s":7,"d":8,"speaker":"Anna"},"d":500,"end":9,"s":6}"#,
  ]

  @Test(arguments: segments)
  func aSegmentIsReadUnderAnyOfItsKeys(json: String) throws {
    let draft = try Stage.draft(#"{"t":[{"tt":7,"sg":[\#(json)]}]}"#)
    let segment = try #require(draft.tracks.first?.segments.first)
    #expect(segment.text == "Hello" && segment.speaker == "Anna")
    #expect(segment.start == Milliseconds(1000) && segment.duration == Milliseconds(500))
  }

  @Test func aSegmentWithoutAStartFollowsTheOneBefore() throws {
    let draft = try Stage.draft(
      #"{"t":[{"tt":"7","sg":[{"text":"a","d":100},7,{"text":"b","d":"50"},{"text":"c"}]}]}"#)
    let segments = try #require(draft.tracks.first).segments
    #expect(segments.map(\.start.rawValue) == [0, 100, 150])
    #expect(segments.map(\.duration.rawValue) == [100, 50, 0])
  }

  @Test func tracksKeepTheirPlacesAndNames() throws {
    let draft = try Stage.draft(
      #"""
      {"d":"12000","t":[null,{"tt":0,"id":"v","sg":[{"m":{"name":"city"},"d":10000}]},
      {"tt":1,"m":{"name":"BGM"},"name":"x","sg":[{"name":"Lo-fi","volume":0.35,"d":10000}]},
      {"tt":7.0,"m":{"title":"Captions"},"sg":null},{"tt":11},{"sg":[]},[]]}
      """#)
    #expect(draft.tracks.map(\.index) == [1, 2, 3, 4, 5])
    #expect(draft.tracks.map(\.kind) == [.video, .audio, .text, .other, .other])
    #expect(draft.tracks.map(\.name) == ["v", "BGM", "Captions", nil, nil])
    #expect(draft.tracks[1].segments[0].volume == 35 && draft.tracks[1].segments[0].text == "Lo-fi")
    #expect(draft.duration == Milliseconds(12_000) && draft.isReadyForExport)
  }

  @Test(arguments: [
    "{}", "null", "[]", "7", #"{"t":null}"#, #"{"t":{}}"#, #"{"t":[]}"#,
    #"{"t":[{"tt":7,"sg":[]}]}"#,
    #"{"t":[{"tt":7,"sg":[1,null,"x"]}]}"#,
  ])
  func aDraftWithoutSegmentsIsNotReady(json: String) throws {
    #expect(try !Stage.draft(json).isReadyForExport)
  }

  @Test func timesOfAnySizeAreNoTrap() throws {
    let draft = try Stage.draft(
      #"{"t":[{"tt":7,"sg":[{"text":"a","s":9223372036854775807,"d":9223372036854775807},{"text":"b","d":-5},{"text":"c","s":-1e300,"end":1e300},{"text":"d","s":"NaN","d":"inf"}]}]}"#
    )
    #expect(draft.tracks[0].segments.count == 4)
    _ = TrackSummary.line(draft)
    _ = DraftChanges.sentences(from: .empty, to: draft)
    _ = draft.tracks[0].contentHash
  }

  @Test(
    arguments: [
      ("Note: mind the gap", nil), ("at 10:30 we left", nil), ("so this: that", nil),
      ("https://example.org", nil), ("Anna Maria: hi", "Anna Maria"),
      ("SPEAKER 1: hi", "SPEAKER 1"),
      ("Speaker A: hi", "Speaker A"), ("Dr. O'Neil-Smith (V.O.): hi", "Dr. O'Neil-Smith (V.O.)"),
      ("Ludwig van Beethoven: hi", "Ludwig van Beethoven"), ("Everybody knows this: no", nil),
      ("李雷：你好", "李雷"), ("Anna:hello", nil), (": x", nil), ("[music] x", nil), ("", nil),
      ("anna: hi", nil), ("The answer is simple: no", nil),
    ] as [(String, String?)])
  func labelsAreToldFromProse(text: String, name: String?) {
    #expect(SpeakerLabel(atBeginningOf: text)?.name == name)
  }

  @Test func aKnownNameIsALabelHoweverItLooks() throws {
    let json = try Stage.json(#"{"t":[{"tt":7,"sg":[{"text":"anna: hi"},{"text":"Note: x"}]}]}"#)
    let segments = Draft(json, knownSpeakers: ["anna", "Note"]).tracks[0].segments
    #expect(segments.map(\.speaker) == ["anna", "Note"])
    #expect(segments.map(\.text) == ["hi", "x"])
  }
}
