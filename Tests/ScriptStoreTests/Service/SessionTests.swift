import ScriptModel
import ScriptStore
import Testing

@Test func aProjectHasOneLiveSession() throws {
  let fixture = try StoreFixture()
  let project = try fixture.project()
  #expect(try fixture.store.snapshot(of: project).session == nil)
  let planned = try fixture.store.planSession(of: project, source: "s")
  #expect(try fixture.store.planSession(of: project, source: "s") == planned, "one is planned")
  let intent = try #require(planned.intents.first).intent.id
  #expect(
    fixture.code {
      _ = try fixture.store.sessionOpened(intent, sessionID: "1", taskID: "2", userID: nil)
    } == .conflict, "it was not sent")
  _ = try fixture.store.advance(IntentAdvance(intent, to: .sending))
  let opened = try fixture.store.sessionOpened(
    intent, sessionID: "7301234567890123456", taskID: "2", userID: "u")
  #expect(opened.session?.sessionID == "7301234567890123456")
  #expect(opened.session?.userID == "u")
  #expect(opened.session?.isLive == true)
  #expect(try fixture.store.planSession(of: project, source: "s").intents.isEmpty)
  let second = IntentRequest(.session, in: project, message: "again", source: "s")
  let late = try #require(try fixture.store.record([second]).first).id
  _ = try fixture.store.advance(IntentAdvance(late, to: .sending))
  #expect(
    fixture.code {
      _ = try fixture.store.sessionOpened(late, sessionID: "9", taskID: "9", userID: nil)
    } == .conflict)
  #expect(try fixture.store.intentRecord(late).intent.state == .sending, "nothing of it is kept")
  try fixture.expectHealthy()
}

@Test func anExpiredSessionLosesNothingLocal() throws {
  let fixture = try StoreFixture()
  let store = fixture.store
  let script = try fixture.script(["Anna: One"])
  let project = script.projectID
  let session = try fixture.openSession(of: project)
  let uploaded = try fixture.upload("/nowhere/clip.mp4", in: project)
  _ = try store.advance(IntentAdvance(uploaded, to: .sending))
  _ = try store.uploaded(uploaded, serviceName: "clip.mp4", address: "https://c/1", hash: "h")
  #expect(try store.media(of: project).map(\.origin) == [.uploaded])
  let doubtful = try fixture.upload("/nowhere/other.mp4", in: project)
  for state in [Intent.State.sending, .inDoubt] {
    _ = try store.advance(IntentAdvance(doubtful, to: state))
  }
  let seen = try store.keepObservation([1, 2], of: session)
  let said = try fixture.message(in: project, at: .inDoubt)
  let waiting = try fixture.message("Later", in: project)
  _ = try store.pull(
    into: script.id, trackKey: "t", session: session, observation: seen, message: "Sync"
  ) { _ in PullResult(transformation: nil, base: [9], agrees: true) }
  let pushed = try store.planPush(
    script.id, message: "Replace", contentHash: [UInt8](repeating: 1, count: 32), stateBefore: nil,
    creditsBefore: nil, source: "s")
  let push = try #require(pushed.intents.last).intent.id
  _ = try store.advance(IntentAdvance(push, to: .inDoubt))

  let after = try store.sessionExpired(session)
  #expect(after.session == nil)
  let binding = try #require(after.scripts.first?.binding)
  #expect(binding.observationHash == nil && binding.agreedRevision == nil, "nothing is agreed on")
  #expect(try store.summary(of: script.id).syncState == .edited, "it is to go to the next session")
  #expect(try store.media(of: project).map(\.origin) == [.local, .local])
  let uploads = after.intents.filter { $0.intent.kind == .upload }
  #expect(uploads.map(\.intent.state) == [.queued, .queued])
  #expect(Set(uploads.map(\.intent.mediaID)).count == 2)
  #expect(try store.intentRecord(uploaded).intent.state == .done, "history stays")
  let doubt = try store.intentRecord(said)
  #expect(doubt.intent.state == .inDoubt && doubt.intent.evidence.contains("expired"))
  #expect(try store.intentRecord(push).intent.state == .abandoned)
  #expect(try store.intentRecord(waiting).intent.state == .queued)
  #expect(try store.observation(seen) != nil, "the message in doubt was sent after it")
  try fixture.expectHealthy()

  #expect(try store.sessionExpired(session) == after, "once is enough")
  #expect(fixture.code { _ = try store.keepObservation([3], of: session) } == .conflict)
  #expect(
    fixture.code { try store.bind(script.id, trackKey: "t", session: session) } == .conflict)
  let next = try fixture.openSession(of: project)
  #expect(next != session)
  _ = try store.advance(IntentAdvance(said, to: .abandoned))
  #expect(try store.observation(seen) == nil)
  try fixture.expectHealthy()
}

