/// One numbered step from an empty database to the present schema.
package struct Migration: Sendable {
  /// Its number, from 1 without gaps.
  package var number: Int
  /// What it does, from its file's name.
  package var name: String
  /// Its statements: UTF-8.
  package var sql: [UInt8]
  /// A digest of `sql`, by which a change after its release is noticed.
  package var checksum: [UInt8]

  /// Creates a step from its parts.
  package init(number: Int, name: String, sql: [UInt8], checksum: [UInt8]) {
    self.number = number
    self.name = name
    self.sql = sql
    self.checksum = checksum
  }
}

/// Why a database was not brought up to date; nothing in it was changed.
package enum MigrationError: Error, Hashable, Sendable {
  /// It was written by a program that knows more migrations.
  case newer(found: Int, known: Int)
  /// It belongs to another program.
  case foreign
  /// A migration that it went through is not the one that is known by that number.
  case altered(Int)
}

/// Brings a database up to date, step by step, each in a transaction of its own.
package struct Migrator: Sendable {
  /// What marks a file as one of this program's.
  package var applicationID: Int32
  /// All steps in order.
  package var migrations: [Migration]

  /// Creates a migrator from its steps.
  package init(applicationID: Int32, migrations: [Migration]) {
    self.applicationID = applicationID
    self.migrations = migrations
  }

  /// Tells how many steps a database went through.
  ///
  /// - Throws: `MigrationError`, or `SQLiteError` where the file is no database.
  package func version(of connection: Connection) throws -> Int {
    try connection.read {
      let version = Int(try connection.integer("PRAGMA user_version"))
      let application = try connection.integer("PRAGMA application_id")
      if version == 0, try connection.integer(objectCount) == 0 { return 0 }
      guard application == Int64(applicationID), version > 0 else { throw MigrationError.foreign }
      guard version <= migrations.count else {
        throw MigrationError.newer(found: version, known: migrations.count)
      }
      try checkHistory(connection, upTo: version)
      return version
    }
  }

  /// Takes the steps that a database has not gone through.
  ///
  /// - Parameter backup: called before the first step, where the database is not empty.
  package func migrate(_ connection: Connection, backup: (Int) throws -> Void) throws {
    try migrate(connection, from: version(of: connection), backup: backup)
  }

  /// Takes the steps that a database of a known version has not gone through.
  package func migrate(
    _ connection: Connection, from version: Int, backup: (Int) throws -> Void
  ) throws {
    guard version < migrations.count else { return }
    if version > 0 { try backup(version) }
    for migration in migrations[version...] { try take(migration, connection) }
  }

  private func take(_ migration: Migration, _ connection: Connection) throws {
    try connection.write {
      // Another process may have taken the step while this one waited.
      guard try self.version(of: connection) == migration.number - 1 else { return }
      if migration.number == 1 {
        try connection.execute("PRAGMA application_id = \(applicationID)")
        try connection.execute(historyTable)
      }
      try connection.execute(String(decoding: migration.sql, as: UTF8.self))
      try connection.run(
        recordStep, .integer(Int64(migration.number)), .text(migration.name),
        .blob(migration.checksum))
      try connection.execute("PRAGMA user_version = \(migration.number)")
    }
  }

  private func checkHistory(_ connection: Connection, upTo version: Int) throws {
    let known = try connection.all(recordedSteps) { (Int($0.integer(0)), $0.bytes(1)) }
    for (number, checksum) in known where number >= 1 && number <= version {
      if migrations[number - 1].checksum != checksum { throw MigrationError.altered(number) }
    }
  }
}

private let objectCount = "SELECT count(*) FROM sqlite_schema"

private let historyTable = """
  CREATE TABLE migration (
    number INTEGER CONSTRAINT migration_key PRIMARY KEY,
    name TEXT NOT NULL,
    checksum BLOB NOT NULL -- SHA-256 of the migration's file
  ) STRICT;
  """

private let recordStep = "INSERT INTO migration (number, name, checksum) VALUES (?, ?, ?)"

private let recordedSteps = "SELECT number, checksum FROM migration ORDER BY number"
