import ScriptMerge
import ScriptModel
import ScriptStore

extension ScriptTransformation {
  /// A transformation with what the merge that gave it noticed.
  struct Merged {
    var transformation: ScriptTransformation
    var notes: [MergeNote]
    var conflicts: [Conflict]
  }

  /// Merges another side of a script into what it is now.
  static func merging(_ theirs: Script, into state: MergeState) -> Merged {
    let names = SpeakerNameConflicts(current: state.current)
    let outcome = ThreeWayMerge.merge(
      base: state.base, ours: state.current, theirs: theirs,
      open: state.open.map(names.bySpeaker))
    let conflicts = outcome.conflicts.map { names.byLine($0, in: outcome.script) }
    var transformation = ScriptTransformation(script: outcome.script)
    transformation.joins = outcome.forwardings
    transformation.conflicts.recorded = conflicts
    transformation.otherSpeakers = theirs.speakers
    let open = Set(state.open.map(\.id))
    for id in outcome.settled where open.contains(id) {
      transformation.conflicts.resolved[id] = .ours
    }
    return Merged(
      transformation: transformation, notes: outcome.notes, conflicts: conflicts)
  }
}

/// Conflicts of names: the engine places them at the speaker, the store at a line of the speaker.
private struct SpeakerNameConflicts {
  let current: Script

  /// Moves a stored conflict from the line to its speaker.
  func bySpeaker(_ conflict: Conflict) -> Conflict {
    guard conflict.field == .speakerName else { return conflict }
    let named = current.speakers.first { $0.name == conflict.ours }?.id
    let ofLine = current.lines.first { $0.id == conflict.lineID }?.speaker
    guard let speaker = named ?? ofLine else { return conflict }
    var conflict = conflict
    conflict.lineID = speaker.retyped()
    return conflict
  }

  /// Moves a found conflict from the speaker to the first line that names it.
  func byLine(_ conflict: Conflict, in result: Script) -> Conflict {
    guard conflict.field == .speakerName else { return conflict }
    let speaker: Speaker.ID = conflict.lineID.retyped()
    let line =
      result.lines.first { $0.speaker == speaker } ?? current.lines.first { $0.speaker == speaker }
    guard let line = line ?? result.lines.first else { return conflict }
    var conflict = conflict
    conflict.lineID = line.id
    return conflict
  }
}
