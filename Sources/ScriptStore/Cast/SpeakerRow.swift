import SQLiteKit
import ScriptModel

/// A speaker of a project's cast with its integer key.
struct SpeakerRow {
  let row: Int64
  var speaker: Speaker
}

extension Session {
  func speakerRow(_ row: Int64) throws -> SpeakerRow {
    guard let found = try connection.first(speakerByRow, .integer(row), map: SpeakerRow.init)
    else { throw StoreError.inconsistent("a line names a speaker who is not there") }
    return found
  }

  /// The live speaker of exactly that name.
  func speaker(named name: String, project: Int64) throws -> SpeakerRow? {
    try connection.first(speakerByName, .integer(project), .text(name), map: SpeakerRow.init)
  }

  func speaker(matching reference: String, project: Int64) throws -> SpeakerRow {
    let rows = NamedRows<Speaker>(
      what: "speaker",
      query: """
        SELECT id, uuid, name FROM speaker
        WHERE project = ? AND merged_into IS NULL AND deleted = 0
        """,
      values: [.integer(project)], nameColumn: "name", connection: connection)
    return try speakerRow(rows.find(reference).row)
  }

  /// The speaker of that name, letter case aside where one alone has it so; `nil` for nobody.
  func speaker(called name: String, project: Int64) throws -> SpeakerRow? {
    if let exact = try speaker(named: name, project: project) { return exact }
    let folded = name.lowercased()
    let alike = try liveSpeakers(project: project).filter { $0.speaker.name.lowercased() == folded }
    return alike.count == 1 ? alike.first : nil
  }

  func liveSpeakers(project: Int64) throws -> [SpeakerRow] {
    try connection.all(liveSpeakerRows, .integer(project), map: SpeakerRow.init)
  }

  /// Whether any line that is there, of any script, is the speaker's.
  func hasLines(speaker: Int64) throws -> Bool {
    try connection.integer(
      "SELECT EXISTS (SELECT 1 FROM line WHERE speaker = ? AND deleted = 0)", .integer(speaker))
      != 0
  }

  func makeSpeaker(
    named name: String, project: Int64, id: Speaker.ID? = nil, isDeleted: Bool = false
  ) throws -> SpeakerRow {
    let speaker = Speaker(id: id ?? newIdentifier(), name: name)
    try connection.run(
      insertSpeaker, speaker.id.binding, .integer(project), .text(name),
      .integer(isDeleted ? 1 : 0))
    return SpeakerRow(row: connection.lastInsertedRow, speaker: speaker)
  }

  /// The row of a speaker that a value names, following a merge to the one who took over.
  func speakerRow(_ id: Speaker.ID, project: Int64) throws -> Int64 {
    let found = try connection.first(speakerTarget, id.binding, .integer(project)) { row in
      (row: row.integer(0), mergedInto: row.optionalInteger(1))
    }
    guard var found else {
      throw StoreError(.notFound, "There is no speaker with the id \(id) in this project")
    }
    var steps = 0
    while let next = found.mergedInto, steps < 1000 {
      steps += 1
      let further = try connection.first(
        "SELECT id, merged_into FROM speaker WHERE id = ?", .integer(next)
      ) { row in (row: row.integer(0), mergedInto: row.optionalInteger(1)) }
      guard let further else { break }
      found = further
    }
    return found.row
  }
}

extension SpeakerRow {
  init(_ row: Row) {
    self.init(
      row: row.integer(0), speaker: Speaker(id: row.identifier(1), name: row.text(2)))
  }
}

private let speakerByRow = "SELECT id, uuid, name FROM speaker WHERE id = ?"
private let speakerByName = """
  SELECT id, uuid, name FROM speaker
  WHERE project = ? AND name = ? AND merged_into IS NULL AND deleted = 0
  """
private let liveSpeakerRows = """
  SELECT id, uuid, name FROM speaker
  WHERE project = ? AND merged_into IS NULL AND deleted = 0 ORDER BY id
  """
private let speakerTarget = "SELECT id, merged_into FROM speaker WHERE uuid = ? AND project = ?"
private let insertSpeaker = "INSERT INTO speaker (uuid, project, name, deleted) VALUES (?, ?, ?, ?)"
