import BackendAPI
import ScriptModel
import ScriptStore

/// What a failed request means for the item that it was for.
enum Verdict: Hashable {
  /// No byte left the machine.
  case nothingSent(TransportError)
  /// It may have been carried out.
  case unknown
  case newToken
  case newSession
  /// Too many requests.
  case later
  /// Refused for now: no credits, no plan.
  case kept
  /// Refused for good.
  case refused
  /// Refused with a code whose meaning nobody knows: of what is charged nothing follows from it.
  case unexplained

  init(_ error: CallError) {
    switch error {
    case .transport(let failure):
      self = failure.sent == .nothing ? .nothingSent(failure) : .unknown
    case .service(let refusal):
      switch refusal.code {
      case .unauthorized: self = .newToken
      case .sessionExpired: self = .newSession
      case .rateLimited: self = .later
      case .outOfCredits, .planRequired: self = .kept
      case .unsupportedFile, .fileTooLarge, .notFound, .refused, .scopeMissing: self = .refused
      case .unexplained: self = .unexplained
      case .unavailable, .unreadable, .agentFailed: self = .unknown
      }
    }
  }
}

extension SyncPlanner {
  /// Learns that the last step's request gave no answer, or a refusal.
  mutating func takeFailure(_ error: CallError) {
    if case .transport(let failure) = error, failure.code == .cancelled { return interrupt() }
    switch run.step {
    case .send(let id), .upload(let id), .startRender(let id):
      if let record = record(id) { requestFailed(record, error) }
    case .receive(let id):
      if let record = record(id) { enterDoubt(record, error) }
    case .pollRender(let id): pollFailed(id, error)
    case .downloadRender(let id, _):
      if !repeats(error) { holdRender(id, error) }
    case .download(let medium): downloadFailed(medium, error)
    case .readCredits:
      guard !repeats(error) else { return }
      run.creditsAreUnreadable = true
      run.booking = nil
      endWhereFutile(error, what: projectLabel)
    case .openSession(let id): openingFailed(id, error)
    case .look: lookFailed(error)
    case .obtainToken: tokenFailed(error)
    default: stop(error, what: projectLabel)
    }
  }

  /// Learns that a step failed before anything left the machine.
  mutating func takeLocalFailure(_ reason: String) {
    if case .commit(.textInstead(let id)) = run.step, let record = record(id) {
      return refuse(record, textRefused(record, reason))
    }
    let isItem: Intent.ID? =
      switch run.step {
      case .send(let id), .upload(let id), .startRender(let id), .openSession(let id): id
      default: nil
      }
    if let isItem, let record = record(isItem) {
      run.duties = putBack(record, evidence: reason)
      return hold(item(record), localFailure(label(record), reason))
    }
    switch run.step {
    case .receive(let id):
      if let record = record(id) { enterDoubt(record, reason) }
    case .downloadRender(let id, _), .pollRender(let id):
      hold(id, localFailure(record(id).map(label) ?? projectLabel, reason))
    case .download(let medium):
      run.failures.append(localFailure(label(medium), reason))
    default:
      run.duties = []
      run.end = .stopped(localFailure(projectLabel, reason))
    }
  }

  /// Does what a failed request of an intent calls for; the intent is `sending`.
  private mutating func requestFailed(_ record: IntentRecord, _ error: CallError) {
    let item = item(record)
    let failure = failure(error, what: label(record))
    let isMessage = record.intent.kind == .message
    switch Verdict(error) {
    case .unknown where isMessage, .unexplained where isMessage:
      return enterDoubt(record, error)
    case .unknown:
      let advance = IntentAdvance(record.intent.id, to: .inDoubt, evidence: failure.explanation)
      run.duties = [.commit(.advance(advance))]
      return tryAgain(item, error, failure)
    case .refused where isTextRefused(record, error):
      run.duties = [.commit(.textInstead(record.intent.id))]
      return
    case .refused, .unexplained: return refuse(record, failure)
    default: run.duties = putBack(record, evidence: failure.explanation)
    }
    switch Verdict(error) {
    case .nothingSent: tryAgain(item, error, failure)
    case .newToken:
      if !renewsToken() { run.end = .stopped(failure) }
    case .newSession: expireSession()
    case .later:
      if let pause = rateLimitPause(error), run.rateLimited.insert(item).inserted {
        run.duties.append(.wait(pause, .rateLimit))
      } else {
        hold(item, failure)
      }
    default: hold(item, failure)
    }
  }

  /// Lets an item wait for its next try, or leaves it alone after the last.
  private mutating func tryAgain(
    _ item: Intent.ID, _ error: CallError, _ failure: ProjectOutcome.Failure
  ) {
    let tries = run.tries[item, default: 0]
    if isWorthRepeating(error), tries < order.pace.repetitions {
      run.tries[item] = tries + 1
      return run.duties.append(.wait(run.pause(order.pace, repetition: tries), .repetition))
    }
    if case .transport(let failed) = error, failed.isOffline {
      run.end = .offline(failed.description)
    } else {
      hold(item, failure)
    }
  }

  /// Nothing of it was carried out: queued again, but a push, which is derived anew.
  mutating func putBack(_ record: IntentRecord, evidence: String) -> [SyncStep] {
    let id = record.intent.id
    var queued = IntentAdvance(id, to: .queued, evidence: evidence)
    if record.intent.purpose == .push || record.intent.attempts <= 1 {
      queued.maybeCharged = false
    }
    var steps = [SyncStep.commit(.advance(queued))]
    if record.intent.purpose == .push {
      if let script = record.intent.scriptID { run.pushedScripts[script] = nil }
      steps.append(.commit(.advance(IntentAdvance(id, to: .abandoned, evidence: evidence))))
    }
    return steps
  }

  /// Settles an intent that the service refused, after the messages that need its file.
  mutating func refuse(_ record: IntentRecord, _ failure: ProjectOutcome.Failure) {
    run.duties = []
    if record.intent.kind == .upload, let medium = record.intent.mediaID {
      let because = "Its file was refused: \(failure.explanation)"
      for dependent in snapshot.intents
      where dependent.intent.mediaID == medium && dependent.intent.kind == .message
        && dependent.intent.state == .queued
      {
        let advance = IntentAdvance(dependent.intent.id, to: .refused, evidence: because)
        run.duties.append(.commit(.advance(advance)))
        hold(
          dependent.intent.id,
          ProjectOutcome.Failure(
            .refused, what: label(dependent), explanation: because, next: failure.next))
      }
    }
    let advance = IntentAdvance(record.intent.id, to: .refused, evidence: failure.explanation)
    run.duties.append(.commit(.advance(advance)))
    hold(item(record), failure)
  }

  /// The service no longer knows the session: what it had is recorded anew, once a run.
  mutating func expireSession() {
    guard let session = snapshot.session, !run.hasExpiredSession else {
      run.end = .stopped(
        ProjectOutcome.Failure(
          .failed, what: projectLabel,
          explanation: "The service forgot the session that it had just opened.",
          next: "Run 'offbook sync' again later: everything is kept."))
      return
    }
    run.hasExpiredSession = true
    run.duties.append(.commit(.sessionExpired(session.id)))
  }
}