@Test func aStateIsKeptAsLongAsSomethingNamesIt() throws {
  let fixture = try StoreFixture()
  let store = fixture.store
  let script = try fixture.script(["One"])
  let session = try fixture.openSession(of: script.projectID)
  #expect(try store.lastObservation(of: session) == nil)
  let first = try store.keepObservation([1], of: session)
  #expect(first.count == 32)
  #expect(try store.keepObservation([1], of: session) == first)
  _ = try store.pull(
    into: script.id, trackKey: "t", session: session, observation: first, message: "Sync"
  ) { _ in PullResult(transformation: nil, base: [], agrees: true) }
  let second = try store.keepObservation([2], of: session)
  #expect(try store.observation(first) == [1], "a base was read from it")
  let third = try store.keepObservation([3], of: session)
  #expect(try store.observation(second) == nil)
  #expect(try store.lastObservation(of: session) == [3])
  _ = try store.pull(
    into: script.id, trackKey: "t", session: session, observation: third, message: "Sync"
  ) { _ in PullResult(transformation: nil, base: [], agrees: true) }
  #expect(try store.observation(first) == nil)
  // Another session may have been seen in the same state.
  let other = try fixture.openSession(of: fixture.project())
  _ = try store.keepObservation([3], of: other)
  _ = try store.keepObservation([4], of: other)
  #expect(try store.observation(third) == [3])
  #expect(try store.keepObservation([], of: other).count == 32)
  #expect(try store.lastObservation(of: other) == [])
  try fixture.expectHealthy()
}

@Test func aSessionRemembersThatItRefusesTextFiles() throws {
  let fixture = try StoreFixture()
  let session = try fixture.openSession(of: fixture.project())
  #expect(try !fixture.store.refusesTextFiles(session))
  try fixture.store.noteRefusedTextFile(session)
  #expect(try fixture.again().refusesTextFiles(session))
}

@Test func projectsWithWorkAreTheOnesToSync() throws {
  let fixture = try StoreFixture()
  let store = fixture.store
  _ = try fixture.project("Idle")
  let live = try fixture.project("Live")
  let waiting = try fixture.project("Waiting")
  try fixture.openSession(of: live)
  let message = try fixture.message(in: waiting)
  #expect(try store.projectsToSync() == [live, waiting])
  _ = try fixture.upload("/nowhere/a.mp4", in: live)
  _ = try fixture.message(in: live, at: .inDoubt)
  _ = try fixture.message(in: live, at: .done)
  let counts = try store.serviceCounts()
  #expect(counts.count == 2)
  #expect(counts[live] ?? (0, 0, 0, 0) == (1, 1, 0, 1))
  #expect(counts[waiting] ?? (0, 0, 0, 0) == (1, 0, 0, 0))
  _ = try store.advance(IntentAdvance(message, to: .abandoned))
  #expect(try store.projectsToSync() == [live])
}

@Test func aBalanceIsRememberedWithItsMoment() throws {
  let fixture = try StoreFixture()
  #expect(try fixture.store.lastCredits() == nil)
  for available in [90, 80] {
    try fixture.store.note(Credits(available: available, frozen: 5, total: available + 5))
  }
  let reading = try #require(try fixture.again().lastCredits())
  #expect(reading.credits == Credits(available: 80, frozen: 5, total: 85))
  #expect(reading.date > Milliseconds(1_700_000_000_000))
}

@Test func aProjectGoesOnlyWhenNothingOfItIsOut() throws {
  let fixture = try StoreFixture()
  let store = fixture.store
  let project = try fixture.project()
  let session = try fixture.openSession(of: project)
  _ = try store.keepObservation([1], of: session)
  _ = try fixture.upload("/nowhere/a.mp4", in: project)
  let message = try fixture.message(in: project, at: .inDoubt)
  #expect(fixture.code { try store.deleteProject(project) } == .conflict)
  #expect(try store.intentRecord(message).intent.state == .inDoubt)
  var given = IntentAdvance(message, to: .abandoned)
  given.charge = Charge(
    projectID: project, intentID: message, credits: 7, isEstimate: true, date: Milliseconds(0))
  _ = try store.advance(given)
  try store.deleteProject(project)
  #expect(try store.projects().isEmpty)
  #expect(try store.intents(of: nil, includingSettled: true).isEmpty)
  #expect(try store.charges(of: nil).map(\.what) == ["Make it shorter"], "the ledger outlives it")
  try fixture.expectHealthy()
}

@Test func aFileGoesToTheNewSessionOnceHoweverOftenItWentToTheOld() throws {
  let fixture = try StoreFixture()
  let project = try fixture.project()
  let session = try fixture.openSession(of: project)
  for path in ["/nowhere/a.mp4", "/nowhere/a.mp4", "/nowhere/b.mp4"] {
    let intent = try fixture.upload(path, in: project)
    _ = try fixture.store.advance(IntentAdvance(intent, to: .sending))
    _ = try fixture.store.uploaded(intent, serviceName: nil, address: nil, hash: nil)
  }
  let waiting = try fixture.upload("/nowhere/b.mp4", in: project)
  let uploads = try fixture.store.sessionExpired(session).intents
  #expect(uploads.count == 2)
  #expect(uploads.first?.intent.id == waiting)
  #expect(Set(uploads.map(\.intent.mediaID)).count == 2)
  try fixture.expectHealthy()
}
