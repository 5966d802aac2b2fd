/// Where a value stands in a segment: at its top, or inside its metadata `m`.
enum SegmentKey: Hashable, Sendable {
  case top(String)
  case metadata(String)
}

/// Under which keys a segment's values were found; `nil` for one that was not.
struct SegmentKeys: Hashable, Sendable {
  var id: SegmentKey?
  var text: SegmentKey?
  var start: SegmentKey?
  var duration: SegmentKey?
  /// Found only where `duration` was not.
  var end: SegmentKey?
  var speaker: SegmentKey?
  /// What stands around the speaker's name at the beginning of the text.
  var label: SpeakerLabel?
}

/// A segment's place in its track's JSON, with the keys of its values.
struct SegmentPlace: Hashable, Sendable {
  var position: Int
  var keys: SegmentKeys
}

/// The keys that a segment's values are looked for under, the first that is found counts.
enum SegmentKeyOrder {
  static let id: [SegmentKey] = [.top("id"), .metadata("id")]
  static let text: [SegmentKey] = [
    .metadata("text"), .metadata("content"), .top("text"), .top("content"),
  ]
  static let start: [SegmentKey] = [
    .metadata("start"), .top("s"), .top("t0"), .top("start"), .metadata("s"),
  ]
  static let duration: [SegmentKey] = [.top("d"), .metadata("d"), .metadata("duration")]
  static let end: [SegmentKey] = [.top("end"), .metadata("end")]
  static let speaker: [SegmentKey] = [.metadata("speaker"), .top("speaker")]
  /// What names a segment of a track that holds no text.
  static let name: [SegmentKey] = [
    .metadata("title"), .metadata("name"), .top("name"), .top("title"), .metadata("label"),
    .metadata("text"), .metadata("filename"), .top("filename"), .top("text"),
  ]
  static let volume: [SegmentKey] = [
    .metadata("volume"), .top("volume"), .metadata("vol"), .top("vol"), .metadata("v"), .top("v"),
  ]
}
