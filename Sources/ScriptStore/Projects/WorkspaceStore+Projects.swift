import SQLiteKit
package import ScriptModel

extension WorkspaceStore {
  /// Lists the projects in the order of their making.
  package func projects() throws(StoreError) -> [ProjectSummary] {
    try read { session in
      try session.connection.all(projectSummaries) { row in
        ProjectSummary(
          project: Project(id: row.identifier(0), name: row.text(1), language: row.text(2)),
          scriptCount: Int(row.integer(3)), speakerCount: Int(row.integer(4)))
      }
    }
  }

  /// Makes a project.
  ///
  /// - Throws: `alreadyExists` where a project has that name, `invalidValue` for an unusable name.
  package func createProject(
    named name: String, language: String = "en"
  ) throws(StoreError) -> Project {
    try write { try $0.makeProject(named: name, language: language).project }
  }

  /// Gives a project another name.
  package func renameProject(
    _ id: Project.ID, to name: String
  ) throws(StoreError) -> Project {
    try write { try $0.renameProject(id, to: name) }
  }

  /// Takes a project with its scripts, cast, sources, media and intents out of the workspace for good.
  ///
  /// A copy of the workspace from before goes to its folder `backups`, if there are scripts or intents.
  /// The ledger of charges stays.
  /// - Throws: `conflict` while an intent is out or in doubt: what it was charged would be forgotten.
  package func deleteProject(_ id: Project.ID) throws(StoreError) {
    try keepCopy(beforeDeleting: id)
    try write { session in
      let project = try session.project(id)
      try session.checkNothingIsOut(of: project)
      let index = try session.searchIndex()
      try session.connection.forEach(liveLines, [.integer(project.row)]) { row in
        try index.remove(row.integer(0), text: row.bytes(1))
      }
      for statement in deletions {
        try session.connection.run(statement, .integer(project.row))
      }
      try session.connection.run(dropUnnamedObservations)
    }
  }

  private func keepCopy(beforeDeleting id: Project.ID) throws(StoreError) {
    if isReadOnly { throw StoreError(readOnly: folder) }
    try use { session in
      let project = try session.project(id)
      try session.checkNothingIsOut(of: project)
      if try session.connection.integer(hasContent, .integer(project.row)) == 0 { return }
      try WorkspaceFolder.make(session.folder.backups)
      let path = session.folder.backups + "/before-deleting-project-\(id).sqlite"
      try DatabaseCopy(source: session.connection, path: path).make()
    }
  }

  /// Finds the project with that id, unique id prefix (4 characters or more) or name.
  ///
  /// - Throws: `notFound` with a near name as advice, `ambiguous` with the candidates.
  package func project(matching reference: String) throws(StoreError) -> Project {
    try read { try $0.project(matching: reference).project }
  }
}

extension Session {
  /// Refuses to forget what the service may be charging for.
  fileprivate func checkNothingIsOut(of project: ProjectRow) throws {
    let out = try connection.integer(intentsOut, .integer(project.row))
    guard out == 0 else {
      throw StoreError(
        .conflict,
        out == 1
          ? "An intent of '\(project.project.name)' has no known outcome yet"
          : "\(out) intents of '\(project.project.name)' have no known outcome yet",
        fix: "Run 'offbook sync', or give them up with 'offbook intents abandon'.")
    }
  }
}

private let hasContent = """
  SELECT EXISTS (SELECT 1 FROM script WHERE project = ?1)
    OR EXISTS (SELECT 1 FROM intent WHERE project = ?1)
  """

private let intentsOut = """
  SELECT count(*) FROM intent WHERE project = ? AND state IN ('sending', 'streaming', 'inDoubt')
  """

private let dropUnnamedObservations = """
  DELETE FROM observation
  WHERE NOT EXISTS (SELECT 1 FROM session WHERE session.observation = observation.id)
    AND NOT EXISTS (SELECT 1 FROM track_binding WHERE track_binding.observation = observation.id)
    AND NOT EXISTS (SELECT 1 FROM intent WHERE intent.observation = observation.id)
  """

private let projectSummaries = """
  SELECT uuid, name, language,
    (SELECT count(*) FROM script WHERE project = project.id AND deleted = 0),
    (SELECT count(*) FROM speaker
     WHERE project = project.id AND merged_into IS NULL AND deleted = 0)
  FROM project ORDER BY id
  """

private let liveLines = """
  SELECT line.id, line.text FROM script JOIN line ON line.script = script.id AND line.deleted = 0
  WHERE script.project = ?
  """

/// From what refers to what is referred to.
private let deletions = [
  "DELETE FROM conversation WHERE project = ?",
  "DELETE FROM intent WHERE project = ?",
  "DELETE FROM track_binding WHERE script IN (SELECT id FROM script WHERE project = ?)",
  "DELETE FROM session WHERE project = ?",
  "DELETE FROM conflict WHERE script IN (SELECT id FROM script WHERE project = ?)",
  "DELETE FROM export WHERE script IN (SELECT id FROM script WHERE project = ?)",
  "DELETE FROM change WHERE script IN (SELECT id FROM script WHERE project = ?)",
  "DELETE FROM revision WHERE script IN (SELECT id FROM script WHERE project = ?)",
  "DELETE FROM source_note WHERE source IN (SELECT id FROM source WHERE project = ?)",
  "DELETE FROM source_finding WHERE source IN (SELECT id FROM source WHERE project = ?)",
  "DELETE FROM source WHERE project = ?",
  """
  UPDATE line SET joined_into = NULL
  WHERE joined_into IS NOT NULL AND script IN (SELECT id FROM script WHERE project = ?)
  """,
  "DELETE FROM line WHERE script IN (SELECT id FROM script WHERE project = ?)",
  "DELETE FROM script WHERE project = ?",
  "UPDATE speaker SET merged_into = NULL, deleted = 1 WHERE project = ?",
  "DELETE FROM speaker WHERE project = ?",
  "DELETE FROM media WHERE project = ?",
  "DELETE FROM project WHERE id = ?",
]
