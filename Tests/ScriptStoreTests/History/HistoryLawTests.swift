import ScriptModel
import ScriptStore
import TestSupport
import Testing

/// Words in several scripts, with markup, so that every path of the index is walked.
private let vocabulary = [
  "well", "naïve", "<i>soft</i>", "天气很好", "东京", "안녕하세요", "ไปไหน", "🎉", "tea", "don't", "x<b>y</b>",
]

/// One random command on a script; some have nothing to do and change nothing.
private func randomCommand(
  _ store: WorkspaceStore, _ id: Script.ID, _ random: inout SeededGenerator
) throws {
  let script = try store.script(id)
  let lines = script.lines.map(\.id)
  let words = (0..<Int.random(in: 1...5, using: &random)).map { _ in
    vocabulary.randomElement(using: &random) ?? ""
  }.joined(separator: " ")
  let line = lines.randomElement(using: &random)
  switch (Int.random(in: 0..<13, using: &random), line) {
  case (0, _), (_, nil):
    _ = try store.addLine(
      to: id, after: line, text: words, speaker: ["Anna", "Ben", ""].randomElement(using: &random))
  case (1, let line?), (2, let line?): _ = try store.setLine(line, in: id, text: words)
  case (3, let line?):
    _ = try store.setLine(
      line, in: id, speaker: "Cleo", start: .some(Milliseconds(5)), end: .some(nil))
  case (4, let line?): _ = try store.deleteLines([line], in: id)
  case (5, let line?):
    if let count = script.lines.first(where: { $0.id == line })?.text.count, count > 2 {
      // A cut with nothing on one side is refused, which is no concern of this test.
      _ = try? store.splitLine(
        line, in: id, afterCharacters: Int.random(in: 1..<count, using: &random))
    }
  case (6, _):
    let first = Int.random(in: 0..<lines.count, using: &random)
    let last = min(lines.count - 1, first + 2)
    if last > first { _ = try store.joinLines(Array(lines[first...last]), in: id) }
  case (7, _), (8, _):
    let moved = lines.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random))
    let after = lines.filter { !moved.contains($0) }.randomElement(using: &random)
    _ = try store.moveLines(Array(moved), in: id, after: after)
  case (9, let line?): _ = try store.assignSpeaker("Ben", to: [line], in: id)
  case (10, _): _ = try store.retime(id, shift: Milliseconds(40), numerator: 25, denominator: 24)
  case (11, _): _ = try store.replace("e", with: "ee", in: [id])
  default:
    if let speaker = script.speakers.randomElement(using: &random) {
      let name = "Name \(Int.random(in: 0..<1_000_000, using: &random))"
      _ = try store.renameSpeaker(speaker.name, to: name, in: script.projectID)
    }
  }
}

@Test(arguments: 1...12 as ClosedRange<UInt64>)
func everyHistoryIsKeptAndTakenBackExactly(seed: UInt64) throws {
  print("everyHistoryIsKeptAndTakenBackExactly: seed \(seed)")
  var random = SeededGenerator(seed: seed)
  let fixture = try StoreFixture(seed: seed)
  let id = try fixture.script(["Anna: One two", "Ben: Three", "天气", "Anna: Four <i>five</i>"]).id
  var states = [try fixture.store.script(id)]
  for _ in 0..<40 {
    try randomCommand(fixture.store, id, &random)
    let now = try fixture.store.script(id)
    if now.revision != states.last?.revision { states.append(now) }
    #expect(now.revision == states.count)
  }
  try fixture.expectHealthy("seed \(seed)")
  for (index, state) in states.enumerated() {
    let earlier = try fixture.store.script(id, at: index + 1)
    #expect(earlier == state, "seed \(seed) revision \(index + 1)")
    // `==` of strings takes normal forms as equal; the store must not.
    #expect(zip(earlier.lines, state.lines).allSatisfy { $0.text.utf8.elementsEqual($1.text.utf8) })
  }
  for state in states.dropLast().reversed() {
    _ = try fixture.store.undo(id)
    #expect(try fixture.store.script(id).content == state.content, "seed \(seed)")
  }
  #expect(throws: StoreError.self) { try fixture.store.undo(id) }
  try fixture.expectHealthy("undone, seed \(seed)")
  for state in states.dropFirst() {
    _ = try fixture.store.redo(id)
    #expect(try fixture.store.script(id).content == state.content, "seed \(seed)")
  }
  #expect(throws: StoreError.self) { try fixture.store.redo(id) }
  try fixture.expectHealthy("redone, seed \(seed)")
}

