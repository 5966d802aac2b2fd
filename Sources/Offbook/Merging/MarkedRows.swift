import ScriptMerge
import ScriptModel

/// Merged rows with the markers that git puts around conflicts.
struct MarkedRows {
  /// One conflict's place in the rows.
  private struct Mark {
    var rows: Range<Int>
    var ours: [String]
    var theirs: [String]
  }

  private let outcome: RowMergeOutcome
  private let rows: [Line]
  private let markerSize: Int

  init(_ outcome: RowMergeOutcome, markerSize: Int) {
    self.outcome = outcome
    rows = outcome.rows
    self.markerSize = markerSize
  }

  /// The whole text; every marker is a row of its own.
  func text() -> [UInt8] {
    var texts: [String] = []
    var index = 0
    for mark in marks() where mark.rows.lowerBound >= index {
      texts += rows[index..<mark.rows.lowerBound].map(\.text)
      texts.append(marker("<", "ours"))
      texts += mark.ours
      texts.append(marker("=", nil))
      texts += mark.theirs
      texts.append(marker(">", "theirs"))
      index = mark.rows.upperBound
    }
    texts += rows[index...].map(\.text)
    return outcome.text(of: texts)
  }

  /// A marker ends as the rows around it do.
  private func marker(_ sign: Character, _ name: String?) -> String {
    let isCarriageReturned = rows.first?.text.utf8.last == 0x0D
    return String(repeating: sign, count: markerSize) + (name.map { " " + $0 } ?? "")
      + (isCarriageReturned ? "\r" : "")
  }

  /// The conflicts by their place; of those that overlap the first.
  private func marks() -> [Mark] {
    var places: [Line.ID: Int] = [:]
    for (index, row) in rows.enumerated() { places[row.id] = index }
    let marks = outcome.conflicts.compactMap { conflict in
      places[conflict.lineID].flatMap { mark(conflict, at: $0) }
    }
    return marks.sorted { $0.rows.lowerBound < $1.rows.lowerBound }
  }

  private func mark(_ conflict: Conflict, at index: Int) -> Mark? {
    let (ours, theirs) = (parts(conflict.ours), parts(conflict.theirs))
    switch conflict.field {
    case .text:
      let rows = ours.count > 1 ? run(of: ours, around: index) : nil
      return Mark(rows: rows ?? index..<(index + 1), ours: ours, theirs: theirs)
    case .existence where conflict.base != nil:
      let rows = run(of: ours + theirs, around: index) ?? index..<(index + 1)
      return Mark(rows: rows, ours: ours, theirs: theirs)
    case .existence:
      let rows = added(ours, theirs, around: index) ?? index..<index
      return Mark(rows: rows, ours: ours, theirs: theirs)
    default: return nil
    }
  }

  /// The rows of a text; their `\r` stays, which Swift takes for one character with the `\n`.
  private func parts(_ text: String?) -> [String] {
    guard let text else { return [] }
    return text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(Substring($0))
    }
  }

  /// The rows of both sides, one behind the other; what both begin or end with is there once.
  private func added(_ ours: [String], _ theirs: [String], around index: Int) -> Range<Int>? {
    let start = zip(ours, theirs).prefix { $0 == $1 }.count
    let end = zip(ours.reversed(), theirs.reversed()).prefix { $0 == $1 }.count
    for (first, second) in [(ours, theirs), (theirs, ours)] {
      let orders: [[String]] = [
        first + second, first + Array(second.dropFirst(start)), first + Array(second.dropLast(end)),
        Array(first.dropLast(end)) + second,
      ]
      for order in orders {
        if let rows = run(of: order, around: index) { return rows }
      }
    }
    return nil
  }

  /// The rows that are these texts, with a row among them.
  private func run(of texts: [String], around index: Int) -> Range<Int>? {
    guard !texts.isEmpty else { return nil }
    let first = max(0, index - texts.count + 1)
    let last = min(index, rows.count - texts.count)
    guard first <= last else { return nil }
    // A conflict is found at its first row more often than at another.
    for start in (first...last).reversed() {
      let isSame = texts.indices.allSatisfy { rows[start + $0].text == texts[$0] }
      if isSame { return start..<(start + texts.count) }
    }
    return nil
  }
}
