package import SQLiteKit

/// Why the store did not do what was asked.
package struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure, named as the facade and `--json` name them.
  package enum Code: String, Hashable, Sendable, CaseIterable {
    case notFound, ambiguous, invalidValue, alreadyExists, nothingToUndo, nothingToRedo
    case notAWorkspace, newerWorkspace, readOnly, busy, damaged, diskFull, conflict, failed
  }

  /// The kind of failure.
  package var code: Code
  /// What is wrong and where, for people; no text of a script and no bound value.
  package var description: String
  /// What to do next, as a sentence; `nil` where nothing can be advised.
  package var fix: String?
  /// What SQLite said, for reports; `nil` where SQLite had no part in it.
  package var underlying: SQLiteError?

  /// Creates an error from its parts.
  package init(
    _ code: Code, _ description: String, fix: String? = nil, underlying: SQLiteError? = nil
  ) {
    self.code = code
    self.description = description
    self.fix = fix
    self.underlying = underlying
  }
}

extension StoreError {
  /// Says in people's words what SQLite met with.
  init(_ error: SQLiteError, folder: String, writer: String?) {
    switch error.code {
    case .busy:
      self.init(
        .busy, "The workspace '\(folder)' is being written by \(writer ?? "another process")",
        fix: "Wait until it is done, then try again.", underlying: error)
    case .full:
      self.init(
        .diskFull, "The disk is full: nothing was changed in the workspace '\(folder)'",
        fix: "Free some space, then try again.", underlying: error)
    case .inputOutput:
      self.init(
        .failed, "The disk did not read or write all data of the workspace '\(folder)'",
        fix: "Check the disk, then run 'offbook doctor'.", underlying: error)
    case .readOnly, .cannotOpen:
      self.init(readOnly: folder, underlying: error)
    case .corrupt:
      self.init(
        .damaged, "The workspace '\(folder)' is damaged",
        fix:
          "Keep a copy of the folder, then put a copy that 'offbook backup' made in the place of its "
          + "'workspace.sqlite'; the folder 'backups' may hold older ones.",
        underlying: error)
    case .notADatabase:
      self.init(
        .notAWorkspace, "The file 'workspace.sqlite' in '\(folder)' is not a workspace",
        fix: "Give another folder with --workspace.", underlying: error)
    case .tooBig:
      self.init(.invalidValue, "This is more than a workspace can hold", underlying: error)
    case .constraint, .other:
      self.init(.failed, "The workspace '\(folder)' could not be used", underlying: error)
    }
  }

  init(readOnly folder: String, underlying: SQLiteError? = nil) {
    self.init(
      .readOnly, "The workspace '\(folder)' can't be written",
      fix: "Check who owns the folder and whether its disk is mounted for reading only.",
      underlying: underlying)
  }

  static func notFound(_ what: String, _ reference: String, fix: String? = nil) -> StoreError {
    StoreError(.notFound, "There is no \(what) '\(reference)'", fix: fix)
  }

  /// What is in the file does not fit together: no person could have made it so.
  static func inconsistent(_ what: String) -> StoreError {
    StoreError(
      .damaged, "The workspace is damaged: \(what)",
      fix: "Run 'offbook doctor' and keep a copy of the folder.")
  }
}
