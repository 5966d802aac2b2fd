public import ScriptModel
import ScriptStore

extension Workspace {
  /// Lists the projects in the order of their making.
  public func projects() throws(WorkspaceError) -> [ProjectSummary] {
    try translating { () throws(StoreError) in try store.projects() }
  }

  /// Makes a project.
  ///
  /// - Throws: `alreadyExists` where a project has that name, `invalidValue` for an unusable name.
  public func createProject(
    named name: String, language: String = "en"
  ) throws(WorkspaceError) -> Project {
    try translating { () throws(StoreError) in
      try store.createProject(named: name, language: language)
    }
  }

  /// Gives a project another name.
  public func renameProject(_ id: Project.ID, to name: String) throws(WorkspaceError) -> Project {
    try translating { () throws(StoreError) in try store.renameProject(id, to: name) }
  }

  /// Takes a project with its scripts, cast and sources out of the workspace for good.
  public func deleteProject(_ id: Project.ID) throws(WorkspaceError) {
    try translating { () throws(StoreError) in try store.deleteProject(id) }
  }
}

// MARK: - What a person calls things

extension Workspace {
  /// Finds the project with that id, unique id prefix (4 characters or more) or name.
  ///
  /// - Throws: `notFound` with a near name as advice, `ambiguous` with the candidates.
  public func project(matching reference: String) throws(WorkspaceError) -> Project {
    try translating { () throws(StoreError) in try store.project(matching: reference) }
  }

  /// Finds the script with that id, unique id prefix (4 characters or more) or title.
  ///
  /// - Throws: `notFound` with a near title as advice, `ambiguous` with the candidates.
  public func script(
    matching reference: String, in project: Project.ID? = nil
  ) throws(WorkspaceError) -> ScriptSummary {
    try translating { () throws(StoreError) in
      try store.script(matching: reference, in: project)
    }
  }

  /// Finds the lines that references name: ids, unique id prefixes, `12`, `3-7`, `@1:30`.
  ///
  /// `@1:30` is the line that is spoken at that time, else the last that began before it. The lines
  /// come in the script's order, each once.
  public func lines(
    matching references: [String], in script: Script.ID
  ) throws(WorkspaceError) -> [Line.ID] {
    try translating { () throws(StoreError) in try store.lines(matching: references, in: script) }
  }

  /// Finds the speaker with that id, unique id prefix or name (letter case aside) in a cast.
  public func speaker(
    matching reference: String, in project: Project.ID
  ) throws(WorkspaceError) -> Speaker {
    try translating { () throws(StoreError) in
      try store.speaker(matching: reference, in: project)
    }
  }
}
