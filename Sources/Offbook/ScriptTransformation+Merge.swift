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
    let outcome = ThreeWayMerge.merge(
      base: state.base, ours: state.current, theirs: theirs, open: state.open)
    var transformation = ScriptTransformation(script: outcome.script)
    transformation.joins = outcome.forwardings
    transformation.conflicts.recorded = outcome.conflicts
    let open = Set(state.open.map(\.id))
    for id in outcome.settled where open.contains(id) {
      transformation.conflicts.resolved[id] = .ours
    }
    return Merged(
      transformation: transformation, notes: outcome.notes, conflicts: outcome.conflicts)
  }
}
