/// A stretch of one sequence that stands in place of a stretch of another.
struct Hunk: Equatable {
  /// Where it lies in the old sequence.
  var old: Range<Int>
  /// Where it lies in the new sequence.
  var new: Range<Int>

  /// Whether nothing of the old sequence is gone.
  var isInsertion: Bool { old.isEmpty }
  /// Whether nothing new has come.
  var isDeletion: Bool { new.isEmpty }
}

extension Hunk {
  /// Reads the hunks off a matching: for each old element the new one, or -1.
  static func list(matching: [Int32], newCount: Int) -> [Hunk] {
    var hunks: [Hunk] = []
    var oldStart = 0
    var newStart = 0
    for (index, match) in matching.enumerated() where match >= 0 {
      if index > oldStart || Int(match) > newStart {
        hunks.append(Hunk(old: oldStart..<index, new: newStart..<Int(match)))
      }
      oldStart = index + 1
      newStart = Int(match) + 1
    }
    if matching.count > oldStart || newCount > newStart {
      hunks.append(Hunk(old: oldStart..<matching.count, new: newStart..<newCount))
    }
    return hunks
  }

  /// Slides pure insertions and deletions as far to the end as the elements allow.
  ///
  /// The same edit then stands at the same place however it was found.
  static func slideToEnd(_ hunks: inout [Hunk], old: [Int32], new: [Int32]) {
    for index in hunks.indices.reversed() {
      let limit = index + 1 < hunks.count ? hunks[index + 1].old.lowerBound : old.count
      var hunk = hunks[index]
      guard hunk.isInsertion != hunk.isDeletion else { continue }
      while hunk.old.upperBound < limit, slides(hunk, old: old, new: new) {
        hunk.old = hunk.old.lowerBound + 1..<hunk.old.upperBound + 1
        hunk.new = hunk.new.lowerBound + 1..<hunk.new.upperBound + 1
      }
      hunks[index] = hunk
      joinWithNext(&hunks, at: index)
    }
  }

  private static func slides(_ hunk: Hunk, old: [Int32], new: [Int32]) -> Bool {
    hunk.isInsertion
      ? new[hunk.new.lowerBound] == old[hunk.old.upperBound]
      : old[hunk.old.lowerBound] == old[hunk.old.upperBound]
  }

  private static func joinWithNext(_ hunks: inout [Hunk], at index: Int) {
    guard index + 1 < hunks.count,
      hunks[index].old.upperBound == hunks[index + 1].old.lowerBound,
      hunks[index].new.upperBound == hunks[index + 1].new.lowerBound
    else { return }
    hunks[index].old = hunks[index].old.lowerBound..<hunks[index + 1].old.upperBound
    hunks[index].new = hunks[index].new.lowerBound..<hunks[index + 1].new.upperBound
    hunks.remove(at: index + 1)
  }
}
