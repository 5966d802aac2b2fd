import ScriptModel
import ScriptStore
import TestSupport
import Testing

@Test(arguments: Intent.State.allCases, Intent.State.allCases)
func onlyTheArrowsOfTheModelAreDrawn(from: Intent.State, to: Intent.State) throws {
  let fixture = try StoreFixture()
  let project = try fixture.project()
  try fixture.openSession(of: project)
  let id = try fixture.message(in: project, at: from)
  let before = try fixture.store.intentRecord(id)
  let refusal = fixture.code {
    _ = try fixture.store.advance(IntentAdvance(id, to: to, evidence: "New"))
  }
  let stays = from == to && (from == .queued || from == .inDoubt)
  if stays || from.mayBecome(to) {
    #expect(refusal == nil)
    #expect(try fixture.store.intentRecord(id).intent.state == to)
    #expect(try fixture.store.intentRecord(id).intent.evidence == "New")
  } else {
    #expect(refusal == .conflict)
    #expect(try fixture.store.intentRecord(id) == before)
  }
  try fixture.expectHealthy()
}

@Test func whatIsSentIsStoredBeforeAndForgottenOnlyWithProof() throws {
  let fixture = try StoreFixture()
  let project = try fixture.project()
  let session = try fixture.openSession(of: project)
  let seen = try fixture.store.keepObservation([1, 2, 3], of: session)
  let id = try fixture.message(in: project)
  var advance = IntentAdvance(id, to: .sending)
  advance.stateBefore = [UInt8](repeating: 7, count: 32)
  advance.creditsBefore = 90
  let sent = try #require(try fixture.store.advance(advance).intents.first)
  #expect(sent.intent.attempts == 1)
  #expect(sent.sessionID == session)
  #expect(sent.stateBefore == advance.stateBefore)
  #expect(sent.creditsBefore == 90)
  // What was seen before it stays until its outcome is known, whatever is seen after it.
  _ = try fixture.store.keepObservation([4], of: session)
  #expect(try fixture.store.observation(before: id) == [1, 2, 3])
  var doubt = IntentAdvance(id, to: .inDoubt, evidence: "The connection was cut.")
  doubt.maybeCharged = true
  _ = try fixture.store.advance(doubt)
  doubt.looks = 2
  doubt.evidence = nil
  doubt.maybeCharged = nil
  let looked = try #require(try fixture.again().advance(doubt).intents.first)
  #expect(looked.looks == 2)
  #expect(looked.intent.evidence == "The connection was cut.")
  #expect(looked.intent.maybeCharged)
  #expect(looked.stateBefore == advance.stateBefore)
  let queued = try #require(
    try fixture.store.advance(IntentAdvance(id, to: .queued)).intents.first)
  #expect(queued.stateBefore == nil && queued.sessionID == nil && queued.looks == 0)
  #expect(try fixture.store.observation(seen) == nil)
  _ = try fixture.store.advance(IntentAdvance(id, to: .sending))
  #expect(try fixture.store.intentRecord(id).intent.attempts == 2)
  try fixture.expectHealthy()
}

@Test func whatComesWithAnArrowIsStoredWithIt() throws {
  let fixture = try StoreFixture()
  let project = try fixture.project()
  try fixture.openSession(of: project)
  let id = try fixture.message("Shorter", in: project)
  _ = try fixture.store.advance(IntentAdvance(id, to: .sending))
  var done = IntentAdvance(id, to: .done)
  done.reply = "Done."
  done.conversation = [.person, .agent].map { role in
    ConversationEntry(
      projectID: project, intentID: nil, role: role, text: role.rawValue, date: Milliseconds(0))
  }
  done.charge = Charge(
    projectID: project, intentID: id, credits: 12, isEstimate: true, date: Milliseconds(0))
  let snapshot = try fixture.store.advance(done)
  #expect(snapshot.intents.isEmpty)
  #expect(try fixture.store.reply(to: id) == "Done.")
  let entries = try fixture.store.conversation(of: project)
  #expect(entries.map(\.text) == ["person", "agent"])
  #expect(entries.allSatisfy { $0.intentID == id && $0.date > Milliseconds(1_700_000_000_000) })
  let charges = try fixture.store.charges(of: project)
  #expect(charges.map(\.credits) == [12])
  #expect(charges.map(\.what) == ["Shorter"])
  #expect(charges[0].intentID == id && charges[0].isEstimate)
  // A refused arrow leaves nothing of what came with it.
  #expect(fixture.code { _ = try fixture.store.advance(done) } == .conflict)
  #expect(try fixture.store.charges(of: nil).count == 1)
  #expect(try fixture.store.conversation(of: project).count == 2)
}

