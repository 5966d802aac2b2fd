/// The longest increasing subsequence: what stays where it is while the rest moves.
enum LongestIncreasingRun {
  /// Marks the members of one longest increasing subsequence of distinct values.
  ///
  /// Of several equally long ones it is always the same, and near-sorted input costs little.
  static func members(of values: [Int32]) -> [Bool] {
    if isIncreasing(values) { return [Bool](repeating: true, count: values.count) }
    var isMember = [Bool](repeating: false, count: values.count)
    // The index of the smallest last value of each length, and for each index the one before it.
    var tails: [Int32] = []
    var previous = [Int32](repeating: -1, count: values.count)
    for (index, value) in values.enumerated() {
      var length = tails.count
      if let last = tails.last, values[Int(last)] >= value {
        var low = 0
        while low < length {
          let middle = (low + length) / 2
          if values[Int(tails[middle])] < value { low = middle + 1 } else { length = middle }
        }
      }
      previous[index] = length > 0 ? tails[length - 1] : -1
      if length == tails.count {
        tails.append(Int32(truncatingIfNeeded: index))
      } else {
        tails[length] = Int32(truncatingIfNeeded: index)
      }
    }
    var cursor = tails.last ?? -1
    while cursor >= 0 {
      isMember[Int(cursor)] = true
      cursor = previous[Int(cursor)]
    }
    return isMember
  }

  private static func isIncreasing(_ values: [Int32]) -> Bool {
    var last = Int32.min
    for value in values {
      if value <= last { return false }
      last = value
    }
    return true
  }

  /// Marks the members of an increasing subsequence in which preferred members count twice.
  static func members(of values: [Int32], preferring isPreferred: [Bool]) -> [Bool] {
    var isMember = [Bool](repeating: false, count: values.count)
    let bound = Int(values.max() ?? -1) + 2
    // For each value the best run that ends at or below it (a Fenwick tree of maxima).
    var best = [(weight: Int, index: Int32)](repeating: (0, -1), count: bound + 1)
    var previous = [Int32](repeating: -1, count: values.count)
    var last = (weight: 0, index: Int32(-1))
    for (index, value) in values.enumerated() {
      var found = (weight: 0, index: Int32(-1))
      var place = Int(value)
      while place > 0 {
        if best[place].weight > found.weight { found = best[place] }
        place &= place - 1
      }
      previous[index] = found.index
      let weight = found.weight + (isPreferred[Int(value)] ? 2 : 1)
      let run = (weight: weight, index: Int32(truncatingIfNeeded: index))
      place = Int(value) + 1
      while place <= bound {
        if weight > best[place].weight { best[place] = run }
        place += place & -place
      }
      if weight > last.weight { last = run }
    }
    var cursor = last.index
    while cursor >= 0 {
      isMember[Int(cursor)] = true
      cursor = previous[Int(cursor)]
    }
    return isMember
  }
}
