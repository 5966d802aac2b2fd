internal import ScriptModel

/// What changed between two looks at a session, as sentences for people.
package enum DraftChanges {
  /// Of one track so many changes are told one by one; the rest are counted.
  private static let mostOfATrack = 5

  /// Tells what changed, such as `Title added: 'Urban Dreams' (0-3s)`; none where nothing did.
  package static func sentences(from before: SessionState?, to after: SessionState) -> [String] {
    var sentences = self.sentences(from: before?.draft, to: after.draft)
    let known = Set((before?.generated ?? []).map(\.identity))
    for medium in after.generated where !known.contains(medium.identity) {
      sentences.append("Media made: '\(TrackSummary.shortened(medium.name))'")
    }
    return sentences
  }

  /// Tells what changed between two drafts.
  package static func sentences(from before: Draft?, to after: Draft?) -> [String] {
    let before = before ?? .empty
    let after = after ?? .empty
    var sentences: [String] = []
    let pairs = TrackPairs(before, after)
    for (old, new) in pairs.kept {
      sentences += changes(from: old, to: new, TrackSummary.label(of: new, in: after))
    }
    for track in pairs.added {
      sentences += appearances(of: track, "added", TrackSummary.label(of: track, in: after))
    }
    for track in pairs.removed {
      sentences += appearances(of: track, "removed", TrackSummary.label(of: track, in: before))
    }
    if let old = before.duration, let new = after.duration, old != new {
      sentences.append(
        "Length: \(TrackSummary.seconds(old))s, now \(TrackSummary.seconds(new))s")
    }
    return sentences
  }

  private static func appearances(
    of track: Draft.Track, _ verb: String, _ label: String
  ) -> [String] {
    guard !track.segments.isEmpty else { return ["\(label) \(verb): empty"] }
    guard track.segments.count > mostOfATrack else {
      return track.segments.map { told($0, of: track, verb, label) }
    }
    let count = track.segments.count
    return ["\(label) \(verb): \(count) segments (\(TrackSummary.range(of: track.segments)))"]
  }

  private static func changes(
    from old: Draft.Track, to new: Draft.Track, _ label: String
  ) -> [String] {
    var sentences: [String] = []
    // Of what is not told one by one only the number is wanted: a push may change 10,000 captions.
    var untold = 0
    for (before, after) in SegmentPairs(old.segments, new.segments).pairs {
      let isEnough = sentences.count > mostOfATrack
      switch (before, after) {
      case (let before?, let after?):
        let count = changeCount(from: before, to: after)
        if isEnough {
          untold += count
        } else if count > 0 {
          sentences += change(from: before, to: after, label)
        }
      case (nil, nil): break
      case _ where isEnough: untold += 1
      case (nil, let after?): sentences.append(told(after, of: new, "added", label))
      case (let before?, nil): sentences.append(told(before, of: old, "removed", label))
      }
    }
    let count = sentences.count + untold
    guard count > mostOfATrack + 1 else { return sentences }
    return sentences.prefix(mostOfATrack) + ["\(label): \(count - mostOfATrack) more changes"]
  }

  /// How many sentences `change` would tell.
  private static func changeCount(from before: Draft.Segment, to after: Draft.Segment) -> Int {
    (before.text != after.text ? 1 : 0)
      + (before.start != after.start || before.duration != after.duration ? 1 : 0)
      + (before.speaker != after.speaker ? 1 : 0)
      + (before.volume != after.volume && after.volume != nil ? 1 : 0)
  }

  private static func change(
    from before: Draft.Segment, to after: Draft.Segment, _ label: String
  ) -> [String] {
    var sentences: [String] = []
    let range = TrackSummary.range(of: [after])
    if before.text != after.text {
      sentences.append(
        "\(label) changed: '\(TrackSummary.shortened(before.text))', now "
          + "'\(TrackSummary.shortened(after.text))' (\(range))")
    }
    let name = after.text.isEmpty ? "" : "'\(TrackSummary.shortened(after.text))' "
    if before.start != after.start || before.duration != after.duration {
      sentences.append("\(label) moved: \(name)(\(TrackSummary.range(of: [before])), now \(range))")
    }
    if before.speaker != after.speaker {
      let old = before.speaker ?? "nobody"
      sentences.append("\(label) speaker: \(name)\(old), now \(after.speaker ?? "nobody")")
    }
    if before.volume != after.volume, let volume = after.volume {
      let old = before.volume.map { "\($0)%, " } ?? ""
      sentences.append("\(label) volume: \(name)\(old)now \(volume)%")
    }
    return sentences
  }

  private static func told(
    _ segment: Draft.Segment, of track: Draft.Track, _ verb: String, _ label: String
  ) -> String {
    let name = segment.text.isEmpty ? track.givenName ?? "" : segment.text
    let quoted = name.isEmpty ? "" : "'\(TrackSummary.shortened(name))' "
    return "\(label) \(verb): \(quoted)(\(TrackSummary.range(of: [segment])))"
  }
}

