package import ScriptModel

/// The three-way merge of scripts whose lines have ids: a pure function.
package enum ThreeWayMerge {
  /// Merges what two sides made of a common base.
  ///
  /// Fields are independent; text is merged by token; splits, joins, moves, shifts and renames
  /// combine with everything. Where both sides changed the same thing differently, the script keeps
  /// one of the values (`options.keeping`) and the outcome has a conflict.
  ///
  /// - Parameter open: the conflicts of the script that wait for a decision: they are renewed or
  ///   settled rather than recorded twice.
  /// - Parameter origins: splits and joins since the base that are known, such as those of earlier
  ///   merges; others are recognised by their words.
  package static func merge(
    base: Script, ours: Script, theirs: Script, open: [Conflict] = [],
    origins: LineOrigins = LineOrigins(), options: MergeOptions = MergeOptions()
  ) -> MergeOutcome {
    var engine = MergeEngine(
      base: base, ours: ours, theirs: theirs, open: open, origins: origins, options: options)
    var outcome = engine.run()
    OpenConflicts.renew(open, base: base, ours: ours, theirs: theirs, in: &outcome)
    return outcome
  }
}
