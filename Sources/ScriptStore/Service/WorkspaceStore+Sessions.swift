import SQLiteKit
package import ScriptModel

extension WorkspaceStore {
  /// Records an intent to open a session, where the project has none and none is on its way.
  package func planSession(
    of project: Project.ID, source: String
  ) throws(StoreError) -> ProjectSnapshot {
    try write { session in
      let project = try session.project(project)
      let isUnderWay = try session.unsettledIntents(of: project.row).contains {
        $0.intent.kind == .session
      }
      if try !isUnderWay && session.liveSession(of: project.row) == nil {
        _ = try session.record(
          IntentRequest(
            .session, in: project.project.id, message: project.project.name, source: source))
      }
      return try session.snapshot(of: project)
    }
  }

  /// Settles a session intent: what it opened is the project's live session.
  ///
  /// - Throws: `conflict` where the intent can't be done, or where another session is live.
  package func sessionOpened(
    _ intent: Intent.ID, sessionID: String, taskID: String, userID: String?
  ) throws(StoreError) -> ProjectSnapshot {
    try write { session in
      let project = try IntentArrow(session: session, advance: IntentAdvance(intent, to: .done))
        .draw()
      try session.openSession(
        of: project, sessionID: sessionID, taskID: taskID, userID: userID)
      return try session.snapshot(of: session.projectRow(project))
    }
  }

  /// Ends a session that the service no longer knows; one that is over already stays as it is.
  ///
  /// Its scripts stay bound with nothing agreed on, which tells that they are to go to the next
  /// session, and the uploads that it had are recorded anew. Of its intents in
  /// doubt uploads are queued again, pushes abandoned, messages left to the person with evidence.
  /// What is `sending` or `streaming` stays so for its sender, who draws the arrow of it.
  package func sessionExpired(_ id: BackendSession.ID) throws(StoreError) -> ProjectSnapshot {
    try write { session in
      let expired = try session.backendSession(id)
      if expired.session.isLive { try SessionExpiry(session: session, expired: expired).run() }
      return try session.snapshot(of: session.projectRow(expired.project))
    }
  }

  /// Whether the session refused a text file, so that texts go in messages.
  package func refusesTextFiles(_ id: BackendSession.ID) throws(StoreError) -> Bool {
    try read { session in
      try session.connection.integer(
        "SELECT refuses_text_files FROM session WHERE id = ?",
        .integer(session.backendSession(id).row)) != 0
    }
  }

  /// Remembers that the session refused a text file.
  package func noteRefusedTextFile(_ id: BackendSession.ID) throws(StoreError) {
    try write { session in
      try session.connection.run(
        "UPDATE session SET refuses_text_files = 1 WHERE id = ?",
        .integer(session.backendSession(id).row))
    }
  }

  /// The projects with a live session, with scripts that had one, or with unsettled intents.
  package func projectsToSync() throws(StoreError) -> [Project.ID] {
    try read { session in
      try session.connection.all(projectsWithWork) { $0.identifier(0) }
    }
  }

  /// How many intents wait or are in doubt, and how many media there are, of projects with any.
  ///
  /// What is being sent counts apart: after a crash it is in doubt. What the service renders does not count.
  package func serviceCounts()
    throws(StoreError) -> [Project.ID: (queued: Int, inDoubt: Int, onTheWay: Int, media: Int)]
  {
    let rows = try read { session in
      try session.connection.all(countsByProject) { row in
        ServiceCounts(
          project: row.identifier(0), queued: Int(row.integer(1)), inDoubt: Int(row.integer(2)),
          onTheWay: Int(row.integer(3)), media: Int(row.integer(4)))
      }
    }
    return Dictionary(
      rows.map {
        (
          $0.project,
          (
            queued: $0.queued, inDoubt: $0.inDoubt, onTheWay: $0.onTheWay, media: $0.media
          )
        )
      },
      uniquingKeysWith: { first, _ in first })
  }
}

/// What a project has with the service, counted.
private struct ServiceCounts {
  let project: Project.ID
  let queued: Int
  let inDoubt: Int
  let onTheWay: Int
  let media: Int
}

private let projectsWithWork = """
  SELECT uuid FROM project
  WHERE EXISTS (SELECT 1 FROM session WHERE session.project = project.id AND session.live = 1)
    OR EXISTS (SELECT 1 FROM intent
      WHERE intent.project = project.id AND \(IntentRow.isUnsettled))
    OR EXISTS (SELECT 1 FROM track_binding JOIN script ON script.id = track_binding.script
      WHERE script.project = project.id AND script.deleted = 0)
  ORDER BY id
  """

private let countsByProject = """
  SELECT project.uuid, coalesce(sum(queued), 0), coalesce(sum(in_doubt), 0),
    coalesce(sum(on_the_way), 0), coalesce(sum(media), 0)
  FROM (
    SELECT intent.project AS project, sum(intent.state = 'queued') AS queued,
      sum(intent.state = 'inDoubt') AS in_doubt,
      sum(intent.state = 'sending' OR intent.state = 'streaming' AND intent.kind <> 'render')
        AS on_the_way,
      0 AS media
    FROM intent WHERE \(IntentRow.isUnsettled) GROUP BY intent.project
    UNION ALL
    SELECT media.project, 0, 0, 0, count(*) FROM media GROUP BY media.project
  ) AS counted JOIN project ON project.id = counted.project
  GROUP BY project.id
  """
