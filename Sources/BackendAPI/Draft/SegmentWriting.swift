internal import JSONText
internal import ScriptModel

/// Writes the segments of one text track over the JSON that they were read from.
struct SegmentWriting {
  private let segments: [Draft.Segment]
  private let places: [SegmentPlace]
  private let elements: [JSONValue]
  private let keepsElements: Bool
  private let knownSpeakers: Set<String>
  /// Where the track's segments keep a speaker, where any does.
  private let speakerKey: SegmentKey?
  /// How the track's segments label a speaker, where any does.
  private let label: SpeakerLabel?

  /// - Parameter keepsElements: `false` to take the track as a model only.
  init(
    _ track: Draft.Track?, _ elements: [JSONValue], keepsElements: Bool = true,
    knownSpeakers: Set<String>
  ) {
    segments = track?.segments ?? []
    places = track?.places ?? []
    self.elements = elements
    self.keepsElements = keepsElements
    self.knownSpeakers = knownSpeakers
    speakerKey = places.lazy.compactMap(\.keys.speaker).first
    label = places.lazy.compactMap(\.keys.label).first
  }

  /// The track's elements with the given segments; what is no segment stays after what it followed.
  func elements(_ changes: [Draft.SegmentChange]) -> [JSONValue] {
    var result: [JSONValue] = []
    result.reserveCapacity(changes.count)
    if keepsElements { result += strangers(from: 0, to: places.first?.position ?? elements.count) }
    var isUsed = [Bool](repeating: false, count: segments.count)
    var previousEnd = Milliseconds(0)
    var neighbour =
      changes.lazy.compactMap(\.source).first {
        segments.indices.contains($0) && !segments[$0].text.isEmpty
      } ?? segments.firstIndex { !$0.text.isEmpty }
    for change in changes {
      if let source = change.source, segments.indices.contains(source) {
        if places[source].keys.text != nil, !segments[source].text.isEmpty { neighbour = source }
        if !isUsed[source] {
          isUsed[source] = true
          result.append(changed(source, to: change, after: previousEnd))
          result += strangers(after: source)
          previousEnd = change.start + change.duration
          continue
        }
      }
      result.append(new(change, like: neighbour ?? segments.indices.first, after: previousEnd))
      previousEnd = change.start + change.duration
    }
    if keepsElements {
      for source in segments.indices where !isUsed[source] { result += strangers(after: source) }
    }
    return result
  }

  /// Elements that are no segments, between two places.
  private func strangers(from start: Int, to end: Int) -> ArraySlice<JSONValue> {
    start < end ? elements[start..<min(end, elements.count)] : []
  }

  private func strangers(after source: Int) -> ArraySlice<JSONValue> {
    guard keepsElements else { return [] }
    let next = source + 1 < places.count ? places[source + 1].position : elements.count
    return strangers(from: places[source].position + 1, to: next)
  }

  private func changed(
    _ source: Int, to change: Draft.SegmentChange, after previousEnd: Milliseconds
  ) -> JSONValue {
    let old = segments[source]
    let keys = places[source].keys
    var value = elements[places[source].position]
    writeTimes(change, over: old, keys, after: previousEnd, to: &value)
    if change.text != old.text || change.speaker != old.speaker {
      writeWords(change, keys, to: &value)
    }
    return value
  }

  /// A segment with the keys of a model and the values of a change.
  private func new(
    _ change: Draft.SegmentChange, like model: Int?, after previousEnd: Milliseconds
  ) -> JSONValue {
    guard let model else {
      let keys = SegmentKeys(
        text: .metadata("text"), start: .metadata("start"), duration: .top("d"))
      return new(change, keys, .object([]), after: previousEnd)
    }
    return new(change, places[model].keys, elements[places[model].position], after: previousEnd)
  }

