import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync
import Testing

/// One project with a script that the session does not have, and what a service answers to each step.
private struct Stage {
  var snapshot: ProjectSnapshot
  var order = SyncOrder()
  var steps: [String] = []
  private let script: Script.ID
  private var identifiers = IdentifierGenerator(seed: 7)

  init() {
    let project: Project.ID = identifiers.next(at: 1)
    let session: BackendSession.ID = identifiers.next(at: 1)
    script = identifiers.next(at: 1)
    snapshot = ProjectSnapshot(
      project: Project(id: project, name: "Film", language: "en"),
      session: BackendSession(id: session, projectID: project, sessionID: "s", taskID: "t"))
    snapshot.scripts = [
      ScriptStanding(
        scriptID: script, title: "Opening", revision: 2, lineCount: 3,
        binding: TrackBinding(scriptID: script, sessionID: session, trackKey: "captions"))
    ]
    order.spend = 100
  }

  mutating func wantMedium() {
    let medium = Media(
      id: identifiers.next(at: 1), projectID: snapshot.project.id, name: "clip.mp4", kind: .video,
      origin: .generated, state: .remote, address: "/clip.mp4")
    snapshot.wantedMedia = [medium]
  }

  /// Runs a whole sync; an unsent push leaves no row, as the store has it.
  mutating func run(
    unsent isUnsent: Bool, answer: (SyncStep) -> SyncOutcome?
  ) -> ProjectOutcome? {
    let unsent = UnsentScript(
      scriptID: script, title: "Opening", lineCount: 3,
      contentHash: [UInt8](repeating: 1, count: 32))
    var planner = SyncPlanner(snapshot, order: order)
    var outcome = SyncOutcome.begun
    for _ in 0..<60 {
      let step = planner.next(after: outcome)
      if case .finish(let result) = step { return result }
      steps.append(String("\(step)".prefix { $0 != "(" }))
      if let given = answer(step) {
        outcome = given
        continue
      }
      switch step {
      case .look:
        outcome = .looked(Look(fingerprint: [UInt8](repeating: 2, count: 32)))
      case .integrate:
        outcome = .integrated(Integration(snapshot: snapshot, unsent: isUnsent ? [unsent] : []))
      case .readCredits:
        outcome = .creditsRead(Credits(available: 10, frozen: 0, total: 10))
      case .commit(let commit): outcome = store(commit)
      case .obtainToken: outcome = .tokenObtained
      case .download:
        snapshot.wantedMedia = []
        outcome = .downloaded
      default: outcome = .waited
      }
    }
    Issue.record("the sync does not end: \(steps)")
    return nil
  }

  private mutating func store(_ commit: SyncCommit) -> SyncOutcome {
    switch commit {
    case .planPush(let script, let before, let credits):
      var record = IntentRecord(
        Intent(
          id: identifiers.next(at: 2), projectID: snapshot.project.id, kind: .message,
          purpose: .push, state: .sending, created: Milliseconds(2), attempts: 1,
          message: "Replace", scriptID: script), source: "video-to-script-generator")
      record.sessionID = snapshot.session?.id
      record.stateBefore = before
      record.creditsBefore = credits
      snapshot.intents.append(record)
    case .advance(let advance):
      guard let index = snapshot.intents.firstIndex(where: { $0.intent.id == advance.intentID })
      else { return .notCommitted(StoreError(.notFound, "There is no intent with that id")) }
      if advance.state.isSettled || advance.state == .queued {
        snapshot.intents.remove(at: index)
      } else {
        snapshot.intents[index].intent.state = advance.state
      }
    default: break
    }
    return .committed(snapshot)
  }
}

/// What is refused is told once, for what it is, and ends nothing else.
struct RefusedWorkTests {
  @Test(
    arguments: [
      (.outOfCredits, 2001, .credits), (.refused, 422, .refused), (.scopeMissing, 403, .logIn),
    ] as [(ServiceError.Code, Int, ProjectOutcome.Failure.Reason)])
  func aRefusedPushIsToldOnceForWhatItIs(
    code: ServiceError.Code, number: Int, reason: ProjectOutcome.Failure.Reason
  ) throws {
    var stage = Stage()
    var sent = 0
    let outcome = try #require(
      stage.run(unsent: true) { step in
        guard case .send = step else { return nil }
        sent += 1
        return .failed(.service(ServiceError(code, number: number, detail: "no")))
      })
    #expect(sent == 1)
    #expect(outcome.failures.map(\.reason) == [reason], "\(outcome.failures)")
    #expect(outcome.state == .partial && outcome.pushed.messages == 0)
  }

  @Test func aPushThatNeverLeftIsNoReasonToStop() throws {
    var stage = Stage()
    let outcome = try #require(
      stage.run(unsent: true) { step in
        guard case .send = step else { return nil }
        return .failed(
          .transport(TransportError(.fileProblem, sent: .nothing, "The file can't be read")))
      })
    #expect(outcome.failures.map(\.explanation) == ["The file can't be read."])
  }

  @Test func aDownloadFromTheServiceItselfRenewsTheToken() throws {
    var stage = Stage()
    stage.wantMedium()
    var tries = 0
    let outcome = try #require(
      stage.run(unsent: false) { step in
        guard case .download = step else { return nil }
        tries += 1
        return tries == 1 ? .failed(.service(ServiceError(.unauthorized, number: 401))) : nil
      })
    #expect(stage.steps.suffix(3) == ["download", "obtainToken", "download"])
    #expect(outcome.failures.isEmpty && outcome.pulledMedia == 1)
  }

  @Test(
    arguments: [
      (
        true, ServiceError(.outOfCredits, number: 2001, detail: "Insufficient credits."),
        "The credits are used up. The service answered 2001: Insufficient credits.",
        "auth status"
      ),
      (
        false, ServiceError(.outOfCredits, number: 2001),
        "The credits are used up. The service answered 2001.", "Top up credits"
      ),
      (
        true, ServiceError(.scopeMissing, number: 403),
        "The token lacks the scope 'write'. The service answered 403.", "auth token"
      ),
    ] as [(Bool, ServiceError, String, String)])
  func aRefusalSaysWhatIsWrongAndWhatToDo(
    isAnonymous: Bool, error: ServiceError, explanation: String, next: String
  ) throws {
    var stage = Stage()
    stage.order.canRenewToken = isAnonymous
    let outcome = try #require(
      stage.run(unsent: true) { step in
        guard case .send = step else { return nil }
        return .failed(.service(error))
      })
    let failure = try #require(outcome.failures.first)
    #expect(failure.explanation == explanation)
    #expect(failure.next.contains(next))
  }
}
