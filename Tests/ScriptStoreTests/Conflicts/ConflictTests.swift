import ScriptModel
import ScriptStore
import Testing

@Test func aConflictIsRecordedSettledAndReopened() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["One"]).id
  let line = try fixture.ids(id)[0]
  let conflict = Conflict(
    id: Conflict.ID(high: 7, low: 8), scriptID: id, lineID: line, field: .text, base: "One",
    ours: "Ours", theirs: "Theirs")
  var found = ConflictChanges()
  found.recorded = [conflict]
  _ = try fixture.store.apply(
    [.setText(line, "Ours")], conflicts: found, to: id, message: "Merge")
  #expect(try fixture.store.conflicts(of: id) == [conflict])
  #expect(try fixture.store.summary(of: id).conflictCount == 1)
  #expect(try fixture.store.conflict(matching: "00000000").id == conflict.id)
  var settled = ConflictChanges()
  settled.resolved = [conflict.id: .theirs]
  _ = try fixture.store.apply(
    [.setText(line, "Theirs")], conflicts: settled, to: id, kind: .resolve, message: "Settle")
  #expect(try fixture.store.conflicts().isEmpty)
  #expect(try fixture.store.conflicts(includingResolved: true).map(\.state) == [.resolved])
  _ = try fixture.store.undo(id)
  #expect(try fixture.store.conflicts() == [conflict])
  #expect(try fixture.texts(id) == ["Ours"])
  _ = try fixture.store.undo(id)
  #expect(try fixture.store.conflicts(includingResolved: true).isEmpty)
  _ = try fixture.store.redo(id)
  #expect(try fixture.store.conflicts() == [conflict])
  var updated = conflict
  updated.theirs = "Later"
  var later = ConflictChanges()
  later.updated = [updated]
  _ = try fixture.store.apply([], conflicts: later, to: id, message: "Merge")
  #expect(try fixture.store.conflicts() == [updated])
  _ = try fixture.store.undo(id)
  #expect(try fixture.store.conflicts() == [conflict])
  try fixture.expectHealthy()
}
