/// A column whose changes the history keeps; the raw value is the code in `change.field`.
enum Field: Int64 {
  case text = 0
  case speaker, start, end, kind, position, deleted, joinedInto
  case speakerName, speakerMergedInto, speakerDeleted
  case scriptTitle, scriptDeleted
  case conflictRecorded, conflictState, conflictResolution, conflictBase, conflictOurs
  case conflictTheirs

  /// Whether the column is one of a line's.
  var isOfLine: Bool { rawValue <= Field.joinedInto.rawValue }

  /// Reads the column.
  var select: String { "SELECT \(column) FROM \(table) WHERE id = ?" }

  /// Writes the column; of a line also the revision that touched it.
  var update: String {
    isOfLine
      ? "UPDATE line SET \(column) = ?, revision = ? WHERE id = ?"
      : "UPDATE \(table) SET \(column) = ? WHERE id = ?"
  }

  private var table: String {
    switch self {
    case .text, .speaker, .start, .end, .kind, .position, .deleted, .joinedInto: "line"
    case .speakerName, .speakerMergedInto, .speakerDeleted: "speaker"
    case .scriptTitle, .scriptDeleted: "script"
    case .conflictRecorded, .conflictState, .conflictResolution, .conflictBase, .conflictOurs,
      .conflictTheirs:
      "conflict"
    }
  }

  private var column: String {
    switch self {
    case .text: "text"
    case .speaker: "speaker"
    case .start: "start"
    case .end: "\"end\""
    case .kind: "kind"
    case .position: "position"
    case .deleted, .speakerDeleted, .scriptDeleted: "deleted"
    case .joinedInto: "joined_into"
    case .speakerName: "name"
    case .speakerMergedInto: "merged_into"
    case .scriptTitle: "title"
    case .conflictRecorded: "recorded"
    case .conflictState: "state"
    case .conflictResolution: "resolution"
    case .conflictBase: "base"
    case .conflictOurs: "ours"
    case .conflictTheirs: "theirs"
    }
  }
}
