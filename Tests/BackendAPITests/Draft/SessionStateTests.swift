import BackendAPI
import JSONText
import ScriptModel
import Testing

/// States, their media, their fingerprints, and which tracks are scripts.
struct SessionStateTests {
  private func state(_ text: String) throws -> SessionState { SessionState(try Stage.json(text)) }

  @Test(arguments: [
    #"{"code":0,"data":{}}"#, #"{"code":0,"data":null}"#, #"{"code":0,"data":{"state":null}}"#,
    #"{"code":0,"data":{"state":{}}}"#,
    #"{"code":0,"data":{"state":{"draft":null,"video_infos":null}}}"#,
    #"{"code":0,"data":{"state":{"draft":{},"video_infos":[],"generated_media":{}}}}"#,
    #"{"code":0,"data":{"state":[]}}"#,
  ])
  func aSessionThatHasDoneNothingIsEmpty(body: String) throws {
    let state = try SessionStateRequest(sessionID: "s").answer(Stage.response(200, body))
    #expect(state.draft == nil && state.files.isEmpty && state.generated.isEmpty)
    #expect(state.fingerprint == (try self.state("{}")).fingerprint)
  }

  @Test func aStateIsFoundInsideItsEnvelope() throws {
    for body in [
      #"{"code":0,"data":{"state":{"draft":{"t":[]}}}}"#, #"{"state":{"draft":{"t":[]}}}"#,
      #"{"code":0,"data":{"draft":{"t":[]}}}"#,
    ] {
      let state = try SessionStateRequest(sessionID: "s").answer(Stage.response(200, body))
      #expect(state.draft != nil)
    }
  }

