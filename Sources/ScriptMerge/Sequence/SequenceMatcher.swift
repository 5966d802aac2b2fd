/// Finds what two sequences of numbers have in common, in near-linear time.
///
/// Common ends first, then elements that are unique in both (patience), then the shortest edit
/// script (Myers) within the gaps, with a bound on its work.
struct SequenceMatcher {
  /// More differences than this at a stretch are passed over piece by piece.
  private static let editBound = 256
  /// Shorter sequences are not searched for unique elements.
  private static let anchorThreshold = 48

  private var oldCount: [Int32] = []
  private var newCount: [Int32] = []
  private var oldIndex: [Int32] = []
  private var newIndex: [Int32] = []
  private var matching: [Int32] = []

  /// Gives for each old element the new one that it is, or -1; both ascend.
  mutating func match(_ old: [Int32], _ new: [Int32], symbols: Int) -> [Int32] {
    matching = [Int32](repeating: -1, count: old.count)
    if max(old.count, new.count) >= Self.anchorThreshold, oldCount.count < symbols {
      oldCount = [Int32](repeating: 0, count: symbols)
      newCount = oldCount
      oldIndex = oldCount
      newIndex = oldCount
    }
    match(old, new, 0..<old.count, 0..<new.count)
    return matching
  }

  private mutating func match(
    _ old: [Int32], _ new: [Int32], _ oldRange: Range<Int>, _ newRange: Range<Int>
  ) {
    var (oldStart, oldEnd) = (oldRange.lowerBound, oldRange.upperBound)
    var (newStart, newEnd) = (newRange.lowerBound, newRange.upperBound)
    while oldStart < oldEnd, newStart < newEnd, old[oldStart] == new[newStart] {
      matching[oldStart] = Int32(truncatingIfNeeded: newStart)
      oldStart += 1
      newStart += 1
    }
    while oldStart < oldEnd, newStart < newEnd, old[oldEnd - 1] == new[newEnd - 1] {
      oldEnd -= 1
      newEnd -= 1
      matching[oldEnd] = Int32(truncatingIfNeeded: newEnd)
    }
    guard oldStart < oldEnd, newStart < newEnd else { return }
    let (oldRest, newRest) = (oldStart..<oldEnd, newStart..<newEnd)
    if max(oldRest.count, newRest.count) >= Self.anchorThreshold {
      let anchors = uniqueAnchors(old, new, oldRest, newRest)
      if !anchors.isEmpty {
        matchBetween(anchors, old, new, oldRest, newRest)
        return
      }
    }
    matchByShortestEdit(old, new, oldRest, newRest)
  }

  private mutating func matchBetween(
    _ anchors: [(old: Int, new: Int)], _ old: [Int32], _ new: [Int32], _ oldRange: Range<Int>,
    _ newRange: Range<Int>
  ) {
    var (oldStart, newStart) = (oldRange.lowerBound, newRange.lowerBound)
    for anchor in anchors {
      match(old, new, oldStart..<anchor.old, newStart..<anchor.new)
      matching[anchor.old] = Int32(truncatingIfNeeded: anchor.new)
      oldStart = anchor.old + 1
      newStart = anchor.new + 1
    }
    match(old, new, oldStart..<oldRange.upperBound, newStart..<newRange.upperBound)
  }

  /// The elements that occur once on each side, as far as they stand in the same order.
  private mutating func uniqueAnchors(
    _ old: [Int32], _ new: [Int32], _ oldRange: Range<Int>, _ newRange: Range<Int>
  ) -> [(old: Int, new: Int)] {
    for index in oldRange {
      oldCount[Int(old[index])] += 1
      oldIndex[Int(old[index])] = Int32(truncatingIfNeeded: index)
    }
    for index in newRange {
      newCount[Int(new[index])] += 1
      newIndex[Int(new[index])] = Int32(truncatingIfNeeded: index)
    }
    var candidates: [(old: Int, new: Int)] = []
    for index in oldRange {
      let symbol = Int(old[index])
      if oldCount[symbol] == 1, newCount[symbol] == 1 {
        candidates.append((index, Int(newIndex[symbol])))
      }
    }
    for index in oldRange { oldCount[Int(old[index])] = 0 }
    for index in newRange { newCount[Int(new[index])] = 0 }
    let kept = LongestIncreasingRun.members(
      of: candidates.map { Int32(truncatingIfNeeded: $0.new) })
    return zip(candidates, kept).filter(\.1).map(\.0)
  }

