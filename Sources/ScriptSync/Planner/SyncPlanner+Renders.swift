import BackendAPI
import ScriptModel
import ScriptStore

extension SyncPlanner {
  /// Starts a queued render with the draft as it is here; one at a time.
  mutating func renderStep(_ record: IntentRecord) -> SyncStep? {
    if snapshot.intents.contains(where: { isActiveRender($0) }) { return nil }
    for upload in snapshot.intents
    where upload.intent.kind == .upload && upload.intent.state == .queued && isWanted(upload)
      && !isHeld(upload)
    {
      if let step = uploadStep(upload) { return step }
    }
    let id = record.intent.id
    if isMissingScripts {
      hold(id, waitingForScripts(record))
      return nil
    }
    guard run.isLookFresh else { return .look }
    if run.look?.isReadyForExport == false { return emptyRenderStep(record) }
    var advance = IntentAdvance(id, to: .sending)
    advance.sessionID = snapshot.session?.id
    advance.renderID = nextRenderID(record)
    run.duties = [.startRender(id)]
    return .commit(.advance(advance))
  }

  /// A render of a session without a video waits for what may give it one; else it is refused.
  private mutating func emptyRenderStep(_ record: IntentRecord) -> SyncStep? {
    let id = record.intent.id
    let why = "The session has no video yet."
    let isOnItsWay = snapshot.intents.contains {
      $0.intent.kind == .upload || $0.intent.kind == .message
    }
    let next =
      isOnItsWay
      ? "It is kept until what was asked for before is done: 'offbook intents' shows that."
      : "'offbook generate' or 'offbook attach' gives it one; then ask for the render again."
    hold(
      id,
      Failure(isOnItsWay ? .failed : .refused, what: label(record), explanation: why, next: next))
    return isOnItsWay ? nil : .commit(.advance(IntentAdvance(id, to: .refused, evidence: why)))
  }

  private mutating func nextRenderID(_ record: IntentRecord) -> String {
    let id = record.renderID ?? "render_\(record.intent.id)"
    return run.failedRenders.remove(record.intent.id) == nil ? id : id + Self.retryMark
  }

  /// What the id of a render ends with that was started again after it failed: that is done once.
  private static var retryMark: String { "-2" }

  /// Asks how far the renders are that the service may be at.
  mutating func renderPollStep() -> SyncStep? {
    guard order.extent != .pull else { return nil }
    let active = snapshot.intents.first { isActiveRender($0) && isWanted($0) && !isHeld($0) }
    return active.map { .pollRender($0.intent.id) }
  }

  /// Learns how far a render is.
  mutating func take(_ progress: RenderProgress, of record: IntentRecord) {
    let id = record.intent.id
    run.duties = []
    switch progress.state {
    case .pending, .processing:
      noteAtWork(record)
      let polls = run.renderPolls[id, default: 0] + 1
      run.renderPolls[id] = polls
      if order.waits, polls < order.pace.renderPolls {
        run.duties.append(.wait(order.pace.renderPoll, .render))
      } else {
        hold(id, order.waits ? stillRendering(record) : nil)
      }
    case .completed:
      noteAtWork(record)
      run.duties.append(.downloadRender(id, address: progress.address))
    case .failed: takeFailedRender(record, progress.detail)
    case .cancelled:
      let evidence = "The render was cancelled at the service."
      run.duties = [.commit(.advance(IntentAdvance(id, to: .refused, evidence: evidence)))]
      hold(
        id,
        ProjectOutcome.Failure(
          .refused, what: label(record), explanation: evidence,
          next: "Run 'offbook render' to start another."))
    }
  }

  private mutating func noteAtWork(_ record: IntentRecord) {
    guard record.intent.state == .inDoubt else { return }
    let evidence = "The service is at it."
    run.duties.append(
      .commit(.advance(IntentAdvance(record.intent.id, to: .streaming, evidence: evidence))))
  }

  /// A failed render is started once more, under a new id.
  private mutating func takeFailedRender(_ record: IntentRecord, _ detail: String) {
    let id = record.intent.id
    let evidence = Self.sentence(
      detail.isEmpty ? "The render failed" : "The render failed: \(detail)")
    guard record.renderID?.hasSuffix(Self.retryMark) == true else {
      run.failedRenders.insert(id)
      run.duties = takingBack(record, evidence)
      return
    }
    run.duties = [.commit(.advance(IntentAdvance(id, to: .refused, evidence: evidence)))]
    hold(
      id,
      ProjectOutcome.Failure(
        .failed, what: label(record), explanation: "\(evidence) It was tried twice.",
        next: "Run 'offbook render' to try again."))
  }

  /// From at work to queued leads over the doubt that is settled at once.
  private func takingBack(_ record: IntentRecord, _ evidence: String) -> [SyncStep] {
    let id = record.intent.id
    let queued = SyncStep.commit(.advance(IntentAdvance(id, to: .queued, evidence: evidence)))
    if record.intent.state == .inDoubt { return [queued] }
    return [.commit(.advance(IntentAdvance(id, to: .inDoubt, evidence: evidence))), queued]
  }

  /// A render whose id the service does not know was never started, or lost: it is started again.
  mutating func pollFailed(_ id: Intent.ID, _ error: CallError) {
    guard let record = record(id) else { return }
    if case .service(let refusal) = error,
      refusal.code == .notFound || refusal.code == .sessionExpired
    {
      let tries = run.tries[id, default: 0] + 1
      run.tries[id] = tries
      run.duties = takingBack(record, "The service does not know the render.")
      if tries > order.pace.repetitions { hold(id, failure(error, what: label(record))) }
      return
    }
    if !repeats(error) { holdRender(id, error) }
  }

  /// Leaves a render as it stands: a later run asks for it again.
  mutating func holdRender(_ id: Intent.ID, _ error: CallError) {
    let label = record(id).map(label) ?? projectLabel
    hold(id, failure(error, what: label))
    endWhereFutile(error, what: label)
  }

  // MARK: - Downloads

  /// Brings a medium whose bytes are not here; each fails alone.
  mutating func downloadStep() -> SyncStep? {
    let isNamed = if case .intents = order.extent { true } else { false }
    let wanted = snapshot.wantedMedia.first { medium in
      !run.triedMedia.contains(medium.id)
        && !(isNamed && run.firstWantedMedia.contains(medium.id))
    }
    guard let wanted else { return nil }
    run.triedMedia.insert(wanted.id)
    return .download(wanted.id)
  }

  mutating func downloadFailed(_ medium: Media.ID, _ error: CallError) {
    // Another host's refusals never count as those of the token: see `MediaDownloadRequest.refusal`.
    if repeats(error) { return }
    if case .transport(let failed) = error, failed.isOffline {
      return stop(error, what: label(medium))
    }
    guard case .service(let refusal) = error, refusal.code == .notFound else {
      return run.failures.append(failure(error, what: label(medium)))
    }
    run.failures.append(
      Failure(
        .failed, what: label(medium),
        explanation: "It is no longer there. \(Self.sentence(refusal.description))",
        next: "Nothing asks for it again, unless the service names another address for it."))
    run.duties = [.commit(.mediumGone(medium))]
  }
}
