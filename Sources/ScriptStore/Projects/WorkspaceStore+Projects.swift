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

  /// Takes a project with its scripts, cast and sources out of the workspace for good.
  ///
  /// A copy of the workspace from before goes to its folder `backups`, if there are scripts.
  package func deleteProject(_ id: Project.ID) throws(StoreError) {
    try keepCopy(beforeDeleting: id)
    try write { session in
      let project = try session.project(id)
      let index = try session.searchIndex()
      try session.connection.forEach(liveLines, [.integer(project.row)]) { row in
        try index.remove(row.integer(0), text: row.bytes(1))
      }
      for statement in deletions {
        try session.connection.run(statement, .integer(project.row))
      }
    }
  }

  private func keepCopy(beforeDeleting id: Project.ID) throws(StoreError) {
    if isReadOnly { throw StoreError(readOnly: folder) }
    try use { session in
      let project = try session.project(id)
      let scripts = try session.connection.all(anyScript, .integer(project.row)) { $0.integer(0) }
      if scripts.isEmpty { return }
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

private let anyScript = "SELECT id FROM script WHERE project = ? LIMIT 1"

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
