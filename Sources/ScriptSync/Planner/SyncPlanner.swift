import BackendAPI
import ScriptModel
package import ScriptStore

/// Decides the steps of one project's sync: a value without I/O, an outcome in, a step out.
///
/// Whatever is durable it reads from the snapshot that comes with each commit, so that a crash
/// between any two steps leaves a project that a new planner goes on with. What to do next is derived
/// anew each time; only steps that belong together (`duties`) follow each other without a look around.
package struct SyncPlanner: Sendable {
  /// What was asked for.
  package let order: SyncOrder
  /// The project as the last commit left it.
  package internal(set) var snapshot: ProjectSnapshot
  var run: SyncRun

  /// Creates the planner of one sync.
  package init(_ snapshot: ProjectSnapshot, order: SyncOrder) {
    self.snapshot = snapshot
    self.order = order
    run = SyncRun(order)
    run.firstWantedMedia = Set(snapshot.wantedMedia.map(\.id))
  }

  /// Takes what became of the last step and gives the next; after `finish` there is none.
  ///
  /// - Parameter isInterrupted: the person wants it to end: what the outcome calls for is still
  ///   stored, such as an answer that was paid for, and nothing more is sent or waited for.
  package mutating func next(
    after outcome: SyncOutcome, isInterrupted: Bool = false
  ) -> SyncStep {
    take(outcome)
    if isInterrupted { interruptAfterCommits() }
    let step = followingStep()
    note(step)
    return step
  }

  private mutating func followingStep() -> SyncStep {
    while !run.duties.isEmpty {
      let duty = run.duties.removeFirst()
      if !isMoot(duty) { return duty }
    }
    if run.end == nil, let step = derivedStep() { return step }
    return .finish(outcome())
  }

  /// Whether a duty draws an arrow of an intent that is settled, or gone as an unsent push is.
  private func isMoot(_ step: SyncStep) -> Bool {
    guard case .commit(.advance(let advance)) = step else { return false }
    return record(advance.intentID) == nil
  }

  /// What there is to do as the project stands, the most urgent first; `nil` for nothing.
  private mutating func derivedStep() -> SyncStep? {
    if let step = recoveryStep() { return step }
    run.wantsService = run.wantsService || wantsService
    guard run.wantsService else { return downloadStep() }
    guard run.hasToken else { return .obtainToken }
    guard snapshot.session != nil else {
      return wantsSession ? sessionStep() : renderPollStep() ?? downloadStep()
    }
    if run.look == nil || (run.mustIntegrate && !run.isLookFresh) { return .look }
    // What was asked for meanwhile is sent after a look that was read.
    if run.isStateUnread, !snapshot.intents.isEmpty { return .look }
    if run.mustIntegrate { return .integrate }
    if let step = watchingStep() ?? settlingStep() ?? workStep() { return step }
    if run.isStateStale { return .look }
    return renderPollStep() ?? downloadStep()
  }

  /// Remembers a step, and what of the last look it makes old.
  private mutating func note(_ step: SyncStep) {
    run.step = step
    switch step {
    case .send, .upload: run.isStateStale = true
    case .ask: run.mustIntegrate = true
    case .wait, .startRender, .receive: break
    default: return
    }
    run.isLookFresh = false
    run.areCreditsFresh = false
  }

  /// A crash, or a kill, left these half sent: nobody else is at them, as the project's lock says.
  private func recoveryStep() -> SyncStep? {
    for record in snapshot.intents where !isHeld(record) {
      let intent = record.intent
      guard intent.state == .sending || (intent.state == .streaming && intent.kind != .render)
      else { continue }
      // Its answer is stored: whether it has come to its end is looked for.
      if record.isWatched {
        if record.sessionID == snapshot.session?.id { continue }
        return .commit(.advance(IntentAdvance(intent.id, to: .done)))
      }
      var advance = IntentAdvance(
        intent.id, to: .inDoubt, evidence: "Offbook ended while it was being sent.")
      if intent.kind == .message { advance.maybeCharged = true }
      return .commit(.advance(advance))
    }
    return nil
  }

  private var wantsService: Bool {
    switch order.extent {
    case .pull: snapshot.session != nil
    case .all:
      snapshot.session != nil || wantsSession
        || snapshot.intents.contains { isWanted($0) && isActiveRender($0) }
    case .intents: snapshot.intents.contains { isWanted($0) }
    }
  }

  /// Whether something is to be sent to a session, or brought from one, while there is none.
  private var wantsSession: Bool {
    guard order.extent != .pull else { return false }
    if order.extent == .all, snapshot.scripts.contains(where: { $0.binding != nil }) { return true }
    return snapshot.intents.contains { record in
      guard isWanted(record), !isHeld(record) else { return false }
      switch record.intent.kind {
      case .session, .upload: return true
      case .message, .render: return record.intent.state == .queued
      }
    }
  }
}

extension SyncPlanner {
  /// Whether an unsettled intent belongs to what was ordered.
  func isWanted(_ record: IntentRecord) -> Bool {
    switch order.extent {
    case .pull: return false
    case .all: return true
    case .intents(let ids):
      if ids.contains(record.intent.id) { return true }
      guard record.intent.kind == .upload, let medium = record.intent.mediaID else { return false }
      // A message to a new session means nothing without the files that the old one had.
      if renewsSession { return true }
      return snapshot.intents.contains {
        $0.intent.mediaID == medium && ids.contains($0.intent.id)
      }
    }
  }

  /// What an item is held and counted by: a push is derived anew, so that it goes by its script.
  func item(_ record: IntentRecord) -> Intent.ID {
    guard record.intent.purpose == .push, let script = record.intent.scriptID else {
      return record.intent.id
    }
    return script.retyped()
  }

  func isHeld(_ record: IntentRecord) -> Bool {
    run.held.contains(record.intent.id)
  }

  func isActiveRender(_ record: IntentRecord) -> Bool {
    record.intent.kind == .render
      && (record.intent.state == .inDoubt || record.intent.state == .streaming)
  }

  func record(_ id: Intent.ID) -> IntentRecord? {
    snapshot.intents.first { $0.intent.id == id }
  }

  /// Leaves an item alone from now on, and says why.
  mutating func hold(_ item: Intent.ID, _ failure: ProjectOutcome.Failure?) {
    guard run.held.insert(item).inserted, let failure else { return }
    run.failures.append(failure)
  }
}
