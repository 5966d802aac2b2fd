import ScriptMerge
package import ScriptModel

/// What a merge makes of a script, for the store to carry out as one revision.
package struct ScriptTransformation: Sendable {
  /// The script as it is to be; lines and speakers by id, new ones with ids that are free.
  package var script: Script
  /// Lines whose text went into others.
  package var joins: [Line.ID: Line.ID] = [:]
  /// What happens to conflicts beside it.
  package var conflicts = ConflictChanges()
  /// Speakers that no line names but that values of conflicts may: they join the cast then.
  package var otherSpeakers: [Speaker] = []

  /// Creates a transformation that leaves all conflicts alone.
  package init(script: Script) { self.script = script }
}

/// What a merge starts from, all read in one transaction.
package struct MergeState: Sendable {
  /// The script at the revision that the other side was made from.
  package var base: Script
  /// The script as it stands.
  package var current: Script
  /// Its conflicts that wait for a decision.
  package var open: [Conflict]
}

extension WorkspaceStore {
  /// Makes a script what `body` makes of it and of an earlier state, as one revision.
  ///
  /// Nobody else changes the script between the reading and the writing.
  /// - Parameter base: a revision's sequence number.
  package func transform(
    _ script: Script.ID, base: Int, kind: Revision.Kind = .merge, message: String,
    dryRun: Bool = false, _ body: (MergeState) throws -> ScriptTransformation
  ) throws(StoreError) -> EditOutcome {
    try write(keeps: !dryRun) { session in
      let row = try session.script(script)
      let current = try session.assembled(row, lines: session.liveLines(of: row.row))
      let state = MergeState(
        base: base == row.revision
          ? current : try ScriptHistory(session: session, script: row).script(at: base),
        current: current, open: try session.openConflicts(of: row.row))
      let result = try body(state)
      let edit = ScriptEdit(session, script: row)
      var merging = ScriptMerging(edit: edit)
      let revision = try merging.run(from: current, to: result, kind: kind, message: message)
      return try edit.outcome(revision, dryRun: dryRun)
    }
  }
}
