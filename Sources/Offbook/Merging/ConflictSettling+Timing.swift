import ScriptMerge
import ScriptModel

extension ConflictSettling {
  /// Gives the lines of a range the times that a side had, or maps them onto another range.
  mutating func retime(_ conflict: Conflict, to value: String?) throws(WorkspaceError) {
    let places = Dictionary(
      script.lines.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    if let times = value.flatMap({ RangeTimes($0) }) {
      for row in times.rows {
        if let index = places[row.line] { setTimes(start: row.start, end: row.end, at: index) }
      }
      return
    }
    guard let known = conflict.ours.flatMap({ RangeTimes($0) }), let bounds = known.bounds,
      let to = value.flatMap(TimeRange.init)
    else {
      throw WorkspaceError(
        .invalidValue, "'\(value ?? "")' is no range of times",
        fix: "Write it as '00:00:01.000 --> 00:01:30.500'.")
    }
    let from = TimeRange(start: bounds.start, end: bounds.end)
    for row in known.rows {
      guard let index = places[row.line] else { continue }
      setTimes(
        start: row.start.map { from.mapped($0, to: to) },
        end: row.end.map { from.mapped($0, to: to) }, at: index)
    }
  }
}

/// The times of a range of lines: the first start and the last end.
private struct TimeRange {
  var start: Milliseconds
  var end: Milliseconds

  init(start: Milliseconds, end: Milliseconds) {
    self.start = start
    self.end = end
  }

  init?(_ text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 3, parts[1] == "-->", let start = Milliseconds(parsing: String(parts[0])),
      let end = Milliseconds(parsing: String(parts[2]))
    else { return nil }
    self.start = start
    self.end = end
  }

  /// Maps the two ends onto those of another range, and what lies between in proportion.
  func mapped(_ time: Milliseconds, to other: TimeRange) -> Milliseconds {
    let length = Double((end - start).rawValue)
    let newLength = Double((other.end - other.start).rawValue)
    let offset = time - start
    guard length > 0, newLength != length else { return other.start + offset }
    let scaled = (Double(offset.rawValue) * newLength / length).rounded()
    return other.start + Milliseconds(Int64(exactly: scaled) ?? offset.rawValue)
  }
}
