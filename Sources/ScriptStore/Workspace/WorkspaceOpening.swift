import SQLiteKit
import ScriptModel
import WorkspaceSchema

/// Opens the database of a folder, brings it up to date and sets it up.
struct WorkspaceOpening {
  let folder: WorkspaceFolder
  let environment: StoreEnvironment
  let writes: Bool

  static let migrator = Migrator(
    applicationID: WorkspaceMigrations.applicationID,
    migrations: WorkspaceMigrations.files.map { file in
      Migration(
        number: file.number, name: file.name, sql: file.bytes,
        checksum: Hexadecimal.bytes(file.sha256) ?? SHA256.digest(of: file.bytes))
    })

  func session() throws -> Session {
    if writes && (folder.isWritable || !folder.hasDatabase) {
      do {
        return try writingSession()
      } catch let error as SQLiteError where error.code == .readOnly && folder.hasDatabase {
        return try readingSession()
      }
    }
    return try readingSession()
  }

  private func writingSession() throws -> Session {
    let connection = try Connection(
      path: folder.database, mode: .create, busyTimeout: environment.busyTimeout)
    // What is read before the first write tells a stranger's database, which stays as it is.
    let version = try Self.migrator.version(of: connection)
    try connection.execute(writingSettings)
    try Self.migrator.migrate(connection, from: version) { version in
      try backUp(connection, from: version)
    }
    return Session(
      folder: folder, connection: connection, environment: environment, isReadOnly: false)
  }

  /// Where nothing can be written SQLite can't share a log: without one the file is taken as final.
  private func readingSession() throws -> Session {
    let mode: Connection.Mode =
      folder.hasLog || Platform.isWritable(folder.path) ? .read : .immutable
    let connection = try Connection(
      path: folder.database, mode: mode, busyTimeout: environment.busyTimeout)
    try connection.execute(sharedSettings)
    let version = try Self.migrator.version(of: connection)
    guard version == Self.migrator.migrations.count else {
      throw StoreError(readOnly: folder.path)
    }
    return Session(
      folder: folder, connection: connection, environment: environment, isReadOnly: true)
  }

  private func backUp(_ connection: Connection, from version: Int) throws {
    try WorkspaceFolder.make(folder.backups)
    let name = "before-version-\(version + 1)-\(environment.now()).sqlite"
    try DatabaseCopy(source: connection, path: folder.backups + "/" + name).make()
  }
}

private let sharedSettings = """
  PRAGMA foreign_keys = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cache_size = -65536;
  PRAGMA mmap_size = 268435456;
  PRAGMA temp_store = MEMORY;
  """

private let writingSettings =
  """
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  """ + sharedSettings
