import JSONText

/// Writes a draft with the keys that the options ask for.
struct DraftJSON {
  var options: DraftOptions

  func json(of draft: SimulatedDraft) -> JSONValue {
    var members: JSONValue = .members([
      "id": .string(draft.id), "d": .whole(draft.duration),
      "t": .array(draft.tracks.map(json(of:))),
    ])
    var metadata: JSONValue = .members(["speed": .whole(draft.speed)])
    if options.hasUnknownMembers {
      metadata = metadata.adding(
        "grade", .members(["lut": .string("warm"), "mix": .number("0.50")]))
      members = members.adding("ver", .string("3.10")).adding("zoom", .number("1.0E0"))
        .adding("aux", .array([.null, .bool(true), .number("9007199254740993")]))
    }
    return members.adding("m", metadata)
  }

  private func json(of track: SimulatedTrack) -> JSONValue {
    var members = KeyedMembers()
    if options.keys.name != "id" { members.set("id", .string(track.id)) }
    members.set("tt", .whole(track.type))
    members.set(options.keys.name, .string(track.name))
    let isText = track.type == TrackType.text
    let segments = track.segments.indices.map { index in
      json(of: track.segments[index], before: next(in: track, after: index), isText: isText)
    }
    members.set("sg", .array(segments))
    if options.hasUnknownMembers { members.set("lk", .bool(false)) }
    return members.object
  }

  /// The start of the segment after another one, where it is later.
  private func next(in track: SimulatedTrack, after index: Int) -> Int64? {
    guard index + 1 < track.segments.count else { return nil }
    let start = track.segments[index + 1].start
    return start > track.segments[index].start ? start : nil
  }

  private func json(
    of segment: SimulatedSegment, before next: Int64?, isText: Bool
  ) -> JSONValue {
    let keys = options.keys
    var members = KeyedMembers()
    if keys.id != "none" { members.set(keys.id, .string(segment.id)) }
    if keys.start != "none" { members.set(keys.start, .whole(segment.start)) }
    // Without starts a gap can't be told but by a longer duration.
    let end = keys.start == "none" ? next ?? segment.end : segment.end
    if keys.duration.hasSuffix("end") {
      members.set(keys.duration, .whole(end))
    } else {
      members.set(keys.duration, .whole(end &- segment.start))
    }
    if isText {
      members.set(keys.text, .string(text(of: segment)))
      if let speaker = segment.speaker, keys.speaker.hasSuffix("speaker") {
        members.set(keys.speaker, .string(speaker))
      }
    } else {
      members.set("m.name", .string(segment.text))
    }
    if let volume = segment.volume { members.set("m.volume", .whole(volume)) }
    if options.hasUnknownMembers {
      members.set("fx", .array([.members(["k": .string("fade"), "v": .number("0.250")])]))
    }
    return members.object
  }

  private func text(of segment: SimulatedSegment) -> String {
    guard options.keys.speaker == "label", let speaker = segment.speaker else {
      return segment.text
    }
    return "\(speaker): \(segment.text)"
  }
}

/// Members of an object, some of them within `m`, which stands where its first one was set.
private struct KeyedMembers {
  private var members: [JSONValue.Member] = []
  private var inner: [JSONValue.Member] = []
  private var innerPlace: Int?

  mutating func set(_ key: String, _ value: JSONValue) {
    if key.hasPrefix("m.") {
      if innerPlace == nil { innerPlace = members.count }
      inner.append(.init(name: String(key.dropFirst(2)), value: value))
    } else {
      members.append(.init(name: key, value: value))
    }
  }

  var object: JSONValue {
    guard let innerPlace else { return .object(members) }
    var all = members
    all.insert(.init(name: "m", value: .object(inner)), at: innerPlace)
    return .object(all)
  }
}
