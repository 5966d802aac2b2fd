import SQLiteKit
import ScriptModel

/// Carries line edits out, one after the other, each on what the ones before made.
struct LineEditing {
  let edit: ScriptEdit

  /// Applies edits; every one of them, or by an error none.
  func apply(_ edits: [LineEdit]) throws {
    try edit.report.expect(existingLines(of: edits))
    var index = 0
    while index < edits.count {
      let chain = chainLength(edits, from: index)
      if chain > 0 {
        try place(edits[index..<(index + chain)])
        index += chain
      } else {
        try applyOne(edits[index])
        index += 1
      }
    }
  }

  private func existingLines(of edits: [LineEdit]) throws -> [LineRow] {
    var found: [LineRow] = []
    for edit in edits {
      switch edit {
      case .insert: continue
      case .join(let id, let into):
        if let line = try self.edit.line(into) { found.append(line) }
        if let line = try self.edit.line(id) { found.append(line) }
      case .delete(let id), .setText(let id, _), .setSpeaker(let id, _), .setStart(let id, _),
        .setEnd(let id, _), .setKind(let id, _), .move(let id, _):
        if let line = try self.edit.line(id) { found.append(line) }
      }
    }
    return found
  }

  private func applyOne(_ step: LineEdit) throws {
    switch step {
    case .insert, .move: break  // placed in chains
    case .delete(let id):
      try edit.change(.deleted, of: edit.liveLine(id).row, to: .integer(1))
    case .join(let id, let into):
      let survivor = try edit.liveLine(into)
      let line = try edit.liveLine(id)
      guard line.row != survivor.row else {
        throw StoreError(.invalidValue, "A line can't be joined with itself")
      }
      try edit.change(.joinedInto, of: line.row, to: .integer(survivor.row))
      try edit.change(.deleted, of: line.row, to: .integer(1))
    case .setText(let id, let text):
      try edit.change(.text, of: edit.liveLine(id).row, to: .text(text))
    case .setSpeaker(let id, let speaker):
      try edit.change(.speaker, of: edit.liveLine(id).row, to: .optional(row(of: speaker)))
    case .setStart(let id, let start):
      try edit.change(.start, of: edit.liveLine(id).row, to: .optional(start?.rawValue))
    case .setEnd(let id, let end):
      try edit.change(.end, of: edit.liveLine(id).row, to: .optional(end?.rawValue))
    case .setKind(let id, let kind):
      try edit.change(.kind, of: edit.liveLine(id).row, to: .integer(LineRow.code(of: kind)))
    }
  }

  private func row(of speaker: Speaker.ID?) throws -> Int64? {
    try speaker.map { try edit.session.speakerRow($0, project: edit.script.project) }
  }

  // MARK: Places

  /// How many edits from here on put lines one behind the other.
  private func chainLength(_ edits: [LineEdit], from start: Int) -> Int {
    guard let first = placed(edits[start]) else { return 0 }
    var count = 1
    var last = first.id
    var seen: Set<Line.ID> = [last]
    while start + count < edits.count, let next = placed(edits[start + count]), next.after == last,
      seen.insert(next.id).inserted
    {
      last = next.id
      count += 1
    }
    return count
  }

  private func placed(_ edit: LineEdit) -> (id: Line.ID, after: Line.ID?)? {
    switch edit {
    case .insert(let line, let after): (line.id, after)
    case .move(let id, let after): (id, after)
    default: nil
    }
  }

  private func place(_ chain: ArraySlice<LineEdit>) throws {
    guard let first = chain.first.flatMap({ placed($0) }) else { return }
    let lower = try first.after.map { try anchor($0) }
    let moving = Set(chain.compactMap { placed($0)?.id })
    if let after = first.after, moving.contains(after) {
      throw StoreError(.invalidValue, "A line can't be put behind itself")
    }
    if try isInPlace(chain, behind: lower) { return }
    let upper = try [positionAfter(lower, without: moving), deletedPositionAfter(lower)]
      .compactMap { $0 }.min()
    let keys = OrderKey.keys(chain.count, between: lower, and: upper)
    for (step, key) in zip(chain, keys) {
      switch step {
      case .insert(let line, _): try insert(line, at: key)
      case .move(let id, _):
        try edit.change(.position, of: edit.liveLine(id).row, to: .blob(key.bytes))
      default: break
      }
    }
  }

