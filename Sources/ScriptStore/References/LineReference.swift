import SQLiteKit
package import ScriptModel

extension WorkspaceStore {
  /// Finds the lines that references name: ids, unique id prefixes, `12`, `3-7`, `@1:30`.
  ///
  /// `@1:30` is the line that is spoken at that time, else the last that began before it. The lines
  /// come in the script's order, each once. An id of a line that was joined names the one it is in.
  package func lines(
    matching references: [String], in script: Script.ID
  ) throws(StoreError) -> [Line.ID] {
    try read { session in
      let lookup = LineLookup(session: session, script: try session.script(script))
      var found: [Int64: (position: OrderKey, id: Line.ID)] = [:]
      for reference in references {
        for line in try lookup.find(reference) { found[line.row] = (line.position, line.id) }
      }
      return found.values.sorted { $0.position < $1.position }.map(\.id)
    }
  }

  /// Finds the line that now holds a line's text: itself, or the one that it was joined into.
  ///
  /// - Returns: `nil` where the line is not there and was not joined.
  package func survivor(of line: Line.ID) throws(StoreError) -> Line.ID? {
    try read { session in
      try session.survivor(
        session.connection.first(
          LineRow.query + " WHERE uuid = ?", line.binding, map: LineRow.init))?.id
    }
  }
}

extension Session {
  /// Follows joins to a line that is there.
  func survivor(_ line: LineRow?) throws -> LineRow? {
    var line = line
    var steps = 0
    while let current = line, current.isDeleted {
      guard let next = current.joinedInto, steps < 1000 else { return nil }
      line = try lineRow(next)
      steps += 1
    }
    return line
  }
}

/// Looks lines of a script up by what a person calls them.
struct LineLookup {
  let session: Session
  let script: ScriptRow

  func find(_ reference: String) throws -> [LineRow] {
    if reference.hasPrefix("@") { return [try line(at: reference)] }
    // A number is a number, though its digits could begin an id.
    if let number = decimal(reference[...]) { return try lines(from: number, to: number) }
    let parts = reference.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 2, let first = decimal(parts[0]), let last = decimal(parts[1]) {
      guard first <= last else {
        throw StoreError(
          .invalidValue, "'\(reference)' goes backwards", fix: "Write '\(last)-\(first)'.")
      }
      return try lines(from: first, to: last)
    }
    return [try line(withIdentifier: reference)]
  }

  private func decimal(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      text.utf8.count < 12
    else { return nil }
    return Int(text)
  }

  private func lines(from first: Int, to last: Int) throws -> [LineRow] {
    guard first >= 1, last <= script.lineCount else {
      throw StoreError(
        .notFound, "There is no line \(first < 1 ? first : last) in '\(script.title)'",
        fix: script.lineCount == 0
          ? "It has no lines yet." : "Its lines go from 1 to \(script.lineCount).")
    }
    return try session.connection.all(
      LineRow.query
        + " WHERE script = ? AND deleted = 0 ORDER BY position, id LIMIT ? OFFSET ?",
      .integer(script.row), .integer(Int64(last - first + 1)), .integer(Int64(first - 1)),
      map: LineRow.init)
  }

  private func line(at reference: String) throws -> LineRow {
    guard let time = Milliseconds(parsing: reference.dropFirst()) else {
      throw StoreError(
        .invalidValue, "'\(reference)' is not a time", fix: "Write it like '@1:30' or '@90s'.")
    }
    let spoken = try session.connection.first(
      LineRow.query + spokenAt, .integer(script.row), .integer(time.rawValue), map: LineRow.init)
    let begun = try session.connection.first(
      LineRow.query + begunBefore, .integer(script.row), .integer(time.rawValue),
      map: LineRow.init)
    guard let found = spoken ?? begun else {
      throw StoreError(
        .notFound, "No line of '\(script.title)' begins before \(time.timecode())")
    }
    return found
  }

  private func line(withIdentifier reference: String) throws -> LineRow {
    guard let range = IdentifierPrefix(reference) else { throw notFound(reference) }
    let found = try session.connection.all(
      LineRow.query + " WHERE uuid BETWEEN ? AND ? AND script = ?", .blob(range.lowest),
      .blob(range.highest), .integer(script.row), map: LineRow.init)
    var lines: [Int64: LineRow] = [:]
    for line in try found.compactMap({ try session.survivor($0) }) { lines[line.row] = line }
    guard let only = lines.values.first else { throw notFound(reference) }
    guard lines.count == 1 else {
      throw StoreError(
        .ambiguous, "'\(reference)' is the beginning of \(lines.count) lines' ids",
        fix: "Give more of the id, or the line's number.")
    }
    return only
  }

  private func notFound(_ reference: String) -> StoreError {
    StoreError(
      .notFound, "There is no line '\(reference)' in '\(script.title)'",
      fix: "Name lines by number ('12', '3-7'), time ('@1:30') or id.")
  }
}

private let spokenAt = """
   WHERE script = ?1 AND deleted = 0 AND start <= ?2 AND "end" > ?2
  ORDER BY start DESC, position LIMIT 1
  """
private let begunBefore = """
   WHERE script = ?1 AND deleted = 0 AND start <= ?2
  ORDER BY start DESC, position DESC LIMIT 1
  """
