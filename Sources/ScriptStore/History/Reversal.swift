import SQLiteKit
import ScriptModel

/// Takes a revision back with a new one that says the opposite, in all scripts that it went through.
struct Reversal {
  let session: Session
  let kind: Revision.Kind
  let dryRun: Bool

  /// One revision that is taken back, and the edit that does it.
  private struct Step {
    let target: RevisionRow
    let edit: ScriptEdit
    let changes: [ChangeRow]
  }

  /// Takes one revision of a script back, and its companions in other scripts.
  func run(_ target: RevisionRow, of script: ScriptRow) throws -> EditOutcome {
    let first = try step(target, of: script)
    var batch: [UInt8]?
    if target.batch != nil || first.changes.contains(where: { $0.field == .speakerMergedInto }) {
      let id: Revision.ID = session.newIdentifier()
      batch = id.bytes
    }
    let others = try companions(of: target, in: script).map { other in
      let edited = try linesEdited(since: other.revision.revision.sequence, in: other.script)
      return try step(other.revision, of: other.script, leaving: edited)
    }
    // Names are shared and may have been exchanged: all of them change before anything else.
    try takeBackNames(([first] + others).flatMap(\.changes))
    let outcome = try takeBack(first, batch: batch)
    for other in others { _ = try takeBack(other, batch: batch) }
    if let batch { try settleOthers(in: script.project, batch: batch, as: first.target) }
    return outcome
  }

  /// A merge that is done again also takes lines that other scripts gave the speaker meanwhile.
  private func settleOthers(in project: Int64, batch: [UInt8], as target: RevisionRow) throws {
    for row in try session.scriptsWithStrangers(project: project) {
      let edit = ScriptEdit(session, script: try session.scriptRow(row))
      try ReturningSpeakers(edit: edit).settle()
      _ = try edit.finish(kind: .speaker, message: message(for: target), batch: batch)
    }
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

  /// The lines of a companion that later edits went over: what these wrote must stay.
  private func linesEdited(since sequence: Int, in script: ScriptRow) throws -> Set<Int64> {
    if script.revision == sequence { return [] }
    let then = try ScriptHistory(session: session, script: script).state(at: sequence)
    let now = try session.allLines(of: script.row)
    return Set(now.filter { then[$0.row]?.differs(from: $0) ?? true }.map(\.row))
  }

  private func step(
    _ target: RevisionRow, of script: ScriptRow, leaving edited: Set<Int64> = []
  ) throws -> Step {
    let edit = ScriptEdit(session, script: script)
    let changes = try session.connection.all(
      ChangeRow.query, .integer(script.row), .integer(Int64(target.revision.sequence)),
      map: ChangeRow.init
    ).filter { !$0.field.isOfLine || !edited.contains($0.subject) }
    let lines = Set(changes.filter(\.field.isOfLine).map(\.subject))
    try edit.report.expect(try lines.sorted().map { try edit.line($0) })
    for change in changes where change.field == .speakerName {
      try edit.report.expect(session.liveLines(of: script.row, speaker: change.subject))
    }
    return Step(target: target, edit: edit, changes: changes)
  }

  private func takeBack(_ step: Step, batch: [UInt8]?) throws -> EditOutcome {
    let edit = step.edit
    // Who came into the cast leaves it once no line is left that is theirs.
    let leaves: (ChangeRow) -> Bool = { $0.field == .speakerDeleted && $0.before == .integer(1) }
    for change in step.changes where !leaves(change) { try takeBack(change, in: edit) }
    for change in step.changes where leaves(change) { try takeBack(change, in: edit) }
    try ReturningSpeakers(edit: edit).settle()
    let revision = try edit.finish(
      kind: kind, message: message(for: step.target), target: step.target.revision.sequence,
      batch: batch, always: true)
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
    // Where another script has made a speaker of that name meanwhile, the lines become that one's.
    if change.field == .speakerDeleted, change.before == .integer(0),
      try hasNamesake(change.subject)
    {
      return
    }
    // Nobody may end up merged into themselves by way of a merge that came between.
    if change.field == .speakerMergedInto, let target = change.before.integer {
      let id = try session.speakerRow(target).speaker.id
      let heir = try session.speakerRow(id, project: edit.script.project)
      if heir == change.subject { throw changedElsewhere }
    }
    do {
      try edit.change(change.field, of: change.subject, to: change.before)
    } catch let error as SQLiteError where error.code == .constraint {
      throw changedElsewhere
    }
  }

  private func hasNamesake(_ speaker: Int64) throws -> Bool {
    try session.connection.integer(namesakes, .integer(speaker)) > 0
  }

  /// Gives speakers the names back that they had; each script notes it when its turn comes.
  private func takeBackNames(_ changes: [ChangeRow]) throws {
    var renames: [ChangeRow] = []
    var subjects: Set<Int64> = []
    for change in changes where change.field == .speakerName {
      guard subjects.insert(change.subject).inserted else { continue }
      let now = Binding.text(try session.speakerRow(change.subject).speaker.name)
      if now == change.before { continue }
      guard now == change.after else { throw changedElsewhere }
      renames.append(change.reversed)
    }
    do {
      try session.rename(renames)
    } catch let error as SQLiteError where error.code == .constraint {
      throw changedElsewhere
    }
  }

  private var changedElsewhere: StoreError {
    StoreError(
      .conflict, "What this would take back was changed again through another script",
      fix: "Undo the later change in that script first.")
  }

  private func message(for target: RevisionRow) -> String {
    "\(kind == .undo ? "Undo" : "Redo"): \(subject(of: target.revision))"
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

private let namesakes = """
  SELECT count(*) FROM speaker AS other JOIN speaker AS gone
    ON gone.project = other.project AND gone.name = other.name AND gone.id <> other.id
  WHERE gone.id = ? AND other.merged_into IS NULL AND other.deleted = 0
  """
