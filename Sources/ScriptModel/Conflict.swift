/// A field that both sides of a merge changed differently, kept until somebody decides.
public struct Conflict: Hashable, Sendable {
  /// Names a conflict: the first 16 bytes of the SHA-256 of its place and its three values.
  public typealias ID = Identifier<Conflict>

  /// What a conflict is about.
  public enum Field: String, Hashable, Sendable, CaseIterable {
    case text, speaker, start, end, kind, order, existence, speakerName
    /// The times of a range of lines, shifted or stretched differently by the two sides.
    case timing
  }

  /// Whether a conflict waits for a decision.
  public enum State: String, Hashable, Sendable, CaseIterable {
    case open, resolved
  }

  /// The same on every replica that merges the same three values at the same place.
  public var id: ID
  /// The script that it is in.
  public var scriptID: Script.ID
  /// The line that it is about, or the first line of a range.
  public var lineID: Line.ID
  /// The field.
  public var field: Field
  /// The value that both sides started from, in the field's text form; `nil` for none.
  public var base: String?
  /// The value here, which the script keeps.
  public var ours: String?
  /// The value of the other side.
  public var theirs: String?
  /// Whether it waits for a decision.
  public var state: State

  /// Creates a conflict from its parts.
  public init(
    id: ID, scriptID: Script.ID, lineID: Line.ID, field: Field, base: String?, ours: String?,
    theirs: String?, state: State = .open
  ) {
    self.id = id
    self.scriptID = scriptID
    self.lineID = lineID
    self.field = field
    self.base = base
    self.ours = ours
    self.theirs = theirs
    self.state = state
  }
}
