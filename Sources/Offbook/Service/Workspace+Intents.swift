public import ScriptModel
import ScriptStore

extension Workspace {
  /// Lists the intents of a project, or of all, oldest first.
  public func intents(
    of project: Project.ID? = nil, includingSettled: Bool = false
  ) throws(WorkspaceError) -> [Intent] {
    try translating { () throws(StoreError) in
      try store.intents(of: project, includingSettled: includingSettled)
    }
  }

  /// Finds the intent with that id or unique id prefix (4 characters or more).
  public func intent(matching reference: String) throws(WorkspaceError) -> Intent {
    try translating { () throws(StoreError) in try store.intent(matching: reference) }
  }

  /// Has an intent in doubt, or a refused one, sent again by the next sync: it may be charged twice.
  ///
  /// - Throws: `conflict` for one that is queued, under way or done.
  public func retryIntent(_ id: Intent.ID) throws(WorkspaceError) -> Intent {
    throw notYet
  }

  /// Gives an intent up; what it may have been charged stays on record.
  ///
  /// - Throws: `conflict` for one that is under way or settled.
  public func abandonIntent(_ id: Intent.ID) throws(WorkspaceError) -> Intent {
    throw notYet
  }
}
