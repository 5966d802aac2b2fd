package import ScriptModel

/// What a three-way merge gives: the merged script and all that a person should know of it.
package struct MergeOutcome: Hashable, Sendable {
  /// The merged script: our id, project and revision; merged title, language, speakers and lines.
  package var script: Script
  /// The conflicts to record: new ones, and the renewed form of open ones.
  package var conflicts: [Conflict]
  /// Open conflicts that are to go: renewed in `conflicts`, or settled since both sides agree.
  package var settled: [Conflict.ID]
  /// What was merged but deserves a look, in the order of the lines.
  package var notes: [MergeNote]
  /// Lines that went into others by a join, or that both sides made: where later edits of them go.
  package var forwardings: [Line.ID: Line.ID]
  /// What is known of splits and joins after the merge, for a later one over the same base.
  package var origins: LineOrigins
  /// Speakers that became one with others: where later assignments to them go.
  package var speakerForwardings: [Speaker.ID: Speaker.ID]
}

/// Splits and joins that somebody has recorded; others are recognised by their words.
package struct LineOrigins: Hashable, Sendable {
  /// Lines that went into others: the line that is gone, and the one that has its words.
  package var joins: [Line.ID: Line.ID]
  /// Lines that were cut off others: the new line, and the one that it was part of.
  package var parts: [Line.ID: Line.ID]

  /// Creates a record, empty where nothing is known.
  package init(joins: [Line.ID: Line.ID] = [:], parts: [Line.ID: Line.ID] = [:]) {
    self.joins = joins
    self.parts = parts
  }
}

/// Something that a merge did by itself and that a person may want to look at.
package struct MergeNote: Hashable, Sendable {
  /// What was done.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Edits of both sides within two tokens of each other were both applied.
    case mergedNearby = "merged-nearby"
    /// One side's change of the same words holds the other's; the longer one was taken.
    case containedChange = "contained-change"
    /// Both sides shifted the same lines by times that differ by at most 50 ms: applied once.
    case sameShift = "same-shift"
    /// A line that the other side had moved or only retimed was deleted.
    case deletedThoughMoved = "deleted-though-moved"
    /// Both sides made the same line, speaker or split: it is there once.
    case sameInsertion = "same-insertion"
    /// Both sides put lines in at the same place: both stand there.
    case bothInserted = "both-inserted"
  }

  /// What was done.
  package var kind: Kind
  /// The line in the result, or the first line of a range; a deleted line's id where it is gone.
  package var lineID: Line.ID

  /// Creates a note from its parts.
  package init(kind: Kind, lineID: Line.ID) {
    self.kind = kind
    self.lineID = lineID
  }
}

/// Which value the script keeps where both sides changed a field differently.
package enum KeptSide: Hashable, Sendable {
  /// Our side's: right for one person who takes in a copy or a hub's state.
  case ours
  /// The same on every replica whatever its side: the greater value in the order of its bytes.
  case canonical
}

/// What a caller of a merge may choose.
package struct MergeOptions: Hashable, Sendable {
  /// Which value the script keeps in a conflict.
  package var keeping: KeptSide = .ours
  /// Whether different lines that both sides put in at one place are a conflict, or only a note.
  package var bothInsertedIsConflict = true
  /// Whether a line put in behind one that the other side deleted is a conflict; it stays anyway.
  package var insertedBehindDeletedIsConflict = true

  /// Whether lines that no side touched are left out of the scripts: no single word tells a line then.
  package var isExcerpt = false

  /// Creates the usual options: our side is kept, and whatever touches is a conflict.
  package init() {}
}
