import ScriptModel

/// A difference between two states of a script, as a person reads it.
struct DifferenceText {
  let style: Style
  /// The lines with conflicts that wait for a decision: their titles say so.
  var conflicts: Set<Line.ID> = []

  /// The rows of one change, without line feeds.
  func rows(of change: Change) -> [String] {
    let mark = conflicts.contains(change.lineID) ? style.yellow(" ! conflict") : ""
    var rows = [style.cyan(title(of: change)) + mark]
    if let before = change.before, let after = change.after {
      rows += fieldRows(before, after)
      if before.line.text != after.line.text { rows += textRows(before.line.text, after.line.text) }
    } else if let before = change.before {
      rows += whole(before, sign: "-").map(style.red)
    } else if let after = change.after {
      rows += whole(after, sign: "+").map(style.green)
    }
    return rows
  }

  private func title(of change: Change) -> String {
    let before = change.before.map { String($0.number) }
    let after = change.after.map { String($0.number) }
    let place = before ?? after ?? ""
    switch change.operation {
    case .insert: return "@ line \(place) added"
    case .delete: return "@ line \(place) deleted"
    case .change: return "@ line \(after ?? place) changed"
    case .move: return "@ line \(place) moved to \(after ?? "the end")"
    case .split: return before == nil ? "@ line \(place) split off" : "@ line \(place) split"
    case .join:
      return after == nil ? "@ line \(place) joined with its neighbour" : "@ line \(place) joined"
    }
  }

  private func fieldRows(_ before: Change.State, _ after: Change.State) -> [String] {
    var rows: [String] = []
    func field<Value: Equatable>(
      _ name: String, _ old: Value?, _ new: Value?, _ text: (Value) -> String
    ) {
      guard old != new else { return }
      let (before, after) = (old.map(text) ?? "none", new.map(text) ?? "none")
      rows.append(
        "  \(name): \(style.red(VisibleText.row(before)))"
          + " → \(style.green(VisibleText.row(after)))")
    }
    field("speaker", before.speakerName, after.speakerName) { $0 }
    field("start", before.line.start, after.line.start) { $0.timecode() }
    field("end", before.line.end, after.line.end) { $0.timecode() }
    field("kind", before.line.kind, after.line.kind) { $0.rawValue }
    return rows
  }

  /// Both texts with the words that differ marked: by colour, else by `[-…-]` and `{+…+}`.
  private func textRows(_ before: String, _ after: String) -> [String] {
    let pieces = WordDifference.pieces(before: before, after: after)
    return joined(pieces.before, sign: style.red("-"), mark: style.removed, open: "[-", close: "-]")
      + joined(pieces.after, sign: style.green("+"), mark: style.added, open: "{+", close: "+}")
  }

  private func joined(
    _ pieces: [WordDifference.Piece], sign: String, mark: (String) -> String, open: String,
    close: String
  ) -> [String] {
    var rows: [String] = []
    var row = Array((sign + " ").utf8)
    for piece in pieces {
      for (index, part) in VisibleText.rows(piece.text).enumerated() {
        if index > 0 {
          rows.append(String(decoding: row, as: UTF8.self))
          row = Array((sign + " ").utf8)
        }
        let isMarked = piece.isChanged && !part.isEmpty
        if isMarked, !style.isOn { row.append(contentsOf: open.utf8) }
        row.append(contentsOf: (isMarked && style.isOn ? mark(part) : part).utf8)
        if isMarked, !style.isOn { row.append(contentsOf: close.utf8) }
      }
    }
    rows.append(String(decoding: row, as: UTF8.self))
    return rows
  }

  private func whole(_ state: Change.State, sign: String) -> [String] {
    var head = ""
    if let start = state.line.start {
      let end = state.line.end.map { " – " + $0.timecode() } ?? ""
      head += "[\(start.timecode())\(end)] "
    }
    if let name = state.speakerName { head += VisibleText.row(name) + ": " }
    return VisibleText.rows(head + state.line.text).map { "\(sign) \($0)" }
  }
}
