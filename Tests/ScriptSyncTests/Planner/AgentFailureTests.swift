import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync
import Testing

private typealias Dialogue = PlannerDialogue

/// A message in whose middle the agent failed, and a generation that goes on after its answer.
struct AgentFailureTests {
  private let message: Intent.ID = Dialogue.record(.message, .say).intent.id

  private func balance(_ credits: Int) -> SyncOutcome {
    .creditsRead(Credits(available: credits, frozen: 0, total: credits))
  }

  private func sent(_ purpose: Intent.Purpose) -> PlannerDialogue {
    var dialogue = Dialogue(Dialogue.snapshot([Dialogue.record(.message, purpose)]))
    dialogue.look()
    dialogue.answer(balance(500))
    dialogue.expect("send")
    return dialogue
  }

  private func failed(_ code: ServiceError.Code, text: String = "") -> SyncOutcome {
    .replied(Reply(text: text, failure: ServiceError(code, number: 500, detail: "overloaded")))
  }

  @Test(arguments: [500, 450])
  func aFailedMessageIsRefusedOnlyAfterAllLooks(balanceAfter: Int) {
    var dialogue = sent(.say)
    dialogue.answer(failed(.agentFailed))
    for look in 0..<6 {
      #expect(dialogue.state(message) == .inDoubt)
      dialogue.expect("wait doubt \(look == 0 ? 30000 : 60000)")
      dialogue.answer(.waited)
      dialogue.look()
    }
    dialogue.expect("readCredits")
    dialogue.answer(balance(balanceAfter))
    if case .readCredits = dialogue.step { dialogue.answer(balance(balanceAfter)) }
    #expect(dialogue.state(message) == .refused)
    #expect(dialogue.steps.filter { $0 == "send" }.count == 1)
    if case .look = dialogue.step { dialogue.look() }
    let failure = dialogue.outcome?.failures.first
    #expect(failure?.reason == .refused)
    let words = failure?.explanation ?? ""
    #expect(words.hasPrefix("The agent reported a failure: overloaded."))
    #expect(words.contains("after 6 looks") && !words.contains("after 5 looks"), "\(words)")
    #expect(dialogue.charges == (balanceAfter == 500 ? [] : [50]))
  }

  @Test func aFailedMessageWhoseWorkIsSeenLaterIsDone() {
    var dialogue = sent(.say)
    dialogue.answer(failed(.agentFailed, text: "Beginning"))
    for _ in 0..<3 {
      dialogue.answer(.waited)
      dialogue.look()
    }
    dialogue.answer(.waited)
    dialogue.look(Dialogue.after)
    #expect(dialogue.state(message) == .done)
  }

  @Test func missingCreditsAreTakenAtTheirWordOnlyBeforeAnyOther() {
    var dialogue = sent(.say)
    dialogue.answer(failed(.outOfCredits))
    dialogue.look()
    #expect(dialogue.state(message) == .queued)
    dialogue = sent(.say)
    dialogue.answer(failed(.outOfCredits, text: "Beginning"))
    #expect(dialogue.state(message) == .inDoubt)
    dialogue.expect("wait doubt 30000")
  }

  @Test func aGenerationIsDoneOnceItsSecondStageIsThereAndTheSessionRests() {
    var dialogue = sent(.generate)
    dialogue.answer(.replied(Reply(text: "The raw video is ready.")))
    #expect(dialogue.state(message) == .streaming)
    #expect(dialogue.planner.snapshot.intents.first?.isAnswered == true)
    dialogue.answer(balance(400))
    dialogue.look(Dialogue.after)
    dialogue.expect("wait stage 5000")
    dialogue.answer(.waited)
    dialogue.look(Dialogue.sent, isFinished: true)
    #expect(dialogue.state(message) == .streaming)
    dialogue.expect("wait stage 10000")
    dialogue.answer(.waited)
    dialogue.look(Dialogue.sent, isFinished: true)
    #expect(dialogue.state(message) == .done)
    dialogue.expect("synced")
    #expect(dialogue.outcome?.charged == 100)
  }

  @Test func aGenerationWithoutASecondStageIsDoneAfterFourEqualLooks() {
    var dialogue = sent(.generate)
    dialogue.answer(.replied(Reply(text: "")))
    dialogue.answer(.looked(Look(fingerprint: Dialogue.after)))
    #expect(dialogue.state(message) == .streaming)
    dialogue.answer(balance(400))
    dialogue.answer(.integrated(Integration(snapshot: dialogue.planner.snapshot)))
    for pause in [5000, 10_000, 20_000] {
      dialogue.expect("wait stage \(pause)")
      dialogue.answer(.waited)
      dialogue.look(Dialogue.after)
    }
    dialogue.expect("synced")
    #expect(dialogue.state(message) == .done)
  }

  @Test func aGenerationThatACrashLeftUnwatchedIsWatchedBeforeAnythingElseIsSent() {
    var record = Dialogue.record(.message, .generate)
    record.intent.state = .streaming
    record.sessionID = Dialogue.session.id
    record.stateBefore = Dialogue.before
    record.isAnswered = true
    let later = Dialogue.record(.message, .say, number: 2)
    var dialogue = Dialogue(Dialogue.snapshot([record, later]))
    dialogue.look(Dialogue.after, isFinished: true)
    dialogue.expect("wait stage 5000")
    dialogue.answer(.waited)
    dialogue.look(Dialogue.after, isFinished: true)
    #expect(dialogue.state(message) == .done)
    dialogue.answer(balance(400))
    dialogue.expect("send")
    var order = SyncOrder()
    order.waits = false
    dialogue = Dialogue(Dialogue.snapshot([record]), order)
    dialogue.look(Dialogue.after)
    #expect(dialogue.state(message) == .done)
    #expect(Dialogue(Dialogue.snapshot([record], session: nil)).state(message) == .done)
  }

  @Test func theBalanceIsReadAfreshBeforeEachMessage() {
    let second = Dialogue.record(.message, .say, number: 2)
    var upload = Dialogue.record(.upload, number: 3)
    upload.intent.mediaID = Identifier(high: 4, low: 4)
    var dialogue = Dialogue(
      Dialogue.snapshot([Dialogue.record(.message, .say), upload, second]))
    dialogue.look()
    dialogue.answer(balance(500))
    dialogue.answer(.replied(Reply(text: "Done.")))
    dialogue.answer(balance(450))
    dialogue.look(Dialogue.after)
    dialogue.expect("upload")
    dialogue.answer(.uploaded(UploadedFile()))
    dialogue.expect("readCredits")
    dialogue.answer(balance(430))
    dialogue.look(Dialogue.after)
    dialogue.expect("send")
    let record = dialogue.planner.snapshot.intents.first { $0.intent.id == second.intent.id }
    #expect(record?.creditsBefore == 430)
  }
}
