import BackendAPI
import ScriptModel
import ScriptStore

extension SyncPlanner {
  /// The next step that sends something; `nil` where nothing is left that may go.
  mutating func workStep() -> SyncStep? {
    guard order.extent != .pull else { return nil }
    if let step = leftoverSessionStep() ?? renewedUploadStep() ?? pushStep() { return step }
    for record in snapshot.intents where isWanted(record) && record.intent.state == .queued {
      if isHeld(record) { continue }
      let step: SyncStep? =
        switch (record.intent.kind, record.intent.purpose) {
        case (.session, _): nil
        case (.upload, _): uploadStep(record)
        case (.message, .push): idlePushStep(record)
        case (.message, _): messageStep(record)
        case (.render, _): renderStep(record)
        }
      if let step { return step }
    }
    return nil
  }

  // MARK: - Uploads

  /// After the session expired its files go to the new one before anything that speaks of them.
  private mutating func renewedUploadStep() -> SyncStep? {
    guard renewsSession else { return nil }
    for record in snapshot.intents
    where record.intent.kind == .upload && record.intent.state == .queued && isWanted(record)
      && !isHeld(record)
    {
      if let step = uploadStep(record) { return step }
    }
    return nil
  }

  /// Sends a queued upload; it changes the state, so that doubts are settled or outlived before.
  mutating func uploadStep(_ record: IntentRecord) -> SyncStep? {
    if isBlockedByDoubt {
      hold(record.intent.id, waitingForDoubt(label(record)))
      return nil
    }
    if let step = outlivingStep() { return step }
    var advance = IntentAdvance(record.intent.id, to: .sending)
    advance.sessionID = snapshot.session?.id
    run.duties = [.upload(record.intent.id)]
    return .commit(.advance(advance))
  }

  /// Settles an upload in doubt by what the session shows: it arrived, or it is repeated.
  func uploadSettlingStep() -> SyncStep? {
    for record in snapshot.intents
    where record.intent.kind == .upload && record.intent.state == .inDoubt && !isHeld(record) {
      let id = record.intent.id
      if record.sessionID == snapshot.session?.id {
        guard run.isLookFresh else { return .look }
        if let file = run.look?.uploads[id] { return .commit(.uploaded(id, file)) }
      }
      guard isWanted(record) else { continue }
      let evidence = "The session does not show the file: it is sent again."
      return .commit(.advance(IntentAdvance(id, to: .queued, evidence: evidence)))
    }
    return nil
  }

  // MARK: - Pushes

  /// The next step towards sending a script that the session does not have as it is here.
  private mutating func pushStep() -> SyncStep? {
    for script in run.unsent where run.pushedScripts[script.scriptID] == nil {
      let item: Intent.ID = script.scriptID.retyped()
      let asked = queuedPush(of: script.scriptID)
      let isNeeded =
        order.extent == .all || asked.map(isWanted) == true
        || wantsRenewedScripts && isMissing(script)
      guard isNeeded, !run.held.contains(item) else { continue }
      if isInDoubt(script.scriptID) {
        run.held.insert(item)
        continue
      }
      if isBlockedByDoubt {
        hold(item, waitingForDoubt(label(script)))
        continue
      }
      if let obstacle = script.obstacle, asked == nil || obstacle.holdsWhatIsNamed {
        hold(item, waiting(script, for: obstacle))
        continue
      }
      if let step = allowanceStep(script, isNamed: asked != nil) { return step }
      if run.held.contains(item) { continue }
      if let step = preparationStep() { return step }
      if let asked {
        let evidence = "The script is sent as it is now."
        run.duties = [planPush(script)]
        return .commit(
          .advance(IntentAdvance(asked.intent.id, to: .abandoned, evidence: evidence)))
      }
      return planPush(script)
    }
    return nil
  }

  private mutating func planPush(_ script: UnsentScript) -> SyncStep {
    run.pushedScripts[script.scriptID] = script
    return .commit(
      .planPush(
        script.scriptID, stateBefore: trackContent(of: script.scriptID) ?? Self.noTrack,
        creditsBefore: freshCredits))
  }

  /// A push that a person asked for again after its outcome was unknown; it is named by that.
  private func queuedPush(of script: Script.ID) -> IntentRecord? {
    snapshot.intents.first {
      $0.intent.purpose == .push && $0.intent.scriptID == script && $0.intent.state == .queued
        && $0.intent.maybeCharged
    }
  }

  private func isInDoubt(_ script: Script.ID) -> Bool {
    snapshot.intents.contains {
      $0.intent.purpose == .push && $0.intent.scriptID == script && $0.intent.state == .inDoubt
    }
  }

  /// A queued push is of no use once its script is sent, or where a crash left it.
  private func idlePushStep(_ record: IntentRecord) -> SyncStep? {
    let isUnsent = run.unsent.contains { $0.scriptID == record.intent.scriptID }
    if isUnsent, record.intent.maybeCharged { return nil }
    return .commit(
      .advance(
        IntentAdvance(
          record.intent.id, to: .abandoned,
          evidence: "What the session lacks of the script is found anew by each sync.")))
  }

  /// Asks the person, or holds the push back; `nil` where it may go, or was held back just now.
  private mutating func allowanceStep(_ script: UnsentScript, isNamed: Bool) -> SyncStep? {
    let estimate = CreditEstimate.credits(for: .push)
    let item: Intent.ID = script.scriptID.retyped()
    let others = isNamed ? 0 : namedEstimates
    // What waits for a script tells why by itself.
    let isTold = order.extent == .all || isNamed
    if let spend = order.spend {
      if run.spent + others + estimate > spend {
        hold(item, isTold ? overSpending(label(script), estimate, beside: others) : nil)
      }
      return nil
    }
    if isNamed || run.allowedScripts.contains(script.scriptID) { return nil }
    guard order.canAsk, !run.hasAsked else {
      let isDeclined = run.askedScripts.contains(script.scriptID)
      let failure = isDeclined ? declined(script) : notAllowed(script, beside: others)
      hold(item, isTold ? failure : nil)
      return nil
    }
    run.hasAsked = true
    let scripts = run.unsent.filter {
      run.pushedScripts[$0.scriptID] == nil && !run.held.contains($0.scriptID.retyped())
        && !isInDoubt($0.scriptID) && $0.obstacle == nil
    }
    run.askedScripts = scripts.map(\.scriptID)
    return .ask(SpendingPlan(items: scripts.map(Self.spending)))
  }

  /// What the messages that a person asked for may still take; they go before what a sync plans.
  private var namedEstimates: Int {
    snapshot.intents.reduce(0) { sum, record in
      guard record.intent.state == .queued, record.intent.purpose != .push, isWanted(record),
        !isHeld(record)
      else { return sum }
      return sum + CreditEstimate.credits(for: record.intent.purpose)
    }
  }

  static func spending(_ script: UnsentScript) -> SpendingPlan.Item {
    SpendingPlan.Item(
      scriptID: script.scriptID,
      what: "the script '\(script.title)' (\(lines(script.lineCount)))",
      estimate: CreditEstimate.credits(for: .push))
  }

  static func lines(_ count: Int) -> String { count == 1 ? "1 line" : "\(count) lines" }
}
