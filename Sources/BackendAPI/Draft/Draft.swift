package import JSONText
package import ScriptModel

/// A session's draft: tracks with segments over the JSON that came, of which nothing is lost.
///
/// Reading finds text, times, speaker and id under any of the keys that the service is known to use
/// and remembers which; writing puts changed values back under the same keys and leaves the rest as
/// it came: same keys, same order, same digits.
package struct Draft: Sendable {
  /// A track by its place among all tracks.
  package struct Track: Sendable {
    /// The kinds that matter here.
    package enum Kind: String, Hashable, Sendable, CaseIterable { case video, audio, text, other }

    /// Its place among the draft's tracks, from 0.
    package var index: Int
    /// What it holds.
    package var kind: Kind
    /// Its id where it has one.
    package var id: String?
    /// Its name where it has one; its id where it has nothing better.
    package var name: String?
    /// Its segments in order.
    package var segments: [Segment]

    /// Where each segment stands in the JSON, and under which keys its values were found.
    var places: [SegmentPlace]
  }

  /// A segment of a track.
  package struct Segment: Hashable, Sendable {
    /// The service's id for it.
    package var id: String?
    /// Its text, its label taken off where `speakerIsLabel`; of other tracks the segment's name.
    package var text: String
    /// From the beginning of the video.
    package var start: Milliseconds
    /// After the start.
    package var duration: Milliseconds
    /// Who speaks, from a key or from a label at the beginning of the text.
    package var speaker: String?
    /// Whether the speaker stands in the text and not under a key.
    package var speakerIsLabel: Bool
    /// The volume of a sound in percent where it is told.
    package var volume: Int?

    /// When it ends.
    package var end: Milliseconds { start + duration }
  }

  /// The tracks in order, whatever their kind.
  package private(set) var tracks: [Track]
  /// The whole length.
  package private(set) var duration: Milliseconds?
  /// The JSON that it was read from.
  package private(set) var document: JSONValue
  /// Whether a text track has more than one segment: beside it a single short text is a title.
  let hasTalk: Bool
  /// Names that count as labels however they look.
  package let knownSpeakers: Set<String>

  /// Reads a draft; what is no track or segment is kept and not shown.
  ///
  /// - Parameter knownSpeakers: the names of a project's cast: `anna: hello` is a label where Anna is
  ///   known as `anna`, and prose where she is not.
  package init(_ document: JSONValue, knownSpeakers: Set<String> = []) {
    self.document = document
    self.knownSpeakers = knownSpeakers
    var tracks: [Track] = []
    duration = document["d"]?.roundedNumber.map { Milliseconds($0) }
    for (index, value) in (document["t"]?.array ?? []).enumerated() where value.object != nil {
      tracks.append(Track(value, at: index, knownSpeakers: knownSpeakers))
    }
    self.tracks = tracks
    hasTalk = tracks.contains { $0.kind == .text && $0.segments.count > 1 }
  }

  /// A draft without a track.
  package static let empty = Draft(.object([.init(name: "t", value: .array([]))]))

  /// Whether at least one track has a segment, as an export needs.
  package var isReadyForExport: Bool { tracks.contains { !$0.segments.isEmpty } }

  /// Whether a video has music or a title beside it, as the second stage of a generation gives it.
  package var isFinished: Bool {
    let filled = tracks.filter { !$0.segments.isEmpty }
    return filled.contains { $0.kind == .video }
      && filled.contains { $0.kind == .audio || isTitle($0) }
  }

  /// The track at a place among the draft's tracks.
  package func track(at index: Int) -> Track? { tracks.first { $0.index == index } }
}

extension Draft.Track {
  /// The numbers, and the words that stand for them elsewhere, of the kinds of tracks.
  private static let kinds: [String: Kind] = [
    "0": .video, "1": .audio, "7": .text, "video": .video, "audio": .audio, "text": .text,
  ]

  init(_ value: JSONValue, at index: Int, knownSpeakers: Set<String>) {
    let metadata = value["m"]
    self.index = index
    kind =
      (value.first(["tt"]) ?? value.first(["type"]))?.trackKindText
      .flatMap { Self.kinds[$0] } ?? .other
    id = value.first(["id"])?.fieldText ?? metadata?.first(["id"])?.fieldText
    name =
      metadata?.first(["title"])?.fieldText ?? metadata?.first(["name"])?.fieldText
      ?? value.first(["name"])?.fieldText ?? id
    segments = []
    places = []
    guard let elements = value["sg"]?.array else { return }
    segments.reserveCapacity(elements.count)
    places.reserveCapacity(elements.count)
    var previousEnd = Milliseconds(0)
    for (position, element) in elements.enumerated() {
      guard case .object(let members) = element else { continue }
      let reading = SegmentReading(
        members, isText: kind == .text, after: previousEnd, knownSpeakers: knownSpeakers)
      previousEnd = reading.segment.end
      segments.append(reading.segment)
      places.append(SegmentPlace(position: position, keys: reading.keys))
    }
  }

  /// The name that was given to it, not the id that stands in for one.
  package var givenName: String? { name == id ? nil : name }
}

extension JSONValue {
  fileprivate var trackKindText: String? {
    if let number = roundedNumber { return String(number) }
    return string?.lowercased()
  }
}
