import SQLiteKit
package import ScriptModel

/// What a merge or a decision does to the conflicts of a script, beside its edits of lines.
package struct ConflictChanges: Sendable {
  /// How a conflict was settled.
  package enum Resolution: String, Sendable, CaseIterable {
    case ours, theirs, base, text
  }

  /// Conflicts that a merge found.
  package var recorded: [Conflict] = []
  /// Open conflicts that a later merge gives other values; they keep their ids.
  package var updated: [Conflict] = []
  /// Conflicts that a person settled.
  package var resolved: [Conflict.ID: Resolution] = [:]

  /// Creates changes that change nothing.
  package init() {}
}

extension WorkspaceStore {
  /// Lists conflicts, of one script or of all, in the order in which they were found.
  package func conflicts(
    of script: Script.ID? = nil, includingResolved: Bool = false
  ) throws(StoreError) -> [Conflict] {
    try read { session in
      let states = includingResolved ? "" : " AND conflict.state = 'open'"
      guard let script else {
        return try session.connection.all(
          conflictColumns + states + " ORDER BY conflict.id", map: { Conflict($0) })
      }
      return try session.connection.all(
        conflictColumns + " AND conflict.script = ?" + states + " ORDER BY conflict.id",
        .integer(session.script(script).row), map: { Conflict($0) })
    }
  }

  /// Lists the conflicts that wait in the scripts of a project, script by script.
  package func openConflicts(in project: Project.ID) throws(StoreError) -> [Conflict] {
    try read { session in try session.openConflicts(in: session.project(project).row) }
  }

  /// Finds the conflict with that id or unique id prefix (4 characters or more).
  package func conflict(matching reference: String) throws(StoreError) -> Conflict {
    try read { session in
      guard let range = IdentifierPrefix(reference) else {
        throw StoreError.notFound("conflict", reference)
      }
      let found = try session.connection.all(
        conflictsByPrefix, .blob(range.lowest), .blob(range.highest), map: { Conflict($0) })
      guard let only = found.first else { throw StoreError.notFound("conflict", reference) }
      guard found.count == 1 else {
        throw StoreError(
          .ambiguous, "'\(reference)' is the beginning of \(found.count) conflicts' ids",
          fix: "Give more of the id.")
      }
      return only
    }
  }

  /// Applies edits and what they do to conflicts as one revision, which `undo` takes back whole.
  ///
  /// - Throws: `notFound` for a line or a conflict that is not there.
  package func apply(
    _ edits: [LineEdit], conflicts: ConflictChanges, to script: Script.ID,
    kind: Revision.Kind = .merge, message: String, dryRun: Bool = false
  ) throws(StoreError) -> EditOutcome {
    try edit(script, kind: kind, dryRun: dryRun) { edit in
      try LineEditing(edit: edit).apply(edits)
      try ConflictEditing(edit: edit).apply(conflicts)
      return message
    }
  }
}

extension Session {
  /// The conflicts of a script that wait for a decision.
  func openConflicts(of script: Int64) throws -> [Conflict] {
    try connection.all(openConflictsOfScript, .integer(script), map: { Conflict($0) })
  }

  /// The conflicts that wait in the scripts of a project, script by script.
  func openConflicts(in project: Int64) throws -> [Conflict] {
    try connection.all(openConflictsInProject, .integer(project), map: { Conflict($0) })
  }
}

extension Conflict {
  init(_ row: Row) {
    self.init(
      id: row.identifier(0), scriptID: row.identifier(1), lineID: row.identifier(2),
      field: Field(rawValue: row.text(3)) ?? .text, base: row.optionalText(4),
      ours: row.optionalText(5), theirs: row.optionalText(6),
      state: State(rawValue: row.text(7)) ?? .open)
  }
}

private let conflictColumns = """
  SELECT conflict.uuid, script.uuid, line.uuid, conflict.field, conflict.base, conflict.ours,
    conflict.theirs, conflict.state
  FROM conflict
  JOIN script ON script.id = conflict.script AND script.deleted = 0
  JOIN line ON line.id = conflict.line
  WHERE conflict.recorded = 1
  """
private let openConflictsOfScript =
  conflictColumns + " AND conflict.script = ? AND conflict.state = 'open' ORDER BY conflict.id"
private let openConflictsInProject =
  conflictColumns
  + " AND script.project = ? AND conflict.state = 'open' ORDER BY script.id, conflict.id"
private let conflictsByPrefix = conflictColumns + " AND conflict.uuid BETWEEN ? AND ?"
