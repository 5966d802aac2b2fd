internal import ScriptModel

/// Brings conflicts that wait for a decision up to date with a later merge.
enum OpenConflicts {
  /// What a conflict is about.
  struct Place: Hashable {
    var line: Line.ID
    var field: Conflict.Field
  }

  /// The conflicts that wait for a decision, by what they are about.
  static func places(_ conflicts: [Conflict]) -> [Place: Conflict] {
    var places: [Place: Conflict] = [:]
    for conflict in conflicts where conflict.state == .open {
      places[Place(line: conflict.lineID, field: conflict.field)] = conflict
    }
    return places
  }

  /// Renews or settles open conflicts, so that a field of a line has one conflict at most.
  static func renew(
    _ open: [Conflict], base: Script, ours: Script, theirs: Script, in outcome: inout MergeOutcome
  ) {
    guard !open.isEmpty else { return }
    for conflict in open where conflict.state == .open {
      let line = outcome.forwardings[conflict.lineID] ?? conflict.lineID
      let newer = outcome.conflicts.firstIndex { $0.lineID == line && $0.field == conflict.field }
      if let newer {
        renew(conflict, with: newer, in: &outcome)
      } else if conflict.field == .text {
        follow(conflict, at: line, base: base, ours: ours, theirs: theirs, in: &outcome)
      }
    }
  }

  /// The base of the first conflict stays: it is what both sides once agreed on.
  private static func renew(
    _ conflict: Conflict, with index: Int, in outcome: inout MergeOutcome
  ) {
    let newer = outcome.conflicts[index]
    let renewed = ConflictRecord.make(
      script: newer.scriptID, line: newer.lineID, field: newer.field, base: conflict.base,
      ours: newer.ours, theirs: newer.theirs)
    if renewed.id == conflict.id {
      outcome.conflicts.remove(at: index)
      return
    }
    outcome.conflicts[index] = renewed
    outcome.settled.append(conflict.id)
  }

  /// Their text went on without touching ours: the record follows it, or goes where both agree.
  private static func follow(
    _ conflict: Conflict, at id: Line.ID, base: Script, ours: Script, theirs: Script,
    in outcome: inout MergeOutcome
  ) {
    guard let result = outcome.script.lines.first(where: { $0.id == id }),
      let other = theirs.lines.first(where: { $0.id == id }),
      let old = base.lines.first(where: { $0.id == id }), !hasSameBytes(other.text, old.text)
    else { return }
    if hasSameBytes(other.text, result.text) {
      outcome.settled.append(conflict.id)
      return
    }
    let renewed = ConflictRecord.make(
      script: conflict.scriptID, line: id, field: .text, base: conflict.base, ours: result.text,
      theirs: other.text)
    guard renewed.id != conflict.id else { return }
    outcome.settled.append(conflict.id)
    outcome.conflicts.append(renewed)
  }
}