@Test func ofManyWhoSendAnIntentExactlyOneDoes() async throws {
  let fixture = try StoreFixture()
  let project = try fixture.project()
  try fixture.openSession(of: project)
  let folder = fixture.store.folder
  for _ in 0..<5 {
    let id = try fixture.message(in: project)
    let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
      for racer in 0..<4 {
        group.addTask {
          let store = try WorkspaceStore.open(
            at: folder, environment: StoreFixture.environment(seed: UInt64(50 + racer)))
          do throws(StoreError) {
            _ = try store.advance(IntentAdvance(id, to: .sending))
            return true
          } catch {
            #expect(error.code == .conflict)
            return false
          }
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(winners == 1)
    #expect(try fixture.store.intentRecord(id).intent.attempts == 1)
  }
}

@Test func aFullDiskLeavesAnIntentUnsent() throws {
  let fixture = try StoreFixture()
  let project = try fixture.project()
  try fixture.openSession(of: project)
  let id = try fixture.message(in: project)
  var advance = IntentAdvance(id, to: .sending)
  advance.conversation = [
    ConversationEntry(
      projectID: project, intentID: id, role: .person, text: String(repeating: "x", count: 1 << 22),
      date: Milliseconds(0))
  ]
  try fixture.store.limitPages(to: 200)
  #expect(fixture.code { _ = try fixture.store.advance(advance) } == .diskFull)
  #expect(try fixture.store.intentRecord(id).intent.state == .queued)
  #expect(try fixture.store.intentRecord(id).intent.attempts == 0)
  try fixture.store.limitPages(to: 1_000_000)
  try fixture.expectHealthy()
}

@Test func intentsAreRecordedAllOrNone() throws {
  let fixture = try StoreFixture()
  let project = try fixture.project()
  let good = IntentRequest(.message, in: project, message: "One", source: "s")
  var bad = good
  bad.scriptID = try fixture.script(["One"]).id
  #expect(fixture.code { _ = try fixture.store.record([good, bad]) } == .invalidValue)
  #expect(try fixture.store.intents(of: nil, includingSettled: true).isEmpty)
  var second = good
  second.message = "Two"
  let made = try fixture.store.record([good, second])
  #expect(made.map(\.message) == ["One", "Two"])
  #expect(try fixture.store.intents(of: project, includingSettled: false) == made)
  #expect(try fixture.store.snapshot(of: project).intents.map(\.intent) == made)
  _ = try fixture.store.advance(IntentAdvance(made[0].id, to: .abandoned))
  #expect(try fixture.store.intents(of: nil, includingSettled: false).map(\.id) == [made[1].id])
  #expect(try fixture.store.intents(of: nil, includingSettled: true).count == 2)
}

@Test func anIntentIsNamedByItsIdOrItsBeginning() throws {
  let fixture = try StoreFixture()
  let project = try fixture.project()
  let first = try fixture.message(in: project)
  #expect(try fixture.store.intent(matching: first.description).id == first)
  #expect(try fixture.store.intent(matching: String(first.description.prefix(18))).id == first)
  _ = try fixture.message(in: project)
  let ambiguous = fixture.code {
    _ = try fixture.store.intent(matching: String(first.description.prefix(6)))
  }
  #expect(ambiguous == .ambiguous)
  for reference in ["abc", "ffff", "nonsense", ""] {
    #expect(fixture.code { _ = try fixture.store.intent(matching: reference) } == .notFound)
  }
}

@Test func aPushThatWasNotSentLeavesNothing() throws {
  let fixture = try StoreFixture()
  let script = try fixture.script(["Anna: One"])
  let hash = [UInt8](repeating: 9, count: 32)
  func plan() throws -> ProjectSnapshot {
    try fixture.store.planPush(
      script.id, message: "Replace", contentHash: hash, stateBefore: nil, creditsBefore: 5,
      source: StoreFixture.source)
  }
  #expect(fixture.code { _ = try plan() } == .conflict, "there is no session")
  try fixture.openSession(of: script.projectID)
  let push = try #require(try plan().intents.first)
  #expect(push.intent.state == .sending && push.intent.attempts == 1)
  #expect(push.contentHash == hash)
  #expect(push.intent.scriptID == script.id)
  #expect(fixture.code { _ = try plan() } == .conflict, "one is on its way")
  var unsent = IntentAdvance(push.intent.id, to: .queued)
  unsent.conversation = [
    ConversationEntry(
      projectID: script.projectID, intentID: push.intent.id, role: .report, text: "Not sent",
      date: Milliseconds(0))
  ]
  #expect(try fixture.store.advance(unsent).intents.isEmpty)
  #expect(fixture.code { _ = try fixture.store.intentRecord(push.intent.id) } == .notFound)
  #expect(try fixture.store.conversation(of: script.projectID).map(\.intentID) == [nil])
  let again = try #require(try plan().intents.first)
  let done = try fixture.store.advance(IntentAdvance(again.intent.id, to: .done))
  #expect(done.intents.isEmpty)
  try fixture.expectHealthy()
}

/// A person may ask for it again by name, and what it may have been charged is on record.
@Test func aPushThatMayHaveBeenChargedStaysWhenItIsAskedForAgain() throws {
  let fixture = try StoreFixture()
  let script = try fixture.script(["One"])
  try fixture.openSession(of: script.projectID)
  func plan() throws -> ProjectSnapshot {
    try fixture.store.planPush(
      script.id, message: "Replace", contentHash: [UInt8](repeating: 9, count: 32),
      stateBefore: nil, creditsBefore: 5, source: StoreFixture.source)
  }
  let push = try #require(try plan().intents.first).intent.id
  var lost = IntentAdvance(push, to: .inDoubt)
  lost.maybeCharged = true
  _ = try fixture.store.advance(lost)
  let queued = try fixture.store.advance(IntentAdvance(push, to: .queued))
  #expect(queued.intents.map(\.intent.id) == [push])
  #expect(queued.intents.first?.intent.maybeCharged == true)
  _ = try fixture.store.advance(IntentAdvance(push, to: .abandoned))
  #expect(try plan().intents.count == 1)
  try fixture.expectHealthy()
}

@Test func nothingIsSentWithoutALiveSession() throws {
  let fixture = try StoreFixture()
  let project = try fixture.project()
  let id = try fixture.message(in: project)
  var advance = IntentAdvance(id, to: .sending)
  #expect(fixture.code { _ = try fixture.store.advance(advance) } == .conflict)
  let session = try fixture.openSession(of: project)
  advance.sessionID = try fixture.openSession(of: fixture.project("Other"))
  #expect(fixture.code { _ = try fixture.store.advance(advance) } == .conflict)
  advance.sessionID = session
  _ = try fixture.store.sessionExpired(session)
  #expect(fixture.code { _ = try fixture.store.advance(advance) } == .conflict)
  #expect(try fixture.store.intentRecord(id).intent.attempts == 0)
  try fixture.openSession(of: project)
  advance.sessionID = nil
  #expect(try fixture.store.advance(advance).intents.map(\.intent.state) == [.sending])
}

/// A crash leaves the files as they are at that moment, without the connection's memory.
@Test func everyArrowIsThereAfterACrash() throws {
  let fixture = try StoreFixture()
  let project = try fixture.project()
  try fixture.openSession(of: project)
  let id = try fixture.message(in: project)
  for state in [Intent.State.sending, .streaming, .inDoubt, .queued, .sending, .done] {
    _ = try fixture.store.advance(IntentAdvance(id, to: state))
    let copy = TemporaryFolder()
    for name in ["workspace.sqlite", "workspace.sqlite-wal"] {
      let bytes = try #require(TestFile.read(fixture.store.folder + "/" + name))
      TestFile.write(bytes, to: copy.path + "/" + name)
    }
    let survivor = try WorkspaceStore.open(at: copy.path)
    #expect(try survivor.intentRecord(id) == fixture.store.intentRecord(id))
    #expect(try survivor.health().allSatisfy { $0.problems.isEmpty })
  }
}

@Test func aTransactionThatWasCutOffIsNoArrow() throws {
  let fixture = try StoreFixture()
  let project = try fixture.project()
  try fixture.openSession(of: project)
  let id = try fixture.message(in: project)
  let log = fixture.store.folder + "/workspace.sqlite-wal"
  let before = try #require(TestFile.read(log)).count
  _ = try fixture.store.advance(IntentAdvance(id, to: .sending))
  let bytes = try #require(TestFile.read(log))
  #expect(bytes.count > before)
  for cut in [before, before + 1, (before + bytes.count) / 2, bytes.count - 1] {
    let copy = TemporaryFolder()
    let database = try #require(TestFile.read(fixture.store.folder + "/workspace.sqlite"))
    TestFile.write(database, to: copy.path + "/workspace.sqlite")
    TestFile.write(Array(bytes[..<cut]), to: copy.path + "/workspace.sqlite-wal")
    let record = try WorkspaceStore.open(at: copy.path).intentRecord(id)
    #expect(record.intent.state == .queued && record.intent.attempts == 0)
  }
}

/// What decides whether something is sent again, and words that were paid for, are on the disk first.
@Test(arguments: Intent.State.allCases)
func onlyThatAnAnswerBeganMayBeLostWithThePower(state: Intent.State) {
  let id: Intent.ID = Identifier(high: 1, low: 1)
  var advance = IntentAdvance(id, to: state)
  #expect(advance.mayFollow == (state == .streaming))
  advance.reply = ""
  #expect(!advance.mayFollow)
  advance.reply = nil
  advance.charge = Charge(
    projectID: Identifier(high: 1, low: 1), intentID: id, credits: 1, isEstimate: true,
    date: Milliseconds(0))
  #expect(!advance.mayFollow)
}
