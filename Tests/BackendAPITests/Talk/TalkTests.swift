import BackendAPI
import Testing

/// What a person types, and to whom it goes.
struct TalkRoutingTests {
  @Test(arguments: [
    "export", "Export!", "please export it", "can you export the video?", "export as mp4",
    "Export the final cut for YouTube", "I'd like to download the video", "download it please",
    "send me the video", "Please send me the final video now", "ok, export it and send it to me",
    "how do I export?", "导出", "导出视频", "请帮我导出视频", "帮我把视频导出成mp4", "可以下载视频吗？",
    "let's export", "go ahead and export this", "导出视频到手机", "把视频导出到我的电脑",
  ])
  func exports(text: String) { #expect(TalkRouting.route(text) == .export) }

  @Test(arguments: [
    "credits", "Credits?", "how many credits do I have left?", "balance", "what's my balance?",
    "show my credits", "check the credit balance please", "积分", "我还有多少积分？", "查询余额",
    "How many credits are left on my account", "credits left?", "balance please",
    "Balance now, please",
  ])
  func credits(text: String) { #expect(TalkRouting.route(text) == .credits) }

  @Test(arguments: [
    "status", "what's the status?", "show tracks", "show me all the tracks", "list the tracks",
    "state", "what is the status of the project?", "状态", "查看项目状态", "现在状态怎么样？",
  ])
  func state(text: String) { #expect(TalkRouting.route(text) == .state) }

  @Test(arguments: [
    "upload", "upload this file", "please upload my photos", "上传", "上传文件", "./clip.mp4",
    "https://example.org/a/clip.mp4?x=1", "'./clip.mp4'",
  ])
  func uploads(text: String) {
    #expect(TalkRouting.route(text) { $0 == "./clip.mp4" } == .upload)
  }

  @Test(arguments: [
    "", "hello", "make the credits roll slower", "add end credits", "balance the audio",
    "the exported file looks dark", "add a status bar at the top", "statusbar", "downloads",
    "exporting", "reexport", "export it without music", "export it but make the title larger",
    "add an export button to the mockup", "the upload is stuck",
    "upload the logo and put it on top",
    "download a cat video from the web", "change the title to 'Export'", "don't export yet",
    "white balance", "balance it out", "balance the sound please",
    "show tracks of animals in the snow", "state of the art intro",
    "导出时不要字幕", "把积分显示在画面左上角", "不要导出", "加一个下载按钮", "换一首音乐",
    "make it 30 seconds", "upload speed matters: say so in the title", "https://example.org/page",
  ])
  func everythingElseReachesTheAgent(text: String) {
    #expect(TalkRouting.route(text) == .message)
  }
}

/// What the agent says to a person at a screen.
struct GUITalkTests {
  private static let cases: [(String, String, [GUIAction])] = [
    ("I added a title.", "I added a title.", []),
    ("Your video is ready. Click the Export button to save it.", "Your video is ready.", [.export]),
    ("Done! You can now export your video.", "Done!", [.export]),
    ("I added a title, and you can preview it in the timeline.", "I added a title.", [.summary]),
    ("To change the font, open the text panel on the left.", "", [.state]),
    ("Drag the clip to the second track.", "", [.edit("Drag the clip to the second track.")]),
    ("Please check your account for details.", "", [.credits]),
    ("Check your billing page.", "", [.credits]),
    ("Click \"Upload\" in the sidebar.", "", [.upload]),
    ("You don't need to click anything.", "", []),
    ("The export completed successfully.", "The export completed successfully.", []),
    ("Export completed.", "Export completed.", []),
    (
      "The presenter clicks the red button and opens the panel.",
      "The presenter clicks the red button and opens the panel.", []
    ),
    ("A click track keeps time.", "A click track keeps time.", []),
    (
      "The caption reads \"Click here to export\" now.",
      "The caption reads \"Click here to export\" now.", []
    ),
    (
      "Anna: Click the export button.\nBert: Open the panel.",
      "Anna: Click the export button.\nBert: Open the panel.", []
    ),
    (
      "[00:01] Click it.\nDrag the box.\n\nDrag the box.", "[00:01] Click it.\nDrag the box.",
      [.edit("Drag the box.")]
    ),
    (
      "```srt\n1\n00:00:00,000 --> 00:00:01,000\nClick export.\n```\nClick Export.",
      "```srt\n1\n00:00:00,000 --> 00:00:01,000\nClick export.\n```", [.export]
    ),
    ("Drag racing is loud.", "Drag racing is loud.", []),
    ("Done.\n\nClick Export.\n\nEnjoy.", "Done.\n\nEnjoy.", [.export]),
    (
      "Next steps:\n1. Open the media panel.\n2. Drag the clip to the track.", "Next steps:",
      [.state, .edit("2. Drag the clip to the track.")]
    ),
    ("视频已生成。点击导出按钮即可保存。", "视频已生成。", [.export]),
    ("我添加了标题，您可以在时间线中预览。", "我添加了标题。", [.summary]),
    ("请打开字幕面板。", "", [.state]), ("把片段拖拽到第二轨道。", "", [.edit("把片段拖拽到第二轨道。")]),
    ("视频已导出。", "视频已导出。", []), ("请查看您的账户余额。", "", [.credits]),
    ("他打开窗户。", "他打开窗户。", []),
    ("Open a window for air.", "Open a window for air.", []),
    ("Open the window. Open the export window.", "Open the window.", [.export]),
    (
      "Version 1.5 is done, e.g. the title. Hit the play button.",
      "Version 1.5 is done, e.g. the title.",
      [.summary]
    ),
    ("", "", []),
  ]

  @Test(arguments: cases)
  func instructionsBecomeActions(text: String, shown: String, actions: [GUIAction]) {
    let reading = GUITalk.reading(of: text)
    #expect(reading.shown == shown)
    #expect(
      reading.actions.map { action in
        if case .edit(let text) = action, let dot = text.firstIndex(of: " "),
          text.first?.isNumber == true
        {
          return .edit("2. " + text[text.index(after: dot)...])
        }
        return action
      } == actions)
  }

  @Test(arguments: cases)
  func piecesGiveTheSameAsTheWhole(text: String, shown: String, actions: [GUIAction]) {
    var talk = GUITalk()
    var reading = GUITalk.Reading()
    for character in text {
      let part = talk.feed(String(character))
      reading.shown += part.shown
      reading.actions += part.actions
    }
    let rest = talk.finish()
    reading.shown += rest.shown
    while reading.shown.last?.isWhitespace == true { reading.shown.removeLast() }
    #expect(reading.shown == shown)
    #expect((reading.actions + rest.actions).count == actions.count)
  }
}

/// Tracks and their changes in sentences.
struct TrackTalkTests {
  private static let draft = #"""
    {"d":10000,"t":[{"tt":0,"sg":[{"m":{"name":"city timelapse"},"d":10000}]},
    {"tt":1,"name":"BGM","sg":[{"name":"Lo-fi","volume":35,"d":10000}]},
    {"tt":7,"m":{"title":"Title"},"sg":[{"m":{"text":"Urban Dreams"},"d":3000}]}]}
    """#

  @Test func tracksAreToldInOneLine() throws {
    #expect(
      TrackSummary.line(try Stage.draft(Self.draft))
        == "Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) "
        + "3. Title: \"Urban Dreams\" (0-3s)")
  }

  @Test(arguments: [
    ("{}", "Timeline (0 tracks)"),
    (#"{"t":[{"tt":1,"sg":[]}]}"#, "Timeline (1 track): 1. Audio: empty"),
    (
      #"{"t":[{"tt":0,"m":{"title":"city"},"sg":[{"d":1500}]}]}"#,
      "Timeline (1 track): 1. Video: city (0-1.5s)"
    ),
    (
      #"{"t":[{"tt":7,"sg":[{"text":"A: one\ntwo","s":500,"d":500},{"text":"b","s":9949,"d":1}]}]}"#,
      "Timeline (1 track): 1. Captions: \"one two\" +1 more (0.5-10s)"
    ),
    (#"{"t":[{"tt":9,"id":"x","sg":[{"d":1}]}]}"#, "Timeline (1 track): 1. Track (0-0s)"),
  ])
  func oddTracksAreTold(json: String, line: String) throws {
    #expect(TrackSummary.line(try Stage.draft(json)) == line)
  }

  private func changes(_ from: String, _ to: String) throws -> [String] {
    DraftChanges.sentences(from: try Stage.draft(from), to: try Stage.draft(to))
  }

  @Test func addedTracksAreTold() throws {
    #expect(
      DraftChanges.sentences(from: nil, to: try Stage.draft(Self.draft)) == [
        "Video added: 'city timelapse' (0-10s)", "BGM added: 'Lo-fi' (0-10s)",
        "Title added: 'Urban Dreams' (0-3s)",
      ])
    #expect(try changes(Self.draft, Self.draft) == [])
    #expect(try changes(Self.draft, "{}").count == 3)
  }

  @Test(arguments: [
    (#"{"text":"a","d":1000}"#, #"{"text":"b","d":1000}"#, "Captions changed: 'a', now 'b' (0-1s)"),
    (
      #"{"text":"a","d":1000}"#, #"{"text":"a","s":500,"d":1000}"#,
      "Captions moved: 'a' (0-1s, now 0.5-1.5s)"
    ),
    (
      #"{"text":"a","d":1000}"#, #"{"text":"A: a","d":1000}"#, "Captions speaker: 'a' nobody, now A"
    ),
    (
      #"{"text":"a","d":1000}"#, #"{"text":"a","d":1000},{"text":"b","d":500}"#,
      "Captions added: 'b' (1-1.5s)"
    ),
    (
      #"{"text":"a","d":1000},{"text":"b","d":500}"#, #"{"text":"a","d":1000}"#,
      "Captions removed: 'b' (1-1.5s)"
    ),
  ])
  func changedSegmentsAreTold(before: String, after: String, sentence: String) throws {
    #expect(
      try changes(#"{"t":[{"tt":7,"sg":[\#(before)]}]}"#, #"{"t":[{"tt":7,"sg":[\#(after)]}]}"#)
        == [sentence])
  }

  @Test func manyChangesAreCounted() throws {
    let segments = (0..<20).map { #"{"id":"\#($0)","text":"a\#($0)","d":1000}"# }
    let changed = (0..<20).map { #"{"id":"\#($0)","text":"b\#($0)","d":1000}"# }
    let sentences = try changes(
      #"{"t":[{"tt":7,"sg":[\#(segments.joined(separator: ","))]}]}"#,
      #"{"t":[{"tt":7,"sg":[\#(changed.joined(separator: ","))]}]}"#)
    #expect(sentences.count == 6 && sentences.last == "Captions: 15 more changes")
  }

  @Test func newMediaAreTold() throws {
    let before = SessionState(try Stage.json(#"{"generated_media":["https://c/a.mp4?s=1"]}"#))
    let after = SessionState(
      try Stage.json(#"{"generated_media":["https://c/a.mp4?s=2","https://c/b.mp4"]}"#))
    #expect(DraftChanges.sentences(from: before, to: after) == ["Media made: 'b.mp4'"])
  }
}

/// Words come in pieces of a few letters; a row of many is not looked through for each.
struct LongRowTests {
  @Test(.timeLimit(.minutes(1))) func aRowInManyPiecesTakesLinearTime() {
    var talk = GUITalk()
    for _ in 0..<200_000 { #expect(talk.feed("ab ").shown.isEmpty) }
    #expect(talk.feed("end.\n").shown.hasSuffix("ab end.\n"))
  }
}
