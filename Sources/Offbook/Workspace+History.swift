public import ScriptModel
import ScriptStore

extension Workspace {
  /// Lists the revisions of a script, newest first.
  public func log(of script: Script.ID) throws(WorkspaceError) -> [Revision] {
    try translating { () throws(StoreError) in try store.log(of: script) }
  }

  /// Compares two states of a script: `from` (`nil`: before the last revision), `to` (`nil`: now).
  public func diff(
    of script: Script.ID, from: Int? = nil, to: Int? = nil
  ) throws(WorkspaceError) -> [Change] {
    try translating { () throws(StoreError) in try store.diff(of: script, from: from, to: to) }
  }

  /// Names for each line the revision that touched it last.
  public func blame(of script: Script.ID) throws(WorkspaceError) -> [BlameEntry] {
    try translating { () throws(StoreError) in try store.blame(of: script) }
  }

  /// Takes the last revision that is not undone back, as a new revision.
  ///
  /// - Throws: `nothingToUndo` where only the script's making is left.
  public func undo(_ script: Script.ID, dryRun: Bool = false) throws(WorkspaceError) -> EditOutcome
  {
    try translating { () throws(StoreError) in try store.undo(script, dryRun: dryRun) }
  }

  /// Does again what the last `undo` took back, as a new revision.
  ///
  /// - Throws: `nothingToRedo` where nothing was undone since the last edit.
  public func redo(_ script: Script.ID, dryRun: Bool = false) throws(WorkspaceError) -> EditOutcome
  {
    try translating { () throws(StoreError) in try store.redo(script, dryRun: dryRun) }
  }

  /// Makes a script what it was at a revision, as a new revision.
  public func restore(
    _ script: Script.ID, to revision: Int, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome {
    try translating { () throws(StoreError) in
      try store.restore(script, to: revision, dryRun: dryRun)
    }
  }
}
