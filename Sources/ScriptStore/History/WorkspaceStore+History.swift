import SQLiteKit
package import ScriptModel
import ScriptMerge

extension WorkspaceStore {
  /// Lists the revisions of a script, newest first.
  package func log(of script: Script.ID) throws(StoreError) -> [Revision] {
    try read { session in
      let row = try session.script(script, deleted: true)
      return try session.revisions(of: row).reversed().map(\.revision)
    }
  }

  /// Compares two states of a script: `from` (`nil`: before the last revision), `to` (`nil`: now).
  package func diff(
    of script: Script.ID, from: Int? = nil, to: Int? = nil
  ) throws(StoreError) -> [Change] {
    try read { session in
      let row = try session.script(script)
      let history = ScriptHistory(session: session, script: row)
      let later = to ?? row.revision
      return ScriptDifference.changes(
        from: try history.script(at: from ?? max(1, later - 1)),
        to: later == row.revision ? try session.current(row) : try history.script(at: later))
    }
  }

  /// Names for each line the revision that touched it last.
  package func blame(of script: Script.ID) throws(StoreError) -> [BlameEntry] {
    try read { session in
      let row = try session.script(script)
      let revisions = try session.revisions(of: row).map(\.revision)
      let bySequence = Dictionary(
        revisions.map { ($0.sequence, $0) }, uniquingKeysWith: { first, _ in first })
      let lines = try session.liveLines(of: row.row)
      let whole = try session.assembled(row, lines: lines)
      let names = Dictionary(
        whole.speakers.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
      return try zip(lines, whole.lines).enumerated().map { index, pair in
        guard let revision = bySequence[pair.0.revision] else {
          throw StoreError.inconsistent("a line names a revision that is not there")
        }
        let state = Change.State(
          number: index + 1, line: pair.1, speakerName: pair.1.speaker.flatMap { names[$0] })
        return BlameEntry(state: state, revision: revision)
      }
    }
  }

  /// Takes the last revision that is not undone back, as a new revision; also a deletion.
  ///
  /// - Throws: `nothingToUndo` where only the script's making is left.
  package func undo(_ script: Script.ID, dryRun: Bool = false) throws(StoreError) -> EditOutcome {
    try write(keeps: !dryRun) { session in
      let row = try session.script(script, deleted: true)
      let revisions = try session.revisions(of: row)
      guard let target = UndoStack(revisions.map(\.revision)).done.last else {
        throw StoreError(
          .nothingToUndo, "There is nothing to undo in '\(row.title)'",
          fix: "'offbook delete' takes the whole script out.")
      }
      return try Reversal(session: session, kind: .undo, dryRun: dryRun)
        .run(session.revision(target, of: row), of: row)
    }
  }

  /// Does again what the last `undo` took back, as a new revision.
  ///
  /// - Throws: `nothingToRedo` where nothing was undone since the last edit.
  package func redo(_ script: Script.ID, dryRun: Bool = false) throws(StoreError) -> EditOutcome {
    try write(keeps: !dryRun) { session in
      let row = try session.script(script, deleted: true)
      let revisions = try session.revisions(of: row)
      guard let target = UndoStack(revisions.map(\.revision)).undone.last else {
        throw StoreError(
          .nothingToRedo, "There is nothing to redo in '\(row.title)'",
          fix: "Only what 'offbook undo' took back can be done again, until the next edit.")
      }
      return try Reversal(session: session, kind: .redo, dryRun: dryRun)
        .run(session.revision(target, of: row), of: row)
    }
  }

  /// Makes a script what it was at a revision, as a new revision.
  package func restore(
    _ script: Script.ID, to revision: Int, dryRun: Bool = false
  ) throws(StoreError) -> EditOutcome {
    try write(keeps: !dryRun) { session in
      try Restoration(session: session, dryRun: dryRun)
        .run(session.script(script), to: revision)
    }
  }
}
