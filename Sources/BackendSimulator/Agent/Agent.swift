/// What the agent makes of a message.
struct AgentTurn: Sendable {
  /// `extraction`, `generation`, `push`, `edit` or `talk`.
  var kind: Kind
  /// What is said; `nil` for silence.
  var reply: String?
  var work: [Work] = []
  /// What is done after some more reads of the state.
  var later: [Work] = []
  /// The tool that is called for it.
  var tool: String
  /// So many events of no importance, for measuring.
  var flood = 0

  enum Kind: String, Sendable { case extraction, generation, push, edit, talk }
}

extension AccessOptions.Costs {
  /// What a message of a kind costs.
  func cost(of kind: AgentTurn.Kind) -> Int {
    switch kind {
    case .extraction: extraction
    case .generation: generation
    case .push: push
    case .edit: edit
    case .talk: talk
    }
  }
}

/// A rehearsed agent: the same message in the same session gets the same answer.
struct Agent {
  var options: SimulatorOptions
  var session: Session

  /// Decides what a message asks for, and what is said and done about it.
  func turn(for message: String) -> AgentTurn {
    var turn = read(message)
    var random = SeededRandom(
      seed: options.seed &+ UInt64(session.messageCount), for: message)
    if turn.kind == .edit || turn.kind == .push, turn.flood == 0,
      random.below(100) < options.agent.silentPercent
    {
      turn.reply = nil
    }
    if let reply = turn.reply { turn.reply = dressed(reply, &random) }
    return turn
  }

  private func read(_ message: String) -> AgentTurn {
    if let push = ScriptPush(message, files: session.files) { return answer(to: push) }
    let words = message.lowercased()
    if words.hasPrefix("simulate "), let count = Int(words.dropFirst(9).prefix { $0.isNumber }) {
      return AgentTurn(kind: .talk, reply: nil, tool: "none", flood: min(count, 10_000_000))
    }
    if Self.asksForScript(words) { return extraction(message) }
    if Self.asksForVideo(words) { return generation(message) }
    return AgentEdit.turn(for: message, in: session)
  }

  private static func asksForScript(_ words: String) -> Bool {
    [
      "script from this video", "written script", "speaker labels", "transcri", "extract the",
      "逐字稿",
    ].contains { words.contains($0) }
  }

  private static func asksForVideo(_ words: String) -> Bool {
    let verbs = ["generate", "create", "make", "turn", "produce", "生成", "制作"]
    let things = ["video", "clip", "视频"]
    return verbs.contains { words.contains($0) } && things.contains { words.contains($0) }
      && !words.contains("faster") && !words.contains("slower")
  }

  private func answer(to push: ScriptPush) -> AgentTurn {
    guard let captions = push.captions else {
      return AgentTurn(
        kind: .talk, reply: "I could not find captions for \"\(push.title)\" in what you sent.",
        tool: "read_captions")
    }
    if options.agent.pushDrift == .declined {
      return AgentTurn(
        kind: .push, reply: "Sorry, which captions do you mean?", tool: "read_captions")
    }
    let splits = options.draft.keys.speaker.hasSuffix("speaker")
    let segments = drifted(captions).map { caption in
      let label = splits ? CaptionText.label(of: caption.text) : nil
      return SimulatedSegment(
        id: "", text: label?.rest ?? caption.text, speaker: label?.speaker, start: caption.start,
        duration: caption.end &- caption.start)
    }
    return AgentTurn(
      kind: .push,
      reply: "I've replaced the captions of \"\(push.title)\" with your \(captions.count) lines.",
      work: [.captions(track: push.title, segments)], tool: "replace_captions")
  }

  private func drifted(_ captions: [Caption]) -> [Caption] {
    switch options.agent.pushDrift {
    case .none, .declined: captions
    case .last: Array(captions.dropLast())
    case .times:
      captions.map { caption in
        Caption(
          start: caption.start / 10 * 10, end: caption.end / 10 * 10, text: caption.text)
      }
    case .spaces:
      captions.map { caption in
        let words = caption.text.split(separator: " ").joined(separator: " ")
        return Caption(start: caption.start, end: caption.end, text: words)
      }
    }
  }

