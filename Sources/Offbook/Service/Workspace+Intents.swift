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
  ///
  /// - Parameter id: the intent.
  public func retryIntent(_ id: Intent.ID) throws(WorkspaceError) -> Intent {
    try translating { () throws(StoreError) in
      let record = try store.intentRecord(id)
      if record.intent.state == .queued { return record.intent }
      guard record.intent.state == .inDoubt else {
        throw StoreError(
          .conflict, "The intent is \(record.intent.state.rawValue): there is nothing to retry")
      }
      _ = try store.advance(
        IntentAdvance(id, to: .queued, evidence: "Asked for again after it was in doubt."))
      return try store.intentRecord(id).intent
    }
  }

  /// Gives an intent up; what it may have been charged stays on record.
  ///
  /// - Throws: `conflict` for one that is under way or settled.
  ///
  /// - Parameter id: the intent.
  public func abandonIntent(_ id: Intent.ID) throws(WorkspaceError) -> Intent {
    try translating { () throws(StoreError) in
      _ = try store.advance(IntentAdvance(id, to: .abandoned))
      return try store.intentRecord(id).intent
    }
  }
}
