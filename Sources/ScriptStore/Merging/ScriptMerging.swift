import ScriptMerge
import ScriptModel

/// Carries a transformation out within an edit.
struct ScriptMerging {
  let edit: ScriptEdit
  private var speakerIDs: [Speaker.ID: Speaker.ID] = [:]

  init(edit: ScriptEdit) { self.edit = edit }

  /// Writes what differs as one revision; `nil` where nothing does.
  mutating func run(
    from current: Script, to result: ScriptTransformation, kind: Revision.Kind, message: String
  ) throws -> Revision? {
    var renames = SharedRenames(edit: edit)
    try takeSpeakers(of: result, current: current, renames: &renames)
    let lines = result.script.lines.map { line in
      var line = line
      line.speaker = line.speaker.map { speakerIDs[$0] ?? $0 }
      return line
    }
    let edits = ScriptDifference.edits(from: current.lines, to: lines).map { step in
      if case .delete(let id) = step, let survivor = result.joins[id] {
        return LineEdit.join(id, into: survivor)
      }
      return step
    }
    // A join names a line that may come in by the same merge, so inserts go first.
    let (joins, others) = (edits.filter(\.isJoin), edits.filter { !$0.isJoin })
    try LineEditing(edit: edit).apply(others)
    try LineEditing(edit: edit).apply(try joins.map { try checked($0) })
    try ConflictEditing(edit: edit).apply(withKnownSpeakers(result.conflicts))
    return try renames.finish(kind: kind, message: message)
  }

  /// A join into a line that is not there either is a deletion.
  private func checked(_ step: LineEdit) throws -> LineEdit {
    guard case .join(let id, let survivor) = step else { return step }
    guard let line = try edit.line(survivor), !line.isDeleted else { return .delete(id) }
    return step
  }

  /// Renames speakers that have another name now, and adds those that the cast does not have.
  private mutating func takeSpeakers(
    of result: ScriptTransformation, current: Script, renames: inout SharedRenames
  ) throws {
    let script = result.script
    let inConflict = result.conflicts.recorded.lazy.filter { $0.field == .speaker }
      .flatMap { [$0.base, $0.ours, $0.theirs] }.compactMap { $0.flatMap { Speaker.ID($0) } }
    let used = Set(script.lines.compactMap(\.speaker)).union(inConflict)
    let known = Dictionary(
      current.speakers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var names: [(speaker: Int64, name: String)] = []
    var added: [Speaker] = []
    for speaker in script.speakers {
      if let old = known[speaker.id] {
        guard !old.name.utf8.elementsEqual(speaker.name.utf8) else { continue }
        let row = try edit.session.speakerRow(speaker.id, project: edit.script.project)
        names.append((row, speaker.name))
      } else if used.contains(speaker.id) {
        added.append(speaker)
      }
    }
    let present = Set(script.speakers.map(\.id))
    added += result.otherSpeakers.filter {
      used.contains($0.id) && known[$0.id] == nil && !present.contains($0.id)
    }
    // New names come after renames, which may set them free.
    try renames.rename(names)
    for speaker in added {
      speakerIDs[speaker.id] = try edit.session.speakerID(called: speaker.name, in: edit)
    }
  }

  /// Names the speakers of the cast in the values of conflicts; the ids of the conflicts stay.
  private func withKnownSpeakers(_ changes: ConflictChanges) -> ConflictChanges {
    var changes = changes
    func known(_ value: String?) -> String? {
      value.flatMap { Speaker.ID($0) }.flatMap { speakerIDs[$0] }?.description ?? value
    }
    for index in changes.recorded.indices where changes.recorded[index].field == .speaker {
      changes.recorded[index].base = known(changes.recorded[index].base)
      changes.recorded[index].ours = known(changes.recorded[index].ours)
      changes.recorded[index].theirs = known(changes.recorded[index].theirs)
    }
    return changes
  }
}

extension LineEdit {
  fileprivate var isJoin: Bool {
    if case .join = self { true } else { false }
  }
}
