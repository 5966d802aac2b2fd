import ScriptModel

extension ConflictSettling {
  /// Settles which lines are there: deleted against edited, or added by both sides at one place.
  mutating func settleExistence(
    _ conflict: Conflict, _ resolution: ConflictResolution
  ) throws(WorkspaceError) {
    let (ours, theirs) = (conflict.ours, conflict.theirs)
    switch resolution {
    case .both: return
    case .ours: try keep(ours, insteadOf: theirs, conflict)
    case .theirs: try keep(theirs, insteadOf: ours, conflict)
    case .base:
      if let base = conflict.base { return try replace(ours ?? theirs, with: base, conflict) }
      if let ours { try remove(ours, conflict) }
      if let theirs { try remove(theirs, conflict) }
    case .text(let text):
      if let ours, let theirs { try remove(ours == theirs ? "" : theirs, conflict) }
      try replace(ours ?? theirs, with: text, conflict)
    }
  }

  private mutating func keep(
    _ kept: String?, insteadOf other: String?, _ conflict: Conflict
  ) throws(WorkspaceError) {
    guard let other else { return }
    if kept != nil, conflict.base != nil { return }
    try remove(other, conflict)
  }

  /// Takes out the lines that have a value's rows; where they were edited since, the conflict's line.
  private mutating func remove(
    _ value: String, _ conflict: Conflict
  ) throws(WorkspaceError) {
    guard !value.isEmpty || conflict.base != nil else { return }
    if let run = run(of: value, near: conflict.lineID) { return removeLines(run) }
    let isAlone = conflict.ours == nil || conflict.theirs == nil
    guard isAlone, let index = index(of: conflict.lineID) else { throw changed(conflict) }
    removeLines(index..<(index + 1))
  }

  private mutating func replace(
    _ value: String?, with text: String, _ conflict: Conflict
  ) throws(WorkspaceError) {
    let found = value.flatMap { run(of: $0, near: conflict.lineID) }
    let index = index(of: conflict.lineID)
    guard let lines = found ?? index.map({ $0..<($0 + 1) }) else { throw changed(conflict) }
    setText(text, at: lines.lowerBound)
    removeLines((lines.lowerBound + 1)..<lines.upperBound)
  }

  private func index(of id: Line.ID) -> Int? { script.lines.firstIndex { $0.id == id } }

  private func changed(_ conflict: Conflict) -> WorkspaceError {
    WorkspaceError(
      .conflict, "The lines of the conflict \(conflict.id) were changed since",
      fix: "Edit them as they are to be, then settle it with '--both', which changes nothing.")
  }

  /// The lines whose texts, one below the other, are the value: the nearest to a line.
  private func run(of value: String, near id: Line.ID) -> Range<Int>? {
    let rows = value.split(separator: "\n", omittingEmptySubsequences: false).count
    let centre = index(of: id) ?? 0
    let first = max(0, centre - rows - Self.widestSearch)
    let last = min(script.lines.count, centre + rows + Self.widestSearch)
    guard first < last else { return nil }
    let starts = (first..<last).sorted { abs($0 - centre) < abs($1 - centre) }
    for start in starts {
      var text = script.lines[start].text
      var end = start + 1
      while text != value, text.utf8.count < value.utf8.count, end < script.lines.count,
        end - start < rows
      {
        text += "\n" + script.lines[end].text
        end += 1
      }
      if text == value { return start..<end }
    }
    return nil
  }

  /// How far from the conflict's line the other side's lines are looked for.
  private static var widestSearch: Int { 64 }
}
