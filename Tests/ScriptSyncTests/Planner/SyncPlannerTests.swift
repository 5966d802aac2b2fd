import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync
import Testing

private typealias Dialogue = PlannerDialogue

private func refusal(_ code: ServiceError.Code, after pause: Int64? = nil) -> SyncOutcome {
  .failed(.service(ServiceError(code, number: 400, retryAfter: pause.map { Milliseconds($0) })))
}

private func loss(
  _ code: TransportError.Code, _ sent: TransportError.Sent
) -> SyncOutcome {
  .failed(.transport(TransportError(code, sent: sent, "No connection to 'localhost'")))
}

private func balance(_ credits: Int) -> SyncOutcome {
  .creditsRead(Credits(available: credits, frozen: 0, total: credits))
}

/// A planner that has just sent the message of a person's.
private func sentMessage(_ order: SyncOrder = SyncOrder()) -> PlannerDialogue {
  var dialogue = Dialogue(Dialogue.snapshot([Dialogue.record(.message, .say)]), order)
  dialogue.look()
  dialogue.answer(balance(500))
  dialogue.expect("send")
  return dialogue
}

private let message: Intent.ID = Dialogue.record(.message, .say).intent.id

struct SyncPlannerTests {
  @Test func aSyncWithNothingToDoIsOneRequest() {
    var dialogue = Dialogue(Dialogue.snapshot(isBound: true))
    dialogue.look()
    #expect(dialogue.steps == ["look", "integrate", "synced"])
  }

  @Test func aProjectWithoutASessionAndNothingToSendAsksNothing() {
    #expect(Dialogue(Dialogue.snapshot(session: nil)).steps == ["synced"])
  }

  @Test func aTokenIsObtainedOnlyForARequest() {
    var order = SyncOrder()
    order.hasToken = false
    #expect(Dialogue(Dialogue.snapshot(session: nil), order).steps == ["synced"])
    #expect(Dialogue(Dialogue.snapshot(), order).steps == ["obtainToken"])
  }

  @Test func aSessionIsOpenedForWhatNeedsIt() {
    var dialogue = Dialogue(
      Dialogue.snapshot([Dialogue.record(.message, .say)], session: nil))
    #expect(dialogue.steps == ["planSession", "sending", "openSession"])
    dialogue.answer(.sessionOpened(SessionGrant(sessionID: "s")))
    dialogue.expect("look")
  }

  @Test func whatACrashLeftHalfSentIsInDoubtFirst() {
    var record = Dialogue.record(.message, .say)
    record.intent.state = .streaming
    record.sessionID = Dialogue.session.id
    record.stateBefore = Dialogue.before
    var dialogue = Dialogue(Dialogue.snapshot([record]))
    #expect(dialogue.steps == ["inDoubt", "look"])
    #expect(dialogue.planner.snapshot.intents.first?.intent.maybeCharged == true)
    dialogue.look(Dialogue.after)
    #expect(dialogue.state(message) == .done)
  }

  @Test func aMessageIsStoredBeforeItLeavesAndBookedAfterItsAnswer() {
    var dialogue = sentMessage()
    #expect(dialogue.state(message) == .sending)
    dialogue.answer(.answerBegan)
    #expect(dialogue.state(message) == .streaming)
    dialogue.expect("receive")
    dialogue.answer(.replied(Reply(text: "Done.")))
    #expect(dialogue.state(message) == .done)
    dialogue.expect("readCredits")
    dialogue.answer(balance(450))
    #expect(dialogue.charges == [50])
    dialogue.look(Dialogue.after)
    dialogue.expect("synced")
    #expect(dialogue.outcome?.charged == 50)
  }

