import SQLiteKit
import ScriptModel

/// A script's earlier states, reached by walking its changes back.
struct ScriptHistory {
  /// A state as rows: every line that the script ever had, and what else its history holds.
  struct State {
    private var lines: [LineRow]
    /// Where in `lines` each row is.
    private let places: [Int64: Int]
    /// The names of speakers that were others then.
    var names: [Int64: String] = [:]
    /// Whom speakers were merged into then, where that was another.
    var mergedInto: [Int64: Int64?] = [:]
    var title: String

    init(lines: [LineRow], title: String) {
      self.lines = lines
      places = Dictionary(
        lines.enumerated().map { ($1.row, $0) }, uniquingKeysWith: { first, _ in first })
      self.title = title
    }

    /// A line by its row; `nil` for one of another script.
    subscript(row: Int64) -> LineRow? {
      get { places[row].map { lines[$0] } }
      set { if let newValue, let place = places[row] { lines[place] = newValue } }
    }

    /// The lines that were there, in order.
    var live: [LineRow] {
      let live = lines.filter { !$0.isDeleted }
      // They come in order; only what was moved, deleted or restored since can stand elsewhere.
      let isInOrder = zip(live, live.dropFirst()).allSatisfy(Self.isBefore)
      return isInOrder ? live : live.sorted(by: Self.isBefore)
    }

    private static func isBefore(_ one: LineRow, _ other: LineRow) -> Bool {
      if one.position < other.position { return true }
      return one.position == other.position && one.row < other.row
    }
  }

  let session: Session
  let script: ScriptRow

  /// The state at a revision.
  func state(at sequence: Int) throws -> State {
    _ = try session.revision(sequence, of: script)
    var state = State(lines: try session.allLines(of: script.row), title: script.title)
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
      guard var line = state[change.subject] else {
        throw StoreError.inconsistent("a line of the history is missing")
      }
      line[change.field] = try change.earlierValue(now: line[change.field])
      state[change.subject] = line
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
