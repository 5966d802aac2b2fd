/// What the agent does to a session.
enum Work: Sendable {
  case captions(track: String, [SimulatedSegment])
  case generate(GeneratedRecord, prompt: String, milliseconds: Int64)
  /// The second stage: music, a title and effects.
  case finish(title: String)
  case title(String)
  case removeTitle
  case speed(percent: Int)
  case music(String)
  case volume(percent: Int)
  case replaceWords(String, with: String)
  case effect(String)
}

extension Session {
  /// Does work, all of it or, for what does not fit the session, nothing.
  mutating func carryOut(_ work: [Work]) {
    for item in work { carryOut(item) }
  }

  private mutating func carryOut(_ work: Work) {
    switch work {
    case .captions(let name, let segments):
      draft.withTrack(name, type: TrackType.text) { track, draft in
        track.segments = segments.map { segment in
          var segment = segment
          if segment.id.isEmpty { segment.id = draft.newID("seg") }
          return segment
        }
      }
    case .generate(let record, let prompt, let length):
      generated.append(record)
      setSingle("Video", TrackType.video, text: prompt, length: length)
    case .finish(let title): finish(title: title)
    case .title(let text):
      setSingle("Title", TrackType.text, text: text, length: min(3000, max(1000, draft.duration)))
    case .removeTitle:
      draft.tracks.removeAll { $0.name == "Title" && $0.type == TrackType.text }
    case .speed(let percent): changeSpeed(percent)
    case .music(let name):
      setSingle("BGM", TrackType.audio, text: name, length: max(1000, draft.duration), volume: 35)
    case .volume(let percent):
      for index in draft.tracks.indices where draft.tracks[index].type == TrackType.audio {
        for place in draft.tracks[index].segments.indices {
          draft.tracks[index].segments[place].volume = percent
        }
      }
    case .replaceWords(let old, let new): replace(old, with: new)
    case .effect(let name):
      draft.withTrack("Effects", type: TrackType.effect) { track, draft in
        let start = track.segments.last?.end ?? 0
        track.segments.append(
          SimulatedSegment(id: draft.newID("seg"), text: name, start: start, duration: 1000))
      }
    }
  }

  /// Lets a track have one segment from the beginning.
  private mutating func setSingle(
    _ name: String, _ type: Int, text: String, length: Int64, volume: Int? = nil
  ) {
    draft.withTrack(name, type: type) { track, draft in
      track.segments = [
        SimulatedSegment(
          id: track.segments.first?.id ?? draft.newID("seg"), text: text, start: 0,
          duration: length, volume: volume)
      ]
    }
  }

  private mutating func finish(title: String) {
    carryOut(.music("Lo-fi"))
    carryOut(.title(title))
    carryOut(.effect("fade in"))
    for index in generated.indices { generated[index].isFinal = true }
  }

  /// Changes the speed of all but the texts.
  private mutating func changeSpeed(_ percent: Int) {
    draft.speed = min(10_000, max(1, draft.speed * percent / 100))
    for index in draft.tracks.indices where draft.tracks[index].type != TrackType.text {
      for place in draft.tracks[index].segments.indices {
        draft.tracks[index].segments[place].start =
          draft.tracks[index].segments[place].start &* 100 / Int64(percent)
        draft.tracks[index].segments[place].duration =
          max(1, draft.tracks[index].segments[place].duration &* 100 / Int64(percent))
      }
    }
  }

  private mutating func replace(_ old: String, with new: String) {
    for index in draft.tracks.indices where draft.tracks[index].type == TrackType.text {
      for place in draft.tracks[index].segments.indices {
        let text = draft.tracks[index].segments[place].text
        draft.tracks[index].segments[place].text = text.replacing(old, with: new)
      }
    }
  }
}

extension String {
  /// The text with every occurrence of a non-empty word replaced, byte by byte.
  fileprivate func replacing(_ old: String, with new: String) -> String {
    let (bytes, old, new) = (Array(utf8), Array(old.utf8), Array(new.utf8))
    guard !old.isEmpty, bytes.count >= old.count else { return self }
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if bytes[position...].starts(with: old) {
        result.append(contentsOf: new)
        position += old.count
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
