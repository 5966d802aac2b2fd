import CSQLite

/// Why SQLite did not do what was asked.
///
/// Holds SQLite's message and the statement's text, never a bound value.
package struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure that callers tell apart.
  package enum Code: Hashable, Sendable {
    case busy, full, readOnly, corrupt, notADatabase, inputOutput, cannotOpen, constraint
    case tooBig, other
  }

  /// The kind of failure.
  package var code: Code
  /// SQLite's extended result code, for reports.
  package var extendedCode: Int
  /// SQLite's message.
  package var message: String
  /// The statement that failed, with `?` for its values.
  package var sql: String?

  /// Names message, code and statement.
  package var description: String {
    let place = sql.map { " in “\($0)”" } ?? ""
    return "SQLite: \(message) (code \(extendedCode))\(place)"
  }

  init(result: Int32, message: String, sql: String? = nil) {
    code = Code(result: result)
    extendedCode = Int(result)
    self.message = message
    self.sql = sql
  }

  init(_ result: Int32, connection: OpaquePointer?, sql: String? = nil) {
    let extended = connection.map { sqlite3_extended_errcode($0) } ?? result
    let text = sqlite3_errstr(result).map { String(cString: $0) } ?? "unknown error"
    let message = connection.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? text
    self.init(
      result: extended & 0xFF == result & 0xFF ? extended : result,
      message: extended & 0xFF == result & 0xFF ? message : text, sql: sql)
    // SQLite says full for ENOSPC alone; a quota that is used up is the same to a person.
    // It keeps the number of an error inside a statement, but not of one inside a commit.
    if code == .inputOutput, let connection,
      Platform.meansNoRoom(sqlite3_system_errno(connection)) || Platform.lastErrorMeansNoRoom
    {
      code = .full
    }
  }
}

extension SQLiteError.Code {
  fileprivate init(result: Int32) {
    self =
      switch result & 0xFF {
      case SQLITE_BUSY, SQLITE_LOCKED: .busy
      case SQLITE_FULL: .full
      case SQLITE_READONLY, SQLITE_PERM: .readOnly
      case SQLITE_CORRUPT: .corrupt
      case SQLITE_NOTADB: .notADatabase
      case SQLITE_IOERR: .inputOutput
      case SQLITE_CANTOPEN: .cannotOpen
      case SQLITE_CONSTRAINT: .constraint
      case SQLITE_TOOBIG: .tooBig
      default: .other
      }
  }
}
