import SQLiteKit
import ScriptModel
import ScriptStore
import TestSupport
import Testing
import WorkspaceSchema

private func code(_ body: () throws -> Void) -> StoreError.Code? {
  do {
    try body()
    return nil
  } catch {
    return (error as? StoreError)?.code
  }
}

@Test func aMissingWorkspaceIsMadeOnlyWhereThatIsWanted() throws {
  let folder = TemporaryFolder()
  let path = folder.path + "/new/deep"
  #expect(code { _ = try WorkspaceStore.open(at: path, create: false) } == .notAWorkspace)
  #expect(TestFile.read(path + "/workspace.sqlite") == nil)
  _ = try WorkspaceStore.open(at: path + "/").createProject(named: "Talks")
  #expect(
    try WorkspaceStore.open(at: path, create: false).projects().map(\.project.name) == ["Talks"])
}

@Test(arguments: ["not a database, only text that goes on for a while", "SQLite format 3\u{0}"])
func aFileThatIsNoDatabaseIsLeftAsItIs(content: String) throws {
  let folder = TemporaryFolder()
  let path = folder.path + "/workspace.sqlite"
  TestFile.write(Array(content.utf8), to: path)
  let found = code { _ = try WorkspaceStore.open(at: folder.path) }
  #expect(found == .notAWorkspace || found == .damaged)
  #expect(TestFile.read(path) == Array(content.utf8))
}

@Test func aStrangersDatabaseIsLeftAsItIs() throws {
  let folder = TemporaryFolder()
  let path = folder.path + "/workspace.sqlite"
  try Connection(path: path, mode: .create).execute("CREATE TABLE recipe (name TEXT)")
  let before = TestFile.read(path)
  #expect(code { _ = try WorkspaceStore.open(at: folder.path) } == .notAWorkspace)
  #expect(TestFile.read(path) == before)
}

@Test func aFileInTheWayIsNamed() throws {
  let folder = TemporaryFolder()
  TestFile.write([], to: folder.path + "/file")
  let error = #expect(throws: StoreError.self) {
    try WorkspaceStore.open(at: folder.path + "/file/w")
  }
  #expect(error?.code == .notAWorkspace)
  #expect(error?.description.contains("/file' is not a folder") == true)
}

@Test func aNewerWorkspaceIsRefusedWithASentence() throws {
  let fixture = try StoreFixture()
  let path = fixture.store.folder + "/workspace.sqlite"
  try Connection(path: path, mode: .write).execute("PRAGMA user_version = 99")
  let error = #expect(throws: StoreError.self) { try fixture.again() }
  #expect(error?.code == .newerWorkspace)
  #expect(error?.fix == "Update offbook.")
}

@Test func aDamagedWorkspaceIsReportedAndNotTouched() throws {
  let folder = TemporaryFolder()
  do {
    let store = try WorkspaceStore.open(at: folder.path)
    for number in 0..<50 { _ = try store.createProject(named: "Project \(number)") }
  }
  let path = folder.path + "/workspace.sqlite"
  var bytes = try #require(TestFile.read(path))
  for index in 4096..<bytes.count { bytes[index] = UInt8(truncatingIfNeeded: index &* 31) }
  TestFile.write(bytes, to: path)
  let found = code {
    let store = try WorkspaceStore.open(at: folder.path)
    _ = try store.projects()
  }
  #expect(found == .damaged)
}

@Test func aWorkspaceForReadingOnlyIsReadAndRefusesWrites() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["Anna: One"]).id
  let reader = try WorkspaceStore.open(at: fixture.store.folder, writes: false)
  #expect(reader.isReadOnly)
  #expect(try reader.script(id).lines.map(\.text) == ["One"])
  #expect(try reader.search("one").count == 1)
  let checks = try reader.health()
  #expect(checks.allSatisfy { $0.problems.isEmpty })
  #expect(!checks.contains { $0.name.hasPrefix("search") }, "what can't be checked is not well")
  #expect(code { _ = try reader.undo(id) } == .readOnly)
  #expect(code { _ = try reader.createProject(named: "New") } == .readOnly)
}

@Test func aFullDiskLeavesTheWorkspaceAsItWas() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["Anna: One"]).id
  try fixture.store.limitPages(to: 120)
  let big = (0..<20_000).map { "Ben: line number \($0) with some words" }
  let found = code { _ = try fixture.script(big, title: "Big") }
  #expect(found == .diskFull)
  #expect(try fixture.store.scripts().map(\.id) == [id])
  try fixture.store.limitPages(to: 1_000_000)
  _ = try fixture.script(["Ben: Small"], title: "Small")
  try fixture.expectHealthy()
}

@Test func aWaitingWriterIsToldWhoWrites() throws {
  let fixture = try StoreFixture()
  _ = try fixture.store.createProject(named: "First")
  let other = try Connection(path: fixture.store.folder + "/workspace.sqlite", mode: .write)
  let hasty = try fixture.again(busyTimeout: 1)
  try other.write { () throws in
    let error = #expect(throws: StoreError.self) { try hasty.createProject(named: "Second") }
    #expect(error?.code == .busy)
    #expect(error?.description.contains("process ") == true)
    #expect(try hasty.projects().count == 1)
  }
  _ = try hasty.createProject(named: "Second")
}

@Test func manyWritersAtOnceLoseNothing() async throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["Anna: One"]).id
  let folder = fixture.store.folder
  try await withThrowingTaskGroup(of: Void.self) { group in
    for writer in 0..<4 {
      group.addTask {
        let store = try WorkspaceStore.open(
          at: folder, environment: StoreFixture.environment(seed: UInt64(100 + writer)))
        for number in 0..<25 { _ = try store.addLine(to: id, text: "w\(writer)n\(number)") }
      }
    }
    try await group.waitForAll()
  }
  let texts = Set(try fixture.texts(id))
  #expect(texts.count == 101)
  #expect(try fixture.store.log(of: id).map(\.sequence) == Array((1...101).reversed()))
  try fixture.expectHealthy()
}

@Test func aBackupIsWholeAndNeverReplacesAFileUnasked() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["Anna: One"]).id
  let copy = TemporaryFolder()
  let path = copy.path + "/workspace.sqlite"
  try fixture.store.backup(to: path)
  #expect(code { try fixture.store.backup(to: path) } == .alreadyExists)
  try fixture.store.backup(to: path, force: true)
  #expect(code { try fixture.store.backup(to: copy.path + "/missing/file") } != nil)
  #expect(code { try fixture.store.backup(to: copy.path) } == .invalidValue)
  for own in ["/../w/workspace.sqlite", "/workspace.sqlite-wal"] {
    #expect(
      code { try fixture.store.backup(to: fixture.store.folder + own, force: true) }
        == .invalidValue)
  }
  let restored = try WorkspaceStore.open(at: copy.path)
  #expect(try restored.script(id) == fixture.store.script(id))
  #expect(try restored.health().allSatisfy { $0.problems.isEmpty })
}
