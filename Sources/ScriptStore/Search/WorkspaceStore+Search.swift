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
  private let numbers: LineNumbers

  init(session: Session, query: SearchQuery, project: Int64?, speaker: String?, limit: Int) {
    self.session = session
    self.query = query
    self.project = project
    self.speaker = speaker
    self.limit = limit
    numbers = LineNumbers(connection: session.connection)
  }

  func run() throws -> [SearchHit] {
    guard !query.terms.isEmpty, limit > 0 else { return [] }
    var sources: [HitRows] = []
    if !query.needsPairs {
      sources.append(try HitRows(session.connection, sql: textHits, match: query.textMatch))
    }
    sources.append(try HitRows(session.connection, sql: pairHits, match: query.pairMatch))
    var hits: [SearchHit] = []
    while hits.count < limit, let row = sources.compactMap(\.next).min() {
      let isFromText = !query.needsPairs && sources[0].next == row
      for index in sources.indices where sources[index].next == row {
        try sources[index].advance()
      }
      if let hit = try hit(row, isFromText: isFromText) { hits.append(hit) }
    }
    return hits
  }

  private func hit(_ row: Int64, isFromText: Bool) throws -> SearchHit? {
    let found = try session.connection.first(hitDetails, .integer(row)) { row in
      let details = (
        script: row.integer(0), position: row.bytes(1), project: row.integer(2),
        speaker: row.optionalText(6), text: row.bytes(8)
      )
      let hit = SearchHit(
        scriptID: row.identifier(3), scriptTitle: row.text(4), lineID: row.identifier(5),
        number: 0, speakerName: row.optionalText(6), start: row.milliseconds(7),
        text: String(decoding: details.text, as: UTF8.self), matches: [])
      return (details, hit)
    }
    guard let (details, found) = found, project == nil || project == details.project,
      speaker == nil || details.speaker?.lowercased() == speaker
    else { return nil }
    var hit = found
    hit.number = try numbers.number(script: details.script, position: details.position)
    hit.matches =
      isFromText
      ? try highlighted(row, text: details.text)
      : MatchFinder(query: query).ranges(in: details.text)
    return hit
  }

  /// Where the words stand, as the index itself tells it.
  private func highlighted(_ row: Int64, text: [UInt8]) throws -> [Range<Int>] {
    let marked = try session.connection.first(
      highlight, .text(query.textMatch), .integer(row), map: { $0.bytes(0) })
    guard let marked else { return [] }
    return MatchFinder.ranges(marked: marked, text: text)
  }
}

/// Counts the numbers of lines that come mostly in order, each from the one before it.
private final class LineNumbers {
  private let connection: Connection
  private var last: [Int64: (position: OrderKey, number: Int)] = [:]

  init(connection: Connection) { self.connection = connection }

  func number(script: Int64, position: [UInt8]) throws -> Int {
    let position = OrderKey(bytes: position)
    var known = last[script] ?? (OrderKey(bytes: []), 0)
    if position < known.position { known = (OrderKey(bytes: []), 0) }
    let between = try connection.integer(
      linesUpTo, .integer(script), .blob(known.position.bytes), .blob(position.bytes))
    let number = known.number + Int(between)
    last[script] = (position, number)
    return number
  }
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

  mutating func advance() throws {
    next = try statement.step() ? statement.row.integer(0) : nil
  }
}

private let textHits = "SELECT rowid FROM line_text WHERE line_text MATCH ? ORDER BY rowid"
private let pairHits = "SELECT rowid FROM line_pair WHERE line_pair MATCH ? ORDER BY rowid"
private let highlight = """
  SELECT highlight(line_text, 0, char(1), char(2)) FROM line_text
  WHERE line_text MATCH ? AND rowid = ?
  """
private let hitDetails = """
  SELECT line.script, line.position, script.project, script.uuid, script.title, line.uuid,
    speaker.name, line.start, line.text
  FROM line JOIN script ON script.id = line.script AND script.deleted = 0
  LEFT JOIN speaker ON speaker.id = line.speaker
  WHERE line.id = ? AND line.deleted = 0
  """
private let linesUpTo = """
  SELECT count(*) FROM line WHERE script = ? AND deleted = 0 AND position > ? AND position <= ?
  """
