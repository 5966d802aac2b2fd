import SQLiteKit
import TestSupport
import Testing

private func migration(_ number: Int, _ sql: String, checksum: UInt8 = 0) -> Migration {
  Migration(
    number: number, name: "step-\(number)", sql: Array(sql.utf8),
    checksum: [UInt8(number), checksum])
}

private let steps = [
  migration(1, "CREATE TABLE first (a)"), migration(2, "CREATE TABLE second (a)"),
  migration(3, "CREATE TABLE third (a)"),
]

private func migrator(_ migrations: some Sequence<Migration>) -> Migrator {
  Migrator(applicationID: 77, migrations: Array(migrations))
}

@Test func anEmptyDatabaseGoesThroughAllStepsWithoutABackup() throws {
  let connection = try Connection(path: ":memory:", mode: .create)
  try migrator(steps).migrate(connection) { _ in Issue.record("There is nothing to back up") }
  #expect(try migrator(steps).version(of: connection) == 3)
  #expect(try connection.integer("PRAGMA application_id") == 77)
  #expect(try connection.integer("SELECT count(*) FROM third") == 0)
}

@Test func anOlderDatabaseIsBackedUpOnceAndTakesWhatIsMissing() throws {
  let connection = try Connection(path: ":memory:", mode: .create)
  try migrator(steps.prefix(1)).migrate(connection) { _ in }
  var backups: [Int] = []
  try migrator(steps).migrate(connection) { backups.append($0) }
  try migrator(steps).migrate(connection) { backups.append($0) }
  #expect(backups == [1])
  #expect(try migrator(steps).version(of: connection) == 3)
}

@Test func aFailingBackupLeavesTheDatabaseAsItWas() throws {
  let connection = try Connection(path: ":memory:", mode: .create)
  try migrator(steps.prefix(1)).migrate(connection) { _ in }
  #expect(throws: MigrationError.foreign) {
    try migrator(steps).migrate(connection) { _ in throw MigrationError.foreign }
  }
  #expect(try migrator(steps).version(of: connection) == 1)
}

@Test func anInterruptedStepLeavesNothingBehindAndIsTakenLater() throws {
  let connection = try Connection(path: ":memory:", mode: .create)
  let broken = migration(2, "CREATE TABLE second (a); CREATE TABLE first (a)")
  #expect(throws: SQLiteError.self) {
    try migrator([steps[0], broken, steps[2]]).migrate(connection) { _ in }
  }
  #expect(try migrator(steps).version(of: connection) == 1)
  try migrator(steps).migrate(connection) { _ in }
  #expect(try migrator(steps).version(of: connection) == 3)
}

@Test func aNewerDatabaseIsRefused() throws {
  let connection = try Connection(path: ":memory:", mode: .create)
  try migrator(steps).migrate(connection) { _ in }
  #expect(throws: MigrationError.newer(found: 3, known: 2)) {
    try migrator(steps.prefix(2)).migrate(connection) { _ in }
  }
}

@Test func aDatabaseOfAnotherHistoryIsRefused() throws {
  let connection = try Connection(path: ":memory:", mode: .create)
  try migrator(steps).migrate(connection) { _ in }
  let other = [steps[0], migration(2, "CREATE TABLE second (a)", checksum: 9), steps[2]]
  #expect(throws: MigrationError.altered(2)) { try migrator(other).version(of: connection) }
}

@Test(arguments: [
  "CREATE TABLE a (b)", "PRAGMA user_version = 2", "PRAGMA application_id = 5; CREATE TABLE a (b)",
])
func aStrangersDatabaseIsRefused(sql: String) throws {
  let connection = try Connection(path: ":memory:", mode: .create)
  try connection.execute(sql)
  #expect(throws: MigrationError.foreign) { try migrator(steps).migrate(connection) { _ in } }
}
