/// Something that an importer or a check noticed, repaired or guessed.
public struct Finding: Hashable, Sendable {
  /// How much a finding matters to the person who reads it.
  public enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Worth knowing; nothing was changed.
    case note
    /// Something was repaired or guessed.
    case warning
    /// Something could not be read.
    case error

    /// Whether the left is less severe.
    public static func < (left: Self, right: Self) -> Bool {
      let order: [Self] = [.note, .warning, .error]
      return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
    }
  }

  /// How much it matters.
  public var severity: Severity
  /// A stable kebab-case name such as `end-before-start`.
  public var code: String
  /// The line in the file, from 1; 0 where a finding is about the whole file.
  public var line: Int
  /// The column in that line in characters (Unicode scalars), from 1; 0 with line 0.
  public var column: Int
  /// What is wrong and what was done about it, as one sentence.
  public var message: String

  /// Creates a finding from its parts.
  public init(severity: Severity, code: String, line: Int = 0, column: Int = 0, message: String) {
    self.severity = severity
    self.code = code
    self.line = line
    self.column = column
    self.message = message
  }
}
