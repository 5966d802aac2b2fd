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
    /// Its name where it has one.
    package var name: String?
    /// Its segments in order.
    package var segments: [Segment]
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
  }

  /// The tracks in order, whatever their kind.
  package private(set) var tracks: [Track]
  /// The whole length.
  package private(set) var duration: Milliseconds?
  /// The JSON that it was read from.
  package private(set) var document: JSONValue

  /// Reads a draft; what is no track or segment is kept and not shown.
  package init(_ document: JSONValue) {
    self.document = document
    tracks = []
    duration = nil
  }

  /// Whether at least one track has a segment, as an export needs.
  package var isReadyForExport: Bool { tracks.contains { !$0.segments.isEmpty } }
}
