package import ScriptModel

/// How a file is to be read.
package struct ReadOptions: Sendable {
  /// Whether speaker labels are looked for in the text.
  package enum Speakers: String, Sendable, CaseIterable {
    /// Labels become speakers, by the rules of `SpeakerDetection`.
    case auto
    /// Labels stay text; what the format itself marks as a speaker still is one.
    case none
  }

  /// The format that the caller names; `nil` to tell by content, then by the file's name.
  package var format: FormatName?
  /// The encoding that the caller names, as iconv spells it; `nil` to tell by content.
  package var encoding: String?
  /// Whether speaker labels are looked for.
  package var speakers = Speakers.auto
  /// Names that are known to be speakers: one occurrence of such a label is enough.
  package var cast: [String] = []
  /// The name of the file, for telling its format and for messages; never opened.
  package var fileName: String?

  /// Creates options that leave everything to be told by content.
  package init() {}
}
