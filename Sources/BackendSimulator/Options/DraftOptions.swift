/// The keys and shapes of a session's state.
package struct DraftOptions: Sendable {
  /// How several things of a kind are held.
  package enum Collection: String, Sendable, CaseIterable { case array, object }

  /// What the state of a session is that has done nothing yet.
  package enum EmptyState: String, Sendable, CaseIterable { case object, null, missing }

  /// The keys of segments and tracks.
  package var keys = SegmentKeys()
  /// How generated media are held.
  package var generatedMedia = Collection.array
  /// How uploaded files are held.
  package var videoInfos = Collection.array
  /// What the state of a session is that has done nothing yet.
  package var emptyState = EmptyState.object
  /// Whether drafts hold members that nobody knows.
  package var hasUnknownMembers = true

  /// Creates the defaults.
  package init() {}
}

/// The keys of segments and tracks in a draft; `m.text` is `text` within `m`.
package struct SegmentKeys: Hashable, Sendable {
  /// The key of a segment's id, or `none`.
  package var id = "id"
  /// The key of the text.
  package var text = "m.text"
  /// The key of the start, or `none` where segments follow each other.
  package var start = "s"
  /// The key of the duration; `end` and `m.end` hold the end instead.
  package var duration = "d"
  /// The key of the speaker; `label` for a label in the text, `none` for neither.
  package var speaker = "label"
  /// The key of a track's name.
  package var name = "m.title"

  /// Creates the defaults.
  package init() {}

  /// The keys that each field may have.
  package static let choices: [(field: String, keys: [String])] = [
    ("id", ["id", "m.id", "none"]),
    ("text", ["m.text", "m.content", "text", "content"]),
    ("start", ["m.start", "s", "t0", "start", "m.s", "none"]),
    ("duration", ["d", "m.d", "m.duration", "end", "m.end"]),
    ("speaker", ["m.speaker", "speaker", "label", "none"]),
    ("name", ["m.title", "m.name", "name", "id"]),
  ]

  /// Sets the key of a field.
  ///
  /// - Returns: Whether there are such a field and such a key.
  package mutating func set(_ field: String, to key: String) -> Bool {
    guard Self.choices.contains(where: { $0.field == field && $0.keys.contains(key) }) else {
      return false
    }
    switch field {
    case "id": id = key
    case "text": text = key
    case "start": start = key
    case "duration": duration = key
    case "speaker": speaker = key
    default: name = key
    }
    return true
  }
}
