internal import ScriptModel

/// A draft's tracks in one line, as the service itself would tell them.
///
///     Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title:
///     "Urban Dreams" (0-3s)
package enum TrackSummary {
  /// How many different names of one track are told.
  private static let mostNames = 3
  /// How long a caption may be before its end is left out, in characters.
  private static let longestText = 40

  /// Tells all tracks.
  package static func line(_ draft: Draft) -> String {
    let count = draft.tracks.count
    let head = "Timeline (\(count) \(count == 1 ? "track" : "tracks"))"
    guard count > 0 else { return head }
    let parts = draft.tracks.enumerated().map { "\($0 + 1). " + track($1, of: draft) }
    return head + ": " + parts.joined(separator: " ")
  }

  /// Tells one track, such as `BGM: Lo-fi (0-10s, 35%)`.
  package static func track(_ track: Draft.Track, of draft: Draft) -> String {
    let label = label(of: track, in: draft)
    guard let first = track.segments.first else { return label + ": empty" }
    var notes = [range(of: track.segments)]
    if let volume = first.volume { notes.append("\(volume)%") }
    let names = names(of: track, besides: label)
    return label + (names.isEmpty ? " (" : ": \(names) (") + notes.joined(separator: ", ") + ")"
  }

  /// What a track is called: its given name, else a word for what it holds.
  package static func label(of track: Draft.Track, in draft: Draft) -> String {
    let word = word(for: track, in: draft)
    guard let name = track.givenName.map(plain), !name.isEmpty else { return word }
    // A name that is rather the name of what is on the track is told in the place of a segment's.
    return track.segments.contains { !$0.text.isEmpty } ? name : word
  }

  private static func word(for track: Draft.Track, in draft: Draft) -> String {
    switch track.kind {
    case .video: return "Video"
    case .audio: return "Audio"
    case .text: return draft.isTitle(track) ? "Title" : "Captions"
    case .other: return "Track"
    }
  }

  private static func names(of track: Draft.Track, besides label: String) -> String {
    var names: [String] = []
    for segment in track.segments {
      let name = plain(segment.text)
      if !name.isEmpty, names.last != name, names.count <= mostNames { names.append(name) }
      if names.count > mostNames { break }
    }
    if track.kind == .text {
      guard let first = names.first else { return "" }
      let more = track.segments.count - 1
      return quoted(first) + (more > 0 ? " +\(more) more" : "")
    }
    if names.isEmpty, let name = track.givenName.map(plain), name != label { return name }
    return names.prefix(mostNames).joined(separator: ", ")
      + (names.count > mostNames ? ", …" : "")
  }

  /// A text in double quotes, its end left out where it is long.
  static func quoted(_ text: String) -> String { "\"\(shortened(text))\"" }

  /// A text on one row, its end left out where it is long.
  static func shortened(_ text: String) -> String {
    let text = plain(text)
    return text.count > longestText ? text.prefix(longestText - 1) + "…" : text
  }

  /// A text on one row without controls; a file's name without the hash that its upload carries.
  private static func plain(_ text: String) -> String {
    let row = text.split {
      $0.isWhitespace || $0.unicodeScalars.first?.properties.generalCategory == .control
    }
    return UploadName.label(row.joined(separator: " "))
  }

  /// From the first start to the last end, such as `0-10s` or `0.5-3s`.
  static func range(of segments: [Draft.Segment]) -> String {
    let start = segments.map(\.start).min() ?? Milliseconds(0)
    let end = segments.map(\.end).max() ?? start
    return seconds(start) + "-" + seconds(end) + "s"
  }

  /// Seconds with one digit after the point where they are not whole.
  static func seconds(_ time: Milliseconds) -> String {
    let tenths = (time.rawValue.magnitude + 50) / 100
    let sign = time.rawValue < 0 && tenths > 0 ? "-" : ""
    return sign + "\(tenths / 10)" + (tenths % 10 == 0 ? "" : ".\(tenths % 10)")
  }
}
