import SQLiteKit
import ScriptMerge
import ScriptModel

/// Gathers the lines that an edit touches, to tell in the end what became of them.
final class ChangeReport {
  private let session: Session
  private let script: Int64
  private var before: [Int64: Change.State] = [:]
  private var places: [Int64: OrderKey] = [:]
  private var touched: [Int64] = []
  private var isTouched: Set<Int64> = []
  private var numbers: [Int64: Int]?
  private var names: [Int64: (id: Speaker.ID, name: String)] = [:]

  /// Whether lines came, went or moved, so that others have new numbers.
  var renumbers = false

  /// Up to so many lines their numbers are counted one by one; beyond it all are read at once.
  private static let countedSingly = 6

  init(session: Session, script: Int64) {
    self.session = session
    self.script = script
  }

  /// Notes lines before the first change, while their numbers are still the old ones.
  func expect(_ lines: [LineRow]) throws {
    if lines.count > Self.countedSingly, numbers == nil { numbers = try allNumbers() }
    for line in lines { try touch(line) }
  }

  /// Notes a line as it was before its first change.
  func touch(_ line: LineRow) throws {
    guard isTouched.insert(line.row).inserted else { return }
    touched.append(line.row)
    guard !line.isDeleted else { return }
    let number = try numbers?[line.row] ?? self.number(of: line)
    before[line.row] = try state(line, number: number)
    places[line.row] = line.position
  }

  /// The number that a line had before the edit.
  func numberBefore(_ line: LineRow) throws -> Int {
    try before[line.row]?.number ?? number(of: line)
  }

  /// Forgets the names of speakers, whom a rename changes under the lines.
  func speakersChanged() { names.removeAll() }

  /// What became of the lines, in the order of the script.
  func changes(_ current: (Int64) throws -> LineRow) throws -> [Change] {
    let after = renumbers && touched.count > Self.countedSingly ? try allNumbers() : nil
    var changes: [Change] = []
    for row in touched {
      let line = try current(row)
      let old = before[row]
      var new: Change.State?
      if !line.isDeleted {
        let same = renumbers ? nil : old?.number
        new = try state(line, number: same ?? after?[row] ?? number(of: line))
      }
      let change = ScriptDifference.change(
        from: old, to: new, moved: places[row] != line.position)
      if let change { changes.append(change) }
    }
    return ScriptDifference.arranged(changes)
  }

  private func state(_ line: LineRow, number: Int) throws -> Change.State {
    let speaker = try line.speaker.map { try name(of: $0) }
    return Change.State(
      number: number,
      line: Line(
        id: line.id, kind: line.kind, speaker: speaker?.id, start: line.start, end: line.end,
        text: line.text),
      speakerName: speaker?.name)
  }

  private func name(of speaker: Int64) throws -> (id: Speaker.ID, name: String) {
    if let known = names[speaker] { return known }
    let found = try session.speakerRow(speaker).speaker
    names[speaker] = (found.id, found.name)
    return (found.id, found.name)
  }

  private func number(of line: LineRow) throws -> Int {
    Int(
      try session.connection.integer(
        linesBefore, .integer(script), .blob(line.position.bytes))) + 1
  }

  private func allNumbers() throws -> [Int64: Int] {
    var numbers: [Int64: Int] = [:]
    try session.connection.forEach(rowsInOrder, [.integer(script)]) { row in
      numbers[row.integer(0)] = numbers.count + 1
    }
    return numbers
  }
}

private let linesBefore =
  "SELECT count(*) FROM line WHERE script = ? AND deleted = 0 AND position < ?"
private let rowsInOrder =
  "SELECT id FROM line WHERE script = ? AND deleted = 0 ORDER BY position, id"
