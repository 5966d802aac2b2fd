import CSQLite

/// A value to bind.
package enum Binding: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case blob([UInt8])

  /// An integer, or null where there is none.
  package static func optional(_ value: Int64?) -> Binding { value.map { .integer($0) } ?? .null }

  /// Compares texts by their bytes: strings that differ in their normal form alone are two values.
  package static func == (left: Binding, right: Binding) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.integer(let left), .integer(let right)): left == right
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    case (.blob(let left), .blob(let right)): left == right
    default: false
    }
  }

  /// Feeds what `==` compares.
  package func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .integer(let value): hasher.combine(value)
    case .text(let text): for byte in text.utf8 { hasher.combine(byte) }
    case .blob(let bytes): hasher.combine(bytes)
    }
  }
}

/// A prepared statement, finalised when its last reference goes.
package final class Statement {
  let handle: OpaquePointer
  /// Whether a caller has it between two resets.
  var isInUse = false

  init(_ connection: Connection, sql: String) throws(SQLiteError) {
    var handle: OpaquePointer?
    var sql = sql
    let result = sql.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        sqlite3_prepare_v3(
          connection.handle, $0.baseAddress, Int32(clamping: $0.count),
          UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
      }
    }
    guard result == SQLITE_OK, let handle else {
      throw SQLiteError(
        result == SQLITE_OK ? SQLITE_MISUSE : result, connection: connection.handle, sql: sql)
    }
    self.handle = handle
  }

  deinit { sqlite3_finalize(handle) }

  /// Binds an integer to a parameter, counted from 1.
  package func bind(_ value: Int64, at index: Int) throws(SQLiteError) {
    try check(sqlite3_bind_int64(handle, Int32(clamping: index), value))
  }

  /// Binds an integer or null to a parameter, counted from 1.
  package func bind(_ value: Int64?, at index: Int) throws(SQLiteError) {
    guard let value else { return try bindNull(at: index) }
    try bind(value, at: index)
  }

  /// Binds null to a parameter, counted from 1.
  package func bindNull(at index: Int) throws(SQLiteError) {
    try check(sqlite3_bind_null(handle, Int32(clamping: index)))
  }

  /// Binds UTF-8 to a parameter, counted from 1; the bytes are copied.
  package func bind(text: Span<UInt8>, at index: Int) throws(SQLiteError) {
    let result = text.withUnsafeBufferPointer {
      offbook_bind_text(handle, Int32(clamping: index), address(of: $0), UInt64($0.count))
    }
    try check(result)
  }

  /// Binds bytes to a parameter, counted from 1; the bytes are copied.
  package func bind(blob: Span<UInt8>, at index: Int) throws(SQLiteError) {
    let result = blob.withUnsafeBufferPointer {
      offbook_bind_blob(handle, Int32(clamping: index), address(of: $0), UInt64($0.count))
    }
    try check(result)
  }

  /// Binds text to a parameter, counted from 1.
  package func bind(_ text: String, at index: Int) throws(SQLiteError) {
    var text = text
    let result = text.withUTF8 {
      offbook_bind_text(handle, Int32(clamping: index), address(of: $0), UInt64($0.count))
    }
    try check(result)
  }

  /// Binds any value to a parameter, counted from 1.
  package func bind(_ value: Binding, at index: Int) throws(SQLiteError) {
    switch value {
    case .null: try bindNull(at: index)
    case .integer(let integer): try bind(integer, at: index)
    case .text(let text): try bind(text, at: index)
    case .blob(let bytes): try bind(blob: bytes.span, at: index)
    }
  }

  /// Goes to the next row; `false` where there is none.
  package func step() throws(SQLiteError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let result: throw failure(result)
    }
  }

  /// Runs a statement that gives no rows, and makes it ready to run again.
  package func run() throws(SQLiteError) {
    defer { sqlite3_reset(handle) }
    while try step() {}
  }

  /// The row that the last `step` came to.
  package var row: Row { Row(statement: self) }

  private func check(_ result: Int32) throws(SQLiteError) {
    if result != SQLITE_OK { throw failure(result) }
  }

  private func failure(_ result: Int32) -> SQLiteError {
    let sql = sqlite3_sql(handle).map { String(cString: $0) }
    return SQLiteError(result, connection: sqlite3_db_handle(handle), sql: sql)
  }
}

/// SQLite takes a null pointer for null, so an empty value needs some address.
private func address(of bytes: UnsafeBufferPointer<UInt8>) -> UnsafeRawPointer? {
  if let base = bytes.baseAddress { return UnsafeRawPointer(base) }
  return UnsafeRawPointer(bitPattern: 1)
}

/// The current row of a statement: read it before the next step.
package struct Row {
  let statement: Statement

  /// Whether a column, counted from 0, is null.
  package func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(statement.handle, Int32(clamping: column)) == SQLITE_NULL
  }

  /// The integer in a column, counted from 0; 0 where there is none.
  package func integer(_ column: Int) -> Int64 {
    sqlite3_column_int64(statement.handle, Int32(clamping: column))
  }

  /// The integer in a column, counted from 0; `nil` for null.
  package func optionalInteger(_ column: Int) -> Int64? {
    // Null reads as zero: only that needs a second call.
    let value = integer(column)
    return value == 0 && isNull(column) ? nil : value
  }

  /// The text in a column, counted from 0, with ill-formed UTF-8 repaired.
  package func text(_ column: Int) -> String {
    withBytes(column) { bytes in
      bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// The text in a column, counted from 0; `nil` for null.
  package func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

  /// The bytes of a column, counted from 0.
  package func bytes(_ column: Int) -> [UInt8] {
    withBytes(column) { bytes in bytes.withUnsafeBufferPointer { Array($0) } }
  }

  /// Lends the bytes of a column, counted from 0, until the body returns.
  package func withBytes<Result>(_ column: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let index = Int32(clamping: column)
    let start = sqlite3_column_blob(statement.handle, index)
    let count = start == nil ? 0 : Int(sqlite3_column_bytes(statement.handle, index))
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    return bytes.withMemoryRebound(to: UInt8.self) { body($0.span) }
  }

  /// The value in a column, counted from 0, as it would be bound.
  package func binding(_ column: Int) -> Binding {
    switch sqlite3_column_type(statement.handle, Int32(clamping: column)) {
    case SQLITE_NULL: .null
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_TEXT: .text(text(column))
    default: .blob(bytes(column))
    }
  }
}
