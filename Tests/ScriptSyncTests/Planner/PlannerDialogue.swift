import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync
import Testing

/// A planner spoken to outcome by outcome, with a store of a few lines behind it.
struct PlannerDialogue {
  static let project = Project(
    id: Identifier(high: 1, low: 1), name: "Documentary", language: "en")
  static let session = BackendSession(
    id: Identifier(high: 2, low: 1), projectID: project.id, sessionID: "s", taskID: "t")
  static let script: Script.ID = Identifier(high: 3, low: 1)
  static let before = [UInt8](repeating: 1, count: 32)
  static let after = [UInt8](repeating: 2, count: 32)
  static let sent = [UInt8](repeating: 3, count: 32)

  private(set) var planner: SyncPlanner
  private(set) var step: SyncStep
  private(set) var steps: [String] = []
  private var made: UInt64 = 0

  init(_ snapshot: ProjectSnapshot, _ order: SyncOrder = SyncOrder()) {
    planner = SyncPlanner(snapshot, order: order)
    step = planner.next(after: .begun)
    steps = [Self.name(step)]
    storeCommits()
  }

  /// Answers the last step; commits that follow are stored at once.
  mutating func answer(_ outcome: SyncOutcome) {
    proceed(outcome)
    storeCommits()
  }

  /// Answers the last step while the person wants the sync to end.
  mutating func answerInterrupted(_ outcome: SyncOutcome) {
    isInterrupted = true
    answer(outcome)
  }

  private var isInterrupted = false

  private mutating func proceed(_ outcome: SyncOutcome) {
    step = planner.next(after: outcome, isInterrupted: isInterrupted)
    steps.append(Self.name(step))
  }

  private mutating func storeCommits() {
    while case .commit(let commit) = step {
      proceed(.committed(store(commit)))
    }
  }

  /// Looks, sees this, and merges to this.
  mutating func look(
    _ fingerprint: [UInt8] = before, track: [UInt8]? = nil, unsent: [UnsentScript] = [],
    isFinished: Bool = false
  ) {
    expect("look")
    var look = Look(
      fingerprint: fingerprint, trackContent: track.map { ["captions": $0] } ?? [:])
    look.isFinished = isFinished
    answer(.looked(look))
    if case .integrate = step {
      answer(.integrated(Integration(snapshot: planner.snapshot, unsent: unsent)))
    }
  }

  /// Goes on to the end; what `answer` leaves open is answered as by a sound service.
  mutating func run(
    unsent: [UnsentScript] = [], answer: (SyncStep) -> SyncOutcome?
  ) -> ProjectOutcome? {
    for _ in 0..<60 {
      if let outcome { return outcome }
      self.answer(answer(step) ?? soundAnswer(unsent))
    }
    Issue.record("the sync does not end: \(steps)")
    return nil
  }

  private func soundAnswer(_ unsent: [UnsentScript]) -> SyncOutcome {
    switch step {
    case .look: return .looked(Look(fingerprint: Self.before))
    case .integrate: return .integrated(Integration(snapshot: planner.snapshot, unsent: unsent))
    case .readCredits: return .creditsRead(Credits(available: 10, frozen: 0, total: 10))
    case .obtainToken: return .tokenObtained
    case .download: return .downloaded
    default: return .waited
    }
  }

  func expect(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(Self.name(step) == name, "\(steps)", sourceLocation: sourceLocation)
  }

  var outcome: ProjectOutcome? {
    if case .finish(let outcome) = step { outcome } else { nil }
  }

  func state(_ id: Intent.ID) -> Intent.State? {
    settled[id] ?? planner.snapshot.intents.first { $0.intent.id == id }?.intent.state
  }

  private(set) var settled: [Intent.ID: Intent.State] = [:]
  private(set) var charges: [Int] = []

