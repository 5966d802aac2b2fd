import SQLiteKit
import ScriptModel

/// A script's row, without its lines.
struct ScriptRow {
  let row: Int64
  let id: Script.ID
  let project: Int64
  let projectID: Project.ID
  let title: String
  let kind: Script.Kind
  let language: String
  let revision: Int
  let lineCount: Int
  let isDeleted: Bool
  let conflictCount: Int
  /// How it stands to the track that it is bound to.
  let syncState: ScriptSummary.SyncState

  init(_ row: Row) {
    self.row = row.integer(0)
    id = row.identifier(1)
    project = row.integer(2)
    projectID = row.identifier(3)
    title = row.text(4)
    kind = Script.Kind(rawValue: row.text(5)) ?? .transcript
    language = row.text(6)
    revision = Int(row.integer(7))
    lineCount = Int(row.integer(8))
    isDeleted = row.integer(9) != 0
    conflictCount = Int(row.integer(10))
    // A binding lives as long as its session; the agreed revision is a hint that never says too much.
    let isAgreed = row.optionalInteger(12) == row.integer(7)
    syncState = row.isNull(11) ? .local : isAgreed ? .synced : .edited
  }

  var summary: ScriptSummary {
    ScriptSummary(
      id: id, title: title, projectID: projectID, kind: kind, language: language,
      lineCount: lineCount, revision: revision, conflictCount: conflictCount,
      syncState: syncState)
  }

  static let query = """
    SELECT script.id, script.uuid, script.project, project.uuid, script.title, script.kind,
      script.language, script.revision, script.line_count, script.deleted,
      (SELECT count(*) FROM conflict
       WHERE conflict.script = script.id AND conflict.state = 'open' AND conflict.recorded = 1),
      track_binding.script, track_binding.agreed_revision
    FROM script JOIN project ON project.id = script.project
    LEFT JOIN track_binding ON track_binding.script = script.id
    """
}

extension Session {
  /// The script with that id, also a deleted one where `deleted` allows it.
  func script(_ id: Script.ID, deleted: Bool = false) throws -> ScriptRow {
    let found = try connection.first(
      ScriptRow.query + " WHERE script.uuid = ?", id.binding, map: ScriptRow.init)
    guard let found, deleted || !found.isDeleted else {
      throw StoreError(
        .notFound, "There is no script with the id \(id)",
        fix: found == nil ? nil : "It was deleted: 'offbook undo \(id)' brings it back.")
    }
    return found
  }

  func scriptRow(_ row: Int64) throws -> ScriptRow {
    let found = try connection.first(
      ScriptRow.query + " WHERE script.id = ?", .integer(row), map: ScriptRow.init)
    guard let found else { throw StoreError.inconsistent("a script is missing") }
    return found
  }

  /// The script that a person means.
  func script(
    matching reference: String, in project: Project.ID?, deleted: Bool
  ) throws -> ScriptRow {
    var clause = "WHERE deleted = \(deleted ? 1 : 0)"
    var values: [Binding] = []
    if let project {
      clause += " AND project = ?"
      values.append(.integer(try self.project(project).row))
    }
    let rows = NamedRows<Script>(
      what: deleted ? "deleted script" : "script",
      query: "SELECT id, uuid, title FROM script \(clause)", values: values, nameColumn: "title",
      connection: connection)
    return try scriptRow(rows.find(reference).row)
  }

  /// Makes the row of a script and its first revision.
  func makeScript(
    id: Script.ID, project: ProjectRow, title: String, kind: Script.Kind, language: String,
    lineCount: Int, revision: Revision.Kind, message: String
  ) throws -> ScriptRow {
    try connection.run(
      insertScript, id.binding, .integer(project.row), .text(title), .text(kind.rawValue),
      .text(language), .integer(Int64(lineCount)))
    let row = connection.lastInsertedRow
    let revisionID: Revision.ID = newIdentifier()
    try connection.run(
      RevisionRow.insert, .integer(row), .integer(1), revisionID.binding,
      .integer(RevisionRow.code(of: revision)), .text(StoredMessage.encoded(message)),
      .integer(Int64(lineCount)), .null,
      .null)
    return try scriptRow(row)
  }
}

private let insertScript = """
  INSERT INTO script (uuid, project, title, kind, language, revision, line_count)
  VALUES (?, ?, ?, ?, ?, 1, ?)
  """
