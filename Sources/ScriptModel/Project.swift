/// Scripts, a cast, sources and media that belong together.
public struct Project: Hashable, Sendable {
  /// Names a project.
  public typealias ID = Identifier<Project>

  /// The stable id.
  public var id: ID
  /// The name that a person gave it; any text without control characters.
  public var name: String
  /// A BCP 47 language tag such as `en` or `zh-CN`.
  public var language: String

  /// Creates a project from its parts.
  public init(id: ID, name: String, language: String) {
    self.id = id
    self.name = name
    self.language = language
  }
}
