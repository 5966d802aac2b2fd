/// One step of an edit: what a command, an editor or a merge asks of the lines of a script.
public enum LineEdit: Hashable, Sendable {
  /// Puts a new line behind another; first of all where `after` is `nil`.
  case insert(Line, after: Line.ID?)
  /// Takes a line out; its content stays in the history.
  case delete(Line.ID)
  /// Takes a line out whose text went into another, so that later edits of it find that one.
  case join(Line.ID, into: Line.ID)
  /// Replaces the text.
  case setText(Line.ID, String)
  /// Replaces the speaker.
  case setSpeaker(Line.ID, Speaker.ID?)
  /// Replaces the start.
  case setStart(Line.ID, Milliseconds?)
  /// Replaces the end.
  case setEnd(Line.ID, Milliseconds?)
  /// Replaces the kind.
  case setKind(Line.ID, Line.Kind)
  /// Puts a line behind another; first of all where `after` is `nil`.
  case move(Line.ID, after: Line.ID?)
}
