internal import BackendAPI
internal import ScriptMerge
internal import ScriptModel

/// A track's captions as the other side of a merge: a script whose lines carry the base's ids.
///
/// What the track has as it was seen last is what the base says, whatever the track made of it; what
/// a track can't hold stays where it stands in the base.
struct TrackReading {
  private let base: TrackBase
  private let seen: [Line.ID: CaptionContent]
  /// The base as the track had it: held lines alone, with what was seen of them.
  private let shown: Script

  init(base: TrackBase) {
    self.base = base
    let captions = TrackProjection(base.script, over: base).captions
    seen = Dictionary(
      captions.map { ($0.lineID, $0.content) }, uniquingKeysWith: { first, _ in first })
    shown = Self.shown(base.script, captions)
  }

  private static func shown(_ script: Script, _ captions: [TrackCaption]) -> Script {
    var result = script
    var ids = Dictionary(
      script.speakers.map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first })
    result.lines = captions.map { caption in
      let content = caption.content
      var speaker: Speaker.ID?
      if let name = content.speaker {
        speaker = ids[name] ?? Speaker.ID(high: .max, low: UInt64(ids.count))
        if ids[name] == nil {
          ids[name] = speaker
          result.speakers.append(
            Speaker(id: Speaker.ID(high: .max, low: UInt64(ids.count - 1)), name: name))
        }
      }
      return Line(
        id: caption.lineID, speaker: speaker, start: content.start, end: content.end,
        text: content.text)
    }
    return result
  }

  /// Reads captions.
  ///
  /// - Parameter cast: the project's speakers, by whose names new ones are known.
  func script(of captions: [CaptionContent], cast: [Speaker]) -> Script {
    let document = document(of: captions)
    var capabilities = DocumentCapabilities()
    capabilities.holdsKinds = false
    capabilities.holdsSpeakers =
      document.entries.contains { $0.speaker != nil }
      || shown.lines.allSatisfy { $0.speaker == nil }
    let identified = Alignment.identify(document, against: shown, capabilities: capabilities)
    return complete(identified, cast: cast)
  }

  // MARK: - Captions to a document

  private func document(of captions: [CaptionContent]) -> ScriptDocument {
    let splits = Dictionary(
      seen.values.map { ($0.labelled, $0) }, uniquingKeysWith: { first, _ in first })
    let spoken = introductions
    var document = ScriptDocument()
    document.entries.reserveCapacity(captions.count)
    var indices: [String: Int] = [:]
    for caption in captions {
      var words = caption
      if let known = splits[caption.labelled] {
        words.speaker = known.speaker
        words.text = known.text
      } else if let speaker = caption.speaker, spoken.contains(speaker) {
        words.speaker = nil
        words.text = caption.labelled
      }
      let offset = document.text.count
      document.text.append(contentsOf: words.text.utf8)
      var entry = ScriptDocument.Entry(
        text: offset..<document.text.count, start: caption.start, end: caption.end)
      if let name = words.speaker {
        entry.speaker = indices[name] ?? document.speakers.count
        if indices[name] == nil {
          indices[name] = document.speakers.count
          document.speakers.append(name)
        }
      }
      document.entries.append(entry)
    }
    return document
  }

  /// Words before a colon in lines that nobody is named for: here they are text and no label.
  private var introductions: Set<String> {
    let names = Set(shown.speakers.map(\.name))
    var result: Set<String> = []
    for line in shown.lines where line.speaker == nil {
      guard let colon = line.text.utf8.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let head = String(line.text[..<colon])
      if head.utf8.count <= 80, !names.contains(head) { result.insert(head) }
    }
    return result
  }

  // MARK: - What is as it was seen

  private func complete(_ identified: Script, cast: [Speaker]) -> Script {
    var result = base.script
    let own = Dictionary(
      base.script.lines.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let shownSpeaker = Dictionary(
      shown.lines.map { ($0.id, $0.speaker) }, uniquingKeysWith: { first, _ in first })
    let known = known(identified.speakers, cast: cast)
    var lines: [Line] = []
    lines.reserveCapacity(identified.lines.count)
    for line in identified.lines {
      var line = line
      let read = line.speaker
      line.speaker = read.map { known.ids[$0] ?? $0 }
      if let own = own[line.id], let seen = seen[line.id] {
        line.kind = own.kind
        if line.text.utf8.elementsEqual(seen.text.utf8) { line.text = own.text }
        if shownSpeaker[line.id] == read { line.speaker = own.speaker }
        takeTimes(of: own, seen: seen, into: &line)
      }
      lines.append(line)
    }
    result.lines = withUnheld(lines)
    result.speakers = known.speakers
    let present = Set(known.speakers.map(\.id))
    result.speakers += base.script.speakers.filter { !present.contains($0.id) }
    return result
  }

  private func takeTimes(of own: Line, seen: CaptionContent, into line: inout Line) {
    let isStartSame = line.start == seen.start
    let isEndSame = line.end == seen.end
    if isStartSame, isEndSame {
      line.start = own.start
      line.end = own.end
    } else if let start = own.start, let end = own.end {
      if isStartSame { line.start = start }
      if isEndSame { line.end = end }
    }
  }

  /// The speakers that were read, by the ids of the base or else of the cast.
  private func known(
    _ speakers: [Speaker], cast: [Speaker]
  ) -> (speakers: [Speaker], ids: [Speaker.ID: Speaker.ID]) {
    let ofBase = Set(base.script.speakers.map(\.id))
    let byName = Dictionary(
      cast.map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first })
    var ids: [Speaker.ID: Speaker.ID] = [:]
    var taken: Set<Speaker.ID> = []
    var result: [Speaker] = []
    for speaker in speakers {
      var speaker = speaker
      if !ofBase.contains(speaker.id), let other = byName[speaker.name] {
        ids[speaker.id] = other
        speaker.id = other
      }
      if taken.insert(speaker.id).inserted { result.append(speaker) }
    }
    return (result, ids)
  }

  /// Puts what a track can't hold back where it stands in the base.
  private func withUnheld(_ held: [Line]) -> [Line] {
    var present = Set(held.map(\.id))
    var leading: [Line] = []
    var following: [Line.ID: [Line]] = [:]
    var previous: Line.ID?
    for line in base.script.lines {
      if line.isHeldByTracks {
        if present.contains(line.id) { previous = line.id }
        continue
      }
      guard present.insert(line.id).inserted else { continue }
      if let previous {
        following[previous, default: []].append(line)
      } else {
        leading.append(line)
      }
    }
    if leading.isEmpty, following.isEmpty { return held }
    var result = leading
    for line in held {
      result.append(line)
      if let unheld = following[line.id] { result += unheld }
    }
    return result
  }
}