@Test(arguments: 1...6 as ClosedRange<UInt64>)
func aDryRunChangesNothing(seed: UInt64) throws {
  let fixture = try StoreFixture(seed: seed)
  let id = try fixture.script(["Anna: One two", "Ben: Three"]).id
  let before = try fixture.store.script(id)
  let lines = before.lines.map(\.id)
  let outcomes = [
    try fixture.store.setLine(lines[0], in: id, text: "New", dryRun: true),
    try fixture.store.deleteLines(lines, in: id, dryRun: true),
    try fixture.store.splitLine(lines[0], in: id, before: "two", dryRun: true),
    try fixture.store.joinLines(lines, in: id, dryRun: true),
    try fixture.store.assignSpeaker("Zoe", to: lines, in: id, dryRun: true),
    try fixture.store.renameSpeaker("Anna", to: "Anne", in: before.projectID, dryRun: true)[0],
    try fixture.store.deleteScript(id, dryRun: true),
  ]
  #expect(outcomes.allSatisfy { $0.revision == nil })
  #expect(outcomes.dropLast().allSatisfy { !$0.changes.isEmpty })
  #expect(try fixture.store.script(id) == before)
  #expect(try fixture.store.cast(of: before.projectID).count == 2)
  try fixture.expectHealthy()
}

@Test func undoOfAnUndoIsARedo() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["One", "Two"]).id
  let line = try fixture.ids(id)[0]
  _ = try fixture.store.setLine(line, in: id, text: "A")
  _ = try fixture.store.setLine(line, in: id, text: "B")
  _ = try fixture.store.undo(id)
  _ = try fixture.store.undo(id)
  #expect(try fixture.texts(id) == ["One", "Two"])
  _ = try fixture.again().redo(id)
  #expect(try fixture.texts(id) == ["A", "Two"])
  _ = try fixture.store.setLine(line, in: id, text: "C")
  #expect(throws: StoreError.self) { try fixture.store.redo(id) }
  _ = try fixture.store.undo(id)
  #expect(try fixture.texts(id) == ["A", "Two"])
  _ = try fixture.store.undo(id)
  #expect(try fixture.texts(id) == ["One", "Two"])
}

@Test func undoBringsADeletedScriptBack() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["One"], title: "Talk").id
  _ = try fixture.store.deleteScript(id)
  #expect(try fixture.store.scripts().isEmpty)
  #expect(try fixture.store.search("one").isEmpty)
  #expect(try fixture.store.deletedScript(matching: "Talk").id == id)
  _ = try fixture.store.undo(id)
  #expect(try fixture.texts(id) == ["One"])
  #expect(try fixture.store.search("one").count == 1)
}

@Test func undoOfARenameInOneScriptTakesItBackInAll() throws {
  let fixture = try StoreFixture()
  let first = try fixture.script(["Anna: One"], title: "First")
  let second = try fixture.script(["Anna: Two", "Ben: Three"], title: "Second")
  let outcomes = try fixture.store.renameSpeaker("anna", to: "Anne", in: first.projectID)
  #expect(outcomes.map(\.scriptID) == [first.id, second.id])
  #expect(outcomes[1].changes.map(\.after?.speakerName) == ["Anne"])
  _ = try fixture.store.setLine(fixture.ids(second.id)[1], in: second.id, text: "Edited")
  _ = try fixture.store.undo(first.id)
  #expect(try fixture.store.script(second.id).speakers.map(\.name) == ["Anna", "Ben"])
  #expect(try fixture.texts(second.id) == ["Two", "Edited"])
  _ = try fixture.store.undo(second.id)
  #expect(try fixture.texts(second.id) == ["Two", "Three"])
  _ = try fixture.store.redo(first.id)
  #expect(try fixture.store.script(second.id).speakers.map(\.name) == ["Anne", "Ben"])
  try fixture.expectHealthy()
}

@Test func restoreMakesTheScriptWhatItWas() throws {
  let fixture = try StoreFixture()
  let summary = try fixture.script(["Anna: One", "Ben: Two", "Cleo: Three"])
  let id = summary.id
  let lines = try fixture.ids(id)
  _ = try fixture.store.moveLines([lines[2]], in: id, after: nil)
  _ = try fixture.store.joinLines([lines[0], lines[1]], in: id)
  _ = try fixture.store.addLine(to: id, text: "Four")
  _ = try fixture.store.mergeSpeakers("Anna", into: "Cleo", in: summary.projectID)
  _ = try fixture.store.renameSpeaker("Cleo", to: "Clea", in: summary.projectID)
  let last = try fixture.store.script(id)
  for revision in 1...last.revision {
    _ = try fixture.store.restore(id, to: revision)
    #expect(
      try fixture.store.script(id).content == fixture.store.script(id, at: revision).content,
      "revision \(revision)")
    try fixture.expectHealthy()
  }
  _ = try fixture.store.undo(id)
  #expect(throws: StoreError.self) { try fixture.store.restore(id, to: 99) }
}

@Test func blameNamesTheRevisionThatTouchedALineLast() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["One", "Two", "Three"]).id
  let lines = try fixture.ids(id)
  _ = try fixture.store.setLine(lines[1], in: id, text: "2")
  _ = try fixture.store.moveLines([lines[0]], in: id, after: lines[2])
  #expect(try fixture.store.blame(of: id).map(\.revision.sequence) == [2, 1, 3])
  _ = try fixture.store.undo(id)
  #expect(try fixture.store.blame(of: id).map(\.revision.sequence) == [4, 2, 1])
}
