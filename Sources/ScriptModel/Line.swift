/// One dialogue turn, caption, direction or heading of a script.
public struct Line: Hashable, Sendable {
  /// Names a line.
  public typealias ID = Identifier<Line>

  /// What a line is in its script.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Something that is said: a turn or a caption.
    case dialogue
    /// A title of a part or a scene.
    case heading
    /// What is seen or done and not said.
    case direction
  }

  /// The stable id: an edit, a move or a merge keeps it.
  public var id: ID
  /// What the line is.
  public var kind: Kind
  /// Who says it; `nil` where nobody is named.
  public var speaker: Speaker.ID?
  /// When it begins, from the start of the media; `nil` where no time is known.
  public var start: Milliseconds?
  /// When it ends; may lie before `start`, as it does in real files.
  public var end: Milliseconds?
  /// What is said: plain text with `\n` between its rows and `<b>`, `<i>`, `<u>` as only markup.
  public var text: String

  /// Creates a line from its parts.
  public init(
    id: ID, kind: Kind = .dialogue, speaker: Speaker.ID? = nil, start: Milliseconds? = nil,
    end: Milliseconds? = nil, text: String
  ) {
    self.id = id
    self.kind = kind
    self.speaker = speaker
    self.start = start
    self.end = end
    self.text = text
  }
}
