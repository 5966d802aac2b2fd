/// A segment of a track in a simulated session.
package struct SimulatedSegment: Hashable, Sendable {
  /// The service's id for it.
  package var id: String
  /// Its words, or what a sound or a picture is called.
  package var text: String
  /// Who speaks, where the service knows it apart from the text.
  package var speaker: String?
  /// The start in milliseconds.
  package var start: Int64
  /// The duration in milliseconds.
  package var duration: Int64
  /// The volume of a sound in percent.
  package var volume: Int?

  /// Creates a segment from its parts.
  package init(
    id: String, text: String, speaker: String? = nil, start: Int64, duration: Int64,
    volume: Int? = nil
  ) {
    self.id = id
    self.text = text
    self.speaker = speaker
    self.start = start
    self.duration = duration
    self.volume = volume
  }

  /// The end in milliseconds.
  package var end: Int64 { start &+ duration }
}

/// A track of a simulated session.
package struct SimulatedTrack: Hashable, Sendable {
  /// The service's id for it.
  package var id: String
  /// 0 video, 1 audio, 7 text, 5 effects.
  package var type: Int
  /// What it is called.
  package var name: String
  /// Its segments in order.
  package var segments: [SimulatedSegment]

  /// Creates a track from its parts.
  package init(id: String, type: Int, name: String, segments: [SimulatedSegment]) {
    self.id = id
    self.type = type
    self.name = name
    self.segments = segments
  }
}

/// The types of tracks, as drafts have them.
enum TrackType {
  static let video = 0
  static let audio = 1
  static let effect = 5
  static let text = 7
}

/// The draft of a simulated session.
struct SimulatedDraft: Hashable, Sendable {
  var id: String
  var tracks: [SimulatedTrack] = []
  /// The seed of ids; each id is a new one, and the same messages make the same ids.
  private var random: SeededRandom
  /// The speed in percent that the agent was asked for.
  var speed = 100

  init(id: String, seed: UInt64) {
    self.id = id
    random = SeededRandom(seed: seed, for: id)
  }

  /// An id that no track or segment had before.
  mutating func newID(_ prefix: String) -> String { "\(prefix)_\(random.letters(10))" }

  /// The length in milliseconds.
  var duration: Int64 { tracks.flatMap(\.segments).map(\.end).max() ?? 0 }

  /// Changes the track of a name and type, which is made at the end where there is none.
  mutating func withTrack(
    _ name: String, type: Int, _ body: (inout SimulatedTrack, inout SimulatedDraft) -> Void
  ) {
    let place = tracks.firstIndex { $0.name == name && $0.type == type }
    var track =
      place.map { tracks[$0] }
      ?? SimulatedTrack(id: newID("track"), type: type, name: name, segments: [])
    body(&track, &self)
    if let place { tracks[place] = track } else { tracks.append(track) }
  }

  static func == (left: Self, right: Self) -> Bool {
    left.id == right.id && left.tracks == right.tracks && left.speed == right.speed
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(tracks)
  }
}
