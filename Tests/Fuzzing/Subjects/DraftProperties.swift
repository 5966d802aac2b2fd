import BackendAPI
import JSONText
import ScriptModel

/// What holds of a draft: what is unknown in it stays, and what is written reads back.
enum DraftProperties {
  static func check(_ input: [UInt8]) throws(Violation) {
    guard let document = JSONProperties.value(input) else { return }
    var choices = Choices(input)
    let draft = Draft(document, knownSpeakers: ["anna"])
    try require(draft.document == document, "the document is not kept")
    for track in draft.tracks {
      try require(track.index >= 0, "a track without a place")
      try require(draft.track(at: track.index)?.index == track.index, "a track is not found")
      if track.kind == .text { try checkWriting(draft, track, &choices) }
    }
    try checkAdding(draft, &choices)
    _ = TrackSummary.line(draft)
    _ = draft.scriptTracks.map { draft.track(withKey: draft.key(of: $0))?.index }
    let state = SessionState(document)
    try require(
      DraftChanges.sentences(from: state, to: state).isEmpty, "a state differs from itself")
  }

  private static func checkWriting(
    _ draft: Draft, _ track: Draft.Track, _ choices: inout Choices
  ) throws(Violation) {
    let same = track.segments.enumerated().map { index, segment in
      Draft.SegmentChange(
        source: index, text: segment.text, start: segment.start, duration: segment.duration,
        speaker: segment.speaker)
    }
    let unchanged = draft.replacingSegments(ofTrack: track.index, with: same)
    try require(unchanged.document == draft.document, "what did not change is written differently")
    let changes = edited(same, &choices)
    let result = draft.replacingSegments(ofTrack: track.index, with: changes)
    try require(
      result.document["t"]?.array?.count == draft.document["t"]?.array?.count, "tracks are lost")
    for other in draft.tracks where other.index != track.index {
      try require(
        result.document["t"]?[other.index] == draft.document["t"]?[other.index],
        "another track is written differently")
    }
    try checkBytes(result)
    try compare(changes, result.track(at: track.index)?.segments ?? [])
    let sentences = DraftChanges.sentences(from: draft, to: result)
    try require(sentences.count <= 8 * (draft.tracks.count + 2), "\(sentences.count) sentences")
  }

  private static func checkAdding(_ draft: Draft, _ choices: inout Choices) throws(Violation) {
    let changes = edited([], &choices)
    let result = draft.addingTextTrack(name: "Captions", id: "x1", with: changes)
    let before = draft.document["t"]?.array ?? []
    let after = result.document["t"]?.array ?? []
    try require(Array(after.dropLast()) == before, "adding a track changes others")
    try checkBytes(result)
    try compare(changes, result.tracks.last?.segments ?? [])
  }

  private static func checkBytes(_ draft: Draft) throws(Violation) {
    try require(
      JSONProperties.value(draft.document.bytes) == draft.document, "a draft does not read back")
  }

  /// Segments moved, reworded, dropped, repeated and added.
  private static func edited(
    _ segments: [Draft.SegmentChange], _ choices: inout Choices
  ) -> [Draft.SegmentChange] {
    var changes: [Draft.SegmentChange] = []
    for segment in segments.prefix(64) {
      var change = segment
      switch choices.next(below: 8) {
      case 0: change.start = change.start + Milliseconds(choices.pick(1, -700, 3_600_000, .max))
      case 1: change.text = choices.pick("", "Turn the lamp off.", "a\nb", "Note: 雨", "Bob: hi")
      case 2: change.speaker = choices.pick(nil, "Anna", "anna", "", "Bob Lee")
      case 3: change.duration = Milliseconds(choices.pick(0, 1, -5, .max, .min))
      case 4: continue
      case 5: changes.append(new(&choices))
      case 6: change.source = choices.pick(nil, 0, -1, segments.count, .max)
      default: break
      }
      changes.append(change)
    }
    if choices.next(below: 2) == 0 { changes.append(new(&choices)) }
    if choices.next(below: 8) == 0 { changes.reverse() }
    return changes
  }

  private static func new(_ choices: inout Choices) -> Draft.SegmentChange {
    Draft.SegmentChange(
      source: nil, id: choices.pick(nil, "n1"), text: choices.pick("New words.", "", "x: y"),
      start: Milliseconds(choices.pick(0, 2500, -1)), duration: Milliseconds(choices.pick(900, 0)),
      speaker: choices.pick(nil, "Anna", "Dr. No"))
  }

  /// Compares what was to be written with what is read, a label counting as the speaker that it names.
  private static func compare(
    _ changes: [Draft.SegmentChange], _ segments: [Draft.Segment]
  ) throws(Violation) {
    try require(changes.count == segments.count, "\(segments.count) segments of \(changes.count)")
    for (index, (change, segment)) in zip(changes, segments).enumerated() {
      try require(
        change.start == segment.start,
        "segment \(index) begins at \(segment.start.rawValue), not at \(change.start.rawValue)")
      let isSaturated = change.start + change.duration - change.start != change.duration
      try require(
        isSaturated || change.duration == segment.duration,
        "segment \(index) takes \(segment.duration.rawValue), not \(change.duration.rawValue)")
      try require(
        words(change.speaker, change.text) == words(segment.speaker, segment.text),
        "segment \(index): '\(words(segment.speaker, segment.text))', not "
          + "'\(words(change.speaker, change.text))'")
    }
  }

  private static func words(_ speaker: String?, _ text: String) -> String {
    // A speaker without a name is none.
    let all = speaker.map { $0.isEmpty ? text : $0 + ": " + text } ?? text
    let bytes = all.utf8.filter { $0 > 0x20 && !"*[]：".utf8.contains($0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
