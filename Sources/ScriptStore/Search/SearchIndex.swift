import SQLiteKit

/// The two full-text tables, fed from code: triggers make bulk imports several times slower.
struct SearchIndex {
  private let addText: Statement
  private let addPairs: Statement
  private let removeText: Statement
  private let removePairs: Statement

  init(_ connection: Connection) throws {
    addText = try connection.prepare("INSERT INTO line_text (rowid, text) VALUES (?, ?)")
    addPairs = try connection.prepare("INSERT INTO line_pair (rowid, text) VALUES (?, ?)")
    removeText = try connection.prepare(
      "INSERT INTO line_text (line_text, rowid, text) VALUES ('delete', ?, ?)")
    removePairs = try connection.prepare(
      "INSERT INTO line_pair (line_pair, rowid, text) VALUES ('delete', ?, ?)")
  }

  /// Adds a line.
  func add(_ row: Int64, text: [UInt8]) throws {
    try run(addText, addPairs, row, text)
  }

  /// Takes a line out, given the very text that it was added with.
  func remove(_ row: Int64, text: [UInt8]) throws {
    try run(removeText, removePairs, row, text)
  }

  /// Adds a line whose text is known to have neither markup nor characters beyond U+07FF.
  func addPlain(_ row: Int64, text: Span<UInt8>) throws {
    try addText.bind(row, at: 1)
    try addText.bind(text: text, at: 2)
    try addText.run()
  }

  private func run(
    _ words: Statement, _ pairs: Statement, _ row: Int64, _ text: [UInt8]
  ) throws {
    let plain = SearchText.withoutMarkup(text)
    try words.bind(row, at: 1)
    try words.bind(text: plain.span, at: 2)
    try words.run()
    guard let pairText = SearchText.pairs(of: plain) else { return }
    try pairs.bind(row, at: 1)
    try pairs.bind(text: pairText.span, at: 2)
    try pairs.run()
  }
}
