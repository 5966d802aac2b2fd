import ScriptModel
import ScriptStore
import TestSupport
import Testing

/// A script that is bound to a track, with what a pull needs.
private struct Stage {
  let fixture: StoreFixture
  let script: ScriptSummary
  let session: BackendSession.ID
  let seen: [UInt8]

  init(_ lines: [String] = ["Anna: One", "Ben: Two"], seed: UInt64 = 1) throws {
    fixture = try StoreFixture(seed: seed)
    script = try fixture.script(lines)
    session = try fixture.openSession(of: script.projectID)
    seen = try fixture.store.keepObservation(Array("seen".utf8), of: session)
  }

  /// Merges a track whose lines are the script's with other texts.
  @discardableResult
  func pull(
    _ base: [UInt8] = [1], agrees: Bool = true, dryRun: Bool = false,
    _ edit: @escaping (inout Script) throws -> Void
  ) throws -> EditOutcome {
    try fixture.store.pull(
      into: script.id, trackKey: "captions", session: session, observation: seen,
      message: "Sync", dryRun: dryRun
    ) { state in
      var wanted = state.current
      try edit(&wanted)
      return PullResult(
        transformation: ScriptTransformation(script: wanted), base: base, agrees: agrees)
    }
  }

  func standing() throws -> ScriptStanding {
    let snapshot = try fixture.store.snapshot(of: script.projectID)
    return try #require(snapshot.scripts.first { $0.scriptID == script.id })
  }

  func state() throws -> ScriptSummary.SyncState {
    try fixture.store.summary(of: script.id).syncState
  }
}

private struct Refusal: Error {}

@Test func aPullIsOneRevisionWithItsBase() throws {
  let stage = try Stage()
  #expect(try stage.standing().binding == nil)
  #expect(try stage.state() == .local)
  let outcome = try stage.pull([5, 6]) { $0.lines[0].text = "Uno" }
  #expect(outcome.revision?.kind == .sync)
  #expect(outcome.changes.count == 1)
  #expect(try stage.fixture.texts(stage.script.id) == ["Uno", "Two"])
  let binding = try #require(try stage.standing().binding)
  #expect(binding.trackKey == "captions")
  #expect(binding.sessionID == stage.session)
  #expect(binding.observationHash == stage.seen)
  #expect(binding.agreedRevision == 2)
  #expect(try stage.state() == .synced)
  #expect(try stage.fixture.store.search("uno").count == 1)
  var base: [UInt8] = []
  _ = try stage.fixture.store.pull(
    into: stage.script.id, trackKey: "captions", session: stage.session, observation: stage.seen,
    message: "Sync"
  ) { state in
    base = state.base
    return PullResult(transformation: nil, base: [7], agrees: false)
  }
  #expect(base == [5, 6])
  #expect(try stage.fixture.store.summary(of: stage.script.id).revision == 2)
  #expect(try stage.standing().binding?.agreedRevision == nil)
  #expect(try stage.state() == .edited)
  try stage.fixture.expectHealthy()
}

@Test func aPullThatChangesNothingMakesNoRevision() throws {
  let stage = try Stage()
  let outcome = try stage.pull { _ in }
  #expect(outcome.revision == nil && outcome.changes.isEmpty)
  #expect(try stage.fixture.store.summary(of: stage.script.id).revision == 1)
  #expect(try stage.standing().binding?.agreedRevision == 1)
}

@Test func aPullThatFailsLeavesNothing() throws {
  let stage = try Stage()
  try stage.pull([1]) { $0.lines[0].text = "Uno" }
  let before = try stage.fixture.store.script(stage.script.id)
  let standing = try stage.standing()
  #expect(throws: StoreError.self) { try stage.pull([2]) { _ in throw Refusal() } }
  // A dry run does the same work and keeps nothing of it.
  let planned = try stage.pull([3], dryRun: true) { $0.lines[1].text = "Due" }
  #expect(planned.revision == nil && planned.changes.count == 1)
  #expect(
    stage.fixture.code {
      _ = try stage.fixture.store.pull(
        into: stage.script.id, trackKey: "captions", session: stage.session,
        observation: [UInt8](repeating: 0, count: 32), message: "Sync"
      ) { _ in PullResult(transformation: nil, base: [4], agrees: true) }
    } == .conflict, "a state that was never kept is no base")
  #expect(try stage.fixture.store.script(stage.script.id) == before)
  #expect(try stage.standing() == standing)
  try stage.fixture.expectHealthy()
}

@Test func anEditOrAnUndoAfterAPullIsToBeSent() throws {
  let stage = try Stage()
  try stage.pull { $0.lines[0].text = "Uno" }
  let line = try stage.fixture.ids(stage.script.id)[1]
  _ = try stage.fixture.store.setLine(line, in: stage.script.id, text: "Due")
  #expect(try stage.state() == .edited)
  _ = try stage.fixture.store.undo(stage.script.id)
  _ = try stage.fixture.store.undo(stage.script.id)
  #expect(try stage.fixture.texts(stage.script.id) == ["One", "Two"])
  #expect(try stage.state() == .edited)
  try stage.fixture.expectHealthy()
  try stage.pull { $0.lines[0].text = "Uno" }
  #expect(try stage.state() == .synced)
}