  private func extraction(_ message: String) -> AgentTurn {
    let timed = session.files.filter(\.isTimed)
    let named = timed.last {
      message.contains($0.name) || message.contains(Fixture.stem(of: $0.name))
    }
    guard let file = named ?? timed.last else {
      return AgentTurn(
        kind: .talk, reply: "Please upload a video or an audio file first.", tool: "find_media")
    }
    let turns = Fixture.turns(
      of: file.name, folder: options.agent.fixturesFolder, seed: options.seed)
    let captions = options.agent.splitsTurns ? turns.flatMap(sentences) : turns
    let segments = captions.map { turn in
      SimulatedSegment(
        id: "", text: options.agent.writesRoughly ? rough(turn.text) : turn.text,
        speaker: turn.speaker.isEmpty ? nil : turn.speaker,
        start: turn.start, duration: turn.end &- turn.start)
    }
    let reply =
      "Here is the full script of the video, with speaker labels:\n\n"
      + options.agent.layout.text(of: turns)
      + "\n\nLet me know if you would like any changes."
    return AgentTurn(
      kind: .extraction, reply: reply,
      work: options.agent.makesNoTrack
        ? [] : [.captions(track: Fixture.stem(of: file.name), segments)],
      tool: "transcribe")
  }

  /// Words as a recognizer that knows no marks writes them.
  private func rough(_ text: String) -> String {
    let kept = text.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "'" }
    return kept.split(separator: " ").joined(separator: " ")
  }

  /// Cuts a turn after its sentences, with the time shared out by their letters.
  private func sentences(_ turn: Turn) -> [Turn] {
    var parts: [String] = []
    var current = ""
    for letter in turn.text {
      if letter == " ", let last = current.last, ".?!".contains(last) {
        parts.append(current)
        current = ""
      } else {
        current.append(letter)
      }
    }
    if !current.isEmpty { parts.append(current) }
    let whole = Int64(max(1, parts.reduce(0) { $0 + $1.utf8.count }))
    var start = turn.start
    var letters: Int64 = 0
    return parts.map { part in
      letters += Int64(part.utf8.count)
      let end = turn.start &+ (turn.end &- turn.start) &* letters / whole
      defer { start = end }
      return Turn(speaker: turn.speaker, start: start, end: end, text: part)
    }
  }

  private func generation(_ message: String) -> AgentTurn {
    var random = SeededRandom(
      seed: options.seed &+ UInt64(session.messageCount), for: session.id + message)
    let id = "gen_" + random.letters(12)
    let seconds = Self.seconds(in: message) ?? 10
    let subject = CaptionText.fenced(in: message) == nil ? "your script" : "your captions"
    let record = GeneratedRecord(
      id: id, name: options.media.names.fileName("video_\(random.letters(4)).mp4"),
      mediumID: id, byteCount: options.media.byteCount, sha256: "", isFinal: false)
    return AgentTurn(
      kind: .generation,
      reply: "I'm turning \(subject) into a video of \(seconds) seconds. "
        + "The raw video is ready; music, a title and effects will follow.",
      work: [.generate(record, prompt: "city timelapse", milliseconds: Int64(seconds) * 1000)],
      later: [.finish(title: "Urban Dreams")], tool: "generate_video")
  }

  /// The number before `second`, `-second` or `s` in a message, at most an hour.
  private static func seconds(in message: String) -> Int? {
    let words = message.lowercased().split { $0 == " " || $0 == "-" }
    for index in words.indices.dropLast() where words[index + 1].hasPrefix("second") {
      if let number = Int(words[index]), (1...3600).contains(number) { return number }
    }
    return nil
  }

  private func dressed(_ reply: String, _ random: inout SeededRandom) -> String {
    var reply = reply
    if options.agent.usesUnicodeSeparators { reply += "\u{2028}Line\u{2029}and\u{85}paragraph." }
    if options.agent.talksOfGUI {
      reply =
        guiTalk[random.below(guiTalk.count)] + "\n\n" + reply + "\n\n"
        + guiTalk[random.below(guiTalk.count)]
    }
    if options.agent.endsWithTemporaryIssue {
      reply += "\n\nI encountered a temporary issue. Please try again later."
    }
    return reply
  }
}

private let guiTalk = [
  "Click the \"Export\" button to download your video.",
  "Open the Timeline panel to see your tracks.",
  "You can drag and drop the clip to move it.",
  "You can preview in timeline before you go on.",
  "Check your account or billing page for your credits.",
  "点击右上角的导出按钮即可下载视频。",
  "打开时间线面板查看字幕。",
]
