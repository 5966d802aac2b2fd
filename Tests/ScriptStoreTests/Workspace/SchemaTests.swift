import SQLiteKit
import ScriptModel
import TestSupport
import Testing
import WorkspaceSchema

/// The SHA-256 of each released migration. Never change one: add a migration instead.
private let pinned = [
  "6d743da70039c1a799f5e96e8f65101efc1fd6be4ba8c9ab94dd72da767c7e6e",
  "eb2dc0cdb377822ddb3defb6e0dfbda971237d7d2df99b3d6fc3660dfa5e24fd",
  "7cd577e760332d0cbf36196d59df760407d749de7b725e5ac38bfea6b9c0957e",
  "888af15c508a6226b40239ec3b3ce1154139794d1ee4d57b9e423cfde5a6b1c1",
]

@Test func releasedMigrationsNeverChange() {
  let sums = WorkspaceMigrations.files.map { Hexadecimal.text(SHA256.digest(of: $0.bytes)) }
  #expect(sums == pinned)
  #expect(WorkspaceMigrations.files.map(\.sha256) == pinned)
  #expect(WorkspaceMigrations.files.map(\.number) == Array(1...pinned.count))
}

@Test func theCurrentSchemaIsWhatTheMigrationsMake() throws {
  let connection = try Connection(path: ":memory:", mode: .create)
  for file in WorkspaceMigrations.files {
    try connection.execute(String(decoding: file.bytes, as: UTF8.self))
  }
  let statements = try connection.all(
    """
    SELECT sql FROM sqlite_schema
    WHERE sql IS NOT NULL AND name NOT GLOB 'line_text_*' AND name NOT GLOB 'line_pair_*'
    ORDER BY rowid
    """
  ) { $0.text(0) + ";\n" }
  let made =
    "-- What all migrations add up to, as SQLite tells it.\n\n" + statements.joined(separator: "\n")
  #expect(String(decoding: WorkspaceMigrations.currentSchema, as: UTF8.self) == made)
}
