import BackendAPI
import JSONText
import ScriptModel
import ScriptStore
import ScriptSync

/// A script and a session's text track with a service between them, all in memory.
struct TrackStage {
  /// What a service may make of the captions that it is sent.
  enum Service: String, CaseIterable, Sendable {
    /// Speakers under a key.
    case keys
    /// Labels stay in the text.
    case labels
    /// Labels are taken off and forgotten.
    case forgetful
    /// Times are rounded to whole frames, 40 ms each.
    case frames
    /// The rows of a caption become one.
    case oneRow
  }

  let service: Service
  var script: Script
  var base: [UInt8] = []
  var open: [Conflict] = []
  var captions: [CaptionContent] = []
  var pushes = 0

  init(_ service: Service, _ script: Script) {
    self.service = service
    self.script = script
  }

  /// Merges the track into the script.
  @discardableResult
  mutating func pull(sent: Script? = nil) -> TrackMerge.Outcome {
    let merge = TrackMerge(captions, cast: script.speakers, sent: sent)
    let outcome = merge.outcome(PullState(base: base, current: script, open: open))
    base = outcome.pull.base
    if let transformation = outcome.pull.transformation {
      script = transformation.script
      open.removeAll { transformation.conflicts.resolved[$0.id] != nil }
      open += transformation.conflicts.recorded
    }
    return outcome
  }

  /// Sends the script, and looks.
  @discardableResult
  mutating func push() -> TrackMerge.Outcome {
    pushes += 1
    let projection = TrackProjection(
      script, over: TrackBase(base, of: script), labels: .own)
    let message = PushMessage(title: script.title, projection: projection)
    captions = taken(Self.rows(of: message.captions))
    return pull(sent: script)
  }

  /// Looks, and sends for as long as something is unsent; at most three times.
  mutating func sync() -> TrackMerge.Outcome {
    var outcome = pull()
    for _ in 0..<3 where outcome.unsentLines > 0 { outcome = push() }
    return outcome
  }

  // MARK: The service

  typealias Caption = (start: Milliseconds, end: Milliseconds, text: String)

  /// Reads captions as the simplest of readers does: blocks between empty rows.
  static func rows(of bytes: [UInt8]) -> [Caption] {
    var blocks: [[Substring]] = [[]]
    for row in String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      if row.isEmpty { blocks.append([]) } else { blocks[blocks.count - 1].append(row) }
    }
    return blocks.compactMap { block in
      guard block.count > 2 else { return nil }
      let times = block[1].split(separator: " ")
      return (time(times[0]), time(times[2]), block[2...].joined(separator: "\n"))
    }
  }

  private static func time(_ code: Substring) -> Milliseconds {
    let parts = code.split { $0 == ":" || $0 == "," }.compactMap { Int64($0) }
    return Milliseconds(((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + parts[3])
  }

  /// What the service makes of captions, read back as a look reads a draft.
  private func taken(_ captions: [Caption]) -> [CaptionContent] {
    let names = Set(script.speakers.map(\.name))
    let segments = captions.map { caption -> JSONValue in
      var (start, end) = (caption.start.rawValue, caption.end.rawValue)
      var text = caption.text
      var metadata: [JSONValue.Member] = []
      if service == .frames { (start, end) = (start / 40 * 40, end / 40 * 40) }
      if service == .oneRow { text = text.split(separator: "\n").joined(separator: " ") }
      let label = names.filter { text.hasPrefix($0 + ": ") }.max { $0.count < $1.count }
      if let label, service != .labels {
        text = String(text.dropFirst(label.count + 2))
        if service != .forgetful {
          metadata.append(.init(name: "speaker", value: .string(label)))
        }
      }
      metadata.append(.init(name: "text", value: .string(text)))
      return .object([
        .init(name: "m", value: .object(metadata)),
        .init(name: "s", value: .number(String(start))),
        .init(name: "d", value: .number(String(end - start))),
      ])
    }
    let track = JSONValue.object([
      .init(name: "tt", value: .number("7")), .init(name: "sg", value: .array(segments)),
      .init(name: "m", value: .object([.init(name: "title", value: .string("Captions"))])),
    ])
    let draft = Draft(
      .object([.init(name: "t", value: .array([track]))]), knownSpeakers: names)
    return draft.tracks.first?.captions ?? []
  }
}

extension Script {
  /// The texts of the lines.
  var texts: [String] { lines.map(\.text) }

  /// The name of a line's speaker.
  func speakerName(at index: Int) -> String? {
    let id = lines[index].speaker
    return speakers.first { $0.id == id }?.name
  }
}

/// A script of lines that two people say in turn, two seconds each; without times where asked.
func conversation(_ texts: [String], isTimed: Bool = true) -> Script {
  let people = [
    Speaker(id: Speaker.ID(high: 7, low: 1), name: "ANNA"),
    Speaker(id: Speaker.ID(high: 7, low: 2), name: "Ben Ito"),
  ]
  return Script(
    id: Script.ID(high: 1, low: 1), projectID: Project.ID(high: 1, low: 1), title: "Talk",
    speakers: people,
    lines: texts.enumerated().map { index, text in
      let start = Milliseconds(Int64(index) * 2013)
      return Line(
        id: Line.ID(high: 2, low: UInt64(index + 1)), speaker: people[index % 2].id,
        start: isTimed ? start : nil, end: isTimed ? start + Milliseconds(1801) : nil, text: text)
    })
}

let fiveTexts = [
  "Good morning to you all.", "Where is the key of the lighthouse?\nI can't find it.",
  "It hangs behind the door, as ever.", "Note: the door is locked at night.",
  "Then we take the boat at six.",
]
