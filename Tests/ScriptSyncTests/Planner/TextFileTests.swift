import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync
import Testing

private typealias Dialogue = PlannerDialogue

/// A text that a person attached, and that the service takes no file of.
struct TextFileTests {
  private let message: Intent.ID = Identifier(high: 9, low: 80)

  private func refused(_ name: String, _ order: SyncOrder) -> PlannerDialogue {
    var upload = Dialogue.record(.upload, number: 5, message: name)
    upload.intent.mediaID = Identifier(high: 4, low: 4)
    var dialogue = Dialogue(Dialogue.snapshot([upload]), order)
    dialogue.look()
    dialogue.expect("upload")
    dialogue.answer(.failed(.service(ServiceError(.unsupportedFile, number: 4001))))
    return dialogue
  }

  @Test func itsWordsWaitAsAMessageThatNobodyHasAllowedYet() {
    for extent in [SyncOrder.Extent.all, .intents([Dialogue.record(.upload, number: 5).intent.id])]
    {
      var order = SyncOrder()
      order.extent = extent
      var dialogue = refused("notes.TXT", order)
      if case .look = dialogue.step { dialogue.look() }
      #expect(dialogue.state(message) == .queued)
      dialogue.expect("partial")
      #expect(dialogue.outcome?.failures.map(\.reason) == [.spending])
      #expect(dialogue.outcome?.failures.first?.next.contains("--spend 50") == true)
      #expect(!dialogue.steps.contains("send"))
    }
  }

  @Test func itsWordsGoOnceTheyAreAllowed() {
    var order = SyncOrder()
    order.spend = 50
    var dialogue = refused("talk.srt", order)
    dialogue.answer(.creditsRead(Credits(available: 90, frozen: 0, total: 90)))
    if case .look = dialogue.step { dialogue.look() }
    dialogue.expect("send")
    order = SyncOrder()
    order.canAsk = true
    for isAllowed in [true, false] {
      dialogue = refused("talk.srt", order)
      dialogue.expect("ask")
      dialogue.answer(.spendingDecided(allowed: isAllowed))
      dialogue.look()
      if isAllowed {
        dialogue.answer(.creditsRead(Credits(available: 90, frozen: 0, total: 90)))
      }
      dialogue.expect(isAllowed ? "send" : "partial")
    }
  }

  @Test(arguments: ["notes.docx", "paper.pdf", "clip.mp4"])
  func anyOtherFileIsRefused(name: String) {
    var dialogue = refused(name, SyncOrder())
    if case .look = dialogue.step { dialogue.look() }
    dialogue.expect("partial")
    #expect(dialogue.outcome?.failures.map(\.reason) == [.refused])
  }

  @Test func aTextThatCanNotBeReadIsRefused() {
    var upload = Dialogue.record(.upload, number: 5, message: "notes.txt")
    upload.intent.mediaID = Identifier(high: 4, low: 4)
    var planner = SyncPlanner(Dialogue.snapshot([upload]), order: SyncOrder())
    var outcome = SyncOutcome.begun
    for _ in 0..<20 {
      let step = planner.next(after: outcome)
      var snapshot = planner.snapshot
      switch step {
      case .look: outcome = .looked(Look(fingerprint: Dialogue.before))
      case .integrate: outcome = .integrated(Integration(snapshot: snapshot))
      case .upload:
        outcome = .failed(.service(ServiceError(.unsupportedFile, number: 4001)))
      case .commit(.textInstead): outcome = .failedHere("It is not in UTF-8.")
      case .commit(.advance(let advance)):
        snapshot.intents[0].intent.state = advance.state
        if advance.state.isSettled { snapshot.intents = [] }
        outcome = .committed(snapshot)
      case .finish(let end):
        #expect(end.failures.map(\.reason) == [.refused])
        #expect(end.failures.first?.next.contains("offbook import") == true)
        return
      default: Issue.record("\(step)")
      }
    }
  }
}
