import SQLiteKit
package import ScriptModel

extension WorkspaceStore {
  /// Finds lines by words, "phrases" and prefixes*, at most `limit`, in the order of their making.
  ///
  /// - Parameter speaker: a name, letter case aside; `nil` for all.
  package func search(
    _ query: String, in project: Project.ID? = nil, speaker: String? = nil, limit: Int = 50
  ) throws(StoreError) -> [SearchHit] {
    try read { session in
      let project = try project.map { try session.project($0).row }
      let search = Search(
        session: session, query: SearchQuery(query), project: project,
        speaker: speaker?.lowercased(), limit: limit)
      return try search.run()
    }
  }
}

/// One search over both tables, in the order of row ids.
struct Search {
  let session: Session
  let query: SearchQuery
  let project: Int64?
  let speaker: String?
  let limit: Int

  func run() throws -> [SearchHit] {
    guard !query.terms.isEmpty, limit > 0 else { return [] }
    var sources: [HitRows] = []
    if !query.needsPairs {
      sources.append(
        try HitRows(
          session.connection, sql: marksAtOnce ? markedHits : textHits, match: query.textMatch))
    }
    sources.append(try HitRows(session.connection, sql: pairHits, match: query.pairMatch))
    var found: [FoundLine] = []
    while found.count < limit, let row = sources.compactMap(\.next).min() {
      let isFromText = !query.needsPairs && sources[0].next == row
      if var line = try line(row, isFromText: isFromText) {
        if isFromText, marksAtOnce {
          line.hit.matches = MatchFinder.ranges(marked: sources[0].marked, text: line.text)
        }
        found.append(line)
      }
      for index in sources.indices where sources[index].next == row {
        try sources[index].advance()
      }
    }
    try number(&found)
    try mark(&found)
    return found.map(\.hit)
  }

  /// Whether the words are marked as lines are found: a second query would have to find all the words
  /// that begin like a prefix once more. Where hits are filtered, most marks would be for nothing.
  private var marksAtOnce: Bool { project == nil && speaker == nil }

  private func line(_ row: Int64, isFromText: Bool) throws -> FoundLine? {
    let found = try session.connection.first(hitDetails, .integer(row)) { details in
      let text = details.bytes(8)
      let hit = SearchHit(
        scriptID: details.identifier(3), scriptTitle: details.text(4),
        lineID: details.identifier(5), number: 0, speakerName: details.optionalText(6),
        start: details.milliseconds(7), text: String(decoding: text, as: UTF8.self), matches: [])
      return (
        project: details.integer(2),
        line: FoundLine(
          row: row, script: details.integer(0), position: details.bytes(1), text: text,
          isFromText: isFromText, hit: hit)
      )
    }
    guard let found, project == nil || project == found.project,
      speaker == nil || found.line.hit.speakerName?.lowercased() == speaker
    else { return nil }
    return found.line
  }

  private func number(_ found: inout [FoundLine]) throws {
    var numbering = LineNumbering(session.connection)
    for index in found.indices {
      found[index].hit.number = try numbering.number(
        row: found[index].row, script: found[index].script, position: found[index].position)
    }
  }

  /// Tells where the words stand, as the index itself tells it.
  private func mark(_ found: inout [FoundLine]) throws {
    var places: [Int64: Int] = [:]
    for (index, line) in found.enumerated() where line.isFromText { places[line.row] = index }
    for index in found.indices where !found[index].isFromText {
      found[index].hit.matches = MatchFinder(query: query).ranges(in: found[index].text)
    }
    guard !marksAtOnce, let first = places.keys.min(), let last = places.keys.max() else { return }
    let rows = "[" + places.keys.map { String($0) }.joined(separator: ",") + "]"
    let values: [Binding] = [
      .text(query.textMatch), .integer(first), .integer(last), .text(rows),
    ]
    try session.connection.forEach(highlights, values) { row in
      guard let index = places[row.integer(0)] else { return }
      found[index].hit.matches = MatchFinder.ranges(marked: row.bytes(1), text: found[index].text)
    }
  }
}

/// A line that was found, with what its hit is still to be told of.
private struct FoundLine {
  let row: Int64
  let script: Int64
  let position: [UInt8]
  let text: [UInt8]
  /// Whether the table of words found it, which can tell where they stand.
  let isFromText: Bool
  var hit: SearchHit
}

/// The row ids that a full-text query finds, one at a time.
private struct HitRows {
  private let statement: Statement
  private(set) var next: Int64?

  init(_ connection: Connection, sql: String, match: String) throws {
    statement = try connection.prepare(sql)
    try statement.bind(match, at: 1)
    try advance()
  }

  /// The text of the line that is next, with marks around the words, where the query gives it.
  var marked: [UInt8] { statement.row.bytes(1) }

  mutating func advance() throws {
    next = try statement.step() ? statement.row.integer(0) : nil
  }
}

private let textHits = "SELECT rowid FROM line_text WHERE line_text MATCH ? ORDER BY rowid"
private let markedHits = """
  SELECT rowid, highlight(line_text, 0, char(1), char(2)) FROM line_text
  WHERE line_text MATCH ? ORDER BY rowid
  """
private let pairHits = "SELECT rowid FROM line_pair WHERE line_pair MATCH ? ORDER BY rowid"
private let highlights = """
  SELECT rowid, highlight(line_text, 0, char(1), char(2)) FROM line_text
  WHERE line_text MATCH ? AND rowid BETWEEN ? AND ?
    AND +rowid IN (SELECT value FROM json_each(?))
  """
private let hitDetails = """
  SELECT line.script, line.position, script.project, script.uuid, script.title, line.uuid,
    speaker.name, line.start, line.text
  FROM line JOIN script ON script.id = line.script AND script.deleted = 0
  LEFT JOIN speaker ON speaker.id = line.speaker
  WHERE line.id = ? AND line.deleted = 0
  """