  @Test func aLostMessageIsLookedForSixTimesAndNeverSentAgain() {
    var dialogue = sentMessage()
    dialogue.answer(loss(.cut, .whole))
    var pauses: [String] = []
    for look in 0..<6 {
      pauses.append(dialogue.steps.last ?? "")
      dialogue.answer(.waited)
      dialogue.look()
      if look == 5 {
        dialogue.expect("readCredits")
        dialogue.answer(balance(500))
      }
    }
    #expect(pauses == ["wait doubt 30000"] + [String](repeating: "wait doubt 60000", count: 5))
    if case .look = dialogue.step { dialogue.look() }
    dialogue.expect("partial")
    #expect(dialogue.state(message) == .inDoubt)
    #expect(dialogue.steps.filter { $0 == "send" }.count == 1)
    let failure = dialogue.outcome?.failures.first
    #expect(failure?.reason == .inDoubt)
    #expect(failure?.next.contains("intents retry \(message)") == true)
    #expect(dialogue.outcome?.mayBeCharged == 50)
  }

  @Test func aTrackThatVanishedIsNoProofOfAPush() {
    for (track, state) in [
      (nil, Intent.State.inDoubt), (Dialogue.before, .inDoubt), (Dialogue.after, .done),
      (Dialogue.sent, .done),
    ] as [([UInt8]?, Intent.State)] {
      var push = Dialogue.record(.message, .push, number: 7)
      push.intent.state = .inDoubt
      push.intent.scriptID = Dialogue.script
      push.sessionID = Dialogue.session.id
      push.stateBefore = Dialogue.before
      push.contentHash = Dialogue.sent
      var order = SyncOrder()
      order.waits = false
      var dialogue = Dialogue(Dialogue.snapshot([push], isBound: true), order)
      dialogue.look(track: track)
      #expect(dialogue.state(push.intent.id) == state)
    }
  }

  @Test func looksGoOnWhereARestartFindsThem() {
    var record = Dialogue.record(.message, .say)
    record.intent.state = .inDoubt
    record.sessionID = Dialogue.session.id
    record.stateBefore = Dialogue.before
    record.looks = 4
    var dialogue = Dialogue(Dialogue.snapshot([record]))
    dialogue.look()
    for _ in 0..<2 {
      dialogue.expect("wait doubt 60000")
      dialogue.answer(.waited)
      dialogue.look()
    }
    dialogue.expect("partial")
  }

  @Test func withoutWaitingNoLookCountsAndADoubtHoldsUpMessages() {
    var doubt = Dialogue.record(.message, .say, number: 7)
    doubt.intent.state = .inDoubt
    doubt.sessionID = Dialogue.session.id
    doubt.stateBefore = Dialogue.before
    var order = SyncOrder()
    order.waits = false
    var snapshot = Dialogue.snapshot([doubt, Dialogue.record(.message, .say)])
    for _ in 0..<10 {
      var dialogue = Dialogue(snapshot, order)
      dialogue.look()
      #expect(dialogue.steps == ["look", "integrate", "partial"])
      #expect(dialogue.planner.snapshot.intents.first?.looks == 0)
      #expect(dialogue.state(message) == .queued)
      snapshot = dialogue.planner.snapshot
    }
    var waiting = Dialogue(snapshot)
    waiting.look()
    waiting.expect("wait doubt 30000")
  }

  @Test func aChangeAfterOtherMessagesProvesNothing() {
    var doubt = Dialogue.record(.message, .say, number: 7)
    doubt.intent.state = .inDoubt
    doubt.sessionID = Dialogue.session.id
    doubt.stateBefore = Dialogue.before
    doubt.looks = IntentRecord.outlivedLooks
    var dialogue = Dialogue(Dialogue.snapshot([doubt]))
    dialogue.look(Dialogue.after)
    dialogue.expect("partial")
    #expect(dialogue.state(doubt.intent.id) == .inDoubt)
  }

  @Test func aLowerBalanceTellsThatALostMessageWasCarriedOut() {
    for sharesCredits in [false, true] {
      var order = SyncOrder()
      order.pace.laterLooks = 0
      order.sharesCredits = sharesCredits
      var dialogue = sentMessage(order)
      dialogue.answer(loss(.timedOut, .whole))
      dialogue.answer(.waited)
      dialogue.look()
      dialogue.answer(balance(450))
      #expect(dialogue.state(message) == (sharesCredits ? .inDoubt : .done))
    }
  }

