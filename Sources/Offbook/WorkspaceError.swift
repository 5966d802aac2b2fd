/// Why a workspace did not do what was asked.
public struct WorkspaceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure; the raw value is what `--json` shows as `type`.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    case notFound, ambiguous, invalidValue, alreadyExists, nothingToUndo, nothingToRedo
    case notAWorkspace, newerWorkspace, readOnly, busy, damaged, diskFull, fileProblem
    case unreadableFormat, unwritableFormat, editSyntax, conflict, failed
    /// There is no network, or the service can't be reached: what was asked for is kept.
    case offline
    /// The token is missing, bad, expired or revoked, or lacks a scope.
    case logIn
    /// There are not enough credits.
    case credits
    /// The plan does not allow it.
    case plan
    /// It would use more credits than were allowed, or nobody could be asked.
    case spending
    /// The service does not take files of this format.
    case unsupportedFile
    /// The file has more than the 500 MB that the service takes.
    case fileTooLarge
    /// The service refused it for good.
    case refused
    /// It may or may not have been carried out.
    case inDoubt
    /// Somebody interrupted it.
    case interrupted
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
