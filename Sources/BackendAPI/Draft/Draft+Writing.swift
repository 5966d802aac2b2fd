internal import JSONText

extension Draft {
  /// The draft with a track's segments as given; what is not among them goes.
  ///
  /// A segment that stays as it was keeps all its JSON; of a changed one only the changed values are
  /// replaced, under the keys that they were read from. A new one has the keys of its neighbour. An
  /// index that is no track's changes nothing.
  package func replacingSegments(
    ofTrack index: Int, with changes: [SegmentChange]
  ) -> Draft {
    guard let track = track(at: index), let value = document["t"]?[index] else { return self }
    let elements = SegmentWriting(track, value["sg"]?.array ?? [], knownSpeakers: knownSpeakers)
      .elements(changes)
    guard elements != value["sg"]?.array ?? [] else { return self }
    return replacingTrack(at: index, with: value.setting("sg", to: .array(elements)))
  }

  /// The draft with one more text track at its end, in the shape of those that it has.
  ///
  /// - Parameter id: the track's id, used only where other text tracks have ids.
  package func addingTextTrack(
    name: String, id: String? = nil, with changes: [SegmentChange]
  ) -> Draft {
    let model = scriptTracks.first ?? tracks.first { $0.kind == .text }
    let source = model.flatMap { document["t"]?[$0.index] }
    var track = Self.emptyTrack(like: source, name: name, id: id)
    let new = changes.map { change in
      var change = change
      change.source = nil
      return change
    }
    let elements = SegmentWriting(
      model, source?["sg"]?.array ?? [], keepsElements: false, knownSpeakers: knownSpeakers
    ).elements(new)
    track = track.setting("sg", to: .array(elements))
    let tracks = (document["t"]?.array ?? []) + [track]
    return Draft(document.setting("t", to: .array(tracks)), knownSpeakers: knownSpeakers)
  }

  private func replacingTrack(at index: Int, with track: JSONValue) -> Draft {
    var tracks = document["t"]?.array ?? []
    tracks[index] = track
    return Draft(document.setting("t", to: .array(tracks)), knownSpeakers: knownSpeakers)
  }

  /// A track without segments: kind, name and id under the keys that another text track has them.
  private static func emptyTrack(like model: JSONValue?, name: String, id: String?) -> JSONValue {
    var track = JSONValue.object([])
    if let id, model?["id"] != nil || model == nil { track = track.setting("id", to: .string(id)) }
    track = track.setting("tt", to: model?["tt"] ?? .number("7"))
    if model?["m"]?["title"] == nil, model?["m"]?["name"] != nil {
      track = track.setting("m", to: .object([.init(name: "name", value: .string(name))]))
    } else if model?["m"]?["title"] == nil, model?["name"] != nil {
      track = track.setting("name", to: .string(name))
    } else {
      track = track.setting("m", to: .object([.init(name: "title", value: .string(name))]))
    }
    return track
  }
}

extension JSONValue {
  /// The object with a member of that value: in its place where there is one, else at the end.
  func setting(_ name: String, to value: JSONValue) -> JSONValue {
    var members = object ?? []
    if let index = members.lastIndex(where: { $0.name == name }) {
      members[index].value = value
    } else {
      members.append(Member(name: name, value: value))
    }
    return .object(members)
  }

  /// The object without members of that name.
  func removing(_ name: String) -> JSONValue {
    .object((object ?? []).filter { $0.name != name })
  }

  subscript(key: SegmentKey) -> JSONValue? {
    switch key {
    case .top(let name): self[name]
    case .metadata(let name): self["m"]?[name]
    }
  }

  func setting(_ key: SegmentKey, to value: JSONValue) -> JSONValue {
    switch key {
    case .top(let name): setting(name, to: value)
    case .metadata(let name):
      setting("m", to: (self["m"] ?? .object([])).setting(name, to: value))
    }
  }

  func removing(_ key: SegmentKey) -> JSONValue {
    switch key {
    case .top(let name): removing(name)
    case .metadata(let name):
      self["m"].map { setting("m", to: $0.removing(name)) } ?? self
    }
  }
}
