package import ScriptModel

extension Draft {
  /// A segment of a text track as it is to be.
  package struct SegmentChange: Hashable, Sendable {
    /// The place among the track's `segments` of what it was; `nil` for a new one.
    package var source: Int?
    /// The id of a new one, used only where the track's segments have ids.
    package var id: String?
    /// Its text without a label.
    package var text: String
    /// From the beginning of the video.
    package var start: Milliseconds
    /// After the start.
    package var duration: Milliseconds
    /// Who speaks.
    package var speaker: String?

    /// Creates a change from its parts.
    package init(
      source: Int?, id: String? = nil, text: String, start: Milliseconds, duration: Milliseconds,
      speaker: String? = nil
    ) {
      self.source = source
      self.id = id
      self.text = text
      self.start = start
      self.duration = duration
      self.speaker = speaker
    }
  }
}
