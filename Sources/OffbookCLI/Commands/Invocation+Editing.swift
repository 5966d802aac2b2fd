import JSONText
import Offbook
import ScriptModel

/// A number with its noun, such as `1 line` or `3 lines`.
func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}

extension Invocation {
  /// The report of an edit of one script: the difference with a dry run, else what was done.
  ///
  /// - Parameter done: what is told of a change, as the beginning of a sentence.
  func report(_ outcome: EditOutcome, done: String) -> Report {
    let isDryRun = isDryRun
    return Report(
      data: { writer, output in writer.object { $0.members(of: outcome, output) } },
      text: { console in
        if isDryRun || console.settings.verbose { console.difference(outcome.changes) }
        if outcome.changes.isEmpty, outcome.revision == nil {
          console.tell("Nothing to change.")
        } else if isDryRun {
          console.note("Dry run: nothing was changed.")
        } else {
          console.tell(done + (outcome.revision.map { " (revision \($0.sequence))." } ?? "."))
        }
      })
  }

  /// The report of an edit of several scripts; `nothing` is told where no line changed.
  func report(_ outcomes: [EditOutcome], done: String, nothing: String? = nil) -> Report {
    let isDryRun = isDryRun
    return Report(
      data: { writer, output in
        writer.object { writer in
          writer.member("scripts", outcomes) { $0.members(of: $1, output) }
        }
      },
      text: { console in
        let changed = outcomes.filter { !$0.changes.isEmpty || $0.revision != nil }
        if isDryRun || console.settings.verbose {
          for outcome in changed {
            if changed.count > 1 {
              console.line(console.outStyle.bold("Script \(outcome.scriptID)"))
            }
            console.difference(outcome.changes)
          }
        }
        if isDryRun { return console.note("Dry run: nothing was changed.") }
        if changed.isEmpty { return console.tell(nothing ?? "\(done).") }
        let lines = counted(changed.reduce(0) { $0 + $1.changes.count }, "line")
        console.tell("\(done) in \(counted(changed.count, "script")): \(lines).")
      })
  }
}

extension Console {
  /// Writes a difference as data.
  ///
  /// - Parameter conflicts: the lines with conflicts that wait for a decision.
  func difference(_ changes: [Change], conflicts: Set<Line.ID> = []) {
    let text = DifferenceText(style: outStyle, conflicts: conflicts)
    for change in changes {
      for row in text.rows(of: change) { line(row) }
    }
  }
}
