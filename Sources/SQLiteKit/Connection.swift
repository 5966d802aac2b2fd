import CSQLite

/// One connection to a database file; it belongs to one thread at a time.
package final class Connection {
  /// How a file is opened.
  package enum Mode: Sendable {
    /// For reading and writing; the file is made where it is missing.
    case create
    /// For reading and writing an existing file.
    case write
    /// For reading, beside others who may write.
    case read
    /// For reading a file that nobody writes, in a folder where nothing can be made.
    case immutable
  }

  /// When a commit is on the disk.
  package enum Durability: String, Sendable {
    /// Before `write` returns.
    case full = "FULL"
    /// With the next `full` one that changes something, from whatever process, or when the database
    /// is closed: until then only a power cut undoes it.
    case withNext = "NORMAL"
  }

  let handle: OpaquePointer
  private var statements: [String: Statement] = [:]
  /// What the connection was last told to do: it knows no better than its own default before.
  private var durability: Durability?

  /// Opens a file.
  ///
  /// - Parameter busyTimeout: how long a writer waits its turn, in milliseconds.
  package init(path: String, mode: Mode, busyTimeout: Int = 5000) throws(SQLiteError) {
    var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE
    switch mode {
    case .create: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .write: flags |= SQLITE_OPEN_READWRITE
    case .read, .immutable: flags |= SQLITE_OPEN_READONLY
    }
    var opened: OpaquePointer?
    let name = fileURI(path) + (mode == .immutable ? "?immutable=1" : "")
    let result = sqlite3_open_v2(name, &opened, flags, nil)
    guard result == SQLITE_OK, let opened else {
      let error = SQLiteError(result, connection: opened)
      sqlite3_close_v2(opened)
      throw error
    }
    handle = opened
    sqlite3_busy_timeout(opened, Int32(clamping: busyTimeout))
  }

  deinit {
    statements.removeAll()
    sqlite3_close_v2(handle)
  }

  /// Runs any number of statements that give no rows and take no values.
  package func execute(_ sql: String) throws(SQLiteError) {
    let result = sqlite3_exec(handle, sql, nil, nil, nil)
    if result != SQLITE_OK { throw SQLiteError(result, connection: handle, sql: sql) }
  }

  /// Prepares a statement that is the caller's own.
  package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    try Statement(self, sql: sql)
  }

  /// Runs a statement that gives no rows.
  package func run(_ sql: String, _ values: Binding...) throws(SQLiteError) {
    let statement = try borrow(sql, values)
    defer { giveBack(statement) }
    while try statement.step() {}
  }

  /// Hands each row of a query to the body.
  package func forEach(
    _ sql: String, _ values: [Binding] = [], _ body: (Row) throws -> Void
  ) throws {
    let statement = try borrow(sql, values)
    defer { giveBack(statement) }
    while try statement.step() { try body(statement.row) }
  }

  /// Makes a value of each row of a query.
  package func all<Result>(
    _ sql: String, _ values: Binding..., map: (Row) throws -> Result
  ) throws -> [Result] {
    var results: [Result] = []
    try forEach(sql, values) { results.append(try map($0)) }
    return results
  }

  /// Makes a value of the first row of a query; `nil` where there is none.
  package func first<Result>(
    _ sql: String, _ values: Binding..., map: (Row) throws -> Result
  ) throws -> Result? {
    let statement = try borrow(sql, values)
    defer { giveBack(statement) }
    return try statement.step() ? map(statement.row) : nil
  }

  /// The integer in the first column of the first row; 0 where there is none.
  package func integer(_ sql: String, _ values: Binding...) throws(SQLiteError) -> Int64 {
    let statement = try borrow(sql, values)
    defer { giveBack(statement) }
    return try statement.step() ? statement.row.integer(0) : 0
  }

  /// The row id of the last row that was inserted.
  package var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

  /// How many rows the last statement changed.
  package var changedRowCount: Int { Int(sqlite3_changes64(handle)) }

  /// Whether a transaction is open.
  package var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// Says when the next commits are on the disk; for no transaction is open.
  ///
  /// In a write-ahead log all commits stand in their order, so that one that is brought to the disk
  /// brings those before it: what a power cut takes away is always the newest, and whole commits.
  func set(_ new: Durability) throws(SQLiteError) {
    if durability == new { return }
    try execute("PRAGMA synchronous = \(new.rawValue)")
    durability = new
  }

  private func borrow(_ sql: String, _ values: [Binding]) throws(SQLiteError) -> Statement {
    let statement: Statement
    if let known = statements[sql], !known.isInUse {
      statement = known
    } else {
      statement = try Statement(self, sql: sql)
      if statements[sql] == nil { statements[sql] = statement }
    }
    statement.isInUse = true
    do throws(SQLiteError) {
      for (index, value) in values.enumerated() { try statement.bind(value, at: index + 1) }
    } catch {
      giveBack(statement)
      throw error
    }
    return statement
  }

  private func giveBack(_ statement: Statement) {
    sqlite3_reset(statement.handle)
    sqlite3_clear_bindings(statement.handle)
    statement.isInUse = false
  }
}

/// Percent-encodes what has a meaning in SQLite's file URIs.
private func fileURI(_ path: String) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var bytes = Array("file:".utf8)
  for byte in path.utf8 {
    switch byte {
    case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"), 0..<0x20, 0x7F...:
      bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
    default: bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
