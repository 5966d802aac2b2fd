public import ScriptModel

/// How a file is to be imported.
public struct ImportOptions: Sendable {
  /// The project; `nil` for the one named `Scripts`, which is made where it is missing.
  public var project: Project.ID?
  /// The title; `nil` for the file's own, else the file's name without extension.
  public var title: String?
  /// The format; `nil` to tell by content.
  public var format: FormatName?
  /// The encoding as iconv spells it; `nil` to tell by content.
  public var encoding: String?
  /// Whether labels in the text become speakers.
  public var detectsSpeakers = true
  /// Whether to read and report only.
  public var dryRun = false

  /// Creates options that leave everything to the file.
  public init() {}
}

/// What an import made of a file.
public struct ImportReport: Sendable {
  /// The new script; with a dry run as it would be.
  public var script: ScriptSummary
  /// The format that the content was found to be in.
  public var format: FormatName
  /// The encoding that it was decoded from.
  public var encoding: String
  /// The names of the speakers in the order of their first line.
  public var speakers: [String]
  /// What was noticed, repaired and guessed.
  public var findings: [Finding]
}
