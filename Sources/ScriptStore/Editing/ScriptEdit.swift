import SQLiteKit
import ScriptModel

/// One revision of one script in the making, within a transaction.
///
/// Everything that changes a script goes through `change`: it keeps row, index and history together.
final class ScriptEdit {
  let session: Session
  let script: ScriptRow
  /// The sequence that the revision gets.
  let sequence: Int
  private(set) var changes: [ChangeRow] = []
  private var lines: [Int64: LineRow] = [:]
  private var rows: [Line.ID: Int64] = [:]
  private var lineCount: Int
  let report: ChangeReport

  init(_ session: Session, script: ScriptRow) {
    self.session = session
    self.script = script
    sequence = script.revision + 1
    lineCount = script.lineCount
    report = ChangeReport(session: session, script: script.row)
  }

  // MARK: Rows

  /// The line with a row id, as it stands now.
  func line(_ row: Int64) throws -> LineRow {
    if let known = lines[row] { return known }
    let found = try session.lineRow(row)
    lines[row] = found
    rows[found.id] = row
    return found
  }

  /// Takes rows that were read in this transaction over, so that they are not read again.
  func remember(_ found: [LineRow]) {
    for line in found where lines[line.row] == nil {
      lines[line.row] = line
      rows[line.id] = line.row
    }
  }

  /// The line with an id, also a deleted one; `nil` where the script never had it.
  func line(_ id: Line.ID) throws -> LineRow? {
    if let row = rows[id] { return try line(row) }
    let found = try session.connection.first(
      LineRow.query + " WHERE uuid = ? AND script = ?", id.binding, .integer(script.row),
      map: LineRow.init)
    guard let found else { return nil }
    lines[found.row] = found
    rows[id] = found.row
    return found
  }

  /// The line with an id that is there.
  func liveLine(_ id: Line.ID) throws -> LineRow {
    guard let found = try line(id), !found.isDeleted else {
      throw StoreError(.notFound, "There is no line with the id \(id) in '\(script.title)'")
    }
    return found
  }

  /// Adds a row that is not there yet for any reader: `change` of `deleted` brings it in.
  func addRow(_ line: Line, position: OrderKey, speaker: Int64?) throws -> LineRow {
    try session.connection.run(
      LineRow.insert, line.id.binding, .integer(script.row), .integer(1), .blob(position.bytes),
      .integer(LineRow.code(of: line.kind)), .optional(speaker), .optional(line.start?.rawValue),
      .optional(line.end?.rawValue), .text(line.text), .integer(Int64(sequence)))
    return try self.line(session.connection.lastInsertedRow)
  }

  /// Adds a speaker to the cast, who leaves it again when the edit is undone.
  func addSpeaker(named name: String) throws -> SpeakerRow {
    let added = try session.makeSpeaker(named: name, project: script.project, isDeleted: true)
    try change(.speakerDeleted, of: added.row, to: .integer(0))
    return added
  }

  // MARK: Changing

  /// Gives a field of a line, a speaker, the script or a conflict another value.
  func change(_ field: Field, of subject: Int64, to value: Binding) throws {
    if field.isOfLine {
      try changeLine(field, of: subject, to: value)
    } else {
      let select = field.select
      guard
        let before = try session.connection.first(
          select, .integer(subject), map: { $0.binding(0) })
      else { throw StoreError.inconsistent("a row of the history is missing") }
      if before == value { return }
      try session.connection.run(field.update, value, .integer(subject))
      note(ChangeRow(field: field, subject: subject, before: before, after: value))
    }
  }

  /// Records a change of a speaker that the scripts of a project share, made once for all of them.
  func note(_ change: ChangeRow) {
    changes.append(change)
    report.speakersChanged()
  }

  private func changeLine(_ field: Field, of row: Int64, to value: Binding) throws {
    var line = try line(row)
    let before = line[field]
    if before == value { return }
    try report.touch(line)
    if field == .deleted || field == .position { report.renumbers = true }
    let old = line
    line[field] = value
    line.revision = sequence
    try session.connection.run(field.update, value, .integer(Int64(sequence)), .integer(row))
    lines[row] = line
    changes.append(ChangeRow(field: field, subject: row, before: before, after: value))
    try updateIndex(from: old, to: line)
  }

