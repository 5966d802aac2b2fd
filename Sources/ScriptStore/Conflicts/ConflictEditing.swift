import SQLiteKit
import ScriptModel

/// Changes conflicts as part of a revision.
struct ConflictEditing {
  let edit: ScriptEdit

  func apply(_ changes: ConflictChanges) throws {
    for conflict in changes.recorded { try record(conflict) }
    for conflict in changes.updated { try update(conflict) }
    for (id, resolution) in changes.resolved.sorted(by: { $0.key < $1.key }) {
      let row = try self.row(id)
      try edit.change(.conflictState, of: row, to: .text("resolved"))
      try edit.change(.conflictResolution, of: row, to: .text(resolution.rawValue))
    }
  }

  /// The same conflict found again is the one that is there, and open only if it was.
  private func record(_ conflict: Conflict) throws {
    if let row = try existingRow(conflict.id) {
      return try edit.change(.conflictRecorded, of: row, to: .integer(1))
    }
    guard let line = try edit.line(conflict.lineID) else {
      throw StoreError(.notFound, "There is no line with the id \(conflict.lineID)")
    }
    try edit.session.connection.run(
      insertConflict, conflict.id.binding, .integer(edit.script.row), .integer(line.row),
      .text(conflict.field.rawValue), text(conflict.base), text(conflict.ours),
      text(conflict.theirs), .text(conflict.state.rawValue))
    try edit.change(
      .conflictRecorded, of: edit.session.connection.lastInsertedRow, to: .integer(1))
  }

  private func update(_ conflict: Conflict) throws {
    let row = try row(conflict.id)
    try edit.change(.conflictBase, of: row, to: text(conflict.base))
    try edit.change(.conflictOurs, of: row, to: text(conflict.ours))
    try edit.change(.conflictTheirs, of: row, to: text(conflict.theirs))
    try edit.change(.conflictState, of: row, to: .text(conflict.state.rawValue))
  }

  private func row(_ id: Conflict.ID) throws -> Int64 {
    guard let row = try existingRow(id) else {
      throw StoreError.notFound("conflict", id.description)
    }
    return row
  }

  private func existingRow(_ id: Conflict.ID) throws -> Int64? {
    try edit.session.connection.first(
      "SELECT id FROM conflict WHERE script = ? AND uuid = ?", .integer(edit.script.row),
      id.binding
    ) { $0.integer(0) }
  }

  private func text(_ value: String?) -> Binding { value.map { .text($0) } ?? .null }
}

private let insertConflict = """
  INSERT INTO conflict (uuid, script, line, field, base, ours, theirs, state, recorded)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
  """
