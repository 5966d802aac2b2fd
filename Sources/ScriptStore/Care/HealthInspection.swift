import SQLiteKit
import ScriptModel

/// All checks of a workspace, one after the other; a check that can't be made is a problem.
struct HealthInspection {
  let session: Session

  /// The most problems of one kind that are told one by one.
  private static let mostProblems = 20

  func run() throws -> [HealthCheck] {
    var checks = [check("integrity", integrity), check("foreign-keys", foreignKeys)]
    // SQLite compares an index with its content by a writing statement only: not said is not well.
    if !session.isReadOnly {
      checks += [check("search-index", searchIndex), check("search-pairs", searchPairs)]
    }
    return checks + [
      check("line-order", lineOrder), check("revisions", revisions),
      check("line-counts", lineCounts), check("cast", cast),
    ] + ServiceInspection(session: session).checks.map { check($0.name, $0.body) }
  }

  private func check(_ name: String, _ body: () throws -> [String]) -> HealthCheck {
    do {
      let problems = try body()
      let more = problems.count - Self.mostProblems
      let shown =
        Array(problems.prefix(Self.mostProblems)) + (more > 0 ? ["And \(more) more."] : [])
      return HealthCheck(name: name, problems: shown)
    } catch let error as SQLiteError {
      return HealthCheck(name: name, problems: ["This could not be checked: \(error.message)."])
    } catch {
      return HealthCheck(name: name, problems: ["This could not be checked."])
    }
  }

  private func integrity() throws -> [String] {
    try session.connection.all("PRAGMA integrity_check(20)") { $0.text(0) }.filter { $0 != "ok" }
  }

  private func foreignKeys() throws -> [String] {
    try session.connection.all("PRAGMA foreign_key_check") { row in
      "A row of '\(row.text(0))' names a row of '\(row.text(2))' that is not there."
    }
  }

  /// Compares the index with the lines.
  private func searchIndex() throws -> [String] {
    do throws(SQLiteError) {
      try session.connection.execute(compareWithContent)
      return []
    } catch {
      guard error.code == .corrupt else { throw error }
      return ["The search index does not fit the lines."]
    }
  }

  /// Sums all pairs of the index up, and all pairs of the lines: the sums must be the same.
  private func searchPairs() throws -> [String] {
    return try session.connection.read {
      try session.connection.execute(pairVocabulary)
      var indexed: UInt64 = 0
      try session.connection.forEach(indexedPairs) { row in
        indexed &+= digest(
          row: row.integer(1), place: row.integer(2), word: Array(row.text(0).utf8))
      }
      var expected: UInt64 = 0
      let probe = try Connection(path: ":memory:", mode: .create)
      try probe.execute(probeTables)
      try session.connection.forEach(searchableLines) { row in
        if let pairs = SearchText.pairs(of: row.bytes(1)) {
          try probe.run(
            "INSERT INTO pair (rowid, text) VALUES (?, ?)", .integer(row.integer(0)),
            .text(String(decoding: pairs, as: UTF8.self)))
        }
      }
      try probe.forEach("SELECT term, doc, offset FROM word") { row in
        expected &+= digest(
          row: row.integer(1), place: row.integer(2), word: Array(row.text(0).utf8))
      }
      return indexed == expected
        ? [] : ["The search index of texts without spaces does not fit the lines."]
    }
  }

  /// FNV-1a: enough to notice what differs by accident.
  private func digest(row: Int64, place: Int64, word: [UInt8]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ UInt64(bitPattern: row)) &* 0x100_0000_01B3
    return (hash ^ UInt64(bitPattern: place)) &* 0x100_0000_01B3
  }

  private func lineOrder() throws -> [String] {
    try session.connection.all(sharedPlaces) { row in
      "\(row.integer(1)) lines of '\(row.text(0))' have the same place."
    }
  }

  private func revisions() throws -> [String] {
    let gaps = try session.connection.all(revisionGaps) { row in
      "The revisions of '\(row.text(0))' do not go from 1 to \(row.integer(1)) without a gap."
    }
    let strangers = try session.connection.all(linesOfNoRevision) { row in
      "A line of '\(row.text(0))' names a revision that is not there."
    }
    return gaps + strangers
  }

  private func lineCounts() throws -> [String] {
    try session.connection.all(wrongCounts) { row in
      "'\(row.text(0))' has \(row.integer(1)) lines and counts \(row.integer(2))."
    }
  }

  private func cast() throws -> [String] {
    try session.connection.all(strangersToCast) { row in
      "'\(row.text(0))' has lines of a speaker who is not in the cast."
    }
  }
}

private let compareWithContent =
  "INSERT INTO line_text (line_text, rank) VALUES ('integrity-check', 1)"
private let pairVocabulary = """
  CREATE VIRTUAL TABLE IF NOT EXISTS temp.pair_word
  USING fts5vocab('main', 'line_pair', 'instance')
  """
private let indexedPairs = "SELECT term, doc, offset FROM temp.pair_word"
private let searchableLines = "SELECT id, text FROM searchable_line"
private let probeTables = """
  CREATE VIRTUAL TABLE pair USING fts5 (text, content = '',
    tokenize = 'unicode61 remove_diacritics 2 categories ''L* N* Co Mn Mc''');
  CREATE VIRTUAL TABLE word USING fts5vocab('pair', 'instance');
  """
private let sharedPlaces = """
  SELECT script.title, count(*) FROM line JOIN script ON script.id = line.script
  WHERE line.deleted = 0 GROUP BY line.script, line.position HAVING count(*) > 1
  """
private let revisionGaps = """
  SELECT title, revision FROM script
  WHERE revision <> (SELECT count(*) FROM revision WHERE revision.script = script.id)
    OR revision <> (SELECT max(sequence) FROM revision WHERE revision.script = script.id)
  """
private let linesOfNoRevision = """
  SELECT script.title FROM line JOIN script ON script.id = line.script
  WHERE line.revision < 1 OR line.revision > script.revision LIMIT 20
  """
private let wrongCounts = """
  SELECT title, (SELECT count(*) FROM line WHERE line.script = script.id AND deleted = 0), line_count
  FROM script
  WHERE line_count <> (SELECT count(*) FROM line WHERE line.script = script.id AND deleted = 0)
  """
private let strangersToCast = """
  SELECT DISTINCT script.title FROM speaker JOIN line ON line.speaker = speaker.id
  JOIN script ON script.id = line.script
  WHERE (speaker.merged_into IS NOT NULL OR speaker.deleted = 1)
    AND line.deleted = 0 AND script.deleted = 0
  """