  @Test(arguments: [
    #"[{"filename":"a.mp4","hash":"h","size":"9","cdn_url":"https://c/a","duration":"2"}]"#,
    #"{"id1":{"name":"a.mp4","hash":"h","file_size":9,"url":"https://c/a","duration":2.0}}"#,
  ])
  func filesAreListedInEitherForm(list: String) throws {
    #expect(
      try state(#"{"video_infos":\#(list)}"#).files == [
        UploadedFile(
          name: "a.mp4", address: "https://c/a", duration: Milliseconds(2000), hash: "h",
          byteCount: 9)
      ])
  }

  @Test(arguments: [
    (#"[{"id":"m1","name":"a.mp4","url":"https://c/x/a.mp4?sig=1"}]"#, "m1", "a.mp4"),
    (#"{"m1":{"url":"https://c/x/a.mp4?sig=1"}}"#, "m1", "a.mp4"),
    (#"{"m1":"https://c/x/a%20b.mp4?sig=1"}"#, "m1", "a b.mp4"),
    (#"["https://c/x/a.mp4?sig=1"]"#, "https://c/x/a.mp4", "a.mp4"),
    (#"[{"hash":"h","cdn_url":"https://c/x/a.mp4?sig=1"}]"#, "h", "a.mp4"),
    (#"{"url":"https://c/x/a.mp4?sig=1","id":7}"#, "7", "a.mp4"),
    (#"{"videos":[{"id":"m1","url":"https://c/x/a.mp4"}],"images":[]}"#, "m1", "a.mp4"),
    (#"[null,{},{"id":"no"},7,{"id":"m1","url":"https://c/x/a.mp4"}]"#, "m1", "a.mp4"),
  ])
  func mediaAreListedInAnyForm(list: String, identity: String, name: String) throws {
    let media = try state(#"{"generated_media":\#(list)}"#).generated.filter { $0.address != "7" }
    #expect(media.map(\.identity) == [identity] && media.map(\.name) == [name])
  }

  @Test func onlyAHashOfThatLengthIsASHA256() throws {
    let hash = String(repeating: "aB", count: 32)
    let media = try state(
      #"{"generated_media":[{"url":"https://c/1","hash":"sha256:\#(hash)"},{"url":"https://c/2","hash":"\#(hash)x"}]}"#
    )
    .generated
    #expect(media.map(\.sha256) == [hash.lowercased(), nil])
  }

  @Test func aFingerprintTellsContentsApart() throws {
    let base =
      #"{"draft":{"t":[],"d":1.0},"video_infos":[],"generated_media":["https://c/a?sig=1"],"other":1}"#
    let same = [
      #"{"other":2,"generated_media":["https://c/a?sig=2"],"draft":{"d":1.0,"t":[]}}"#,
      #"{"draft":{"d":1.0,"t":[]},"canvas_config":null,"generated_media":["https://c/a"]}"#,
    ]
    let others = [
      #"{"draft":{"t":[],"d":1},"generated_media":["https://c/a"]}"#,
      #"{"draft":{"t":[{}],"d":1.0},"generated_media":["https://c/a"]}"#,
      #"{"draft":{"t":[],"d":1.0},"generated_media":["https://c/b"]}"#,
      #"{"draft":{"t":[],"d":1.0},"generated_media":["https://c/a"],"canvas_config":{"w":1}}"#,
      #"{"draft":{"t":[],"d":"1.0"},"generated_media":["https://c/a"]}"#, "{}",
    ]
    let expected = try state(base).fingerprint
    #expect(expected.count == 32)
    for text in same { #expect(try state(text).fingerprint == expected, "\(text)") }
    for text in others { #expect(try state(text).fingerprint != expected, "\(text)") }
  }

  @Test func aTracksContentCountsHoweverItsSpeakersAreKept() throws {
    let texts = [
      #"{"text":"Anna: Hi\r\nyou ","s":0,"d":5}"#,
      #"{"m":{"text":"Hi\nyou","speaker":"Anna"},"s":"0","end":5}"#,
    ]
    let hashes = try texts.map { text in
      try Stage.draft(#"{"t":[{"tt":7,"sg":[\#(text)]}]}"#).tracks[0].contentHash
    }
    #expect(hashes[0] == hashes[1])
    let caption = CaptionContent(
      speaker: "Anna", text: "Hi\nyou", start: Milliseconds(0), duration: Milliseconds(5))
    #expect(CaptionContent.hash(of: [caption]) == hashes[0])
    var others = [caption, caption, caption, caption]
    others[0].speaker = "Bert"
    others[1].text = "Hi you"
    others[2].start = Milliseconds(1)
    others[3].duration = Milliseconds(6)
    for other in others { #expect(CaptionContent.hash(of: [other]) != hashes[0]) }
    #expect(CaptionContent.hash(of: []) != hashes[0])
  }

  @Test func captionsSayTheSameWhereTheirHashesAreEqual() {
    var captions: [CaptionContent] = []
    for speaker in [nil, "", "Anna", "Zoe\u{301}", "Zo\u{e9}"] {
      for text in ["", "Hi", " Hi\r\n", "Hi\nyou", "Hi\r\nyou", "Anna: Hi", ": Hi", "Zo\u{e9}: Hi"]
      {
        for time in [Int64(0), 5] {
          captions.append(
            CaptionContent(
              speaker: speaker, text: text, start: Milliseconds(time),
              duration: Milliseconds(5 - time)))
        }
      }
    }
    var equal = 0
    for one in captions {
      for other in captions {
        let isSame = CaptionContent.hash(of: [one]) == CaptionContent.hash(of: [other])
        #expect(one.saysTheSame(as: other) == isSame, "\(one) \(other)")
        equal += isSame ? 1 : 0
      }
    }
    #expect(equal > captions.count)
  }

  @Test(arguments: [
    ("Captions", false), ("Subtitles", false), ("字幕", false), ("Title", true), ("main_title", true),
    ("mainTitle2", true), ("标题", true), ("Lower third", true), ("LOGO", true), ("untitled", false),
    ("Talk", false), ("Title captions", false), ("entitled", false),
  ])
  func titlesAreToldByName(name: String, isTitle: Bool) throws {
    let draft = try Stage.draft(
      #"{"t":[{"tt":7,"m":{"title":"\#(name)"},"sg":[{"text":"a"},{"text":"b"}]}]}"#)
    #expect(draft.isTitle(draft.tracks[0]) == isTitle)
  }

  @Test(arguments: [
    ("Title", true), ("title", true), ("标题", true), ("titles", false), ("Main title", false),
    ("my title x", false), ("Lower thirds", false), ("Title deeds", false), ("LOGO", false),
    ("Subtitles", false),
  ])
  func onlyTheNameOfATitleLeavesATrackOut(name: String, isLeftOut: Bool) throws {
    for texts in [#"{"text":"a"}"#, #"{"text":"a"},{"text":"b"}"#] {
      let draft = try Stage.draft(
        #"{"t":[{"tt":7,"m":{"title":"\#(name)"},"sg":[\#(texts)]},"#
          + #"{"tt":7,"m":{"title":"talk"},"sg":[{"text":"c"},{"text":"d"}]}]}"#)
      #expect(draft.scriptTracks.map(\.index) == (isLeftOut ? [1] : [0, 1]))
      #expect(draft.keyedScriptTracks().map(\.key) == (isLeftOut ? ["talk"] : [name, "talk"]))
      #expect(draft.keyedScriptTracks(including: [name]).map(\.key) == [name, "talk"])
    }
  }

  @Test func anIDIsANameWhereThereIsNoOther() throws {
    let draft = try Stage.draft(#"{"t":[{"tt":7,"id":"title","sg":[{"text":"a"}]}]}"#)
    #expect(draft.scriptTracks.isEmpty)
  }

  @Test func aSingleShortTextBesideCaptionsIsATitle() throws {
    let draft = try Stage.draft(
      #"{"t":[{"tt":7,"sg":[{"text":"Urban Dreams"}]},{"tt":7,"sg":[{"text":"a"},{"text":"b"}]}]}"#)
    #expect(draft.tracks.map { draft.isTitle($0) } == [true, false])
    let alone = try Stage.draft(#"{"t":[{"tt":7,"sg":[{"text":"Urban Dreams"}]}]}"#)
    #expect(!alone.isTitle(alone.tracks[0]))
  }

  @Test func aTrackIsNamedByItsKey() throws {
    let draft = try Stage.draft(
      #"{"t":[{"tt":7,"id":"i","name":"n"},{"tt":7,"name":"x"},{"tt":7,"name":"y"},{"tt":7,"name":"y"},{"tt":7}]}"#
    )
    let keys = draft.tracks.map { draft.key(of: $0) }
    #expect(keys == ["i", "x", "#2", "#3", "#4"])
    for key in keys { #expect(draft.track(withKey: key).map { draft.key(of: $0) } == key) }
    #expect(draft.track(withKey: "none") == nil)
  }
}
