import SQLiteKit
import ScriptModel

/// The checks of what a workspace has with the service.
struct ServiceInspection {
  let session: Session

  /// One check with its name.
  typealias Check = (name: String, body: () throws -> [String])

  var checks: [Check] {
    [
      ("media", media), ("intents", intents), ("bindings", bindings),
      ("observations", observations),
    ]
  }

  /// The files in the media folder; a person's own file may be changed or moved away.
  private func media() throws -> [String] {
    let rows = try session.connection.all(mediaInFolder) { row in
      (name: row.text(0), digest: row.bytes(1), count: row.optionalInteger(2))
    }
    return rows.compactMap { medium in
      let path = session.folder.media + "/" + MediaRow.fileName(of: medium.digest)
      guard let size = Platform.size(of: path) else {
        return "The file of '\(medium.name)' is missing."
      }
      if let count = medium.count, Int64(size) != count {
        return "The file of '\(medium.name)' has \(size) bytes instead of \(count)."
      }
      var hash = SHA256()
      guard Platform.readPieces(of: path, { hash.update($0) }) else {
        return "The file of '\(medium.name)' can't be read."
      }
      return hash.finalized() == medium.digest
        ? nil : "The file of '\(medium.name)' is not what it was."
    }
  }

  private func intents() throws -> [String] {
    let neverSent = try session.connection.all(sentWithoutAttempt) { row in
      "An intent of '\(row.text(0))' is '\(row.text(1))' and was never sent."
    }
    let strangers = try session.connection.all(strangersToProject) { row in
      "An intent of '\(row.text(0))' is about something of another project."
    }
    return neverSent + strangers
  }

  private func bindings() throws -> [String] {
    let dead = try session.connection.all(boundToDead) { row in
      "'\(row.text(0))' agrees with a session that is over, or is bound to another project's."
    }
    let ahead = try session.connection.all(agreedAhead) { row in
      "'\(row.text(0))' agrees with its track at a revision that is not there."
    }
    return dead + ahead
  }

  private func observations() throws -> [String] {
    var problems: [String] = []
    try session.connection.forEach("SELECT sha256, bytes FROM observation") { row in
      if SHA256.digest(of: row.bytes(1)) != row.bytes(0) {
        problems.append("A state of a session is not what it was.")
      }
    }
    let unnamed = try session.connection.integer(unnamedObservations)
    if unnamed > 0 { problems.append("\(unnamed) states of sessions are kept for nothing.") }
    return problems
  }
}

private let mediaInFolder =
  "SELECT name, sha256, byte_count FROM media WHERE path IS NULL AND sha256 IS NOT NULL"
private let sentWithoutAttempt = """
  SELECT project.name, intent.state FROM intent JOIN project ON project.id = intent.project
  WHERE intent.state IN ('sending', 'streaming', 'inDoubt', 'done') AND intent.attempts = 0
  """
private let strangersToProject = """
  SELECT project.name FROM intent JOIN project ON project.id = intent.project
  LEFT JOIN script ON script.id = intent.script
  LEFT JOIN media ON media.id = intent.media
  LEFT JOIN session ON session.id = intent.session
  WHERE script.project <> intent.project OR media.project <> intent.project
    OR session.project <> intent.project
  """
/// A session that is over leaves its scripts bound with nothing agreed on, until the next one opens.
private let boundToDead = """
  SELECT script.title FROM track_binding JOIN script ON script.id = track_binding.script
  JOIN session ON session.id = track_binding.session
  WHERE session.project <> script.project OR (session.live = 0
    AND (track_binding.observation IS NOT NULL
      OR track_binding.agreed_revision IS NOT NULL))
  """
private let agreedAhead = """
  SELECT script.title FROM track_binding JOIN script ON script.id = track_binding.script
  WHERE track_binding.agreed_revision > script.revision
  """
private let unnamedObservations = """
  SELECT count(*) FROM observation
  WHERE NOT EXISTS (SELECT 1 FROM session WHERE session.observation = observation.id)
    AND NOT EXISTS (SELECT 1 FROM track_binding WHERE track_binding.observation = observation.id)
    AND NOT EXISTS (SELECT 1 FROM intent WHERE intent.observation = observation.id)
  """