  private func updateIndex(from old: LineRow, to new: LineRow) throws {
    let isSameText = old.text.utf8.elementsEqual(new.text.utf8)
    guard old.isDeleted != new.isDeleted || (!isSameText && !new.isDeleted) else { return }
    let index = try session.searchIndex()
    if !old.isDeleted { try index.remove(old.row, text: Array(old.text.utf8)) }
    if !new.isDeleted { try index.add(new.row, text: Array(new.text.utf8)) }
    lineCount += (old.isDeleted ? 1 : 0) - (new.isDeleted ? 1 : 0)
  }

  // MARK: Finishing

  /// Writes the revision with its changes; `nil` where nothing changed.
  ///
  /// - Parameter always: whether to write one that changed nothing here, as part of a batch.
  func finish(
    kind: Revision.Kind, message: String, target: Int? = nil, batch: [UInt8]? = nil,
    always: Bool = false
  ) throws -> Revision? {
    if changes.isEmpty && !always { return nil }
    let id: Revision.ID = session.newIdentifier()
    let connection = session.connection
    try connection.run(
      RevisionRow.insert, .integer(script.row), .integer(Int64(sequence)), id.binding,
      .integer(RevisionRow.code(of: kind)), .text(StoredMessage.encoded(message)),
      .integer(Int64(changes.count)),
      .optional(target.map { Int64($0) }), batch.map { .blob($0) } ?? .null)
    for (ordinal, change) in changes.enumerated() {
      try connection.run(
        ChangeRow.insert, .integer(script.row), .integer(Int64(sequence)),
        .integer(Int64(ordinal)), .integer(change.field.rawValue), .integer(change.subject),
        .optional(change.prefix.map { Int64($0) }), change.before, change.after)
    }
    try connection.run(
      "UPDATE script SET revision = ?, line_count = ? WHERE id = ?", .integer(Int64(sequence)),
      .integer(Int64(lineCount)), .integer(script.row))
    return try session.revision(sequence, of: session.scriptRow(script.row)).revision
  }

  /// What the edit did so far, for people.
  func outcome(_ revision: Revision?, dryRun: Bool) throws -> EditOutcome {
    let shown = try report.changes { try self.line($0) }
    return EditOutcome(scriptID: script.id, revision: dryRun ? nil : revision, changes: shown)
  }
}

extension LineRow {
  /// All fields, in the order in which an earlier state is put back.
  static let fields: [Field] = [
    .position, .kind, .speaker, .start, .end, .text, .joinedInto, .deleted,
  ]

  /// Whether any field has another value, byte for byte.
  func differs(from other: LineRow) -> Bool { Self.fields.contains { self[$0] != other[$0] } }

  /// The value of a line's field, as its column holds it.
  subscript(field: Field) -> Binding {
    get {
      switch field {
      case .text: .text(text)
      case .speaker: .optional(speaker)
      case .start: .optional(start?.rawValue)
      case .end: .optional(end?.rawValue)
      case .kind: .integer(Self.code(of: kind))
      case .position: .blob(position.bytes)
      case .deleted: .integer(isDeleted ? 1 : 0)
      case .joinedInto: .optional(joinedInto)
      default: .null
      }
    }
    set {
      switch (field, newValue) {
      case (.text, .text(let value)): text = value
      case (.speaker, _): speaker = newValue.integer
      case (.start, _): start = newValue.integer.map { Milliseconds($0) }
      case (.end, _): end = newValue.integer.map { Milliseconds($0) }
      case (.kind, _): kind = Self.kind(of: newValue.integer ?? 0)
      case (.position, .blob(let bytes)): position = OrderKey(bytes: bytes)
      case (.deleted, _): isDeleted = newValue.integer != 0
      case (.joinedInto, _): joinedInto = newValue.integer
      default: break
      }
    }
  }
}

extension Binding {
  /// The integer that is bound; `nil` for anything else.
  var integer: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// The text that is bound; `nil` for anything else.
  var text: String? {
    if case .text(let value) = self { value } else { nil }
  }
}
