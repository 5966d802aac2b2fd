import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync
import Testing

/// Looks that show what was merged last, of which nothing was read.
@Suite struct UnchangedState {
  private typealias Dialogue = PlannerDialogue

  @Test func aSyncEndsWithThatLook() {
    var dialogue = Dialogue(Dialogue.snapshot(isBound: true))
    dialogue.expect("look")
    dialogue.answer(.unchanged([]))
    dialogue.expect("synced")
  }

  @Test func conflictsThatWaitAreTold() {
    let conflict = Conflict(
      id: Identifier(high: 4, low: 1), scriptID: Dialogue.script,
      lineID: Identifier(high: 5, low: 1), field: .text, base: "a", ours: "b", theirs: "c",
      state: .open)
    var dialogue = Dialogue(Dialogue.snapshot(isBound: true))
    dialogue.answer(.unchanged([conflict]))
    #expect(dialogue.outcome?.state == .conflicts)
    #expect(dialogue.outcome?.conflicts == [conflict])
  }

  /// A commit in the middle of a sync brings what another process recorded meanwhile.
  @Test func whatIsAskedForMeanwhileGoesAfterALookThatIsRead() {
    var snapshot = Dialogue.snapshot(isBound: true)
    snapshot.wantedMedia = [
      Media(
        id: Identifier(high: 6, low: 1), projectID: Dialogue.project.id, name: "video",
        kind: .video, origin: .generated, state: .remote)
    ]
    var planner = SyncPlanner(snapshot, order: SyncOrder())
    guard case .look = planner.next(after: .begun),
      case .download = planner.next(after: .unchanged([])),
      case .commit(.mediumGone) = planner.next(
        after: .failed(.service(ServiceError(.notFound, number: 404))))
    else {
      Issue.record("another course than was expected")
      return
    }
    snapshot.wantedMedia = []
    snapshot.intents = [Dialogue.record(.message, .say)]
    guard case .look = planner.next(after: .committed(snapshot)) else {
      Issue.record("a message goes by a look that was not read")
      return
    }
    guard case .integrate = planner.next(after: .looked(Look(fingerprint: Dialogue.before))) else {
      Issue.record("what the look read is not merged")
      return
    }
  }
}
