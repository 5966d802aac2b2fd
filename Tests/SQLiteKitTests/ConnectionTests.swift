import SQLiteKit
import TestSupport
import Testing

private let values: [Binding] = [
  .null, .integer(.min), .integer(.max), .text(""), .text("a\u{0}b"), .text("天气 🎉"), .blob([]),
  .blob([0, 255]),
]

@Test func valuesComeBackAsTheyWereBound() throws {
  let connection = try Connection(path: ":memory:", mode: .create)
  try connection.execute("CREATE TABLE value (any ANY) STRICT")
  for value in values {
    try connection.run("DELETE FROM value")
    try connection.run("INSERT INTO value VALUES (?)", value)
    #expect(try connection.first("SELECT any FROM value", map: { $0.binding(0) }) == value)
  }
}

@Test func anErrorNamesTheStatementButNoValue() throws {
  let connection = try Connection(path: ":memory:", mode: .create)
  try connection.execute("CREATE TABLE name (text TEXT CONSTRAINT name_unique UNIQUE) STRICT")
  try connection.run("INSERT INTO name VALUES (?)", .text("a secret"))
  let error = try #require(throws: SQLiteError.self) {
    try connection.run("INSERT INTO name VALUES (?)", .text("a secret"))
  }
  #expect(error.code == .constraint)
  #expect(error.sql == "INSERT INTO name VALUES (?)")
  #expect(!error.description.contains("secret"))
}

@Test func anErrorRollsTheTransactionBack() throws {
  let connection = try Connection(path: ":memory:", mode: .create)
  try connection.execute("CREATE TABLE number (n INTEGER) STRICT")
  #expect(throws: SQLiteError.self) {
    try connection.write {
      try connection.run("INSERT INTO number VALUES (1)")
      try connection.run("INSERT INTO nowhere VALUES (1)")
    }
  }
  #expect(!connection.isInTransaction)
  #expect(try connection.integer("SELECT count(*) FROM number") == 0)
  try connection.write(commits: { _ in false }) {
    try connection.run("INSERT INTO number VALUES (1)")
  }
  #expect(try connection.integer("SELECT count(*) FROM number") == 0)
}

@Test func aFullDiskRollsTheTransactionBack() throws {
  let connection = try Connection(path: ":memory:", mode: .create)
  try connection.execute("CREATE TABLE value (any BLOB) STRICT; PRAGMA max_page_count = 20")
  let error = try #require(throws: SQLiteError.self) {
    try connection.write {
      for _ in 0..<100 {
        try connection.run(
          "INSERT INTO value VALUES (?)", .blob([UInt8](repeating: 1, count: 4000)))
      }
    }
  }
  #expect(error.code == .full)
  #expect(!connection.isInTransaction)
  #expect(try connection.integer("SELECT count(*) FROM value") == 0)
}

@Test func aStatementInUseIsNotTakenTwice() throws {
  let connection = try Connection(path: ":memory:", mode: .create)
  try connection.execute("CREATE TABLE number (n INTEGER); INSERT INTO number VALUES (1), (2), (3)")
  let query = "SELECT n FROM number ORDER BY n"
  var seen: [Int64] = []
  try connection.forEach(query) { outer in
    let first = outer.integer(0)
    try connection.forEach(query) { seen.append(first * 10 + $0.integer(0)) }
  }
  #expect(seen == [11, 12, 13, 21, 22, 23, 31, 32, 33])
}

@Test(arguments: ["plain", "with space", "a?b", "100%", "x#y", "ünï"])
func anyNameOfAFileIsTakenAsItIs(name: String) throws {
  let folder = TemporaryFolder()
  let path = folder.path + "/" + name
  try Connection(path: path, mode: .create).execute("CREATE TABLE a (b)")
  #expect(TestFile.read(path) != nil)
  #expect(try Connection(path: path, mode: .read).integer("SELECT count(*) FROM a") == 0)
}

@Test func aWriterThatWaitsTooLongIsToldSo() throws {
  let folder = TemporaryFolder()
  let first = try Connection(path: folder.path + "/db", mode: .create)
  try first.execute("PRAGMA journal_mode = WAL; CREATE TABLE a (b)")
  let second = try Connection(path: folder.path + "/db", mode: .write, busyTimeout: 1)
  try first.write { () throws in
    #expect(throws: SQLiteError.self) { () throws in try second.write {} }
    #expect(try second.integer("SELECT count(*) FROM a") == 0)
  }
  try second.write {}
}

/// SQLite waits for the disk with each commit where `synchronous` is 2, with none where it is 1.
@Test func aCommitWaitsForTheDiskUnlessItMayFollow() throws {
  let folder = TemporaryFolder()
  let connection = try Connection(path: folder.path + "/a.sqlite", mode: .create)
  try connection.execute("PRAGMA journal_mode = WAL; CREATE TABLE number (n INTEGER) STRICT")
  func level() throws -> Int64 { try connection.integer("PRAGMA synchronous") }
  try connection.write(.withNext) { try connection.run("INSERT INTO number VALUES (1)") }
  #expect(try level() == 1)
  try connection.write { try connection.run("INSERT INTO number VALUES (2)") }
  #expect(try level() == 2, "what is not said to follow does not")
  #expect(throws: SQLiteError.self) {
    try connection.write(.withNext) { try connection.run("INSERT INTO nowhere VALUES (1)") }
  }
  try connection.write(commits: { _ in false }) {
    try connection.run("INSERT INTO number VALUES (3)")
  }
  #expect(try level() == 2)
  #expect(try connection.integer("SELECT sum(n) FROM number") == 3)
}
