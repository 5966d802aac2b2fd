import SQLiteKit
import ScriptModel

/// Ends a session that the service no longer knows, within a transaction.
///
/// Nothing local is lost: what the session had is asked for anew, and what can't be seen any more is
/// said to be so.
struct SessionExpiry {
  let session: Session
  let expired: SessionRow

  func run() throws {
    let connection = session.connection
    try connection.run(endSession, .integer(expired.row))
    try loosenBindings()
    if let observation = expired.observation { try session.dropObservation(observation) }
    for row in try intents("intent.state = 'inDoubt'") { try settle(row) }
    // One file may have been uploaded twice; the new session needs it once.
    var renewed: Set<Int64> = []
    let waiting = try session.unsettledIntents(of: expired.project)
    for row in waiting where row.intent.kind == .upload { row.media.map { _ = renewed.insert($0) } }
    for row in try intents("intent.kind = 'upload' AND intent.state = 'done'") {
      if let media = row.media, renewed.insert(media).inserted { try renew(row, media: media) }
    }
  }

  private func intents(_ condition: String) throws -> [IntentRow] {
    try session.connection.all(
      IntentRow.query + " WHERE intent.session = ? AND \(condition) ORDER BY intent.id",
      .integer(expired.row), map: { try IntentRow($0) })
  }

  /// The new session has no tracks yet, so nothing is agreed on: the scripts are sent again.
  ///
  /// What was agreed on before stays as the former base: it tells whose change it is where a track of
  /// the same media comes anew.
  /// They stay bound, to a session that is over: that tells that they are to go to the next one.
  private func loosenBindings() throws {
    let observations = try session.connection.all(boundObservations, .integer(expired.row)) {
      $0.integer(0)
    }
    try session.connection.run(loosenBinding, .integer(expired.row))
    for observation in observations { try session.dropObservation(observation) }
  }

  /// Decides what becomes of an intent whose outcome can't be looked for in the session any more.
  ///
  /// An upload costs nothing and is queued again. A push is abandoned: it is derived anew for the new
  /// session. A message stays in doubt for the person to decide. A render is asked for by its own id.
  private func settle(_ row: IntentRow) throws {
    var advance: IntentAdvance
    switch (row.intent.kind, row.intent.purpose) {
    case (.upload, _):
      advance = IntentAdvance(
        row.intent.id, to: .queued, evidence: "The session expired: the file is sent again.")
    case (.message, .push):
      advance = IntentAdvance(
        row.intent.id, to: .abandoned,
        evidence: "The session expired: the script is sent again to the new one.")
    case (.message, _):
      advance = IntentAdvance(
        row.intent.id, to: .inDoubt,
        evidence: "The session expired before it could be seen whether this was carried out.")
      advance.looks = row.record.looks
    case (.render, _), (.session, _): return
    }
    _ = try IntentArrow(session: session, advance: advance).draw()
  }

  private func renew(_ row: IntentRow, media: Int64) throws {
    let connection = session.connection
    let script = row.intent.scriptID
    var request = IntentRequest(
      .upload, in: row.intent.projectID, purpose: row.intent.purpose, message: row.intent.message,
      source: row.record.source)
    request.options = row.record.options
    request.mediaID = row.intent.mediaID
    // A script that was deleted meanwhile is no reason not to send the file.
    request.scriptID = try script.flatMap {
      try session.script($0, deleted: true).isDeleted ? nil : $0
    }
    _ = try session.record(request)
    try connection.run(
      "UPDATE media SET origin = 'local' WHERE id = ? AND origin = 'uploaded'", .integer(media))
  }
}

private let endSession = "UPDATE session SET live = 0, observation = NULL WHERE id = ?"
private let loosenBinding = """
  UPDATE track_binding SET observation = NULL, agreed_revision = NULL
  WHERE session = ?
  """
private let boundObservations = """
  SELECT DISTINCT observation FROM track_binding WHERE session = ? AND observation IS NOT NULL
  """
