/// Near words for a mistyped one.
enum Suggestion {
  /// The candidate that is nearest, where it is near enough that it may have been meant.
  static func nearest(to word: String, in candidates: [String]) -> String? {
    let limit = max(1, min(3, word.count / 3))
    var best: (word: String, distance: Int)?
    for candidate in candidates {
      let distance = distance(word.lowercased(), candidate.lowercased())
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    if let best { return best.word }
    let beginnings = candidates.filter { word.count >= 2 && $0.hasPrefix(word) }
    return beginnings.count == 1 ? beginnings.first : nil
  }

  /// The Damerau–Levenshtein distance (optimal string alignment): insertions, deletions,
  /// replacements and swaps of neighbours that turn one word into the other.
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
    var rows = Array(repeating: Array(repeating: 0, count: right.count + 1), count: left.count + 1)
    for row in 0...left.count { rows[row][0] = row }
    for column in 0...right.count { rows[0][column] = column }
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    for row in 1...left.count {
      for column in 1...right.count {
        let cost = left[row - 1] == right[column - 1] ? 0 : 1
        var value = min(
          rows[row - 1][column] + 1, rows[row][column - 1] + 1, rows[row - 1][column - 1] + cost)
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          value = min(value, rows[row - 2][column - 2] + 1)
        }
        rows[row][column] = value
      }
    }
    return rows[left.count][right.count]
  }

  /// A sentence that offers the nearest candidate, with a space before it; empty where none is near.
  static func sentence(for word: String, in candidates: [String]) -> String {
    nearest(to: word, in: candidates).map { " Did you mean '\($0)'?" } ?? ""
  }
}
