public import ScriptModel

/// New values for the fields of a line; what is `nil` stays as it is.
public struct LineFields: Sendable {
  /// The text.
  public var text: String?
  /// The name of the speaker: a new name joins the cast, an empty one takes the speaker away.
  public var speaker: String?
  /// The start; `.some(nil)` takes it away.
  public var start: Milliseconds??
  /// The end; `.some(nil)` takes it away.
  public var end: Milliseconds??

  /// Creates fields that change nothing.
  public init() {}
}

/// Where a line is cut in two.
public enum SplitPoint: Sendable, Hashable {
  /// Before the only occurrence of these words.
  case text(String)
  /// After so many characters.
  case offset(Int)
}

/// A change of times: `new = old × scale + shift`.
public struct Retiming: Sendable, Hashable {
  /// What is added.
  public var shift = Milliseconds(0)
  /// The factor as a fraction, so that 25 to 23.976 frames loses nothing.
  public var numerator: Int64 = 1
  /// The factor's denominator, more than 0.
  public var denominator: Int64 = 1

  /// Creates a change that changes nothing.
  public init() {}
}

/// What a replacement looks for.
public struct ReplacementPattern: Sendable {
  /// What to look for.
  public var pattern: String
  /// What to put there; with `isRegularExpression`, `$1` and `$0` are groups and `$$` is a dollar.
  public var replacement: String
  /// Whether `pattern` is a regular expression.
  public var isRegularExpression = false
  /// Whether letter case is ignored.
  public var ignoresCase = false

  /// Creates a pattern of plain text.
  public init(_ pattern: String, replacement: String) {
    self.pattern = pattern
    self.replacement = replacement
  }
}