  @Test func aLowerBalanceTellsNothingWhereAnotherMessageMayHaveBeenCharged() {
    var other = Dialogue.record(.message, .say, number: 7)
    other.intent.state = .inDoubt
    other.intent.maybeCharged = true
    other.sessionID = Dialogue.session.id
    other.looks = IntentRecord.outlivedLooks
    var order = SyncOrder()
    order.pace.laterLooks = 0
    var dialogue = Dialogue(
      Dialogue.snapshot([other, Dialogue.record(.message, .say)]), order)
    dialogue.look()
    dialogue.answer(balance(500))
    dialogue.answer(loss(.timedOut, .whole))
    dialogue.answer(.waited)
    dialogue.look()
    dialogue.answer(balance(450))
    #expect(dialogue.state(message) == .inDoubt)
  }

  @Test func anExpiredSessionsScriptsGoToTheNewOneInTheSameRun() {
    var order = SyncOrder()
    order.spend = 200
    var dialogue = Dialogue(
      Dialogue.snapshot([Dialogue.record(.message, .say)], isBound: true), order)
    dialogue.look(track: Dialogue.before, unsent: Dialogue.unsent)
    dialogue.answer(balance(500))
    dialogue.answer(.replied(Reply(text: "Replaced.")))
    dialogue.answer(balance(450))
    dialogue.look(Dialogue.after, track: Dialogue.sent)
    dialogue.answer(refusal(.sessionExpired))
    dialogue.answer(.sessionOpened(SessionGrant(sessionID: "s")))
    dialogue.look(unsent: Dialogue.unsent)
    dialogue.answer(balance(450))
    dialogue.expect("send")
    #expect(dialogue.steps.filter { $0 == "planPush" }.count == 2)
  }

  @Test(arguments: [
    (ServiceError.Code.outOfCredits, Intent.State.queued, ProjectOutcome.Failure.Reason.credits),
    (.planRequired, .queued, .plan), (.scopeMissing, .refused, .logIn),
    (.refused, .refused, .refused), (.fileTooLarge, .refused, .refused),
  ])
  func aDefiniteRefusalIsNoDoubt(
    code: ServiceError.Code, state: Intent.State, reason: ProjectOutcome.Failure.Reason
  ) {
    var dialogue = sentMessage()
    dialogue.answer(refusal(code))
    dialogue.look()
    dialogue.expect("partial")
    #expect(dialogue.state(message) == state)
    #expect(dialogue.outcome?.failures.map(\.reason) == [reason])
    #expect(dialogue.outcome?.charged == 0)
  }

  @Test(arguments: [ServiceError.Code.unavailable, .unreadable, .unexplained])
  func anUnclearAnswerToAMessageIsADoubt(code: ServiceError.Code) {
    var dialogue = sentMessage()
    dialogue.answer(refusal(code))
    #expect(dialogue.state(message) == .inDoubt)
    dialogue.expect("wait doubt 30000")
  }

  @Test func aMessageOfWhichNothingLeftIsQueuedAgain() {
    var dialogue = sentMessage()
    dialogue.answer(loss(.unconnected, .nothing))
    #expect(dialogue.state(message) == .queued)
    dialogue.answer(.waited)
    for _ in 0..<4 {
      dialogue.answer(loss(.unconnected, .nothing))
      dialogue.answer(.waited)
    }
    dialogue.answer(loss(.unconnected, .nothing))
    dialogue.expect("offline")
  }

  @Test func tooManyRequestsAreWaitedForOnce() {
    var dialogue = sentMessage()
    dialogue.answer(refusal(.rateLimited, after: 2000))
    dialogue.expect("wait rateLimit 2000")
    dialogue.answer(.waited)
    dialogue.answer(balance(500))
    dialogue.look()
    dialogue.expect("send")
    dialogue.answer(refusal(.rateLimited))
    dialogue.look()
    dialogue.expect("partial")
    #expect(dialogue.state(message) == .queued)
    #expect(dialogue.outcome?.failures.map(\.reason) == [.busy])
  }

  @Test func anAnonymousTokenIsRenewedOnce() {
    var dialogue = sentMessage()
    dialogue.answer(refusal(.unauthorized))
    dialogue.expect("obtainToken")
    dialogue.answer(.tokenObtained)
    dialogue.answer(balance(500))
    dialogue.look()
    dialogue.expect("send")
    dialogue.answer(refusal(.unauthorized))
    dialogue.expect("partial")
    #expect(dialogue.outcome?.failures.map(\.reason) == [.logIn])
    #expect(dialogue.state(message) == .queued)
  }