  private mutating func store(_ commit: SyncCommit) -> ProjectSnapshot {
    var snapshot = planner.snapshot
    switch commit {
    case .advance(let advance):
      guard let index = snapshot.intents.firstIndex(where: { $0.intent.id == advance.intentID })
      else { return snapshot }
      let state = snapshot.intents[index].intent.state
      let isAnswer = state == .streaming && advance.state == state && advance.reply != nil
      #expect(state.mayBecome(advance.state) || isAnswer)
      snapshot.intents[index].store(advance)
      let intent = snapshot.intents[index].intent
      if intent.purpose == .push, intent.state == .queued, !intent.maybeCharged {
        // It follows from script and base: one that was not sent leaves no row.
        snapshot.intents.remove(at: index)
      } else if advance.state.isSettled {
        settled[advance.intentID] = advance.state
        snapshot.intents.remove(at: index)
      }
    case .planSession:
      snapshot.intents.append(Self.record(.session, number: 90))
    case .planPush(let script, let before, let credits):
      made += 1
      var record = Self.record(.message, .push, number: 100 + made)
      record.intent.state = .sending
      record.intent.scriptID = script
      record.sessionID = Self.session.id
      record.stateBefore = before
      record.creditsBefore = credits
      record.contentHash = Self.sent
      snapshot.intents.append(record)
    case .sessionOpened(let id, _):
      snapshot.intents.removeAll { $0.intent.id == id }
      snapshot.session = Self.session
    case .uploaded(let id, _):
      settled[id] = .done
      snapshot.intents.removeAll { $0.intent.id == id }
    case .sessionExpired: snapshot.session = nil
    case .textInstead(let id):
      settled[id] = .refused
      snapshot.intents.removeAll { $0.intent.id == id }
      var record = Self.record(.message, .say, number: 80)
      record.options = IntentRecord.optionsInPlaceOfFile
      snapshot.intents.append(record)
    case .mediumGone(let id): snapshot.wantedMedia.removeAll { $0.id == id }
    case .credits(_, let charge):
      if let charge { charges.append(charge.credits) }
    }
    return snapshot
  }

  static func record(
    _ kind: Intent.Kind, _ purpose: Intent.Purpose = .none, number: UInt64 = 1,
    message: String = "Make it shorter"
  ) -> IntentRecord {
    IntentRecord(
      Intent(
        id: Identifier(high: 9, low: number), projectID: project.id, kind: kind,
        purpose: purpose, created: Milliseconds(0), message: message),
      source: "test")
  }

  static func snapshot(
    _ intents: [IntentRecord] = [], session: BackendSession? = session, isBound: Bool = false
  ) -> ProjectSnapshot {
    var standing = ScriptStanding(scriptID: script, title: "Intro", revision: 1, lineCount: 3)
    if isBound {
      standing.binding = TrackBinding(
        scriptID: script, sessionID: Self.session.id, trackKey: "captions")
    }
    return ProjectSnapshot(
      project: project, session: session, intents: intents, scripts: [standing])
  }

  static let unsent = [
    UnsentScript(scriptID: script, title: "Intro", lineCount: 2, contentHash: sent)
  ]

  /// The case's name, with a state or a pause where it has one.
  private static func name(_ step: SyncStep) -> String {
    switch step {
    case .commit(.advance(let advance)): return advance.state.rawValue
    case .commit(let commit):
      return String("\(commit)".prefix { $0 != "(" }.split(separator: ".").last ?? "")
    case .wait(let time, let reason): return "wait \(reason) \(time.rawValue)"
    case .finish(let outcome): return outcome.state.rawValue
    default: return String("\(step)".prefix { $0 != "(" })
    }
  }
}

extension IntentRecord {
  fileprivate mutating func store(_ advance: IntentAdvance) {
    intent.state = advance.state
    if advance.state == .sending {
      intent.attempts += 1
      isAnswered = false
    }
    if advance.reply != nil { isAnswered = true }
    intent.evidence = advance.evidence ?? intent.evidence
    intent.maybeCharged = advance.maybeCharged ?? intent.maybeCharged
    sessionID = advance.sessionID ?? sessionID
    stateBefore = advance.stateBefore ?? stateBefore
    creditsBefore = advance.creditsBefore ?? creditsBefore
    renderID = advance.renderID ?? renderID
    looks = advance.looks ?? looks
  }
}
