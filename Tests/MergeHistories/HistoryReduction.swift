extension MergeHistory {
  /// Leaves out operations and lines as long as the history still fails.
  package func reduced(while fails: (MergeHistory) -> Bool) -> MergeHistory {
    var smallest = self
    var shrinks = true
    while shrinks {
      shrinks = false
      for candidate in smallest.smaller() where fails(candidate) {
        smallest = candidate
        shrinks = true
        break
      }
    }
    return smallest
  }

  private func smaller() -> [MergeHistory] {
    var candidates: [MergeHistory] = []
    if sides.count > 2 {
      for side in sides.indices {
        var candidate = self
        candidate.sides.remove(at: side)
        candidates.append(candidate)
      }
    }
    for side in sides.indices {
      for step in sides[side].indices {
        var candidate = self
        candidate.sides[side].remove(at: step)
        candidates.append(candidate)
      }
    }
    for count in [lineCount / 2, lineCount - 1] where count >= 1 && count < lineCount {
      var candidate = self
      candidate.lineCount = count
      candidates.append(candidate)
    }
    return candidates
  }

  /// The history for people: the seed and what each side did.
  package var summary: String {
    let header =
      "seed \(seed), \(vocabulary), \(lineCount) lines, times \(hasTimes), ids lost \(losesIDs)"
    let steps = sides.map { side in
      side.map { "\($0.kind) place \($0.place) detail \($0.detail)" }.joined(separator: "; ")
    }
    return ([header] + steps.enumerated().map { "  side \($0.offset): \($0.element)" })
      .joined(separator: "\n")
  }
}