  @Test func aTokenOfThePersonsIsNotRenewed() {
    var order = SyncOrder()
    order.canRenewToken = false
    var dialogue = Dialogue(Dialogue.snapshot(), order)
    dialogue.answer(refusal(.unauthorized))
    dialogue.expect("failed")
    #expect(dialogue.outcome?.failures.first?.next.contains("NEMO_TOKEN") == true)
  }

  @Test func anExpiredSessionIsReplacedOnceAndThePersonIsTold() {
    var dialogue = sentMessage()
    dialogue.answer(refusal(.sessionExpired))
    #expect(dialogue.state(message) == .queued)
    dialogue.expect("openSession")
    dialogue.answer(.sessionOpened(SessionGrant(sessionID: "s")))
    dialogue.look()
    dialogue.answer(balance(500))
    dialogue.expect("send")
    dialogue.answer(refusal(.sessionExpired))
    dialogue.expect("partial")
    #expect(dialogue.outcome?.notices.count == 1)
  }

  @Test func aSilentAnswerIsReportedByWhatChanged() {
    var dialogue = sentMessage()
    dialogue.answer(.replied(Reply(text: "")))
    #expect(dialogue.state(message) == .sending)
    dialogue.look(Dialogue.after)
    #expect(dialogue.state(message) == .done)
  }

  @Test func beingOfflineIsSaidSoon() {
    var dialogue = Dialogue(Dialogue.snapshot())
    dialogue.answer(loss(.unresolved, .nothing))
    dialogue.answer(.waited)
    dialogue.answer(loss(.unresolved, .nothing))
    dialogue.expect("offline")
    #expect(dialogue.outcome?.failures.map(\.reason) == [.offline])
  }

  @Test func pausesBetweenRepetitionsGrow() {
    var dialogue = Dialogue(Dialogue.snapshot())
    var pauses: [Int] = []
    for _ in 0..<4 {
      dialogue.answer(refusal(.unavailable))
      pauses.append(Int(dialogue.steps.last?.split(separator: " ").last ?? "") ?? 0)
      dialogue.answer(.waited)
    }
    dialogue.answer(refusal(.unavailable))
    dialogue.expect("failed")
    for (pause, base) in zip(pauses, [500, 1000, 2000, 4000]) {
      #expect(pause >= base && pause < base + base / 4 + 1)
    }
  }

  @Test func anInterruptedSyncEndsAtOnce() {
    var dialogue = sentMessage()
    dialogue.answer(.cancelled)
    #expect(dialogue.outcome?.failures.map(\.reason).contains(.interrupted) == true)
    #expect(dialogue.state(message) == .sending)
  }

  @Test(arguments: ["Words.", ""])
  func anAnswerThatCameIsStoredThoughTheSyncIsToEnd(words: String) {
    var dialogue = sentMessage()
    dialogue.answer(.answerBegan)
    dialogue.answerInterrupted(.replied(Reply(text: words)))
    #expect(dialogue.state(message) == .done)
    dialogue.expect("partial")
    #expect(dialogue.outcome?.failures.map(\.reason) == [.interrupted])
  }

  @Test func aStoreThatFailsInAMergeEndsTheSync() {
    var dialogue = Dialogue(Dialogue.snapshot())
    dialogue.answer(.looked(Look(fingerprint: Dialogue.before)))
    dialogue.expect("integrate")
    dialogue.answer(.notCommitted(StoreError(.diskFull, "The disk is full")))
    dialogue.expect("partial")
    #expect(dialogue.outcome?.failures.map(\.reason) == [.failed])
  }

  @Test func aPullSendsNothing() {
    var order = SyncOrder()
    order.extent = .pull
    var dialogue = Dialogue(
      Dialogue.snapshot([Dialogue.record(.message, .say)], isBound: true), order)
    dialogue.look(unsent: Dialogue.unsent)
    dialogue.expect("synced")
    #expect(Dialogue(Dialogue.snapshot(session: nil, isBound: true), order).steps == ["synced"])
  }
}
