import SQLiteKit

/// The numbers of lines in their scripts, for hits in the order of their rows.
///
/// Counting a script's lines up to a hit takes 25 ms for the last of a million, more than the search.
/// A script whose lines still stand as an import made them needs no counting: they have row ids one
/// after the other, and the history tells that none was moved, added or taken out.
struct LineNumbering {
  let connection: Connection
  /// The row of the first line by script, `nil` where lines have to be counted.
  private var firstRows: [Int64: Int64?] = [:]
  private var last: (script: Int64, position: [UInt8], number: Int)?

  /// Scripts with fewer lines are counted.
  private static let fewLines: Int64 = 10_000
  /// With more changes than that, looking at them would take longer than counting.
  private static let mostChanges: Int64 = 10_000

  init(_ connection: Connection) { self.connection = connection }

  /// The number of a line, from 1.
  mutating func number(row: Int64, script: Int64, position: [UInt8]) throws -> Int {
    if let first = try firstRow(of: script) { return Int(row - first) + 1 }
    // Counts from hit to hit: each from the beginning would read the beginning once a hit.
    var from: (position: [UInt8], number: Int) = ([], 1)
    if let last, last.script == script, last.position.lexicographicallyPrecedes(position) {
      from = (last.position, last.number)
    }
    let between = try connection.integer(
      linesBetween, .integer(script), .blob(from.position), .blob(position))
    let number = from.number + Int(between)
    last = (script, position, number)
    return number
  }

  private mutating func firstRow(of script: Int64) throws -> Int64? {
    if let known = firstRows[script] { return known }
    let first = try untouchedFirstRow(of: script)
    firstRows[script] = .some(first)
    return first
  }

  private func untouchedFirstRow(of script: Int64) throws -> Int64? {
    let count = try connection.integer(lineCount, .integer(script))
    guard count >= Self.fewLines else { return nil }
    let first = try connection.integer(firstLine, .integer(script))
    let last = try connection.integer(lastLine, .integer(script))
    guard last - first == count - 1 else { return nil }
    let isUntouched = try connection.integer(
      changesOfOrder, .integer(script), .integer(Self.mostChanges + 1),
      .integer(Field.position.rawValue), .integer(Field.deleted.rawValue),
      .integer(Self.mostChanges))
    return isUntouched != 0 ? first : nil
  }
}

private let lineCount = "SELECT line_count FROM script WHERE id = ?"
private let firstLine = """
  SELECT id FROM line WHERE script = ? AND deleted = 0 ORDER BY position LIMIT 1
  """
private let lastLine = """
  SELECT id FROM line WHERE script = ? AND deleted = 0 ORDER BY position DESC LIMIT 1
  """
private let changesOfOrder = """
  SELECT count(*) <= ?5 AND total(field IN (?3, ?4)) = 0
  FROM (SELECT field FROM change WHERE script = ?1 LIMIT ?2)
  """
private let linesBetween = """
  SELECT count(*) FROM line WHERE script = ? AND deleted = 0 AND position >= ? AND position < ?
  """
