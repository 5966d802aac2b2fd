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
