import ScriptModel
import ScriptStore
import Testing

/// Prints how long it takes, for a person who runs it with optimisation.
@Test func aSnapshotOfManyScriptsIsWholeAndInOrder() throws {
  let fixture = try StoreFixture()
  let project = try fixture.project()
  let session = try fixture.openSession(of: project)
  let count = 1000
  var ids: [Script.ID] = []
  for number in 0..<count {
    ids.append(try fixture.store.createScript(titled: "Script \(number)", in: project).id)
  }
  for id in ids.prefix(count / 2) {
    try fixture.store.bind(id, trackKey: id.description, session: session)
  }
  let clock = ContinuousClock()
  var snapshot = try fixture.store.snapshot(of: project)
  let time = try clock.measure { snapshot = try fixture.store.snapshot(of: project) }
  print("aSnapshotOfManyScriptsIsWholeAndInOrder: \(count) scripts in \(time)")
  #expect(snapshot.scripts.map(\.scriptID) == ids)
  #expect(snapshot.scripts.count { $0.binding != nil } == count / 2)
  #expect(snapshot.scripts.first?.binding?.trackKey == ids.first?.description)
}
