import ScriptModel
import ScriptStore
import Testing

/// What undo, redo and restore do where other scripts of the project went on meanwhile.
@Suite struct SharedHistory {
  private let fixture: StoreFixture
  private let store: WorkspaceStore

  init() throws {
    fixture = try StoreFixture()
    store = fixture.store
  }

  private func names(_ id: Script.ID) throws -> [String?] {
    let script = try store.script(id)
    return script.lines.map { line in
      script.speakers.first { $0.id == line.speaker }?.name
    }
  }

  private func cast(_ project: Project.ID) throws -> [String] {
    try store.cast(of: project).map(\.speaker.name).sorted()
  }

  @Test func aSpeakerWhomARestoreBringsBackIsInTheCast() throws {
    let script = try fixture.script(["Anna: One"])
    _ = try store.addLine(to: script.id, text: "Two", speaker: "Zora")
    _ = try store.undo(script.id)
    #expect(try cast(script.projectID) == ["Anna"])
    _ = try store.restore(script.id, to: 2)
    #expect(try cast(script.projectID) == ["Anna", "Zora"])
    try fixture.expectHealthy()
    _ = try store.undo(script.id)
    #expect(try cast(script.projectID) == ["Anna"])
    _ = try store.redo(script.id)
    #expect(try names(script.id) == ["Anna", "Zora"])
    try fixture.expectHealthy()
  }

  @Test func aRedoGivesItsLinesToWhoHasTheNameNow() throws {
    let first = try fixture.script(["Anna: One"], title: "First")
    let second = try fixture.script(["Anna: Two"], title: "Second")
    _ = try store.addLine(to: first.id, text: "Three", speaker: "Zora")
    _ = try store.undo(first.id)
    _ = try store.addLine(to: second.id, text: "Four", speaker: "Zora")
    _ = try store.redo(first.id)
    #expect(try names(first.id) == ["Anna", "Zora"])
    #expect(try store.cast(of: first.projectID).map(\.lineCount) == [2, 2])
    try fixture.expectHealthy()
  }

  @Test func linesThatComeBackFollowTheMergeOfTheirSpeaker() throws {
    let first = try fixture.script(["Anna: One", "Ben: Two"], title: "First")
    let second = try fixture.script(["Ben: Three"], title: "Second")
    _ = try store.deleteLines([try fixture.ids(first.id)[1]], in: first.id)
    let third = try fixture.script(["Ben: Four"], title: "Third")
    _ = try store.deleteScript(third.id)
    _ = try store.mergeSpeakers("Ben", into: "Anna", in: first.projectID)
    _ = try store.undo(first.id)
    _ = try store.undo(third.id)
    #expect(try names(first.id) == ["Anna", "Anna"])
    #expect(try names(third.id) == ["Anna"])
    #expect(try names(second.id) == ["Anna"])
    #expect(try cast(first.projectID) == ["Anna"])
    try fixture.expectHealthy()
  }

  @Test func aRestoreTurnsAnExchangeOfNamesBack() throws {
    let script = try fixture.script(["Anna: One", "Ben: Two"])
    let other = try fixture.script(["Ben: Three"], title: "Other")
    for (name, new) in [("Anna", "X"), ("Ben", "Anna"), ("X", "Ben")] {
      _ = try store.renameSpeaker(name, to: new, in: script.projectID)
    }
    #expect(try names(script.id) == ["Ben", "Anna"])
    _ = try store.restore(script.id, to: 1)
    #expect(try names(script.id) == ["Anna", "Ben"])
    #expect(try names(other.id) == ["Ben"])
    _ = try store.undo(other.id)
    #expect(try names(script.id) == ["Ben", "Anna"])
    _ = try store.redo(script.id)
    #expect(try names(script.id) == ["Anna", "Ben"])
    try fixture.expectHealthy()
  }

  /// A restore changes words and a shared name in one revision; then the words are edited again.
  @Test func anUndoThroughAnotherScriptLeavesLaterWordsAlone() throws {
    let first = try fixture.script(["Anna: One two three"], title: "First")
    let second = try fixture.script(["Anna: Four"], title: "Second")
    let line = try fixture.ids(first.id)[0]
    _ = try store.setLine(line, in: first.id, text: "One three")
    _ = try store.renameSpeaker("Anna", to: "Ben", in: first.projectID)
    _ = try store.restore(first.id, to: 1)
    _ = try store.setLine(line, in: first.id, text: "Sieben ü")
    _ = try store.undo(second.id)
    #expect(try fixture.texts(first.id) == ["Sieben ü"])
    #expect(try names(first.id) == ["Ben"])
    #expect(try names(second.id) == ["Ben"])
    _ = try store.undo(first.id)
    #expect(try fixture.texts(first.id) == ["One two three"])
    try fixture.expectHealthy()
  }
}
