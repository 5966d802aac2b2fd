import BackendAPI
import ScriptModel
import ScriptStore

extension SyncPlanner {
  /// The next step towards sending a message of a person's; `nil` where it is held back.
  mutating func messageStep(_ record: IntentRecord) -> SyncStep? {
    let id = record.intent.id
    if let upload = neededUpload(record) {
      if upload.intent.state == .queued, !isHeld(upload), let step = uploadStep(upload) {
        return step
      }
      hold(id, waitingForFile(record))
      return nil
    }
    if isBlockedByDoubt {
      hold(id, waitingForDoubt(label(record)))
      return nil
    }
    if record.intent.purpose == .say, !record.standsForFile, isMissingScripts {
      hold(id, waitingForScripts(record))
      return nil
    }
    let estimate = CreditEstimate.credits(for: record.intent.purpose)
    if !isAllowed(record) { return askForText(record) }
    if let spend = order.spend, run.spent + estimate > spend {
      hold(id, overSpending(label(record), estimate))
      return nil
    }
    if let step = preparationStep() { return step }
    var advance = IntentAdvance(id, to: .sending)
    advance.sessionID = snapshot.session?.id
    advance.stateBefore = run.look?.fingerprint
    advance.creditsBefore = freshCredits
    advance.looks = 0
    if record.intent.attempts == 0 {
      advance.conversation = [entry(.person, record.intent.message, of: record)]
    }
    run.earlierCharges += run.charges.removeValue(forKey: id) ?? 0
    run.duties = [.send(id)]
    return .commit(.advance(advance))
  }

  /// What comes before any message: a look that is fresh and merged, the balance, older doubts.
  func preparationStep() -> SyncStep? {
    if !run.areCreditsFresh, !run.creditsAreUnreadable { return .readCredits }
    if !run.isLookFresh { return .look }
    return outlivingStep()
  }

  /// The balance as it is known to be right before a message leaves; `nil` where it can't be read.
  var freshCredits: Int? { run.areCreditsFresh ? run.credits?.available : nil }

  /// The upload that a message's media still needs; `nil` where the service has it.
  private func neededUpload(_ record: IntentRecord) -> IntentRecord? {
    guard let medium = record.intent.mediaID else { return nil }
    return snapshot.intents.first {
      $0.intent.kind == .upload && $0.intent.mediaID == medium && !$0.intent.state.isSettled
    }
  }

  /// Takes the whole answer to a message; what was paid for is stored before anything else is done.
  mutating func takeReply(_ reply: Reply, to id: Intent.ID) {
    guard let record = record(id) else { return }
    if let failure = reply.failure {
      takeFailedReply(reply, failure, of: record)
    } else if reply.text.isEmpty {
      run.afterLook = .report(id)
      run.duties = [.look]
    } else {
      var advance = IntentAdvance(id, to: .done, evidence: "The agent answered.")
      advance.reply = reply.text
      if record.intent.purpose != .push {
        advance.conversation = [entry(.agent, reply.text, of: record)]
      }
      finish(record, advance)
    }
  }

  /// The agent failed in the middle: what it had done by then is looked for like a lost message's.
  ///
  /// A refusal that has a code of its own and came before any word is taken at its word.
  private mutating func takeFailedReply(
    _ reply: Reply, _ failure: ServiceError, of record: IntentRecord
  ) {
    let id = record.intent.id
    let words = failure.detail.isEmpty ? "" : ": \(failure.detail)"
    var advance = IntentAdvance(
      id, to: .inDoubt, evidence: Self.sentence(Self.agentFailure + words))
    advance.maybeCharged = true
    advance.reply = reply.text.isEmpty ? nil : reply.text
    noteDoubt(record)
    run.duties = [.commit(.advance(advance))]
    guard Verdict(.service(failure)) == .kept, reply.text.isEmpty else { return }
    run.afterLook = .judge(id, failure)
    run.duties.append(.look)
  }

  /// What the evidence of a message begins with in whose middle the agent failed.
  static var agentFailure: String { "The agent reported a failure" }

  /// An answer without words: what changed in the session is told in their place.
  mutating func reportSilentMessage(_ id: Intent.ID, _ look: Look) {
    guard let record = record(id) else { return }
    let report =
      look.changes.isEmpty
      ? "The agent answered without words, and nothing changed."
      : look.changes.joined(separator: " ")
    var advance = IntentAdvance(id, to: .done, evidence: report)
    if record.intent.purpose != .push {
      advance.conversation = [entry(.report, report, of: record)]
    }
    finish(record, advance)
  }

