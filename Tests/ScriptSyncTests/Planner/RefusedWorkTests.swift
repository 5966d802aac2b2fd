import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync
import Testing

private typealias Dialogue = PlannerDialogue

/// What is refused is told once, for what it is, and ends nothing else.
struct RefusedWorkTests {
  @Test(
    arguments: [
      (.outOfCredits, 2001, .credits), (.refused, 422, .refused), (.scopeMissing, 403, .logIn),
    ] as [(ServiceError.Code, Int, ProjectOutcome.Failure.Reason)])
  func aRefusedPushIsToldOnceForWhatItIs(
    code: ServiceError.Code, number: Int, reason: ProjectOutcome.Failure.Reason
  ) throws {
    var order = SyncOrder()
    order.spend = 100
    var dialogue = Dialogue(Dialogue.snapshot(isBound: true), order)
    var sent = 0
    let outcome = try #require(
      dialogue.run(unsent: Dialogue.unsent) { step in
        guard case .send = step else { return nil }
        sent += 1
        return .failed(.service(ServiceError(code, number: number, detail: "no")))
      })
    #expect(sent == 1)
    #expect(outcome.failures.map(\.reason) == [reason], "\(outcome.failures)")
    #expect(outcome.state == .partial && outcome.pushed.messages == 0)
  }

  /// The look that the refused token was renewed for does not go without one.
  @Test func aTokenThatIsNotToBeHadIsToldForWhatHinderedIt() throws {
    var dialogue = Dialogue(Dialogue.snapshot(isBound: true))
    let outcome = try #require(
      dialogue.run { step in
        switch step {
        case .look: .failed(.service(ServiceError(.unauthorized, number: 1001)))
        case .obtainToken: .failed(.service(ServiceError(.rateLimited, number: 429)))
        default: nil
        }
      })
    #expect(outcome.failures.map(\.reason) == [.busy], "\(outcome.failures)")
    #expect(dialogue.steps.count { $0 == "look" } == 1, "\(dialogue.steps)")
  }

  @Test func aPushThatNeverLeftIsNoReasonToStop() throws {
    var order = SyncOrder()
    order.spend = 100
    var dialogue = Dialogue(Dialogue.snapshot(isBound: true), order)
    let outcome = try #require(
      dialogue.run(unsent: Dialogue.unsent) { step in
        guard case .send = step else { return nil }
        return .failed(
          .transport(TransportError(.fileProblem, sent: .nothing, "The file can't be read")))
      })
    #expect(outcome.failures.map(\.explanation) == ["The file can't be read."])
  }

  @Test func aDownloadFromTheServiceItselfRenewsTheToken() throws {
    var snapshot = Dialogue.snapshot()
    snapshot.wantedMedia = [
      Media(
        id: Identifier(high: 4, low: 1), projectID: Dialogue.project.id, name: "clip.mp4",
        kind: .video, origin: .generated, state: .remote, address: "/clip.mp4")
    ]
    var dialogue = Dialogue(snapshot)
    var tries = 0
    let outcome = try #require(
      dialogue.run { step in
        guard case .download = step else { return nil }
        tries += 1
        return tries == 1 ? .failed(.service(ServiceError(.unauthorized, number: 401))) : nil
      })
    #expect(dialogue.steps.suffix(4).dropLast() == ["download", "obtainToken", "download"])
    #expect(outcome.failures.isEmpty && outcome.pulledMedia == 1)
  }

  @Test(
    arguments: [
      (
        true, ServiceError(.outOfCredits, number: 2001, detail: "Insufficient credits."),
        "The credits are used up (2001). The service says: Insufficient credits.",
        "auth status"
      ),
      (
        false, ServiceError(.outOfCredits, number: 2001),
        "The credits are used up (2001).", "Top up credits"
      ),
      (
        true, ServiceError(.scopeMissing, number: 403),
        "The token lacks the scope 'write'. The service answered 403.", "intents retry"
      ),
      (
        false, ServiceError(.scopeMissing, number: 403, detail: "the scope render is missing"),
        "The token lacks the scope 'render'. The service answered 403: the scope render is missing.",
        "NEMO_TOKEN"
      ),
    ] as [(Bool, ServiceError, String, String)])
  func aRefusalSaysWhatIsWrongAndWhatToDo(
    isAnonymous: Bool, error: ServiceError, explanation: String, next: String
  ) throws {
    var order = SyncOrder()
    order.spend = 100
    order.canRenewToken = isAnonymous
    var dialogue = Dialogue(Dialogue.snapshot(isBound: true), order)
    let outcome = try #require(
      dialogue.run(unsent: Dialogue.unsent) { step in
        guard case .send = step else { return nil }
        return .failed(.service(error))
      })
    let failure = try #require(outcome.failures.first)
    #expect(failure.explanation == explanation)
    #expect(failure.next.contains(next))
  }
}
