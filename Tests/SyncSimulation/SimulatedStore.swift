import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync

/// A conflict of one line.
struct LineConflict: Hashable, Sendable {
  var script: Int
  var line: Int
  var ours: Token
  var theirs: Token
}

/// What of a device survives a crash: a stand-in for `WorkspaceStore` with its rules.
struct SimulatedStore: Sendable {
  var snapshot: ProjectSnapshot
  /// The lines of each script, and what both sides last agreed on.
  var lines: [[Token]] = []
  var base: [[Token]?] = []
  var conflicts: [LineConflict] = []
  var settled: [Intent.ID: IntentRecord] = [:]
  var replies: Set<Intent.ID> = []
  var ledger: [Intent.ID: Charge] = [:]
  var conversation: [Intent.ID: Int] = [:]
  /// The service's number of the live session, and the media that it has.
  var session = -1
  var uploadedMedia: Set<Int> = []
  var knownGenerated = 0
  private(set) var recorded: UInt64 = 0
  private let device: UInt64

  init(device: UInt64) {
    self.device = device
    snapshot = ProjectSnapshot(
      project: Project(
        id: Identifier(high: 1, low: device), name: "Project", language: "en"))
  }

  static func scriptID(_ index: Int) -> Script.ID { Identifier(high: 7, low: UInt64(index)) }
  static func mediaID(_ number: Int) -> Media.ID { Identifier(high: 8, low: UInt64(number)) }

  mutating func makeID<Entity>() -> Identifier<Entity> {
    recorded += 1
    return Identifier(high: 100 + device, low: recorded)
  }

  @discardableResult
  mutating func record(
    _ kind: Intent.Kind, _ purpose: Intent.Purpose = .none, medium: Int? = nil,
    script: Int? = nil, state: Intent.State = .queued
  ) -> Intent.ID {
    let id: Intent.ID = makeID()
    var intent = Intent(
      id: id, projectID: snapshot.project.id, kind: kind, purpose: purpose, state: state,
      created: Milliseconds(0),
      message: kind == .upload && medium == 3 ? "notes.txt" : "words")
    intent.mediaID = medium.map(Self.mediaID)
    intent.scriptID = script.map(Self.scriptID)
    snapshot.intents.append(IntentRecord(intent, source: "test"))
    return id
  }

  func record(_ id: Intent.ID) -> IntentRecord? {
    snapshot.intents.first { $0.intent.id == id } ?? settled[id]
  }

  /// The last push of a script, where it was answered, said the same, and left the track as it was.
  func pushInVain(_ script: Script.ID, content: [UInt8], track: [UInt8]) -> Intent.ID? {
    let pushes = settled.values.filter {
      $0.intent.purpose == .push && $0.intent.scriptID == script && $0.stateBefore != nil
    }
    guard let last = pushes.max(by: { $0.intent.id.low < $1.intent.id.low }),
      last.intent.state == .done, last.sessionID == snapshot.session?.id,
      last.contentHash == content, last.stateBefore == track
    else { return nil }
    return last.intent.id
  }

  /// Has a script sent again that the session did not take: a wish by name, under a new id.
  mutating func pushAnew(_ script: Script.ID) -> Intent.ID? {
    let isOnItsWay = snapshot.intents.contains {
      $0.intent.purpose == .push && $0.intent.scriptID == script
    }
    if isOnItsWay { return nil }
    let id = record(.message, .push, script: Int(script.low))
    snapshot.intents[snapshot.intents.count - 1].intent.maybeCharged = true
    return id
  }

  /// Draws an arrow; `false` where it is not allowed.
  mutating func advance(_ advance: IntentAdvance) -> Bool {
    guard let index = snapshot.intents.firstIndex(where: { $0.intent.id == advance.intentID })
    else { return false }
    let state = snapshot.intents[index].intent.state
    let isAnswer = state == .streaming && advance.state == state && advance.reply != nil
    guard state.mayBecome(advance.state) || isAnswer else { return false }
    snapshot.intents[index].take(advance)
    if advance.reply != nil { replies.insert(advance.intentID) }
    if let charge = advance.charge { ledger[advance.intentID] = charge }
    conversation[advance.intentID, default: 0] += advance.conversation.count
    if advance.state.isSettled {
      settled[advance.intentID] = snapshot.intents.remove(at: index)
    }
    return true
  }

