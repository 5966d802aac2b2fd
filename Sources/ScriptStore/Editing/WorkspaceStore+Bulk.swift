import SQLiteKit
package import ScriptModel

extension WorkspaceStore {
  /// Shifts and stretches times, `new = old × numerator ÷ denominator + shift`, of lines or of all.
  ///
  /// Halves are rounded away from zero.
  ///
  /// - Throws: `invalidValue` where a time would overflow, or the factor is not more than 0.
  package func retime(
    _ script: Script.ID, lines: [Line.ID]? = nil, shift: Milliseconds = Milliseconds(0),
    numerator: Int64 = 1, denominator: Int64 = 1, dryRun: Bool = false
  ) throws(StoreError) -> EditOutcome {
    try edit(script, kind: .retime, dryRun: dryRun) { edit in
      guard numerator > 0, denominator > 0 else {
        throw StoreError(.invalidValue, "The factor of a change of times must be more than 0")
      }
      let map = TimeMap(shift: shift, numerator: numerator, denominator: denominator)
      let found =
        try lines.map { try $0.map { try edit.liveLine($0) } }
        ?? edit.session.liveLines(of: edit.script.row)
      var edits: [LineEdit] = []
      for line in found {
        if let start = line.start { edits.append(.setStart(line.id, try map.applied(to: start))) }
        if let end = line.end { edits.append(.setEnd(line.id, try map.applied(to: end))) }
      }
      edit.remember(found)
      try LineEditing(edit: edit).apply(edits)
      return "Change times"
    }
  }

  /// Replaces text in scripts; each that changes gets a revision. Markup stays whole.
  ///
  /// - Parameter replacement: with a regular expression `$1` and `$0` are groups, `$$` is a dollar.
  /// - Throws: `invalidValue` for an empty pattern or one that is no regular expression.
  package func replace(
    _ pattern: String, with replacement: String, isRegularExpression: Bool = false,
    ignoresCase: Bool = false, in scripts: [Script.ID], dryRun: Bool = false
  ) throws(StoreError) -> [EditOutcome] {
    try write(keeps: !dryRun) { session in
      let replacing = try TextReplacement(
        pattern: pattern, replacement: try LineText.checked(replacement),
        isRegularExpression: isRegularExpression, ignoresCase: ignoresCase)
      var outcomes: [EditOutcome] = []
      for id in scripts {
        let edit = ScriptEdit(session, script: try session.script(id))
        let lines = try session.liveLines(of: edit.script.row)
        let changed = lines.compactMap { line in
          replacing.result(for: line.text).map { (line, $0) }
        }
        if changed.isEmpty { continue }
        edit.remember(changed.map(\.0))
        try LineEditing(edit: edit).apply(changed.map { .setText($0.id, $1) })
        let revision = try edit.finish(kind: .replace, message: "Replace text")
        outcomes.append(try edit.outcome(revision, dryRun: dryRun))
      }
      return outcomes
    }
  }
}
