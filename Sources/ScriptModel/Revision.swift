/// One thing that a person, or a sync, did to a script.
public struct Revision: Hashable, Sendable {
  /// Names a revision.
  public typealias ID = Identifier<Revision>

  /// What made a revision.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case create, `import`, edit, speaker, retime, replace, undo, redo, restore, merge, resolve
    case delete, sync
  }

  /// The stable id.
  public var id: ID
  /// The script that it changed.
  public var scriptID: Script.ID
  /// Its place in the history of the script, from 1 without gaps.
  public var sequence: Int
  /// What made it.
  public var kind: Kind
  /// What was done, in a few words for people.
  public var message: String
  /// When, in Unix milliseconds; for people to read, nothing is decided by it.
  public var date: Milliseconds
  /// How many fields of how many lines and speakers it changed.
  public var changeCount: Int
  /// The sequence of the revision that an undo or a redo took back.
  public var target: Int?

  /// Creates a revision from its parts.
  public init(
    id: ID, scriptID: Script.ID, sequence: Int, kind: Kind, message: String, date: Milliseconds,
    changeCount: Int, target: Int? = nil
  ) {
    self.id = id
    self.scriptID = scriptID
    self.sequence = sequence
    self.kind = kind
    self.message = message
    self.date = date
    self.changeCount = changeCount
    self.target = target
  }
}
