/// One difference between two states of a script, as `diff` shows it.
public struct Change: Hashable, Sendable {
  /// What happened to a line.
  public enum Operation: String, Hashable, Sendable, CaseIterable {
    case insert, delete, change, move, split, join
  }

  /// A line as it stood in one of the two states, with what its ids mean there.
  public struct State: Hashable, Sendable {
    /// Its number there, from 1.
    public var number: Int
    /// The line itself.
    public var line: Line
    /// The name of its speaker there.
    public var speakerName: String?

    /// Creates a state from its parts.
    public init(number: Int, line: Line, speakerName: String?) {
      self.number = number
      self.line = line
      self.speakerName = speakerName
    }
  }

  /// What happened.
  public var operation: Operation
  /// The line that it happened to.
  public var lineID: Line.ID
  /// The line before; `nil` for an insert, and for the new part of a split.
  public var before: State?
  /// The line after; `nil` for a delete, and for the part that a join took in.
  public var after: State?

  /// Creates a change from its parts.
  public init(operation: Operation, lineID: Line.ID, before: State?, after: State?) {
    self.operation = operation
    self.lineID = lineID
    self.before = before
    self.after = after
  }
}
