import SQLiteKit
import ScriptModel

/// A line's row, also of a deleted line.
struct LineRow: Hashable {
  let row: Int64
  let id: Line.ID
  var isDeleted: Bool
  var position: OrderKey
  var kind: Line.Kind
  var speaker: Int64?
  var start: Milliseconds?
  var end: Milliseconds?
  var text: String
  var revision: Int
  var joinedInto: Int64?

  init(_ row: Row) {
    self.row = row.integer(0)
    id = row.identifier(1)
    isDeleted = row.integer(2) != 0
    position = OrderKey(bytes: row.bytes(3))
    kind = Self.kind(of: row.integer(4))
    speaker = row.optionalInteger(5)
    start = row.milliseconds(6)
    end = row.milliseconds(7)
    text = row.text(8)
    revision = Int(row.integer(9))
    joinedInto = row.optionalInteger(10)
  }

  /// In the order of their codes in the column `kind`.
  private static let kinds: [Line.Kind] = [.dialogue, .heading, .direction]

  static func code(of kind: Line.Kind) -> Int64 {
    switch kind {
    case .dialogue: 0
    case .heading: 1
    case .direction: 2
    }
  }

  static func kind(of code: Int64) -> Line.Kind {
    code >= 0 && code < Int64(kinds.count) ? kinds[Int(code)] : .dialogue
  }

  static let query = """
    SELECT id, uuid, deleted, position, kind, speaker, start, "end", text, revision, joined_into
    FROM line
    """

  static let insert = """
    INSERT INTO line
      (uuid, script, deleted, position, kind, speaker, start, "end", text, revision)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
}

extension Session {
  /// The lines of a script in order, without the deleted ones.
  func liveLines(of script: Int64) throws -> [LineRow] {
    try connection.all(
      LineRow.query + " WHERE script = ? AND deleted = 0 ORDER BY position, id", .integer(script),
      map: LineRow.init)
  }

  /// The lines of a script that a speaker says, in order.
  func liveLines(of script: Int64, speaker: Int64) throws -> [LineRow] {
    try connection.all(
      LineRow.query + " WHERE speaker = ? AND script = ? AND deleted = 0 ORDER BY position",
      .integer(speaker), .integer(script), map: LineRow.init)
  }

  /// Each line that a script ever had.
  func allLines(of script: Int64) throws -> [LineRow] {
    try connection.all(LineRow.query + " WHERE script = ?", .integer(script), map: LineRow.init)
  }

  /// The id of the last line of a script; `nil` where it has none.
  func lastLine(of script: Int64) throws -> Line.ID? {
    try connection.first(
      "SELECT uuid FROM line WHERE script = ? AND deleted = 0 ORDER BY position DESC, id DESC LIMIT 1",
      .integer(script)
    ) { $0.identifier(0) }
  }

  func lineRow(_ row: Int64) throws -> LineRow {
    guard
      let found = try connection.first(
        LineRow.query + " WHERE id = ?", .integer(row), map: LineRow.init)
    else { throw StoreError.inconsistent("a line of the history is missing") }
    return found
  }
}