  /// Myers' greedy algorithm; where the bound is met, the furthest path is taken and it goes on.
  private mutating func matchByShortestEdit(
    _ old: [Int32], _ new: [Int32], _ oldRange: Range<Int>, _ newRange: Range<Int>
  ) {
    var (oldStart, newStart) = (oldRange.lowerBound, newRange.lowerBound)
    while oldStart < oldRange.upperBound, newStart < newRange.upperBound {
      var search = ShortestEdit(
        oldStart: oldStart, oldEnd: oldRange.upperBound, newStart: newStart,
        newEnd: newRange.upperBound, bound: Self.editBound)
      let reached = search.run(old, new)
      for (oldIndex, newIndex) in search.matches {
        matching[oldIndex] = Int32(truncatingIfNeeded: newIndex)
      }
      oldStart = reached.old
      newStart = reached.new
    }
  }
}

/// One bounded run of Myers' algorithm.
private struct ShortestEdit {
  let oldStart: Int
  let oldEnd: Int
  let newStart: Int
  let newEnd: Int
  let bound: Int
  /// The pairs of equal elements on the path, from its end to its start.
  private(set) var matches: [(Int, Int)] = []
  private var trace: [Int32] = []

  init(oldStart: Int, oldEnd: Int, newStart: Int, newEnd: Int, bound: Int) {
    self.oldStart = oldStart
    self.oldEnd = oldEnd
    self.newStart = newStart
    self.newEnd = newEnd
    self.bound = bound
  }

  /// Runs and gives how far the path goes.
  mutating func run(_ old: [Int32], _ new: [Int32]) -> (old: Int, new: Int) {
    let (oldCount, newCount) = (oldEnd - oldStart, newEnd - newStart)
    var best = (distance: 0, diagonal: 0, sum: -1)
    var edits = 0
    while true {
      for diagonal in stride(from: -edits, through: edits, by: 2) {
        var x = startOfStep(edits, diagonal)
        var y = x - diagonal
        guard x <= oldCount, y <= newCount, x >= 0, y >= 0 else {
          trace.append(-1)
          continue
        }
        while x < oldCount, y < newCount, old[oldStart + x] == new[newStart + y] {
          x += 1
          y += 1
        }
        trace.append(Int32(truncatingIfNeeded: x))
        if x + y > best.sum { best = (edits, diagonal, x + y) }
        if x >= oldCount, y >= newCount {
          backtrack(edits, diagonal)
          return (oldEnd, newEnd)
        }
      }
      if edits == bound { break }
      edits += 1
    }
    let x = Int(value(best.distance, best.diagonal))
    backtrack(best.distance, best.diagonal)
    return (oldStart + x, newStart + x - best.diagonal)
  }

  /// The furthest reach of a step: rows of 1, 2, 3 … entries, one for every second diagonal.
  private func value(_ edits: Int, _ diagonal: Int) -> Int32 {
    guard edits >= 0, abs(diagonal) <= edits else { return -1 }
    return trace[edits * (edits + 1) / 2 + (diagonal + edits) / 2]
  }

  private func startOfStep(_ edits: Int, _ diagonal: Int) -> Int {
    if edits == 0 { return 0 }
    let down = Int(value(edits - 1, diagonal + 1))
    let right = Int(value(edits - 1, diagonal - 1))
    let afterRight = right < 0 ? -1 : right + 1
    // A step down that has left the sequence is no step.
    return down >= afterRight ? down : afterRight
  }

  private mutating func backtrack(_ edits: Int, _ diagonal: Int) {
    var (edits, diagonal) = (edits, diagonal)
    while edits >= 0 {
      var x = Int(value(edits, diagonal))
      let start = startOfStep(edits, diagonal)
      while x > start {
        x -= 1
        matches.append((oldStart + x, newStart + x - diagonal))
      }
      if edits == 0 { return }
      let down = Int(value(edits - 1, diagonal + 1))
      let right = Int(value(edits - 1, diagonal - 1))
      diagonal += down >= (right < 0 ? -1 : right + 1) ? 1 : -1
      edits -= 1
    }
  }
}
