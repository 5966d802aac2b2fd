/// An ordered list of lines with the speakers that they name.
public struct Script: Hashable, Sendable {
  /// Names a script.
  public typealias ID = Identifier<Script>

  /// Where the words of a script come from.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Taken down from media.
    case transcript
    /// Written to be spoken.
    case script
  }

  /// The stable id.
  public var id: ID
  /// The project that it belongs to.
  public var projectID: Project.ID
  /// The title; any text without control characters.
  public var title: String
  /// Where its words come from.
  public var kind: Kind
  /// A BCP 47 language tag such as `en` or `zh-CN`.
  public var language: String
  /// The sequence number of the revision that it stands at, from 1.
  public var revision: Int
  /// The speakers that its lines name, in the order of their first line.
  public var speakers: [Speaker]
  /// The lines in their order.
  public var lines: [Line]

  /// Creates a script from its parts.
  public init(
    id: ID, projectID: Project.ID, title: String, kind: Kind = .transcript, language: String = "en",
    revision: Int = 1, speakers: [Speaker] = [], lines: [Line] = []
  ) {
    self.id = id
    self.projectID = projectID
    self.title = title
    self.kind = kind
    self.language = language
    self.revision = revision
    self.speakers = speakers
    self.lines = lines
  }
}