  /// The place of the line that others go behind: also a deleted line has one.
  private func anchor(_ id: Line.ID) throws -> OrderKey {
    guard var line = try edit.line(id) else {
      throw StoreError(.notFound, "There is no line with the id \(id) in '\(edit.script.title)'")
    }
    var steps = 0
    while line.isDeleted, let survivor = line.joinedInto, steps < 1000 {
      line = try edit.line(survivor)
      steps += 1
    }
    return line.position
  }

  /// The first place behind another that is not one of the lines which leave theirs.
  private func positionAfter(_ lower: OrderKey?, without moving: Set<Line.ID>) throws -> OrderKey? {
    var position = lower
    while let next = try line(behind: position) {
      if !moving.contains(next.id) { return next.position }
      position = next.position
    }
    return nil
  }

  /// The place of the next deleted line, which stays free: an undo may bring that line back to it.
  private func deletedPositionAfter(_ lower: OrderKey?) throws -> OrderKey? {
    try edit.session.connection.first(
      nextDeletedLine, .integer(edit.script.row), .blob(lower?.bytes ?? [])
    ) { OrderKey(bytes: $0.bytes(0)) }
  }

  private func insert(_ line: Line, at key: OrderKey) throws {
    let speaker = try row(of: line.speaker)
    guard let old = try edit.line(line.id) else {
      try checkIsFree(line.id)
      let added = try edit.addRow(line, position: key, speaker: speaker)
      return try edit.change(.deleted, of: added.row, to: .integer(0))
    }
    guard old.isDeleted else { throw taken(line.id) }
    try edit.change(.position, of: old.row, to: .blob(key.bytes))
    try edit.change(.kind, of: old.row, to: .integer(LineRow.code(of: line.kind)))
    try edit.change(.speaker, of: old.row, to: .optional(speaker))
    try edit.change(.start, of: old.row, to: .optional(line.start?.rawValue))
    try edit.change(.end, of: old.row, to: .optional(line.end?.rawValue))
    try edit.change(.text, of: old.row, to: .text(line.text))
    try edit.change(.joinedInto, of: old.row, to: .null)
    try edit.change(.deleted, of: old.row, to: .integer(0))
  }

  /// Whether lines that are to be moved stand where they are to go, one behind the other.
  private func isInPlace(_ chain: ArraySlice<LineEdit>, behind lower: OrderKey?) throws -> Bool {
    var position = lower
    for step in chain {
      guard case .move(let id, _) = step, let next = try line(behind: position), next.id == id
      else { return false }
      position = next.position
    }
    return true
  }

  private func line(behind position: OrderKey?) throws -> (position: OrderKey, id: Line.ID)? {
    try edit.session.connection.first(
      nextLine, .integer(edit.script.row), .blob(position?.bytes ?? [])
    ) { (position: OrderKey(bytes: $0.bytes(0)), id: $0.identifier(1)) }
  }

  private func checkIsFree(_ id: Line.ID) throws {
    let count = try edit.session.connection.integer(
      "SELECT count(*) FROM line WHERE uuid = ?", id.binding)
    if count > 0 { throw taken(id) }
  }

  private func taken(_ id: Line.ID) -> StoreError {
    StoreError(.alreadyExists, "There is a line with the id \(id) already")
  }
}

private let nextLine = """
  SELECT position, uuid FROM line WHERE script = ? AND deleted = 0 AND position > ?
  ORDER BY position LIMIT 1
  """
private let nextDeletedLine = """
  SELECT position FROM line WHERE script = ? AND deleted = 1 AND position > ?
  ORDER BY position LIMIT 1
  """
