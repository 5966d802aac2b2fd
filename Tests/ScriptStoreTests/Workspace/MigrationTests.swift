import SQLiteKit
import ScriptModel
import ScriptStore
import TestSupport
import Testing
import WorkspaceSchema

/// A workspace as the first release made it, with a script, a revision and a medium.
private func makeVersionOne(in folder: String) throws -> [UInt8] {
  let content = Array("film".utf8)
  let digest = SHA256.digest(of: content)
  let first = WorkspaceMigrations.files[0]
  let migrator = Migrator(
    applicationID: WorkspaceMigrations.applicationID,
    migrations: [
      Migration(
        number: first.number, name: first.name, sql: first.bytes,
        checksum: SHA256.digest(of: first.bytes))
    ])
  let connection = try Connection(path: folder + "/workspace.sqlite", mode: .create)
  try connection.execute("PRAGMA journal_mode = WAL")
  try migrator.migrate(connection) { _ in }
  try connection.execute(contentOfVersionOne)
  try connection.run(
    """
    INSERT INTO media (uuid, project, name, sha256, byte_count)
    VALUES (randomblob(16), 1, 'film.mp4', ?, 4)
    """, .blob(digest))
  return digest
}

private let contentOfVersionOne = """
  INSERT INTO project (uuid, name, language) VALUES (randomblob(16), 'Talks', 'en');
  INSERT INTO script (uuid, project, title, kind, language, revision, line_count)
  VALUES (randomblob(16), 1, 'Talk', 'script', 'en', 1, 1);
  INSERT INTO line (uuid, script, position, kind, text, revision)
  VALUES (randomblob(16), 1, x'80', 0, 'One', 1);
  INSERT INTO line_text (rowid, text) VALUES (1, 'One');
  INSERT INTO revision (script, sequence, uuid, kind, message, change_count)
  VALUES (1, 1, randomblob(16), 0, 'New script', 1);
  INSERT INTO export (script, revision, format, sha256) VALUES (1, 1, 'srt', zeroblob(32));
  """

@Test func anOlderWorkspaceIsMigratedAfterABackup() throws {
  let folder = TemporaryFolder()
  let digest = try makeVersionOne(in: folder.path)
  let store = try WorkspaceStore.open(
    at: folder.path, environment: StoreFixture.environment(seed: 1))
  let script = try #require(try store.scripts().first)
  #expect(try store.script(script.id).lines.map(\.text) == ["One"])
  #expect(script.syncState == .local)
  let known = try store.exports(fingerprint: [UInt8](repeating: 0, count: 32))
  #expect(known.map(\.revision) == [1] && known.map(\.script) == [script.id])
  #expect(try store.exportedRevisions(of: script.id) == [1])
  let medium = try #require(try store.media(of: script.projectID).first)
  #expect(medium.name == "film.mp4" && medium.origin == .local && medium.kind == .other)
  #expect(medium.sha256 == digest && medium.byteCount == 4)
  #expect(medium.state == .missing && medium.path == nil)
  try WorkspaceStoreFiles.put(Array("film".utf8), named: digest, in: store)
  #expect(try store.medium(medium.id).state == .present)
  #expect(try store.health().allSatisfy { $0.problems.isEmpty })

  let backups = WorkspaceStoreFiles.names(in: folder.path + "/backups")
  let name = try #require(backups.first)
  #expect(backups.count == 1 && name.hasPrefix("before-version-2-"))
  let backup = try Connection(path: folder.path + "/backups/" + name, mode: .read)
  #expect(try backup.integer("PRAGMA user_version") == 1)
  #expect(try backup.integer("SELECT count(*) FROM media WHERE name = 'film.mp4'") == 1)

  // What is migrated takes all that a new one takes, and is not migrated twice.
  _ = try store.planSession(of: script.projectID, source: "s")
  _ = try WorkspaceStore.open(at: folder.path)
  #expect(WorkspaceStoreFiles.names(in: folder.path + "/backups").count == 1)
}

@Test func anOlderWorkspaceIsNotMigratedByAReader() throws {
  let folder = TemporaryFolder()
  _ = try makeVersionOne(in: folder.path)
  let error = #expect(throws: StoreError.self) {
    try WorkspaceStore.open(at: folder.path, create: false, writes: false)
  }
  #expect(error?.code == .readOnly)
}

@Test func aMigrationThatFindsNoRoomLeavesTheOldWorkspace() throws {
  let folder = TemporaryFolder()
  _ = try makeVersionOne(in: folder.path)
  let connection = try Connection(path: folder.path + "/workspace.sqlite", mode: .write)
  let second = WorkspaceMigrations.files[1]
  let pages = try connection.integer("PRAGMA page_count")
  try connection.execute("PRAGMA max_page_count = \(pages + 3)")
  let error = #expect(throws: SQLiteError.self) {
    try connection.write {
      try connection.execute(String(decoding: second.bytes, as: UTF8.self))
    }
  }
  #expect(error?.code == .full)
  #expect(try connection.integer("SELECT count(*) FROM media WHERE name = 'film.mp4'") == 1)
  #expect(try connection.integer("PRAGMA user_version") == 1)
}
