import SQLiteKit
import ScriptModel

extension Session {
  /// Reads all that a sync of a project decides from, within a transaction.
  func snapshot(of project: ProjectRow) throws -> ProjectSnapshot {
    var snapshot = ProjectSnapshot(project: project.project)
    snapshot.session = try liveSession(of: project.row)?.session
    snapshot.intents = try unsettledIntents(of: project.row).map(\.record)
    try connection.forEach(standings, [.integer(project.row)]) { row in
      if row.integer(4) != 0 {
        snapshot.tracksOfDeletedScripts.insert(row.text(5))
      } else {
        snapshot.scripts.append(ScriptStanding(row))
      }
    }
    snapshot.wantedMedia = try wantedMedia(of: project.row)
    return snapshot
  }
}

extension ScriptStanding {
  /// Reads a row of `standings`.
  fileprivate init(_ row: Row) {
    let id: Script.ID = row.identifier(0)
    self.init(
      scriptID: id, title: row.text(1), revision: Int(row.integer(2)),
      lineCount: Int(row.integer(3)))
    if row.isNull(5) { return }
    binding = TrackBinding(
      scriptID: id, sessionID: row.identifier(6), trackKey: row.text(5),
      observationHash: row.isNull(7) ? nil : row.bytes(7),
      agreedRevision: row.optionalInteger(8).map { Int($0) })
  }
}

private let standings = """
  SELECT script.uuid, script.title, script.revision, script.line_count, script.deleted,
    track_binding.track_key, session.uuid, observation.sha256, track_binding.agreed_revision
  FROM script
  LEFT JOIN track_binding ON track_binding.script = script.id
  LEFT JOIN session ON session.id = track_binding.session
  LEFT JOIN observation ON observation.id = track_binding.observation
  WHERE script.project = ? AND (script.deleted = 0 OR track_binding.script IS NOT NULL)
  ORDER BY script.id
  """