  private func new(
    _ change: Draft.SegmentChange, _ keys: SegmentKeys, _ model: JSONValue,
    after previousEnd: Milliseconds
  ) -> JSONValue {
    var keys = keys
    keys.label = nil
    let written = [
      change.id == nil ? nil : keys.id, keys.text, keys.start, keys.duration ?? keys.end,
    ]
    var value =
      keys.text == nil
      ? .object([]) : model.withoutSegmentValues(but: written.compactMap(\.self))
    if let key = keys.id, let id = change.id { value = value.setting(key, to: .string(id)) }
    if let key = keys.text { value = value.setting(key, to: .string("")) }
    if let key = keys.start { value = value.setting(key, to: model[key].zero) }
    if let key = keys.duration ?? keys.end { value = value.setting(key, to: model[key].zero) }
    let blank = Draft.Segment(
      id: nil, text: "", start: keys.start == nil ? previousEnd : Milliseconds(0),
      duration: keys.end == nil
        ? Milliseconds(0)
        : Milliseconds(0) - (keys.start == nil ? previousEnd : Milliseconds(0)),
      speaker: nil, speakerIsLabel: false, volume: nil)
    writeTimes(change, over: blank, keys, after: previousEnd, to: &value)
    writeWords(change, keys, to: &value)
    return value
  }

  private func writeTimes(
    _ change: Draft.SegmentChange, over old: Draft.Segment, _ keys: SegmentKeys,
    after previousEnd: Milliseconds, to value: inout JSONValue
  ) {
    // Without a key of its own a start follows from the segment before, which may have changed.
    let oldStart = keys.start == nil ? previousEnd : old.start
    if change.start != oldStart {
      let key = keys.start ?? free(.metadata("start"), .top("start"), in: value)
      write(change.start, under: key, to: &value)
    }
    if let key = keys.end {
      let end = change.start + change.duration
      if end != old.end { write(end, under: key, to: &value) }
    } else if change.duration != old.duration {
      write(change.duration, under: keys.duration ?? .top("d"), to: &value)
    }
  }

  /// Writes a time as a number or a string, as the value before it was, with its zero fraction.
  private func write(_ time: Milliseconds, under key: SegmentKey, to value: inout JSONValue) {
    let digits = String(time.rawValue)
    let new: JSONValue =
      switch value[key] {
      case .string: .string(digits)
      case .number(let old) where old.hasSuffix(".0"): .number(digits + ".0")
      default: .number(digits)
      }
    value = value.setting(key, to: new)
  }

  private func writeWords(
    _ change: Draft.SegmentChange, _ keys: SegmentKeys, to value: inout JSONValue
  ) {
    var text = change.text
    // A speaker without a name would leave a label of nothing but its colon.
    let speaker = change.speaker.flatMap { $0.isEmpty ? nil : $0 }
    if let key = keys.speaker {
      if let speaker {
        value = value.setting(key, to: .string(speaker))
      } else {
        for key in SegmentKeyOrder.speaker { value = value.removing(key) }
      }
    } else if let speaker {
      if keys.label == nil, let key = speakerKey {
        value = value.setting(key, to: .string(speaker))
      } else {
        text = (keys.label ?? label ?? SpeakerLabel(speaker)).labelled(text, as: speaker)
      }
    }
    let key = keys.text ?? free(.metadata("text"), .top("text"), in: value)
    if value[key]?.fieldText != text || value[key] == nil {
      value = value.setting(key, to: .string(text))
    }
  }

  /// The key inside the metadata where the segment has some, else the one at its top.
  private func free(
    _ inside: SegmentKey, _ top: SegmentKey, in value: JSONValue
  ) -> SegmentKey {
    value["m"]?.object == nil ? top : inside
  }
}

extension JSONValue {
  /// What a segment has beside its own values: font, place, effects and the like.
  ///
  /// - Parameter kept: what stays in its place, to be written over.
  fileprivate func withoutSegmentValues(but kept: [SegmentKey]) -> JSONValue {
    let own =
      SegmentKeyOrder.id + SegmentKeyOrder.text + SegmentKeyOrder.start + SegmentKeyOrder.duration
      + SegmentKeyOrder.end + SegmentKeyOrder.speaker
    return own.reduce(self) { value, key in
      value[key] == nil || kept.contains(key) ? value : value.removing(key)
    }
  }
}

extension Optional<JSONValue> {
  /// A zero of the same kind: a string for a string, a number for anything else.
  fileprivate var zero: JSONValue {
    switch self {
    case .string: .string("0")
    case .number(let text) where text.hasSuffix(".0"): .number("0.0")
    default: .number("0")
    }
  }
}
