package import ScriptMerge
package import ScriptModel
package import ScriptStore

extension ScriptTransformation {
  /// A transformation with what the merge that gave it noticed.
  package struct Merged: Sendable {
    /// What the script is to become.
    package var transformation: ScriptTransformation
    /// What was merged but deserves a look.
    package var notes: [MergeNote]
    /// The conflicts to record, each at a line.
    package var conflicts: [Conflict]
  }

  /// Merges another side of a script into what it is now.
  package static func merging(_ theirs: Script, into state: MergeState) -> Merged {
    merging(theirs, base: state.base, into: state.current, open: state.open)
  }

  /// Merges another side with what a script is now, over what both have in common.
  ///
  /// - Parameter open: the script's conflicts that wait for a decision.
  package static func merging(
    _ theirs: Script, base: Script, into current: Script, open: [Conflict]
  ) -> Merged {
    let names = SpeakerNameConflicts(current: current)
    let outcome = ThreeWayMerge.merge(
      base: base, ours: current, theirs: theirs, open: open.map(names.bySpeaker))
    let conflicts = outcome.conflicts.map { names.byLine($0, in: outcome.script) }
    var transformation = ScriptTransformation(script: outcome.script)
    transformation.joins = outcome.forwardings
    transformation.conflicts.recorded = conflicts
    transformation.otherSpeakers = theirs.speakers
    let waiting = Set(open.map(\.id))
    for id in outcome.settled where waiting.contains(id) {
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
