public import ScriptModel
import ScriptStore
import ScriptSync

extension Workspace {
  /// Lists the intents of a project, or of all, oldest first.
  ///
  /// One that was being sent when its process ended is shown as what it is: in doubt.
  public func intents(
    of project: Project.ID? = nil, includingSettled: Bool = false
  ) throws(WorkspaceError) -> [Intent] {
    let found = try translating { () throws(StoreError) in
      try store.intents(of: project, includingSettled: includingSettled)
    }
    return found.map(asItStands)
  }

  /// An intent as the locks tell that it stands: what nobody is at is not being sent any more.
  private func asItStands(_ intent: Intent) -> Intent {
    guard intent.isOnItsWay else { return intent }
    var shown = intent
    if intent.kind == .message { shown.maybeCharged = true }
    if !ProjectLock.isHeld(intent.projectID, in: folder) {
      shown.state = .inDoubt
      if shown.evidence.isEmpty { shown.evidence = Self.endedEvidence }
    }
    return shown
  }

  private static var endedEvidence: String { "Offbook ended while it was being sent." }

  /// Puts an intent in doubt that was being sent when its process ended.
  private func recovered(_ id: Intent.ID) throws(WorkspaceError) -> IntentRecord {
    try translating { () throws(StoreError) in
      let record = try store.intentRecord(id)
      guard record.intent.isOnItsWay else { return record }
      guard !ProjectLock.isHeld(record.intent.projectID, in: folder) else {
        throw StoreError(
          .conflict, "The intent is being sent just now", fix: "Wait until that is over.")
      }
      var advance = IntentAdvance(id, to: .inDoubt, evidence: Self.endedEvidence)
      if record.intent.kind == .message { advance.maybeCharged = true }
      _ = try store.advance(advance)
      return try store.intentRecord(id)
    }
  }

  /// Finds the intent with that id or unique id prefix (4 characters or more).
  public func intent(matching reference: String) throws(WorkspaceError) -> Intent {
    let found = try translating { () throws(StoreError) in
      try store.intent(matching: reference)
    }
    return asItStands(found)
  }

  /// Has an intent in doubt sent again by the next sync, which may charge it twice.
  ///
  /// A refused one was not carried out and stays on record: the same is asked for anew, under an id of
  /// its own, with the upload that it needs. So is an extraction that was carried out and gave no script.
  ///
  /// A script that was sent and that the session did not take is sent again as it is by then.
  ///
  /// - Throws: `conflict` for one that is under way, done or given up.
  ///
  /// - Parameter id: the intent.
  /// - Returns: the intent that will be sent.
  public func retryIntent(_ id: Intent.ID) throws(WorkspaceError) -> Intent {
    let record = try recovered(id)
    return try translating { () throws(StoreError) in
      switch record.intent.state {
      case .queued: return record.intent
      case .done where record.intent.purpose == .extract:
        let reply = try store.reply(to: id) ?? ""
        let isFruitless = record.intent.scriptID == nil || reply.isEmpty
        guard isFruitless else {
          throw StoreError(
            .conflict, "The extraction gave its script: there is nothing to retry",
            fix: "'offbook extract' does it again.")
        }
        return try store.askAnew(record)
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
          .conflict,
          record.intent.state == .abandoned
            ? "The intent is given up: ask for it anew"
            : "The intent is \(record.intent.state.rawValue): there is nothing to retry",
          fix: "'offbook intents --all' shows where it stands.")
      }
    }
  }

  /// Gives an intent up; what it may have been charged stays on record.
  ///
  /// - Throws: `conflict` for one that is under way or settled.
  ///
  /// - Parameter id: the intent.
  public func abandonIntent(_ id: Intent.ID) throws(WorkspaceError) -> Intent {
    _ = try recovered(id)
    return try translating { () throws(StoreError) in
      _ = try store.advance(IntentAdvance(id, to: .abandoned))
      return try store.intentRecord(id).intent
    }
  }
}

extension Intent {
  /// Whether a process is sending it, or was when it ended; a render may be at the service for long.
  fileprivate var isOnItsWay: Bool {
    state == .sending || (state == .streaming && kind != .render)
  }
}
