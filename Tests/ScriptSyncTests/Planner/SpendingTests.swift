import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync
import Testing

private typealias Dialogue = PlannerDialogue

private func balance(_ credits: Int) -> SyncOutcome {
  .creditsRead(Credits(available: credits, frozen: 0, total: credits))
}

struct SpendingTests {
  @Test func aPushThatNobodyAllowedIsHeldBackAndNamed() {
    var dialogue = Dialogue(Dialogue.snapshot(isBound: true))
    dialogue.look(track: Dialogue.before, unsent: Dialogue.unsent)
    #expect(dialogue.steps == ["look", "integrate", "partial"])
    #expect(dialogue.outcome?.failures.map(\.reason) == [.spending])
    #expect(dialogue.outcome?.failures.first?.what == "the script 'Intro'")
  }

  @Test func aPersonIsAskedOnceAndThenTheStateIsLookedAtAgain() {
    var order = SyncOrder()
    order.canAsk = true
    var dialogue = Dialogue(Dialogue.snapshot(isBound: true), order)
    dialogue.look(track: Dialogue.before, unsent: Dialogue.unsent)
    guard case .ask(let plan) = dialogue.step else {
      Issue.record("nobody is asked: \(dialogue.steps)")
      return
    }
    #expect(plan.items.map(\.estimate) == [50])
    dialogue.answer(.spendingDecided(allowed: true))
    dialogue.look(track: Dialogue.before, unsent: Dialogue.unsent)
    dialogue.answer(balance(100))
    dialogue.expect("send")
    dialogue.answer(.replied(Reply(text: "Replaced.")))
    dialogue.answer(balance(50))
    dialogue.look(Dialogue.after, track: Dialogue.sent)
    dialogue.expect("synced")
    #expect(dialogue.outcome?.pushed.lines == 2)
    #expect(dialogue.outcome?.charged == 50)
  }

  @Test func aPushIsRefusedByThePerson() {
    var order = SyncOrder()
    order.canAsk = true
    var dialogue = Dialogue(Dialogue.snapshot(isBound: true), order)
    dialogue.look(unsent: Dialogue.unsent)
    dialogue.answer(.spendingDecided(allowed: false))
    dialogue.look(unsent: Dialogue.unsent)
    dialogue.expect("partial")
  }

  @Test func aPushInDoubtIsDoneWhereTheTrackIsAsItWasSent() {
    var order = SyncOrder()
    order.spend = 50
    var dialogue = Dialogue(Dialogue.snapshot(isBound: true), order)
    dialogue.look(track: Dialogue.before, unsent: Dialogue.unsent)
    dialogue.answer(balance(100))
    dialogue.answer(
      .failed(.transport(TransportError(.cut, sent: .whole, "The connection was cut"))))
    dialogue.expect("wait doubt 30000")
    dialogue.answer(.waited)
    dialogue.look(Dialogue.after, track: Dialogue.sent)
    #expect(dialogue.planner.snapshot.intents.isEmpty)
  }

  @Test func anotherTracksChangeDoesNotSettleAPush() {
    var order = SyncOrder()
    order.spend = 50
    order.pace.laterLooks = 0
    var dialogue = Dialogue(Dialogue.snapshot(isBound: true), order)
    dialogue.look(track: Dialogue.before, unsent: Dialogue.unsent)
    dialogue.answer(balance(100))
    dialogue.answer(
      .failed(.transport(TransportError(.cut, sent: .whole, "The connection was cut"))))
    dialogue.answer(.waited)
    dialogue.look(Dialogue.after, track: Dialogue.before, unsent: Dialogue.unsent)
    dialogue.answer(balance(100))
    #expect(dialogue.planner.snapshot.intents.map(\.intent.state) == [.inDoubt])
    dialogue.expect("partial")
  }

  @Test func theLimitHoldsOverTheWholeRun() {
    var order = SyncOrder()
    order.spend = 120
    let intents = (1...3).map { Dialogue.record(.message, .say, number: $0) }
    var dialogue = Dialogue(Dialogue.snapshot(intents), order)
    dialogue.look()
    dialogue.answer(balance(500))
    dialogue.answer(.replied(Reply(text: "One.")))
    dialogue.answer(balance(450))
    dialogue.look(Dialogue.after)
    dialogue.answer(.replied(Reply(text: "Two.")))
    dialogue.answer(balance(400))
    dialogue.look(Dialogue.before)
    dialogue.expect("partial")
    #expect(dialogue.outcome?.failures.map(\.reason) == [.spending])
    #expect(dialogue.outcome?.charged == 100)
  }

  @Test func whatWasAskedForByNameGoesBeforeAPushOfTheSyncs() {
    var order = SyncOrder()
    order.spend = 60
    var dialogue = Dialogue(
      Dialogue.snapshot([Dialogue.record(.message, .say)], isBound: true), order)
    dialogue.look(track: Dialogue.before, unsent: Dialogue.unsent)
    dialogue.answer(balance(500))
    dialogue.expect("send")
    #expect(dialogue.state(Dialogue.record(.message).intent.id) == .sending)
  }

  @Test func aPreviewNamesWhatWouldBeSent() {
    var upload = Dialogue.record(.upload, number: 2)
    upload.intent.message = "talk.mp4"
    let items = SyncPlanner.preview(
      Dialogue.snapshot([Dialogue.record(.message, .generate), upload], session: nil),
      unsent: Dialogue.unsent)
    #expect(items.map(\.kind) == [.session, .push, .message, .upload])
    #expect(items.map(\.estimate) == [0, 50, 100, 0])
  }
}
