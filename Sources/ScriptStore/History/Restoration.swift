import SQLiteKit
import ScriptModel

/// Makes a script what it was, as a new revision.
struct Restoration {
  let session: Session
  let dryRun: Bool

  func run(_ script: ScriptRow, to sequence: Int) throws -> EditOutcome {
    let past = try ScriptHistory(session: session, script: script).state(at: sequence)
    let edit = ScriptEdit(session, script: script)
    let present = try session.allLines(of: script.row)
    let differing = present.filter { line in past[line.row].map { differs($0, line) } ?? false
    }
    try edit.report.expect(differing)
    for line in differing {
      guard let old = past[line.row] else { continue }
      try restore(line.row, to: old, in: edit)
    }
    let message = "Restore revision \(sequence)"
    let speakers = Set(past.live.compactMap(\.speaker)).sorted()
    for speaker in speakers where past.mergedInto[speaker] == .some(nil) {
      try changeCast(.speakerMergedInto, of: speaker, to: .null, in: edit)
    }
    var renames = SharedRenames(edit: edit)
    try renames.rename(
      speakers.compactMap { row in past.names[row].map { (speaker: row, name: $0) } })
    try ReturningSpeakers(edit: edit).settle()
    let revision = try renames.finish(kind: .restore, message: message)
    return try edit.outcome(revision, dryRun: dryRun)
  }

  private func changeCast(
    _ field: Field, of speaker: Int64, to value: Binding, in edit: ScriptEdit
  ) throws {
    do {
      try edit.change(field, of: speaker, to: value)
    } catch let error as SQLiteError where error.code == .constraint {
      throw StoreError(
        .conflict, "A speaker of then has a name that is another speaker's now",
        fix: "Rename that speaker first.")
    }
  }

  /// What a deleted line held does not matter while it stays deleted.
  private func differs(_ old: LineRow, _ new: LineRow) -> Bool {
    old.isDeleted && new.isDeleted ? false : old.differs(from: new)
  }

  private func restore(_ row: Int64, to old: LineRow, in edit: ScriptEdit) throws {
    if old.isDeleted { return try edit.change(.deleted, of: row, to: .integer(1)) }
    for field in LineRow.fields { try edit.change(field, of: row, to: old[field]) }
  }
}
