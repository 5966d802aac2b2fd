import BackendAPI
import ScriptModel
import ScriptStore

extension IntentRecord {
  /// The count of looks that stands for: something else was sent since, a changed state tells nothing.
  package static var outlivedLooks: Int { 1000 }

  /// Whether a changed state can no longer be laid at this message's door.
  var isOutlived: Bool { looks >= Self.outlivedLooks }
}

extension IntentRecord {
  /// Whether the agent itself said that it failed.
  var hasFailed: Bool { intent.evidence.hasPrefix(SyncPlanner.agentFailure) }
}

extension String {
  /// What stands in front of words that may have been put behind it before.
  fileprivate func front(of words: String) -> String {
    guard let place = firstRange(of: words) else { return self + " " }
    return String(self[..<place.lowerBound])
  }
}

extension SyncPlanner {
  /// What tells of looks that saw nothing new.
  private static var unchanged: String { "The session had not changed after " }

  /// The next step that settles what is in doubt, before anything else is sent.
  mutating func settlingStep() -> SyncStep? {
    if let step = uploadSettlingStep() { return step }
    guard let session = snapshot.session else { return nil }
    let doubts = snapshot.intents.filter {
      $0.intent.kind == .message && $0.intent.state == .inDoubt && !isHeld($0)
    }
    if doubts.isEmpty { return nil }
    for record in doubts where record.sessionID != session.id {
      if let step = goneSessionStep(record) { return step }
    }
    let open = doubts.filter { $0.sessionID == session.id }
    for record in open {
      guard let evidence = appliedEvidence(record) else { continue }
      return settle(record, evidence)
    }
    return countingStep(open.filter { $0.looks < looksInAll })
  }

  /// How many looks there are in all before a message's outcome counts as unknown.
  private var looksInAll: Int { 1 + max(0, order.pace.laterLooks) }

  /// Whether a message's outcome may still show, so that nothing else may be sent to its session.
  var isBlockedByDoubt: Bool {
    snapshot.intents.contains { record in
      record.intent.kind == .message && record.intent.state == .inDoubt && !isHeld(record)
        && record.sessionID == snapshot.session?.id && record.looks < looksInAll
    }
  }

  /// Commits that other messages make a changed state mean nothing for those in doubt.
  func outlivingStep() -> SyncStep? {
    let outlived = snapshot.intents.first { record in
      record.intent.kind == .message && record.intent.state == .inDoubt && !isHeld(record)
        && record.sessionID == snapshot.session?.id && !record.isOutlived
    }
    guard let outlived else { return nil }
    var advance = IntentAdvance(outlived.intent.id, to: .inDoubt)
    advance.looks = IntentRecord.outlivedLooks
    return .commit(.advance(advance))
  }

  /// A message whose session is gone can't be looked for; a push of it is of no use any more.
  private func goneSessionStep(_ record: IntentRecord) -> SyncStep? {
    let evidence = "Its session has expired: whether it was carried out can no longer be seen."
    if record.intent.purpose == .push {
      return .commit(
        .advance(IntentAdvance(record.intent.id, to: .abandoned, evidence: evidence)))
    }
    if record.isOutlived { return nil }
    var advance = IntentAdvance(record.intent.id, to: .inDoubt, evidence: evidence)
    advance.looks = IntentRecord.outlivedLooks
    return .commit(.advance(advance))
  }

  /// What in the last look shows that a message was carried out; `nil` for nothing.
  func appliedEvidence(_ record: IntentRecord) -> String? {
    guard let look = run.look else { return nil }
    guard record.intent.purpose == .push else {
      guard !record.isOutlived, let before = record.stateBefore, before != look.fingerprint
      else { return nil }
      let changes = look.changes.isEmpty ? "" : " \(look.changes.joined(separator: " "))"
      return "The session changed after it was sent.\(changes)"
    }
    let content = record.intent.scriptID.flatMap { trackContent(of: $0) }
    if let sent = record.contentHash {
      let isThere = content.map { $0 == sent } ?? look.trackContent.values.contains(sent)
      if isThere { return "The track is as it was sent." }
    }
    // A track that is gone is no doing of a push, which puts captions there.
    guard !record.isOutlived, let before = record.stateBefore, let content, content != before
    else { return nil }
    return Self.changedTrackEvidence
  }

  /// What tells of a push whose track changed, and not to what was sent: by whom is not known.
  static var changedTrackEvidence: String { "The track changed after it was sent." }

  /// What stands for the content of a track that is not there.
  package static var noTrack: [UInt8] { [UInt8](repeating: 0, count: 32) }

