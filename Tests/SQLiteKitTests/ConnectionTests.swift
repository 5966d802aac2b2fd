import SQLiteKit
import TestSupport
import Testing

@Test func bytesComeBackAsTheyWereBound() throws {
  let connection = try Connection(path: ":memory:", mode: .create)
  try connection.execute("CREATE TABLE value (any ANY) STRICT")
  for value: Binding in [.null, .integer(.min), .text(""), .text("a\u{0}b"), .blob([]), .blob([0, 255])] {
    try connection.run("DELETE FROM value")
    try connection.run("INSERT INTO value VALUES (?)", value)
    #expect(try connection.first("SELECT any FROM value", map: { $0.binding(0) }) == value)
  }
}