  /// The look after a silent answer failed for good: that it was answered is known all the same.
  mutating func finishSilentMessage() {
    let pending = run.afterLook
    run.afterLook = nil
    guard case .report(let id) = pending, let record = record(id) else { return }
    finish(
      record, IntentAdvance(id, to: .done, evidence: "The agent answered without words."))
  }

  /// Queues a message again that the agent had no credits for, unless something changed.
  mutating func judgeFailedMessage(_ id: Intent.ID, _ error: ServiceError, _ look: Look) {
    guard let record = record(id), appliedEvidence(record) == nil else { return }
    let failure = failure(.service(error), what: label(record))
    hold(item(record), failure)
    run.charges[id] = nil
    run.duties = putBack(
      record, evidence: "\(failure.explanation) Nothing changed in the session.")
  }

  /// Stores that a message is done, with the estimate of its charge until the balance tells.
  private mutating func finish(_ record: IntentRecord, _ done: IntentAdvance) {
    var advance = done
    advance.maybeCharged = false
    advance.charge = bookedEstimate(record)
    run.duties.insert(.commit(.advance(watching(advance, of: record))), at: 0)
    run.mustIntegrate = true
    run.isStateStale = run.isStateStale || !run.isLookFresh
    bookNext(record)
    countSent(record)
  }

  /// Counts a message of this run that was carried out.
  mutating func countSent(_ record: IntentRecord) {
    run.pushed.messages += 1
    guard let script = record.intent.scriptID, record.intent.purpose == .push else { return }
    run.pushed.scripts += 1
    run.pushed.lines += run.pushedScripts[script]?.lineCount ?? 0
  }

  /// From here on a message may have been carried out: it is never sent again by itself.
  mutating func enterDoubt(_ record: IntentRecord, _ error: CallError) {
    enterDoubt(record, failure(error, what: label(record)).explanation)
  }

  /// From here on a message may have been carried out: it is never sent again by itself.
  mutating func enterDoubt(_ record: IntentRecord, _ evidence: String) {
    var advance = IntentAdvance(record.intent.id, to: .inDoubt, evidence: evidence)
    advance.maybeCharged = true
    run.duties = [.commit(.advance(advance))]
    noteDoubt(record)
  }

  private mutating func noteDoubt(_ record: IntentRecord) {
    run.arose.insert(record.intent.id)
    run.charges[record.intent.id] = CreditEstimate.credits(for: record.intent.purpose)
    run.credits = nil
    run.isLookFresh = false
    run.isStateStale = true
  }
}

extension SyncPlanner {
  /// The charge that is booked with a message until the balance tells; counts against the limit.
  mutating func bookedEstimate(_ record: IntentRecord) -> Charge {
    let estimate = CreditEstimate.credits(for: record.intent.purpose)
    if run.arose.contains(record.intent.id) || record.intent.state != .inDoubt {
      run.charges[record.intent.id] = estimate
    }
    return Charge(
      projectID: snapshot.project.id, intentID: record.intent.id, credits: estimate,
      isEstimate: true, date: Milliseconds(0))
  }

  /// Reads the balance next, to tell what a message took.
  mutating func bookNext(_ record: IntentRecord) {
    guard !run.creditsAreUnreadable, let before = record.creditsBefore else { return }
    run.booking = (record.intent.id, before)
    run.duties.append(.readCredits)
  }

  /// Remembers a balance, and books what the message before it took.
  mutating func take(_ credits: Credits) {
    noteAnswer()
    let isUnclear =
      order.sharesCredits || credits.frozen != run.credits?.frozen
      || !run.arose.isEmpty
    run.credits = credits
    run.areCreditsFresh = true
    run.creditsLookNumber = run.lookNumber
    var charge: Charge?
    if let (id, before) = run.booking, credits.available <= before {
      let used = before - credits.available
      charge = Charge(
        projectID: snapshot.project.id, intentID: id, credits: used, isEstimate: isUnclear,
        date: Milliseconds(0))
      // What came in doubt may be charged later still.
      run.knownCharges[id] = used
      run.charges[id] = run.arose.contains(id) ? max(used, run.charges[id] ?? 0) : used
    }
    run.booking = nil
    run.duties.insert(.commit(.credits(credits, charge: charge)), at: 0)
  }

  func entry(
    _ role: ConversationEntry.Role, _ text: String, of record: IntentRecord
  ) -> ConversationEntry {
    ConversationEntry(
      projectID: snapshot.project.id, intentID: record.intent.id, role: role, text: text,
      date: Milliseconds(0))
  }
}
