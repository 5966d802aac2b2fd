import SQLiteKit
package import ScriptModel

extension WorkspaceStore {
  /// Applies any edits as one revision.
  package func apply(
    _ edits: [LineEdit], to script: Script.ID, kind: Revision.Kind = .edit, message: String,
    dryRun: Bool = false
  ) throws(StoreError) -> EditOutcome {
    try write(keeps: !dryRun) { session in
      let edit = ScriptEdit(session, script: try session.script(script))
      try LineEditing(edit: edit).apply(edits)
      return try edit.outcome(edit.finish(kind: kind, message: message), dryRun: dryRun)
    }
  }
}
