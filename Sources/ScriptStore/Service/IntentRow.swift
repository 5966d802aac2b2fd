import SQLiteKit
import ScriptModel

/// An intent with the integer keys of what it names.
struct IntentRow {
  let row: Int64
  let project: Int64
  var session: Int64?
  var observation: Int64?
  let media: Int64?
  var record: IntentRecord

  var intent: Intent { record.intent }

  init(_ row: Row) throws {
    guard let kind = Intent.Kind(rawValue: row.text(7)),
      let purpose = Intent.Purpose(rawValue: row.text(8)),
      let state = Intent.State(rawValue: row.text(9))
    else { throw StoreError.inconsistent("an intent is of an unknown kind or state") }
    self.row = row.integer(0)
    project = row.integer(1)
    session = row.optionalInteger(2)
    observation = row.optionalInteger(3)
    media = row.optionalInteger(4)
    let id: Intent.ID = row.identifier(5)
    var intent = Intent(
      id: id, projectID: row.identifier(6), kind: kind, purpose: purpose, state: state,
      created: id.date, attempts: Int(clamping: row.integer(10)), message: row.text(11))
    intent.scriptID = row.isNull(12) ? nil : row.identifier(12)
    intent.mediaID = row.isNull(13) ? nil : row.identifier(13)
    intent.evidence = row.text(14)
    intent.maybeCharged = row.integer(15) != 0
    record = IntentRecord(intent, source: row.text(16), options: row.text(17))
    record.sessionID = row.isNull(18) ? nil : row.identifier(18)
    record.stateBefore = row.isNull(19) ? nil : row.bytes(19)
    record.creditsBefore = row.optionalInteger(20).map { Int(clamping: $0) }
    record.looks = Int(clamping: row.integer(21))
    record.renderID = row.optionalText(22)
    record.contentHash = row.isNull(23) ? nil : row.bytes(23)
    record.isAnswered = row.integer(24) != 0
    record.byteCount = row.optionalInteger(25)
  }

  static let query = """
    SELECT intent.id, intent.project, intent.session, intent.observation, intent.media,
      intent.uuid, project.uuid, intent.kind, intent.purpose, intent.state, intent.attempts,
      intent.message, script.uuid, media.uuid, intent.evidence, intent.maybe_charged,
      intent.source, intent.options, session.uuid, intent.state_before, intent.credits_before,
      intent.looks, intent.render_id, intent.content_hash, intent.reply IS NOT NULL,
      media.byte_count
    FROM intent JOIN project ON project.id = intent.project
    LEFT JOIN script ON script.id = intent.script
    LEFT JOIN media ON media.id = intent.media
    LEFT JOIN session ON session.id = intent.session
    """

  /// What the index of unsettled intents is made with, word for word.
  static let isUnsettled = "intent.state NOT IN ('done', 'refused', 'abandoned')"
}

extension Identifier {
  /// When a version 7 identifier was made, in Unix milliseconds.
  var date: Milliseconds { Milliseconds(Int64(high >> 16)) }
}

extension Session {
  func intent(_ id: Intent.ID) throws -> IntentRow {
    let found = try connection.first(
      IntentRow.query + " WHERE intent.uuid = ?", id.binding, map: { try IntentRow($0) })
    guard let found else {
      throw StoreError(
        .notFound, "There is no intent with the id \(id)", fix: "'offbook intents' lists them.")
    }
    return found
  }

  /// The intent that an id, or a beginning of at least four characters, names.
  func intent(matching reference: String) throws -> IntentRow {
    let advice = "'offbook intents' lists them."
    guard let range = IdentifierPrefix(reference) else {
      throw StoreError.notFound("intent", reference, fix: advice)
    }
    let found = try connection.all(
      IntentRow.query + " WHERE intent.uuid BETWEEN ? AND ? ORDER BY intent.id",
      .blob(range.lowest), .blob(range.highest), map: { try IntentRow($0) })
    guard let only = found.first else {
      throw StoreError.notFound("intent", reference, fix: advice)
    }
    guard found.count == 1 else {
      let shown = found.prefix(5).map { "'\($0.intent.message.prefix(40))' (\($0.intent.id))" }
      let more = found.count > 5 ? " and \(found.count - 5) more" : ""
      throw StoreError(
        .ambiguous,
        "'\(reference)' could be any of \(found.count) intents: "
          + shown.joined(separator: ", ") + more,
        fix: "Give the id, or more of its beginning.")
    }
    return only
  }

  /// The intents of a project that are not settled, in the order in which they were recorded.
  func unsettledIntents(of project: Int64) throws -> [IntentRow] {
    try connection.all(
      IntentRow.query
        + " WHERE intent.project = ? AND \(IntentRow.isUnsettled) ORDER BY intent.id",
      .integer(project), map: { try IntentRow($0) })
  }

  /// Records a request as `queued`.
  func record(_ request: IntentRequest) throws -> Intent {
    let project = try project(request.projectID)
    let script = try request.scriptID.map { try self.script($0) }
    let medium = try request.mediaID.map { try self.medium($0) }
    guard script == nil || script?.project == project.row,
      medium == nil || medium?.project == project.row
    else {
      throw StoreError(
        .invalidValue, "What an intent is about is not in the project '\(project.project.name)'")
    }
    let id: Intent.ID = newIdentifier()
    try connection.run(
      insertIntent, id.binding, .integer(project.row), .text(request.kind.rawValue),
      .text(request.purpose.rawValue), .optional(script?.row), .optional(medium?.row),
      .text(request.source), .text(request.options), .text(request.message))
    return Intent(
      id: id, projectID: project.project.id, kind: request.kind, purpose: request.purpose,
      created: id.date, message: request.message, scriptID: request.scriptID,
      mediaID: request.mediaID)
  }
}

private let insertIntent = """
  INSERT INTO intent (uuid, project, kind, purpose, state, script, media, source, options, message)
  VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?)
  """
