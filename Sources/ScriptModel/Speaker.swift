/// Someone who speaks, shared by the scripts of a project.
public struct Speaker: Hashable, Sendable {
  /// Names a speaker.
  public typealias ID = Identifier<Speaker>

  /// The stable id: a rename keeps it.
  public var id: ID
  /// The name as it is shown and exported.
  public var name: String

  /// Creates a speaker from its parts.
  public init(id: ID, name: String) {
    self.id = id
    self.name = name
  }
}
