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

  /// Has an intent in doubt sent again by the next sync, which may charge it twice.
  ///
  /// A refused one was not carried out and stays on record: the same is asked for anew, under an id of
  /// its own, with the upload that it needs.
  ///
  /// A script that was sent and that the session did not take is sent again as it is by then.
  ///
  /// - Throws: `conflict` for one that is under way, done or given up.
  ///
  /// - Parameter id: the intent.
  /// - Returns: the intent that will be sent.
  public func retryIntent(_ id: Intent.ID) throws(WorkspaceError) -> Intent {
    try translating { () throws(StoreError) in
      let record = try store.intentRecord(id)
      switch record.intent.state {
      case .queued: return record.intent
      case .inDoubt:
        _ = try store.advance(
          IntentAdvance(id, to: .queued, evidence: "Asked for again after it was in doubt."))
        return try store.intentRecord(id).intent
      case .done where record.intent.purpose == .push:
        return try store.pushAnew(record)
      case .refused where record.intent.purpose != .push && record.intent.kind != .session:
        return try store.askAnew(record)
      case .refused:
        throw StoreError(
          .conflict, "What the session lacks is found anew by each sync",
          fix: "Run 'offbook sync'.")
      default:
        throw StoreError(
          .conflict, "The intent is \(record.intent.state.rawValue): there is nothing to retry")
      }
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
