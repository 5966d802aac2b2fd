public import ScriptModel
import ScriptStore

extension Workspace {
  /// Lists the scripts, of one project or of all, in the order of their making.
  public func scripts(in project: Project.ID? = nil) throws(WorkspaceError) -> [ScriptSummary] {
    try translating { () throws(StoreError) in try store.scripts(in: project) }
  }

  /// Reads a script with all its lines, as it stands or as it stood at a revision.
  public func script(_ id: Script.ID, at revision: Int? = nil) throws(WorkspaceError) -> Script {
    try translating { () throws(StoreError) in try store.script(id, at: revision) }
  }

  /// Makes a script without lines; without a project it goes into the one named `Scripts`.
  public func createScript(
    titled title: String, in project: Project.ID? = nil
  ) throws(WorkspaceError) -> ScriptSummary {
    try translating { () throws(StoreError) in try store.createScript(titled: title, in: project) }
  }

  /// Takes a script out of all lists; `undo` with its title or id brings it back.
  public func deleteScript(
    _ id: Script.ID, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome {
    try translating { () throws(StoreError) in try store.deleteScript(id, dryRun: dryRun) }
  }

  /// Finds a deleted script by id, unique id prefix or title, so that `undo` can bring it back.
  public func deletedScript(
    matching reference: String
  ) throws(WorkspaceError) -> ScriptSummary {
    try translating { () throws(StoreError) in try store.deletedScript(matching: reference) }
  }

  /// Finds lines by words, "phrases" and prefixes*, at most `limit`, in the order of their making.
  public func search(
    _ query: String, in project: Project.ID? = nil, speaker: String? = nil, limit: Int = 50
  ) throws(WorkspaceError) -> [SearchHit] {
    try translating { () throws(StoreError) in
      try store.search(query, in: project, speaker: speaker, limit: limit)
    }
  }
}

// MARK: - Care

extension Workspace {
  /// Checks the workspace: the database's integrity, foreign keys, search index, order, media.
  public func health() throws(WorkspaceError) -> [HealthCheck] {
    try translating { () throws(StoreError) in try store.health() }
  }

  /// Copies the database to a file, whole and sound, while others may go on writing.
  ///
  /// - Throws: `alreadyExists` where there is a file and `force` is false.
  public func backup(to path: String, force: Bool = false) throws(WorkspaceError) {
    try translating { () throws(StoreError) in try store.backup(to: path, force: force) }
  }
}
