import BackendAPI
import ScriptModel
import ScriptStore

extension SyncPlanner {
  /// Learns what became of the last step.
  mutating func take(_ outcome: SyncOutcome) {
    switch outcome {
    case .begun, .waited: break
    case .committed(let stored): takeCommitted(stored)
    case .notCommitted(let error): takeNotCommitted(error)
    case .tokenObtained:
      noteAnswer()
      run.hasToken = true
    case .looked(let look): takeLook(look)
    case .unchanged(let conflicts): takeUnchangedState(conflicts)
    case .integrated(let integration): take(integration)
    case .creditsRead(let credits): take(credits)
    case .sessionOpened(let grant):
      noteAnswer()
      if case .openSession(let id) = run.step {
        run.duties.insert(.commit(.sessionOpened(id, grant)), at: 0)
      }
    case .uploaded(let file):
      noteAnswer()
      if case .upload(let id) = run.step {
        run.duties.insert(.commit(.uploaded(id, file)), at: 0)
      }
    case .answerBegan, .replied: takeAnswer(outcome)
    case .renderAccepted, .renderProgress, .downloaded: takeRenderOrFile(outcome)
    case .spendingDecided(let isAllowed):
      if let text = run.askedText {
        run.askedText = nil
        if isAllowed { run.allowedTexts.insert(text) }
      } else if isAllowed {
        run.allowedScripts.formUnion(run.askedScripts)
      }
    case .failed(let error): takeFailure(error)
    case .failedHere(let reason): takeLocalFailure(reason)
    case .cancelled: interrupt()
    }
  }

  /// The service answered: what follows is repeated from the beginning where it fails.
  mutating func noteAnswer() {
    run.wasAnswered = true
    run.repetitions = 0
    run.wasRateLimited = false
  }

  /// What is durable is left as it is: a later run goes on with it.
  mutating func interrupt() {
    run.duties = []
    run.afterLook = nil
    run.end = .interrupted
  }

  /// Keeps of what is due only what is stored at once.
  mutating func interruptAfterCommits() {
    finishSilentMessage()
    // A commit that found the store busy is made again at once: the store itself has waited.
    if run.duties.count > 1, case .wait = run.duties[0], run.duties[1].isCommit {
      run.duties.removeFirst()
    }
    run.duties = Array(run.duties.prefix { $0.isCommit })
    run.end = .interrupted
  }

  private mutating func takeCommitted(_ stored: ProjectSnapshot) {
    snapshot = stored
    run.repetitions = 0
    guard case .commit(let commit) = run.step else { return }
    switch commit {
    case .planPush(let script, _, _):
      let push = snapshot.intents.last { record in
        record.intent.purpose == .push && record.intent.scriptID == script
          && record.intent.state == .sending
      }
      if let push { run.duties.insert(.send(push.intent.id), at: 0) }
    case .textInstead: tellOfTexts()
    case .sessionExpired:
      let news = Self.newSessionNotice(snapshot).map { " \($0)" } ?? ""
      run.notices.append("The session had expired.\(news) Nothing here is lost.")
      run.look = nil
      run.isLookFresh = false
      run.isStateStale = false
      run.mustIntegrate = true
      run.integratedLook = nil
      run.unsent = []
      run.pushedScripts = [:]
    default: break
    }
  }

  private mutating func takeNotCommitted(_ error: StoreError) {
    guard let step = run.step else { return }
    if error.code == .busy, !isSending(step), run.repetitions < order.pace.repetitions {
      let pause = run.pause(order.pace, repetition: run.repetitions)
      run.repetitions += 1
      run.duties.insert(contentsOf: [.wait(pause, .repetition), step], at: 0)
      return
    }
    guard case .commit(let commit) = step else { return takeStoreFailure(error, step) }
    run.duties = []
    run.afterLook = nil
    if error.code == .conflict || error.code == .notFound {
      switch commit {
      case .advance(let advance) where record(advance.intentID)?.intent.kind != .session:
        return hold(advance.intentID, nil)
      case .uploaded(let id, _): return hold(id, nil)
      case .planPush(let script, _, _): return hold(script.retyped(), nil)
      default: break
      }
    }
    run.end = .stopped(
      ProjectOutcome.Failure(
        error.code == .busy ? .busy : .failed, what: projectLabel,
        explanation: "\(error.description).",
        next: error.fix ?? "Run 'offbook sync' again: what was sent is looked for first."))
  }

  /// The store failed in the middle of a step that is no commit: what may have left is in doubt.
  private mutating func takeStoreFailure(_ error: StoreError, _ step: SyncStep) {
    switch step {
    case .send(let id), .receive(let id):
      if let record = record(id) { enterDoubt(record, "\(error.description).") }
    default: takeLocalFailure("\(error.description).")
    }
  }

  private func isSending(_ step: SyncStep) -> Bool {
    switch step {
    case .send, .receive, .upload, .startRender: true
    default: false
    }
  }

  private mutating func takeLook(_ look: Look) {
    noteAnswer()
    run.look = look
    run.lookNumber += 1
    run.isLookFresh = true
    run.isStateUnread = false
    run.isStateStale = false
    run.mustIntegrate = run.mustIntegrate || look.fingerprint != run.integratedLook?.fingerprint
    let decided = run.afterLook
    run.afterLook = nil
    switch decided {
    case .report(let id): reportSilentMessage(id, look)
    case .judge(let id, let error): judgeFailedMessage(id, error, look)
    case nil: break
    }
  }

  /// Nothing of the state was read, so that it is no look by which anything may be sent.
  private mutating func takeUnchangedState(_ conflicts: [Conflict]) {
    noteAnswer()
    run.look = Look(fingerprint: [])
    run.lookNumber += 1
    run.isLookFresh = false
    run.isStateUnread = true
    run.isStateStale = false
    run.mustIntegrate = false
    run.conflicts = conflicts
  }

  private mutating func take(_ integration: Integration) {
    snapshot = integration.snapshot
    run.mustIntegrate = false
    run.integratedLook = run.look
    run.unsent = integration.unsent
    run.conflicts = integration.conflicts
    run.pulledLines += integration.pulledLines
    for notice in integration.notices where !run.notices.contains(notice) {
      run.notices.append(notice)
    }
    for failure in integration.failures where !run.failures.contains(failure) {
      run.failures.append(failure)
    }
  }

  private mutating func takeAnswer(_ outcome: SyncOutcome) {
    noteAnswer()
    let id: Intent.ID
    switch run.step {
    case .send(let sent): id = sent
    case .receive(let received): id = received
    default: return
    }
    if case .replied(let reply) = outcome {
      takeReply(reply, to: id)
    } else {
      run.duties = [.commit(.advance(IntentAdvance(id, to: .streaming))), .receive(id)]
    }
  }

  private mutating func takeRenderOrFile(_ outcome: SyncOutcome) {
    noteAnswer()
    switch (run.step, outcome) {
    case (.startRender(let id), .renderAccepted):
      run.duties = [.commit(.advance(IntentAdvance(id, to: .streaming)))]
    case (.pollRender(let id), .renderProgress(let progress)):
      if let record = record(id) { take(progress, of: record) }
    case (.downloadRender(let id, _), .downloaded):
      let advance = IntentAdvance(id, to: .done, evidence: "The finished video is here.")
      run.duties = [.commit(.advance(advance))]
      run.pulledMedia += 1
    case (.download, .downloaded): run.pulledMedia += 1
    default: break
    }
  }
}
