package import ScriptModel

/// How a script is to be written.
package struct WriteOptions: Sendable {
  /// Which lines get the name of their speaker.
  package enum Speakers: String, Sendable, CaseIterable {
    case every, change, none
  }

  /// The format.
  package var format: FormatName
  /// Which lines get the name of their speaker.
  package var speakers = Speakers.every
  /// Whether times are written where the format leaves a choice; `nil` is the format's custom.
  package var times: Bool?
  /// The most characters of a row of a caption, `nil` to keep the rows as they are; words stay whole.
  package var maximumRowLength: Int?
  /// Whether an SRT file gets `\r\n` ends.
  package var crlf = false

  /// Creates options for a format, everything else left to its custom.
  package init(format: FormatName) { self.format = format }
}