  /// Carries a commit out; `false` where an arrow is not allowed.
  mutating func commit(_ commit: SyncCommit) -> Bool {
    switch commit {
    case .advance(let advance): return self.advance(advance)
    case .planSession:
      if !snapshot.intents.contains(where: { $0.intent.kind == .session }) { record(.session) }
    case .planPush(let script, let before, let credits):
      let index = Int(script.low)
      let id = record(.message, .push, script: index, state: .sending)
      let place = snapshot.intents.count - 1
      precondition(snapshot.intents[place].intent.id == id)
      snapshot.intents[place].intent.attempts = 1
      snapshot.intents[place].sessionID = snapshot.session?.id
      snapshot.intents[place].stateBefore = before
      snapshot.intents[place].creditsBefore = credits
      snapshot.intents[place].contentHash = SimulatedSession.contentHash(lines[index])
    case .sessionOpened(let id, let grant):
      guard advance(IntentAdvance(id, to: .done)) else { return false }
      session = Int(grant.sessionID) ?? -1
      snapshot.session = BackendSession(
        id: makeID(), projectID: snapshot.project.id, sessionID: grant.sessionID,
        taskID: grant.taskID)
      bindScripts()
    case .uploaded(let id, _):
      let medium = record(id)?.intent.mediaID
      guard advance(IntentAdvance(id, to: .done)) else { return false }
      if let medium { uploadedMedia.insert(Int(medium.low)) }
    case .sessionExpired: expire()
    case .textInstead(let id):
      guard advance(IntentAdvance(id, to: .refused, evidence: "no texts")) else { return false }
      record(.message, .say)
      snapshot.intents[snapshot.intents.count - 1].options = IntentRecord.optionsInPlaceOfFile
    case .mediumGone(let id): snapshot.wantedMedia.removeAll { $0.id == id }
    case .credits(_, let charge):
      if let charge { ledger[charge.intentID] = charge }
    }
    return true
  }

  private mutating func expire() {
    snapshot.session = nil
    session = -1
    for medium in uploadedMedia.sorted() { record(.upload, medium: medium) }
    uploadedMedia = []
    knownGenerated = 0
    for index in base.indices { base[index] = nil }
  }

  private mutating func bindScripts() {
    for index in snapshot.scripts.indices { bind(index) }
  }

  mutating func bind(_ index: Int) {
    guard let session = snapshot.session else { return }
    snapshot.scripts[index].binding = TrackBinding(
      scriptID: Self.scriptID(index), sessionID: session.id, trackKey: Self.trackKeys[index])
  }

  mutating func addScript(_ tokens: [Token], base: [Token]?) {
    let index = lines.count
    lines.append(tokens)
    self.base.append(base)
    snapshot.scripts.append(
      ScriptStanding(
        scriptID: Self.scriptID(index), title: "Script", revision: 1, lineCount: tokens.count))
    bind(index)
  }

  static let trackKeys = (0..<64).map { "track \($0)" }
}

extension IntentRecord {
  mutating func take(_ advance: IntentAdvance) {
    intent.state = advance.state
    if advance.state == .sending {
      intent.attempts += 1
      isAnswered = false
      stateBefore = nil
      creditsBefore = nil
    }
    if advance.reply != nil { isAnswered = true }
    if let evidence = advance.evidence { intent.evidence = evidence }
    if let maybeCharged = advance.maybeCharged { intent.maybeCharged = maybeCharged }
    if let session = advance.sessionID { sessionID = session }
    if let before = advance.stateBefore { stateBefore = before }
    if let credits = advance.creditsBefore { creditsBefore = credits }
    if let render = advance.renderID { renderID = render }
    if let looks = advance.looks { self.looks = looks }
  }
}