/// Which tracks of two drafts are the same: by id, else by kind and name, else by kind and order.
private struct TrackPairs {
  var kept: [(Draft.Track, Draft.Track)] = []
  var added: [Draft.Track] = []
  var removed: [Draft.Track] = []

  /// What two tracks have in common that are the same, by one of the rules.
  private enum Key: Hashable {
    case id(String)
    case name(Draft.Track.Kind, String)
    case kind(Draft.Track.Kind)
  }

  init(_ before: Draft, _ after: Draft) {
    var left: [Draft.Track?] = before.tracks
    var unmatched: [Draft.Track?] = after.tracks
    let rules: [(Draft.Track) -> Key?] = [
      { track in track.id.map { .id($0) } },
      { track in track.name.map { .name(track.kind, $0) } },
      { track in track.id == nil && track.name == nil ? .kind(track.kind) : nil },
    ]
    for rule in rules {
      var places: [Key: [Int]] = [:]
      for index in left.indices.reversed() {
        if let key = left[index].flatMap(rule) { places[key, default: []].append(index) }
      }
      for index in unmatched.indices {
        guard let track = unmatched[index], let key = rule(track),
          let place = places[key]?.popLast(), let match = left[place]
        else { continue }
        kept.append((match, track))
        left[place] = nil
        unmatched[index] = nil
      }
    }
    added = unmatched.compactMap { $0 }
    removed = left.compactMap { $0 }
    kept.sort { $0.1.index < $1.1.index }
  }
}

/// Which segments of two tracks are the same: by id, else by equal words, else by place in between.
private struct SegmentPairs {
  private(set) var pairs: [(Draft.Segment?, Draft.Segment?)] = []

  init(_ before: [Draft.Segment], _ after: [Draft.Segment]) {
    // Mostly the same segments stand at the same places.
    let areInPlace =
      before.count == after.count
      && zip(before, after).allSatisfy { $0.id != nil && $0.id == $1.id }
    if areInPlace {
      pairs = zip(before, after).filter { $0 != $1 }.map { ($0, $1) }
      return
    }
    var match = [Int?](repeating: nil, count: after.count)
    var isTaken = [Bool](repeating: false, count: before.count)
    Self.pair(before, after, &match, &isTaken) { $0.id }
    Self.pair(before, after, &match, &isTaken) { "\($0.start.rawValue) \($0.text)" }
    Self.pair(before, after, &match, &isTaken) { $0.text.isEmpty ? nil : $0.text }
    Self.pair(before, after, &match, &isTaken) { "\($0.start.rawValue)" }
    for index in after.indices {
      guard let old = match[index] else {
        pairs.append((nil, after[index]))
        continue
      }
      if before[old] != after[index] { pairs.append((before[old], after[index])) }
    }
    for index in before.indices where !isTaken[index] { pairs.append((before[index], nil)) }
  }

  /// Pairs what has the same key, the first with the first.
  private static func pair(
    _ before: [Draft.Segment], _ after: [Draft.Segment], _ match: inout [Int?],
    _ isTaken: inout [Bool], by key: (Draft.Segment) -> String?
  ) {
    var places: [String: [Int]] = [:]
    for index in before.indices.reversed() where !isTaken[index] {
      if let key = key(before[index]) { places[key, default: []].append(index) }
    }
    for index in after.indices where match[index] == nil {
      guard let key = key(after[index]), let old = places[key]?.popLast() else { continue }
      match[index] = old
      isTaken[old] = true
    }
  }
}
