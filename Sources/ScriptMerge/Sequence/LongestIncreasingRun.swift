/// The longest increasing subsequence: what stays where it is while the rest moves.
enum LongestIncreasingRun {
  /// Marks the members of one longest increasing subsequence of distinct values.
  ///
  /// Of several equally long ones it is always the same, and near-sorted input costs little.
  static func members(of values: [Int32]) -> [Bool] {
    var isMember = [Bool](repeating: false, count: values.count)
    guard !values.isEmpty else { return isMember }
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
}
