import ScriptModel

extension ConflictSettling {
  /// Gives the lines of a range the times of another shift or stretch of it.
  mutating func retime(_ conflict: Conflict, to value: String?) throws(WorkspaceError) {
    guard let from = conflict.ours.flatMap(TimeRange.init), let to = value.flatMap(TimeRange.init)
    else {
      throw WorkspaceError(
        .invalidValue, "'\(value ?? "")' is no range of times",
        fix: "Write it as '00:00:01.000 --> 00:01:30.500'.")
    }
    guard let first = script.lines.firstIndex(where: { $0.id == conflict.lineID }) else {
      throw WorkspaceError(
        .conflict, "The first line of the conflict \(conflict.id) is not in the script any more",
        fix: "Settle it with '--ours', then use 'offbook retime'.")
    }
    for index in first..<script.lines.count {
      let line = script.lines[index]
      guard let time = line.start ?? line.end, from.holds(time) else { continue }
      setTimes(
        start: line.start.map { from.mapped($0, to: to) },
        end: line.end.map { from.mapped($0, to: to) }, at: index)
    }
  }
}

/// The times of a range of lines: the first start and the last end.
private struct TimeRange {
  var start: Milliseconds
  var end: Milliseconds

  init?(_ text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 3, parts[1] == "-->", let start = Milliseconds(parsing: String(parts[0])),
      let end = Milliseconds(parsing: String(parts[2]))
    else { return nil }
    self.start = start
    self.end = end
  }

  func holds(_ time: Milliseconds) -> Bool { start <= time && time <= max(start, end) }

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
