import SQLiteKit
import ScriptModel

/// Renames of speakers that an edit of one script makes: the cast is shared, so others get them too.
struct SharedRenames {
  let edit: ScriptEdit
  private var changes: [ChangeRow] = []

  init(edit: ScriptEdit) { self.edit = edit }

  /// Gives speakers other names, all at once: two may have swapped theirs.
  ///
  /// - Throws: `conflict` where another speaker has one of the names.
  mutating func rename(_ names: [(speaker: Int64, name: String)]) throws {
    var renames: [ChangeRow] = []
    for (speaker, name) in names {
      let now = try edit.session.speakerRow(speaker).speaker.name
      if name.utf8.elementsEqual(now.utf8) { continue }
      try edit.report.expect(edit.session.liveLines(of: edit.script.row, speaker: speaker))
      renames.append(
        ChangeRow(field: .speakerName, subject: speaker, before: .text(now), after: .text(name)))
    }
    do {
      try edit.session.rename(renames)
    } catch let error as SQLiteError where error.code == .constraint {
      let names = renames.map { "'\($0.after.text ?? "")'" }.joined(separator: ", ")
      throw StoreError(
        .conflict,
        renames.count == 1
          ? "The name \(names) is another speaker's now"
          : "One of the names \(names) is another speaker's now",
        fix: "Rename that speaker first.")
    }
    for rename in renames { edit.note(rename) }
    changes += renames
  }

  /// Writes the revision, and one in each other script where a renamed speaker occurs.
  func finish(kind: Revision.Kind, message: String) throws -> Revision? {
    let others = try otherScripts()
    let batch: Identifier<Revision>? = others.isEmpty ? nil : edit.session.newIdentifier()
    let revision = try edit.finish(kind: kind, message: message, batch: batch?.bytes)
    for (row, speakers) in others {
      let other = ScriptEdit(edit.session, script: try edit.session.scriptRow(row))
      for change in changes where speakers.contains(change.subject) { other.note(change) }
      _ = try other.finish(kind: kind, message: "\(message) of another script", batch: batch?.bytes)
    }
    return revision
  }

  private func otherScripts() throws -> [(script: Int64, speakers: [Int64])] {
    var found: [Int64: [Int64]] = [:]
    for speaker in changes.map(\.subject) {
      for row in try edit.session.scripts(ofSpeaker: speaker) where row != edit.script.row {
        found[row, default: []].append(speaker)
      }
    }
    return found.sorted { $0.key < $1.key }.map { (script: $0.key, speakers: $0.value) }
  }
}

extension Session {
  /// Carries renames out, in whatever order the names get free; the history is the caller's.
  ///
  /// - Throws: `SQLiteError` `constraint` where a speaker who is not renamed has one of the names.
  func rename(_ renames: [ChangeRow]) throws {
    let update = Field.speakerName.update
    if renames.count > 1 {
      // No person can give a name with a control character, so these are free.
      for rename in renames {
        try connection.run(update, .text("\u{1}\(rename.subject)"), .integer(rename.subject))
      }
    }
    for rename in renames {
      try connection.run(update, rename.after, .integer(rename.subject))
    }
  }
}