@Test(arguments: 1...8 as ClosedRange<UInt64>)
func historyAndSearchHoldOverPulls(seed: UInt64) throws {
  print("historyAndSearchHoldOverPulls: seed \(seed)")
  var random = SeededGenerator(seed: seed)
  let stage = try Stage(["Anna: One", "Ben: 天气", "Three <i>x</i>"], seed: seed)
  let store = stage.fixture.store
  let words = ["alpha", "東京", "<b>beta</b>", "naïve", "tea"]
  var states = [try store.script(stage.script.id)]
  for step in 0..<20 {
    let word = words.randomElement(using: &random) ?? ""
    let roll = Int.random(in: 0..<4, using: &random)
    let place = Int.random(in: 0..<1000, using: &random)
    try stage.pull([UInt8(step)]) { script in
      let at = place % max(1, script.lines.count)
      switch roll {
      case 0 where script.lines.count > 1: script.lines.remove(at: at)
      case 1: script.lines.append(Line(id: Line.ID(high: seed, low: UInt64(step)), text: word))
      case 2: script.lines.reverse()
      default: if script.lines.indices.contains(at) { script.lines[at].text = word + "\(step)" }
      }
    }
    let now = try store.script(stage.script.id)
    if now.revision != states.last?.revision { states.append(now) }
  }
  try stage.fixture.expectHealthy("seed \(seed)")
  for (index, state) in states.enumerated() {
    #expect(try store.script(stage.script.id, at: index + 1) == state, "seed \(seed)")
  }
  _ = try store.restore(stage.script.id, to: 1)
  #expect(try store.script(stage.script.id).content == states[0].content, "seed \(seed)")
  _ = try store.undo(stage.script.id)
  for state in states.dropLast().reversed() {
    _ = try store.undo(stage.script.id)
    #expect(try store.script(stage.script.id).content == state.content, "seed \(seed)")
  }
  try stage.fixture.expectHealthy("undone, seed \(seed)")
}

@Test func aTrackThatNoScriptHasBecomesOne() throws {
  let fixture = try StoreFixture()
  let other = try fixture.script(["Anna: Hello"], title: "Captions")
  let session = try fixture.openSession(of: other.projectID)
  let seen = try fixture.store.keepObservation([1], of: session)
  var document = ScriptDocument()
  document.append("Good morning", speaker: "Anna", start: Milliseconds(0), end: Milliseconds(900))
  func adopt(_ key: String) throws -> ScriptSummary {
    try fixture.store.adopt(
      document, title: "Captions", in: other.projectID, trackKey: key, session: session,
      observation: seen
    ) { script in Array(script.lines[0].id.description.utf8) }
  }
  let made = try adopt("t1")
  #expect(made.title == "Captions (2)")
  #expect(made.syncState == .synced)
  #expect(try fixture.store.log(of: made.id).map(\.kind) == [.sync])
  #expect(try fixture.store.cast(of: other.projectID).count == 1, "Anna is Anna")
  #expect(try fixture.store.search("morning").count == 1)
  _ = try fixture.store.pull(
    into: made.id, trackKey: "t1", session: session, observation: seen, message: "Sync"
  ) { state in
    #expect(state.base == Array(state.current.lines[0].id.description.utf8))
    return PullResult(transformation: nil, base: state.base, agrees: true)
  }
  #expect(fixture.code { _ = try adopt("t1") } == .alreadyExists)
  #expect(try fixture.store.scripts().count == 2, "what can't be bound is not made")
  // A script that a person deleted does not come back as a new one.
  _ = try fixture.store.deleteScript(made.id)
  let snapshot = try fixture.store.snapshot(of: other.projectID)
  #expect(snapshot.tracksOfDeletedScripts == ["t1"])
  #expect(snapshot.scripts.map(\.scriptID) == [other.id])
  _ = try fixture.store.undo(made.id)
  #expect(try fixture.store.snapshot(of: other.projectID).scripts.count == 2)
  try fixture.expectHealthy()
}

@Test func aScriptIsBoundToOneTrackAndATrackToOneScript() throws {
  let stage = try Stage()
  let store = stage.fixture.store
  try store.bind(stage.script.id, trackKey: "new", session: stage.session)
  let fresh = try #require(try stage.standing().binding)
  #expect(fresh.trackKey == "new" && fresh.observationHash == nil && fresh.agreedRevision == nil)
  #expect(try stage.state() == .edited)
  try stage.pull([8]) { _ in }
  let bound = try stage.standing()
  try store.bind(stage.script.id, trackKey: "captions", session: stage.session)
  #expect(try stage.standing() == bound, "the base stays")
  let second = try stage.fixture.script(["Two"], title: "Second")
  #expect(
    stage.fixture.code {
      try store.bind(second.id, trackKey: "captions", session: stage.session)
    } == .alreadyExists)
  let elsewhere = try stage.fixture.project()
  let other = try stage.fixture.openSession(of: elsewhere)
  #expect(
    stage.fixture.code { try store.bind(second.id, trackKey: "x", session: other) } == .conflict)
  try store.unbind(stage.script.id)
  #expect(try stage.state() == .local)
  try stage.fixture.expectHealthy()
}
