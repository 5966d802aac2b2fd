import SQLiteKit
import ScriptModel

/// A session with the service, with its integer keys.
struct SessionRow {
  let row: Int64
  let project: Int64
  /// The state that was seen last.
  let observation: Int64?
  let session: BackendSession

  init(_ row: Row) {
    self.row = row.integer(0)
    project = row.integer(1)
    observation = row.optionalInteger(2)
    session = BackendSession(
      id: row.identifier(3), projectID: row.identifier(4), sessionID: row.text(5),
      taskID: row.text(6), userID: row.optionalText(7), isLive: row.integer(8) != 0)
  }

  static let query = """
    SELECT session.id, session.project, session.observation, session.uuid, project.uuid,
      session.service_session, session.service_task, session.service_user, session.live
    FROM session JOIN project ON project.id = session.project
    """
}

extension Session {
  /// A session, live or not.
  func backendSession(_ id: BackendSession.ID) throws -> SessionRow {
    let found = try connection.first(
      SessionRow.query + " WHERE session.uuid = ?", id.binding, map: { SessionRow($0) })
    guard let found else {
      throw StoreError(.notFound, "There is no session with the id \(id)")
    }
    return found
  }

  /// The live session of a project; `nil` where it has none.
  func liveSession(of project: Int64) throws -> SessionRow? {
    try connection.first(
      SessionRow.query + " WHERE session.project = ? AND session.live = 1", .integer(project),
      map: { SessionRow($0) })
  }

  /// A session that must be a project's live one.
  func liveSession(_ id: BackendSession.ID, of project: Int64) throws -> SessionRow {
    let found = try backendSession(id)
    guard found.project == project, found.session.isLive else {
      throw StoreError(
        .conflict, "The session is over, or another project's",
        fix: "'offbook sync' opens a new one.")
    }
    return found
  }

  /// Makes what the service has opened a project's live session.
  func openSession(
    of project: Int64, sessionID: String, taskID: String, userID: String?
  ) throws {
    if try liveSession(of: project) != nil {
      throw StoreError(.conflict, "The project has a live session already")
    }
    let id: BackendSession.ID = newIdentifier()
    try connection.run(
      insertSession, id.binding, .integer(project), .text(sessionID), .text(taskID),
      .optional(userID))
  }
}

private let insertSession = """
  INSERT INTO session (uuid, project, service_session, service_task, service_user, live)
  VALUES (?, ?, ?, ?, ?, 1)
  """