  /// The content of a script's track as the last look saw it.
  func trackContent(of script: Script.ID) -> [UInt8]? {
    guard let standing = snapshot.scripts.first(where: { $0.scriptID == script }),
      let binding = standing.binding, binding.sessionID == snapshot.session?.id
    else { return nil }
    return run.look?.trackContent[binding.trackKey]
  }

  /// Settles a message that was seen to be carried out; its reply is lost, its effect is not.
  private mutating func settle(_ record: IntentRecord, _ evidence: String) -> SyncStep {
    var advance = IntentAdvance(record.intent.id, to: .done, evidence: evidence)
    advance.maybeCharged = false
    advance.charge = bookedEstimate(record)
    if record.intent.purpose != .push {
      advance.conversation = [entry(.report, evidence, of: record)]
    }
    run.mustIntegrate = true
    if run.arose.contains(record.intent.id) {
      bookNext(record)
      countSent(record)
    }
    return .commit(.advance(watching(advance, of: record)))
  }

  /// Waits, looks and counts the look, until the outcome of each counts as unknown.
  private mutating func countingStep(_ waiting: [IntentRecord]) -> SyncStep? {
    guard !waiting.isEmpty, order.extent != .pull else { return nil }
    // Looks count by the time between them: without waiting any number of them tells nothing.
    guard order.waits else { return nil }
    if let watched = run.watchedLook, run.lookNumber >= watched {
      for record in waiting where run.counted[record.intent.id] != run.lookNumber {
        return lastLookStep(record) ?? count(record)
      }
    }
    let isFirst = waiting.contains { $0.looks == 0 }
    run.watchedLook = run.lookNumber + 1
    run.duties = [.look]
    return .wait(isFirst ? order.pace.firstLook : order.pace.nextLook, .doubt)
  }

  private mutating func count(_ record: IntentRecord) -> SyncStep {
    run.counted[record.intent.id] = run.lookNumber
    let looks = record.looks + 1
    if looks >= looksInAll, record.hasFailed { return refusal(record, looks: looks) }
    var advance = IntentAdvance(
      record.intent.id, to: .inDoubt, evidence: unchangedEvidence(record, looks: looks))
    advance.looks = looks
    return .commit(.advance(advance))
  }

  /// Settles a message that the agent said to have failed, and that no look has seen an effect of.
  private mutating func refusal(_ record: IntentRecord, looks: Int) -> SyncStep {
    let id = record.intent.id
    var advance = IntentAdvance(
      id, to: .refused, evidence: unchangedEvidence(record, looks: looks))
    let isUncharged =
      run.creditsLookNumber == run.lookNumber && record.creditsBefore != nil
      && run.credits?.available == record.creditsBefore
    if isUncharged {
      advance.maybeCharged = false
      run.charges[id] = nil
    } else if run.arose.contains(id) {
      bookNext(record)
    }
    hold(
      item(record),
      Failure(
        .refused, what: label(record), explanation: advance.evidence ?? "",
        next: "Ask again later, or in other words."))
    return .commit(.advance(advance))
  }

  /// Before the last look is counted the balance is asked: it may tell what the state does not.
  private mutating func lastLookStep(_ record: IntentRecord) -> SyncStep? {
    guard record.looks + 1 >= looksInAll, let before = record.creditsBefore else { return nil }
    if run.creditsLookNumber != run.lookNumber, !run.creditsAreUnreadable { return .readCredits }
    guard run.creditsLookNumber == run.lookNumber, let now = run.credits?.available, now < before,
      run.arose.contains(record.intent.id), !order.sharesCredits, isOnlyDoubt(record),
      !record.hasFailed
    else { return nil }
    return settle(
      record,
      "Nothing changed in the session, but the credits went from \(before) to \(now): it was "
        + "charged, so that it was carried out; its answer is lost.")
  }

  /// Whether no other message may have been charged in the place of this one.
  private func isOnlyDoubt(_ record: IntentRecord) -> Bool {
    !snapshot.intents.contains {
      $0.intent.kind == .message && $0.intent.id != record.intent.id
        && $0.intent.maybeCharged
    }
  }

  private func unchangedEvidence(_ record: IntentRecord, looks: Int) -> String {
    let times = looks == 1 ? "one look" : "\(looks) looks"
    var text = Self.unchanged + "\(times)."
    if record.hasFailed {
      text = record.intent.evidence.front(of: Self.unchanged) + text
    }
    if let before = record.creditsBefore, run.creditsLookNumber == run.lookNumber,
      let now = run.credits?.available
    {
      text +=
        now == before
        ? " The credits are \(now) as before, so that it was probably not carried out."
        : " The credits went from \(before) to \(now), perhaps for something else."
    }
    return text
  }
}
