import SQLiteKit
import ScriptModel

/// A script's earlier states, reached by walking its changes back.
struct ScriptHistory {
  /// A state as rows: every line that the script ever had, and what else its history holds.
  struct State {
    var lines: [Int64: LineRow]
    /// The names of speakers that were others then.
    var names: [Int64: String] = [:]
    /// Whom speakers were merged into then, where that was another.
    var mergedInto: [Int64: Int64?] = [:]
    var title: String

    /// The lines that were there, in order.
    var live: [LineRow] {
      lines.values.filter { !$0.isDeleted }.sorted {
        if $0.position < $1.position { return true }
        return $0.position == $1.position && $0.row < $1.row
      }
    }
  }

  let session: Session
  let script: ScriptRow

  /// The state at a revision.
  func state(at sequence: Int) throws -> State {
    _ = try session.revision(sequence, of: script)
    let lines = try session.allLines(of: script.row)
    var state = State(
      lines: Dictionary(lines.map { ($0.row, $0) }, uniquingKeysWith: { first, _ in first }),
      title: script.title)
    try session.connection.forEach(
      ChangeRow.queryAfter, [.integer(script.row), .integer(Int64(sequence))]
    ) { row in try takeBack(ChangeRow(row), in: &state) }
    return state
  }

  /// The script at a revision.
  func script(at sequence: Int) throws -> Script {
    let state = try state(at: sequence)
    return try session.assembled(
      script, lines: state.live, revision: sequence, names: state.names, title: state.title)
  }

  private func takeBack(_ change: ChangeRow, in state: inout State) throws {
    if change.field.isOfLine {
      guard var line = state.lines[change.subject] else {
        throw StoreError.inconsistent("a line of the history is missing")
      }
      line[change.field] = try change.earlierValue(now: line[change.field])
      state.lines[change.subject] = line
      return
    }
    switch (change.field, change.before) {
    case (.speakerName, .text(let name)): state.names[change.subject] = name
    case (.speakerMergedInto, let before): state.mergedInto[change.subject] = before.integer
    case (.scriptTitle, .text(let title)): state.title = title
    default: break
    }
  }
}
