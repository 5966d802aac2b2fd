import BackendAPI
public import ScriptModel

/// A session's draft as people see it: tracks with segments on a time axis.
public struct Timeline: Hashable, Sendable {
  /// A track.
  public struct Track: Hashable, Sendable {
    /// What a track holds.
    public enum Kind: String, Hashable, Sendable, CaseIterable { case video, audio, text, other }

    /// Its number, from 1.
    public var index: Int
    /// What it holds.
    public var kind: Kind
    /// Its name; empty where it has none.
    public var name: String
    /// Its segments in order.
    public var segments: [Segment]

    /// Creates a track from its parts.
    public init(index: Int, kind: Kind, name: String, segments: [Segment]) {
      self.index = index
      self.kind = kind
      self.name = name
      self.segments = segments
    }
  }

  /// A segment of a track.
  public struct Segment: Hashable, Sendable {
    /// When it begins.
    public var start: Milliseconds
    /// When it ends.
    public var end: Milliseconds
    /// Its text; of tracks that are no text, its name.
    public var text: String
    /// Who speaks.
    public var speaker: String?
    /// The volume in percent, where it is told.
    public var volume: Int?

    /// Creates a segment from its parts.
    public init(
      start: Milliseconds, end: Milliseconds, text: String, speaker: String? = nil,
      volume: Int? = nil
    ) {
      self.start = start
      self.end = end
      self.text = text
      self.speaker = speaker
      self.volume = volume
    }
  }

  /// The summary in the service's own form, such as `Timeline (2 tracks): 1. Video: city (0-10s) …`.
  public var summary: String
  /// The whole length; `nil` where it is not told.
  public var duration: Milliseconds?
  /// The tracks in order.
  public var tracks: [Track]

  /// Creates a timeline from its parts.
  public init(summary: String, duration: Milliseconds?, tracks: [Track]) {
    self.summary = summary
    self.duration = duration
    self.tracks = tracks
  }
}

extension Timeline {
  /// Reads a draft.
  init(_ draft: Draft) {
    self.init(
      summary: TrackSummary.line(draft), duration: draft.duration,
      tracks: draft.tracks.enumerated().map { number, track in
        Track(
          index: number + 1, kind: Track.Kind(rawValue: track.kind.rawValue) ?? .other,
          name: TrackSummary.label(of: track, in: draft),
          segments: track.segments.map { segment in
            Segment(
              start: segment.start, end: segment.end, text: UploadName.label(segment.text),
              speaker: segment.speaker, volume: segment.volume)
          })
      })
  }
}
