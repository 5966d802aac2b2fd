import SQLiteKit
import ScriptModel

/// Takes a revision back with a new one that says the opposite, in all scripts that it went through.
struct Reversal {
  let session: Session
  let kind: Revision.Kind
  let dryRun: Bool

  /// Takes one revision of a script back, and its companions in other scripts.
  func run(_ target: RevisionRow, of script: ScriptRow) throws -> EditOutcome {
    var batch: [UInt8]?
    if target.batch != nil {
      let id: Revision.ID = session.newIdentifier()
      batch = id.bytes
    }
    let others = try companions(of: target, in: script)
    let outcome = try takeBack(target, of: script, batch: batch)
    for other in others { _ = try takeBack(other.revision, of: other.script, batch: batch) }
    return outcome
  }

  private func companions(
    of target: RevisionRow, in script: ScriptRow
  ) throws -> [(revision: RevisionRow, script: ScriptRow)] {
    guard let batch = target.batch else { return [] }
    let places = try session.connection.all(
      companionPlaces, .blob(batch), .integer(script.row)
    ) { (script: $0.integer(0), sequence: Int($0.integer(1))) }
    return try places.compactMap { place in
      let other = try session.scriptRow(place.script)
      let stack = UndoStack(try session.revisions(of: other).map(\.revision))
      let open = kind == .undo ? stack.done : stack.undone
      // What was taken back there before stays so; an edit made since does not stand in the way.
      guard kind == .redo || open.contains(place.sequence) else { return nil }
      return (try session.revision(place.sequence, of: other), other)
    }
  }

  private func takeBack(
    _ target: RevisionRow, of script: ScriptRow, batch: [UInt8]?
  ) throws -> EditOutcome {
    let edit = ScriptEdit(session, script: script)
    let changes = try session.connection.all(
      ChangeRow.query, .integer(script.row), .integer(Int64(target.revision.sequence)),
      map: ChangeRow.init)
    let lines = Set(changes.filter(\.field.isOfLine).map(\.subject))
    try edit.report.expect(try lines.sorted().map { try edit.line($0) })
    for change in changes where change.field == .speakerName {
      try edit.report.expect(session.liveLines(of: script.row, speaker: change.subject))
    }
    for change in changes { try takeBack(change, in: edit) }
    let message = "\(kind == .undo ? "Undo" : "Redo"): \(subject(of: target.revision))"
    let revision = try edit.finish(
      kind: kind, message: message, target: target.revision.sequence, batch: batch, always: true)
    return try edit.outcome(revision, dryRun: dryRun)
  }

  private func takeBack(_ change: ChangeRow, in edit: ScriptEdit) throws {
    if change.field.isOfLine {
      let now = try edit.line(change.subject)[change.field]
      try edit.change(change.field, of: change.subject, to: change.earlierValue(now: now))
      return
    }
    let now = try session.connection.first(
      change.field.select, .integer(change.subject), map: { $0.binding(0) })
    // Companions share speakers: the first of them has done it for all.
    if now == change.before { return edit.note(change.reversed) }
    guard now == change.after else { throw changedElsewhere }
    // A speaker whom another script has taken up meanwhile stays in the cast.
    if change.field == .speakerDeleted, change.before == .integer(1),
      try session.hasLines(speaker: change.subject)
    {
      return
    }
    do {
      try edit.change(change.field, of: change.subject, to: change.before)
    } catch let error as SQLiteError where error.code == .constraint {
      throw changedElsewhere
    }
  }

  private var changedElsewhere: StoreError {
    StoreError(
      .conflict, "What this would take back was changed again through another script",
      fix: "Undo the later change in that script first.")
  }

  /// An undo of an undo names what was done in the first place.
  private func subject(of revision: Revision) -> String {
    var message = revision.message[...]
    while message.hasPrefix("Undo: ") || message.hasPrefix("Redo: ") {
      message = message.dropFirst(6)
    }
    return String(message)
  }
}

private let companionPlaces = """
  SELECT script, sequence FROM revision WHERE batch = ? AND script <> ? ORDER BY script
  """
