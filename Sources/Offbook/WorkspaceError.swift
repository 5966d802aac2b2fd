/// Why a workspace did not do what was asked.
public struct WorkspaceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure; the raw value is what `--json` shows as `type`.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    case notFound, ambiguous, invalidValue, alreadyExists, nothingToUndo, nothingToRedo
    case notAWorkspace, newerWorkspace, readOnly, busy, damaged, diskFull, fileProblem
    case unreadableFormat, unwritableFormat, editSyntax, conflict, failed
  }

  /// The kind of failure.
  public var code: Code
  /// What is wrong and where, as one sentence or more for people; no text of a script.
  public var description: String
  /// What to do next, as a sentence; `nil` where nothing can be advised.
  public var fix: String?

  /// Creates an error from its parts.
  public init(_ code: Code, _ description: String, fix: String? = nil) {
    self.code = code
    self.description = description
    self.fix = fix
  }
}
