/// Finds what two sequences of numbers have in common, in near-linear time.
///
/// Common ends first, then elements that are unique in both (patience), then the shortest edit
/// script (Myers) within the gaps, with a bound on its work.
struct SequenceMatcher {
  /// More differences than this at a stretch are passed over piece by piece.
  private static let editBound = 256
  /// Shorter sequences are not searched for unique elements.
  private static let anchorThreshold = 48

  /// For each symbol its only place on a side, while anchors are looked for.
  private var oldPlaces: [Int32] = []
  private var newPlaces: [Int32] = []
  private var matching: [Int32] = []

  /// What stands for a symbol that a side does not have, and for one that it has more than once.
  private static let (nowhere, several): (Int32, Int32) = (-1, -2)

  /// Gives for each old element the new one that it is, or -1; both ascend.
  mutating func match(_ old: [Int32], _ new: [Int32], symbols: Int) -> [Int32] {
    matching = [Int32](repeating: -1, count: old.count)
    if max(old.count, new.count) >= Self.anchorThreshold, oldPlaces.count < symbols {
      oldPlaces = [Int32](repeating: Self.nowhere, count: symbols)
      newPlaces = oldPlaces
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
    // One in place of one other, as most gaps between anchors are.
    if oldStart + 1 == oldEnd, newStart + 1 == newEnd { return }
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
    _ anchors: [Anchor], _ old: [Int32], _ new: [Int32], _ oldRange: Range<Int>,
    _ newRange: Range<Int>
  ) {
    var (oldStart, newStart) = (oldRange.lowerBound, newRange.lowerBound)
    for anchor in anchors {
      let (oldEnd, newEnd) = (Int(anchor.old), Int(anchor.new))
      // Most anchors stand one behind the other.
      if oldStart < oldEnd, newStart < newEnd {
        match(old, new, oldStart..<oldEnd, newStart..<newEnd)
      }
      matching[oldEnd] = anchor.new
      oldStart = oldEnd + 1
      newStart = newEnd + 1
    }
    match(old, new, oldStart..<oldRange.upperBound, newStart..<newRange.upperBound)
  }

  /// An element that occurs once on each side.
  private struct Anchor {
    var old: Int32
    var new: Int32
  }

  /// The elements that occur once on each side, as far as they stand in the same order.
  private mutating func uniqueAnchors(
    _ old: [Int32], _ new: [Int32], _ oldRange: Range<Int>, _ newRange: Range<Int>
  ) -> [Anchor] {
    Self.place(old, oldRange, in: &oldPlaces)
    Self.place(new, newRange, in: &newPlaces)
    var anchors: [Anchor] = []
    var isInOrder = true
    for index in oldRange {
      let symbol = Int(old[index])
      guard newPlaces[symbol] >= 0, oldPlaces[symbol] >= 0 else { continue }
      let anchor = Anchor(old: oldPlaces[symbol], new: newPlaces[symbol])
      if let last = anchors.last, last.new > anchor.new { isInOrder = false }
      anchors.append(anchor)
    }
    Self.remove(old, oldRange, from: &oldPlaces)
    Self.remove(new, newRange, from: &newPlaces)
    if isInOrder { return anchors }
    let kept = LongestIncreasingRun.members(of: anchors.map(\.new))
    return zip(anchors, kept).filter(\.1).map(\.0)
  }

  private static func place(_ elements: [Int32], _ range: Range<Int>, in places: inout [Int32]) {
    var places = places.mutableSpan
    for index in range {
      let symbol = Int(elements[index])
      places[symbol] = places[symbol] == nowhere ? Int32(truncatingIfNeeded: index) : several
    }
  }

  private static func remove(_ elements: [Int32], _ range: Range<Int>, from places: inout [Int32]) {
    var places = places.mutableSpan
    for index in range { places[Int(elements[index])] = nowhere }
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
