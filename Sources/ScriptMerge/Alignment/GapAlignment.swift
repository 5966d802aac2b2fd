/// Matches the lines of a gap with its entries so that the sum of the similarities is greatest.
struct GapAlignment {
  /// What a line became.
  enum Step {
    case same(Int, Int)
    case split(Int, into: [Int])
    case join([Int], into: Int)
  }

  /// In gaps of more pairs than this only those near the diagonal are compared.
  private static let pairBound = 10_000
  private static let bandWidth = 24
  /// Splits and joins must be almost whole.
  private static let structureThreshold = 700
  private static let mostParts = 3

  private let lines: [Int]
  private let entries: [Int]
  private var scores: [Int32]
  private var choices: [UInt8]
  private let width: Int
  private let band: Int

  init(lines: [Int], entries: [Int]) {
    self.lines = lines
    self.entries = entries
    let isWide = lines.count * entries.count > Self.pairBound
    band = isWide ? Self.bandWidth : max(lines.count, entries.count) + 1
    width = entries.count + 1
    scores = []
    choices = []
  }

  /// The matches, those of the last lines first.
  mutating func steps(_ similarity: inout Similarity, _ table: inout TokenTable) -> [Step] {
    if lines.count * entries.count > Self.pairBound * 100 {
      return steps(inPiecesOf: 500, &similarity, &table)
    }
    scores = [Int32](repeating: 0, count: (lines.count + 1) * width)
    choices = [UInt8](repeating: 0, count: (lines.count + 1) * width)
    let lineBags = lines.map { similarity.bag(left: $0, in: &table) }
    let entryBags = entries.map { similarity.bag(right: $0, in: &table) }
    for line in 1...lines.count {
      for entry in 1...entries.count {
        fill(line, entry, lineBags, entryBags, similarity)
      }
    }
    return backtrack()
  }

  /// Very large gaps are cut in pieces of proportional length, so that the work stays near-linear.
  private func steps(
    inPiecesOf size: Int, _ similarity: inout Similarity, _ table: inout TokenTable
  ) -> [Step] {
    let pieces = max(2, (max(lines.count, entries.count) + size - 1) / size)
    var result: [Step] = []
    for piece in 0..<pieces {
      let lineRange = lines.count * piece / pieces..<lines.count * (piece + 1) / pieces
      let entryRange = entries.count * piece / pieces..<entries.count * (piece + 1) / pieces
      if lineRange.isEmpty || entryRange.isEmpty { continue }
      var alignment = GapAlignment(
        lines: Array(lines[lineRange]), entries: Array(entries[entryRange]))
      result += alignment.steps(&similarity, &table)
    }
    return result
  }

  /// Choices: 0 skips a line, 1 skips an entry, 2 pairs them, 3 and 4 split, 5 and 6 join.
  private mutating func fill(
    _ line: Int, _ entry: Int, _ lineBags: [[Int32]], _ entryBags: [[Int32]],
    _ similarity: Similarity
  ) {
    let place = line * width + entry
    var best = scores[place - width]
    var choice: UInt8 = 0
    if scores[place - 1] > best { (best, choice) = (scores[place - 1], 1) }
    defer {
      scores[place] = best
      choices[place] = choice
    }
    guard abs(entry - line * entries.count / lines.count) <= band else { return }
    let isOnlyPair = lines.count == 1 && entries.count == 1
    let score =
      similarity.score(
        lineBags[line - 1], entryBags[entry - 1], left: lines[line - 1], right: entries[entry - 1])
      + (isOnlyPair ? 200 : 0)
    if score >= Similarity.threshold {
      let sum = scores[place - width - 1] + Int32(truncatingIfNeeded: score)
      if sum > best { (best, choice) = (sum, 2) }
    }
    for parts in 2...Self.mostParts {
      if entry >= parts {
        let whole = structureScore(lineBags[line - 1], entryBags[(entry - parts)..<entry])
        let sum = scores[place - width - parts] + whole
        if whole > 0, sum > best { (best, choice) = (sum, UInt8(parts + 1)) }
      }
      if line >= parts {
        let whole = structureScore(entryBags[entry - 1], lineBags[(line - parts)..<line])
        let sum = scores[place - width * parts - 1] + whole
        if whole > 0, sum > best { (best, choice) = (sum, UInt8(parts + 3)) }
      }
    }
  }

  /// How well parts make up a whole; 0 where one of them is no part of it.
  private func structureScore(_ whole: [Int32], _ parts: ArraySlice<[Int32]>) -> Int32 {
    let total = parts.reduce(0) { $0 + $1.count }
    guard total > 0, !whole.isEmpty, 2000 * min(total, whole.count) >= 700 * (total + whole.count)
    else { return 0 }
    var rest = whole
    for part in parts {
      let left = WordBag.difference(rest, part)
      let common = rest.count - left.count
      guard common * 10 >= part.count * 6, common > 0 else { return 0 }
      rest = left
    }
    let score = 2000 * (whole.count - rest.count) / (total + whole.count)
    // A whole that its parts make up explains more than one of them alone.
    let bonus = 5 * parts.count
    return score >= Self.structureThreshold ? Int32(truncatingIfNeeded: score + bonus) : 0
  }

  private func backtrack() -> [Step] {
    var steps: [Step] = []
    var (line, entry) = (lines.count, entries.count)
    while line > 0, entry > 0 {
      switch choices[line * width + entry] {
      case 0: line -= 1
      case 1: entry -= 1
      case 2:
        steps.append(.same(lines[line - 1], entries[entry - 1]))
        line -= 1
        entry -= 1
      case 3, 4:
        let parts = Int(choices[line * width + entry]) - 1
        steps.append(.split(lines[line - 1], into: Array(entries[(entry - parts)..<entry])))
        line -= 1
        entry -= parts
      case let choice:
        let parts = Int(choice) - 3
        steps.append(.join(Array(lines[(line - parts)..<line]), into: entries[entry - 1]))
        line -= parts
        entry -= 1
      }
    }
    return steps
  }
}
