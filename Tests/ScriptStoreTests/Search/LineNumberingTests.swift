import ScriptModel
import ScriptStore
import Testing

/// A script long enough that an untouched import is numbered by its rows.
private let count = 10_050

@Test func hitsOfALongScriptHaveTheirNumbersWhateverWasDoneToIt() throws {
  let fixture = try StoreFixture()
  _ = try fixture.script((1...30).map { "before \($0)" }, title: "First")
  let marked = [1, 2, 5000, 9999, count]
  let script = try fixture.script(
    (1...count).map { marked.contains($0) ? "needle \($0)" : "hay \($0)" }, title: "Long")
  func numbers() throws -> [Int] { try fixture.store.search("needle").map(\.number).sorted() }
  #expect(try numbers() == marked)

  let ids = try fixture.ids(script.id)
  _ = try fixture.store.setLine(ids[6], in: script.id, text: "needle too")
  #expect(try numbers() == [1, 2, 7, 5000, 9999, count])

  _ = try fixture.store.moveLines([ids[4999]], in: script.id, after: ids[0])
  #expect(try numbers() == [1, 2, 3, 8, 9999, count])

  _ = try fixture.store.deleteLines([ids[2]], in: script.id)
  #expect(try numbers() == [1, 2, 3, 7, 9998, count - 1])
}
