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
    let differing = present.filter { line in past.lines[line.row].map { differs($0, line) } ?? false
    }
    try edit.report.expect(differing)
    for line in differing {
      guard let old = past.lines[line.row] else { continue }
      try restore(line.row, to: old, in: edit)
    }
    let message = "Restore revision \(sequence)"
    let speakers = Set(past.live.compactMap(\.speaker)).sorted()
    for speaker in speakers where past.mergedInto[speaker] == .some(nil) {
      try changeCast(.speakerMergedInto, of: speaker, to: .null, in: edit)
    }
    let renames = try speakers.compactMap { speaker in try rename(speaker, in: past, edit: edit) }
    let others = try renames.isEmpty ? [] : otherScripts(of: renames.map(\.subject), than: script)
    let batch: Identifier<Revision>? = others.isEmpty ? nil : session.newIdentifier()
    let revision = try edit.finish(kind: .restore, message: message, batch: batch?.bytes)
    for (row, speakers) in others {
      let other = ScriptEdit(session, script: try session.scriptRow(row))
      for rename in renames where speakers.contains(rename.subject) { other.note(rename) }
      _ = try other.finish(
        kind: .restore, message: "\(message) of another script", batch: batch?.bytes)
    }
    return try edit.outcome(revision, dryRun: dryRun)
  }

  /// Gives a speaker the name of then: the cast is shared, so other scripts get it too.
  private func rename(
    _ speaker: Int64, in past: ScriptHistory.State, edit: ScriptEdit
  ) throws -> ChangeRow? {
    guard let name = past.names[speaker] else { return nil }
    let now = try session.speakerRow(speaker).speaker.name
    if name.utf8.elementsEqual(now.utf8) { return nil }
    try edit.report.expect(session.liveLines(of: edit.script.row, speaker: speaker))
    try changeCast(.speakerName, of: speaker, to: .text(name), in: edit)
    return ChangeRow(
      field: .speakerName, subject: speaker, before: .text(now), after: .text(name))
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

  private func otherScripts(
    of speakers: [Int64], than script: ScriptRow
  ) throws -> [(script: Int64, speakers: [Int64])] {
    var found: [Int64: [Int64]] = [:]
    for speaker in speakers {
      for row in try session.scripts(ofSpeaker: speaker) where row != script.row {
        found[row, default: []].append(speaker)
      }
    }
    return found.sorted { $0.key < $1.key }.map { (script: $0.key, speakers: $0.value) }
  }

  private static let fields: [Field] = [
    .position, .kind, .speaker, .start, .end, .text, .joinedInto, .deleted,
  ]

  /// What a deleted line held does not matter while it stays deleted.
  private func differs(_ old: LineRow, _ new: LineRow) -> Bool {
    if old.isDeleted && new.isDeleted { return false }
    return Self.fields.contains { old[$0] != new[$0] }
  }

  private func restore(_ row: Int64, to old: LineRow, in edit: ScriptEdit) throws {
    if old.isDeleted { return try edit.change(.deleted, of: row, to: .integer(1)) }
    for field in Self.fields { try edit.change(field, of: row, to: old[field]) }
  }
}
