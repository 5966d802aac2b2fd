import JSONText
import ScriptModel

@testable import ScriptFormats

/// Counts the turns of a document that an expected result has, in order.
struct TurnComparison {
  struct Turn {
    var speakers: [String?]
    var start: Int64?
    var texts: [String]
    /// The number of words where only the beginning of the text is given.
    var words: Int?
    var isCertain: Bool
  }

  /// A line as it is compared: marks and white space collapsed.
  private struct Piece {
    var speaker: String?
    var start: Int64?
    var text: String
    var words: Int
  }

  private var pieces: [Piece] = []
  private(set) var misses: [String] = []
  let turns: [Turn]

  init(_ document: ScriptDocument, expected: JSONValue) {
    for index in document.entries.indices {
      let entry = document.entries[index]
      let text = document.string(at: index)
      pieces.append(
        Piece(
          speaker: entry.speaker.map { document.speakers[$0] }, start: entry.start?.rawValue,
          text: Self.collapsed(text), words: Self.words(text)))
    }
    turns = (expected["turns"]?.array ?? []).compactMap { Self.turn($0) }
    compare()
  }

  var right: Int { turns.count - misses.count }

  private static func turn(_ value: JSONValue) -> Turn? {
    guard let speaker = value[0], let text = value[2] else { return nil }
    let names = speaker.array.map { $0.map(\.string) } ?? [speaker.string]
    let texts = text.array.map { $0.compactMap(\.string) } ?? [text.string ?? ""]
    return Turn(
      speakers: names, start: value[1]?.integer, texts: texts.map { collapsed($0) },
      words: value[3]?.integer.map { Int($0) }, isCertain: value[4]?.integer != 0)
  }

  private mutating func compare() {
    var cursor = 0
    for (number, turn) in turns.enumerated() {
      guard let found = find(turn, from: cursor) else {
        if turn.isCertain || !isTextSomewhere(turn) {
          misses.append("turn \(number): \(turn.speakers) \(turn.texts.first ?? "")")
        }
        continue
      }
      if let start = turn.start, pieces[found].start != start {
        misses.append("turn \(number): time \(String(describing: pieces[found].start)) for \(start)")
      }
      cursor = found + 1
    }
  }

  private func find(_ turn: Turn, from cursor: Int) -> Int? {
    for index in cursor..<max(cursor, min(pieces.count, cursor + 60)) {
      guard turn.speakers.contains(pieces[index].speaker) else { continue }
      let text = joined(from: index)
      for expected in turn.texts where matches(expected, text, turn, index) { return index }
    }
    return nil
  }

  /// The text of a line with the lines behind it that have the same speaker, or are headings.
  private func joined(from index: Int) -> String {
    var text = pieces[index].text
    var next = index + 1
    while text.count < 60, next < pieces.count { 
      text += " " + pieces[next].text
      next += 1
    }
    return text
  }

  private func matches(_ expected: String, _ text: String, _ turn: Turn, _ index: Int) -> Bool {
    if turn.words == nil { return pieces[index].text == expected || text.hasPrefix(expected) && joinedEquals(expected, index) }
    return text.hasPrefix(expected) || Self.withoutClock(expected).map { text.hasPrefix($0) } == true
  }

  private func joinedEquals(_ expected: String, _ index: Int) -> Bool {
    var text = ""
    for piece in pieces[index...] {
      text += (text.isEmpty ? "" : " ") + piece.text
      if text == expected { return true }
      if text.count > expected.count { return false }
    }
    return false
  }

  private func isTextSomewhere(_ turn: Turn) -> Bool {
    guard let text = turn.texts.first else { return true }
    return pieces.contains { $0.text.contains(text) || text.isEmpty }
      || joined.contains(text) || Self.withoutClock(text).map { joined.contains($0) } == true
  }

  private var joined: String { pieces.map(\.text).joined(separator: " ") }

  /// A reference that kept the time in the text is compared without it.
  private static func withoutClock(_ text: String) -> String? {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].contains(":"), parts[0].allSatisfy({ $0.isNumber || $0 == ":" })
    else { return nil }
    return String(parts[1])
  }

  private static func words(_ text: String) -> Int { text.split(whereSeparator: \.isWhitespace).count }

  /// White space collapsed, marks of Markdown and tags left out.
  static func collapsed(_ text: String) -> String {
    var result = ""
    var skipsTag = false
    for tag in ["<b>", "</b>", "<i>", "</i>", "<u>", "</u>"] where text.contains(tag) { skipsTag = true }
    var source = text
    if skipsTag {
      for tag in ["<b>", "</b>", "<i>", "</i>", "<u>", "</u>"] { source = source.split(separator: tag, omittingEmptySubsequences: false).joined() }
    }
    for character in source {
      if character.isWhitespace {
        if !result.isEmpty, result.last != " " { result.append(" ") }
      } else if !"*_\\#`~".contains(character) {
        result.append(character)
      }
    }
    while result.last == " " { result.removeLast() }
    return result.lowercased()
  }
}
