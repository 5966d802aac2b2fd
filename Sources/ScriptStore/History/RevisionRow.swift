import SQLiteKit
import ScriptModel

/// A revision as its table holds it.
struct RevisionRow {
  let revision: Revision
  let batch: [UInt8]?

  init(_ row: Row, script: Script.ID) {
    let id: Revision.ID = row.identifier(1)
    revision = Revision(
      id: id, scriptID: script, sequence: Int(row.integer(0)),
      kind: Self.kind(of: row.integer(2)), message: StoredMessage.decoded(row.text(3)),
      date: Milliseconds(Int64(id.high >> 16)), changeCount: Int(row.integer(4)),
      target: row.optionalInteger(5).map { Int($0) })
    batch = row.isNull(6) ? nil : row.bytes(6)
  }

  /// In the order of their codes in the column `kind`: add new ones at the end only.
  private static let kinds: [Revision.Kind] = [
    .create, .import, .edit, .speaker, .retime, .replace, .undo, .redo, .restore, .merge, .resolve,
    .delete, .sync,
  ]

  static func code(of kind: Revision.Kind) -> Int64 { Int64(kinds.firstIndex(of: kind) ?? 2) }

  /// A code of a later version counts as an edit.
  static func kind(of code: Int64) -> Revision.Kind {
    code >= 0 && code < Int64(kinds.count) ? kinds[Int(code)] : .edit
  }

  static let insert = """
    INSERT INTO revision (script, sequence, uuid, kind, message, change_count, target, batch)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """

  static let query =
    "SELECT sequence, uuid, kind, message, change_count, target, batch FROM revision"
}

extension Session {
  /// The revisions of a script, oldest first.
  func revisions(of script: ScriptRow) throws -> [RevisionRow] {
    try connection.all(
      RevisionRow.query + " WHERE script = ? ORDER BY sequence", .integer(script.row)
    ) { RevisionRow($0, script: script.id) }
  }

  func revision(_ sequence: Int, of script: ScriptRow) throws -> RevisionRow {
    let found = try connection.first(
      RevisionRow.query + " WHERE script = ? AND sequence = ?", .integer(script.row),
      .integer(Int64(sequence))
    ) { RevisionRow($0, script: script.id) }
    guard let found else {
      throw StoreError(
        .notFound, "There is no revision \(sequence) of '\(script.title)'",
        fix: "Its revisions go from 1 to \(script.revision).")
    }
    return found
  }
}
