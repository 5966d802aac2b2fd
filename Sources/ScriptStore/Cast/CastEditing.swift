import SQLiteKit
import ScriptModel

/// Changes of the cast that go through all scripts of a project as one.
struct CastEditing {
  let session: Session
  let project: Int64
  let dryRun: Bool

  /// Renames a speaker: one row, and a revision in each script where the speaker occurs.
  func rename(_ reference: String, to newName: String) throws -> [EditOutcome] {
    let member = try session.speaker(matching: reference, project: project)
    let name = try PersonalName.checked(newName, what: "The name of a speaker")
    if name.utf8.elementsEqual(member.speaker.name.utf8) { return [] }
    if let other = try session.speaker(named: name, project: project), other.row != member.row {
      throw StoreError(
        .alreadyExists, "There is a speaker '\(name)' already",
        fix: "'offbook speaker merge' gives all lines of '\(member.speaker.name)' to that one.")
    }
    let change = ChangeRow(
      field: .speakerName, subject: member.row, before: .text(member.speaker.name),
      after: .text(name))
    return try batch(
      of: member.row, message: "Rename \(member.speaker.name) to \(name)", shared: change)
  }

  /// Gives all lines of one speaker to another; the first leaves the cast.
  func merge(_ reference: String, into other: String) throws -> [EditOutcome] {
    let member = try session.speaker(matching: reference, project: project)
    let target = try session.speaker(matching: other, project: project)
    guard member.row != target.row else {
      throw StoreError(.invalidValue, "A speaker can't be merged into the same speaker")
    }
    let change = ChangeRow(
      field: .speakerMergedInto, subject: member.row, before: .null, after: .integer(target.row))
    return try batch(
      of: member.row, message: "Merge \(member.speaker.name) into \(target.speaker.name)",
      shared: change
    ) { edit, lines in
      for line in lines { try edit.change(.speaker, of: line.row, to: .integer(target.row)) }
    }
  }

  /// Makes a change that all scripts of a speaker share, and what each has beside it.
  private func batch(
    of speaker: Int64, message: String, shared: ChangeRow,
    _ body: (ScriptEdit, [LineRow]) throws -> Void = { _, _ in }
  ) throws -> [EditOutcome] {
    let scripts = try session.scripts(ofSpeaker: speaker)
    let name: Identifier<Revision> = session.newIdentifier()
    var edits: [ScriptEdit] = []
    for script in scripts {
      let edit = ScriptEdit(session, script: try session.scriptRow(script))
      let lines = try session.liveLines(of: script, speaker: speaker)
      try edit.report.expect(lines)
      try body(edit, lines)
      edits.append(edit)
    }
    try session.connection.run(shared.field.update, shared.after, .integer(shared.subject))
    return try edits.map { edit in
      edit.note(shared)
      let revision = try edit.finish(kind: .speaker, message: message, batch: name.bytes)
      return try edit.outcome(revision, dryRun: dryRun)
    }
  }
}

extension Session {
  /// The scripts in which a speaker says anything.
  func scripts(ofSpeaker speaker: Int64) throws -> [Int64] {
    try connection.all(scriptsOfSpeaker, .integer(speaker), map: { $0.integer(0) })
  }
}

private let scriptsOfSpeaker = """
  SELECT DISTINCT line.script FROM line JOIN script ON script.id = line.script
  WHERE line.speaker = ? AND line.deleted = 0 AND script.deleted = 0 ORDER BY line.script
  """
