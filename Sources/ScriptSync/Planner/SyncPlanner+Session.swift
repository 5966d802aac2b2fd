import BackendAPI
import ScriptModel
import ScriptStore

extension SyncPlanner {
  /// The next step towards a live session; one that may have been opened is simply opened again.
  mutating func sessionStep() -> SyncStep? {
    guard let record = snapshot.intents.first(where: { $0.intent.kind == .session }) else {
      return .commit(.planSession)
    }
    if isHeld(record) { return nil }
    let id = record.intent.id
    guard record.intent.state == .queued else {
      let evidence = "Whether it was opened is not known: an unused session costs nothing."
      return .commit(.advance(IntentAdvance(id, to: .queued, evidence: evidence)))
    }
    run.duties = [.openSession(id)]
    return .commit(.advance(IntentAdvance(id, to: .sending)))
  }

  /// Whether the project's session takes the place of one that is over, and lacks what that had.
  var renewsSession: Bool {
    run.hasExpiredSession
      || snapshot.scripts.contains { script in
        script.binding.map { $0.sessionID != snapshot.session?.id } ?? false
      }
  }

  /// Whether a script that an earlier session had was never sent to this one.
  func isMissing(_ script: UnsentScript) -> Bool {
    let standing = snapshot.scripts.first { $0.scriptID == script.scriptID }
    guard let binding = standing?.binding, binding.sessionID != snapshot.session?.id else {
      return false
    }
    return script.obstacle == nil && run.pushedScripts[script.scriptID] == nil
  }

  /// Whether scripts are missing that are to go before anything that speaks of them.
  var isMissingScripts: Bool { run.unsent.contains(where: isMissing) }

  /// Whether something was ordered that speaks of what the session before had.
  var wantsRenewedScripts: Bool {
    snapshot.intents.contains { record in
      guard isWanted(record), record.intent.state == .queued, !isHeld(record) else { return false }
      return record.intent.kind == .render
        || record.intent.purpose == .say && !record.standsForFile
    }
  }

  /// Settles a session intent that is of no use any more: there is a live session.
  func leftoverSessionStep() -> SyncStep? {
    let leftover = snapshot.intents.first {
      $0.intent.kind == .session && !isHeld($0) && isWanted($0)
        && ($0.intent.state == .queued || $0.intent.state == .inDoubt)
    }
    guard let leftover else { return nil }
    let evidence = "The project has a session."
    return .commit(
      .advance(IntentAdvance(leftover.intent.id, to: .abandoned, evidence: evidence)))
  }

  /// Opening a session may be repeated; without one the run ends.
  mutating func openingFailed(_ id: Intent.ID, _ error: CallError) {
    if repeats(error) { return }
    let failure = failure(error, what: projectLabel)
    let state: Intent.State = Verdict(error) == .unknown ? .inDoubt : .queued
    run.duties = [
      .commit(.advance(IntentAdvance(id, to: state, evidence: failure.explanation)))
    ]
    stop(error, what: projectLabel)
  }
}
