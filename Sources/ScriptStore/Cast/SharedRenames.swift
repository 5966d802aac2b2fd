import SQLiteKit
import ScriptModel

/// Renames of speakers that an edit of one script makes: the cast is shared, so others get them too.
struct SharedRenames {
  let edit: ScriptEdit
  private var changes: [ChangeRow] = []

  init(edit: ScriptEdit) { self.edit = edit }

  /// Gives a speaker another name; no change where it has that name.
  ///
  /// - Throws: `conflict` where another speaker has the name.
  mutating func rename(_ speaker: Int64, to name: String) throws {
    let now = try edit.session.speakerRow(speaker).speaker.name
    if name.utf8.elementsEqual(now.utf8) { return }
    try edit.report.expect(edit.session.liveLines(of: edit.script.row, speaker: speaker))
    do {
      try edit.change(.speakerName, of: speaker, to: .text(name))
    } catch let error as SQLiteError where error.code == .constraint {
      throw StoreError(
        .conflict, "The name '\(name)' is another speaker's now", fix: "Rename that speaker first.")
    }
    changes.append(
      ChangeRow(field: .speakerName, subject: speaker, before: .text(now), after: .text(name)))
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
