import SQLiteKit
import ScriptModel

extension LineEditing {
  /// Cuts a line in two at an offset in UTF-8; says what it did.
  func split(_ line: LineRow, at offset: Int) throws -> String {
    let (first, second) = try LineText.halves(line.text, at: offset)
    let cut = LineText.cutTime(start: line.start, end: line.end, first: first, second: second)
    let speaker = try line.speaker.map { try edit.session.speakerRow($0).speaker.id }
    let added = Line(
      id: edit.session.newIdentifier(), kind: line.kind, speaker: speaker,
      start: cut, end: cut == nil ? nil : line.end, text: second)
    var edits: [LineEdit] = [.setText(line.id, first)]
    if let cut { edits.append(.setEnd(line.id, cut)) }
    edits.append(.insert(added, after: line.id))
    try apply(edits)
    return "Split line \(try edit.report.numberBefore(line))"
  }

  /// Makes neighbouring lines one; says what it did.
  func join(_ ids: [Line.ID]) throws -> String {
    let lines = try ids.map { try edit.liveLine($0) }.sorted { $0.position < $1.position }
    guard let first = lines.first, lines.count > 1 else {
      throw StoreError(.invalidValue, "It takes two lines or more to join", fix: "Name them all.")
    }
    let between = try edit.session.connection.integer(
      linesBetween, .integer(edit.script.row), .blob(first.position.bytes),
      .blob(lines[lines.count - 1].position.bytes))
    guard between == Int64(lines.count) else {
      throw StoreError(
        .invalidValue, "Only lines that follow each other can be joined",
        fix: "Move them together first with 'offbook line move'.")
    }
    let text = lines.dropFirst().reduce(first.text) { LineText.joined($0, $1.text) }
    let start = lines.lazy.compactMap(\.start).first
    let end = lines.lazy.reversed().compactMap(\.end).first
    var edits: [LineEdit] = lines.dropFirst().map { .join($0.id, into: first.id) }
    edits.append(.setText(first.id, text))
    edits.append(.setStart(first.id, start))
    edits.append(.setEnd(first.id, end))
    try apply(edits)
    return "Join \(lines.count) lines into line \(try edit.report.numberBefore(first))"
  }
}

private let linesBetween = """
  SELECT count(*) FROM line
  WHERE script = ? AND deleted = 0 AND position BETWEEN ? AND ?
  """
