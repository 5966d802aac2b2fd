import ScriptModel
import ScriptStore
import Testing

private func error(_ body: () throws -> Void) -> StoreError? {
  do {
    try body()
    return nil
  } catch {
    return error as? StoreError
  }
}

@Test func aMergeGivesAllLinesToOneSpeakerAndIsTakenBackWhole() throws {
  let fixture = try StoreFixture()
  let first = try fixture.script(["Anna: One", "Speaker 1: Two"], title: "First")
  let second = try fixture.script(["Speaker 1: Three"], title: "Second")
  let project = first.projectID
  let outcomes = try fixture.store.mergeSpeakers("Speaker 1", into: "Anna", in: project)
  #expect(outcomes.map(\.scriptID) == [first.id, second.id])
  #expect(try fixture.store.cast(of: project).map(\.speaker.name) == ["Anna"])
  #expect(try fixture.store.cast(of: project).map(\.lineCount) == [3])
  #expect(try fixture.store.cast(of: project, in: second.id).map(\.lineCount) == [1])
  _ = try fixture.store.undo(second.id)
  #expect(try fixture.store.cast(of: project).map(\.lineCount) == [1, 2])
  try fixture.expectHealthy()
}

@Test func aNameIsTakenOnce() throws {
  let fixture = try StoreFixture()
  let project = try fixture.script(["Anna: One", "Ben: Two"]).projectID
  let taken = error { _ = try fixture.store.renameSpeaker("Ben", to: "Anna", in: project) }
  #expect(taken?.code == .alreadyExists)
  #expect(taken?.fix?.contains("speaker merge") == true)
  #expect(
    error { _ = try fixture.store.mergeSpeakers("Ben", into: "ben", in: project) }?.code
      == .invalidValue)
  let missing = error { _ = try fixture.store.renameSpeaker("Bem", to: "X", in: project) }
  #expect(missing?.code == .notFound && missing?.fix == "Did you mean 'Ben'?")
  #expect(try fixture.store.renameSpeaker("ben", to: "BEN", in: project).count == 1)
}

@Test(arguments: ["", "  ", "a\tb", "a\nb", String(repeating: "x", count: 501)])
func unusableNamesAreRefused(name: String) throws {
  let fixture = try StoreFixture()
  let script = try fixture.script(["Anna: One"])
  #expect(error { _ = try fixture.store.createProject(named: name) }?.code == .invalidValue)
  #expect(error { _ = try fixture.store.createScript(titled: name) }?.code == .invalidValue)
  #expect(
    error { _ = try fixture.store.renameSpeaker("Anna", to: name, in: script.projectID) }?.code
      == .invalidValue)
  #expect(try fixture.store.createScript(titled: " a/b ").title == "a/b")
}

@Test func thingsAreFoundByIdPrefixAndName() throws {
  let fixture = try StoreFixture()
  let script = try fixture.script(["Anna: One"], title: "Interview")
  _ = try fixture.script(["Ben: Two"], title: "Twin")
  _ = try fixture.script(["Ben: Two"], title: "Twin")
  let store = fixture.store
  #expect(try store.script(matching: script.id.description).id == script.id)
  #expect(try store.script(matching: String(script.id.description.dropLast(2))).id == script.id)
  #expect(try store.script(matching: "interview").id == script.id)
  let ambiguous = error { _ = try store.script(matching: "Twin") }
  #expect(ambiguous?.code == .ambiguous && ambiguous?.description.contains("2 scripts") == true)
  let near = error { _ = try store.script(matching: "Intervew") }
  #expect(near?.code == .notFound && near?.fix == "Did you mean 'Interview'?")
  #expect(error { _ = try store.script(matching: "zzz") }?.fix == "'offbook list' lists them.")
  #expect(try store.project(matching: "scripts").name == "Scripts")
  #expect(error { _ = try store.createProject(named: "Scripts") }?.code == .alreadyExists)
}
