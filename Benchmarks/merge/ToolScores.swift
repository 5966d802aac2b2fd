/// What a merge tool did with the cases of one kind.
struct ToolScore {
  private(set) var count = 0
  private(set) var falseConflicts = 0
  private(set) var wrong = 0
  private(set) var missed = 0
  private var seconds: [Double] = []

  /// What is right for a case.
  enum Expectation {
    /// The result, and no conflict.
    case clean
    /// A conflict: both sides changed the same words.
    case conflict
    /// The result or a conflict; silence is a missed conflict.
    case conflictOrResult
    /// The result or a conflict; another text is silently wrong.
    case resultOrConflict
  }

  mutating func add(_ run: ToolRun, isRight: Bool, _ expectation: Expectation) {
    count += 1
    seconds.append(run.seconds)
    switch expectation {
    case .clean where run.hasConflict: falseConflicts += 1
    case .clean where !isRight: wrong += 1
    case .conflict where !run.hasConflict: missed += 1
    case .conflictOrResult where !run.hasConflict && !isRight: missed += 1
    case .resultOrConflict where !run.hasConflict && !isRight: wrong += 1
    default: break
    }
  }

  /// The shares of false conflicts, silently wrong and missed ones in percent; the median in ms.
  var cells: [String] {
    if count == 0 { return ["–", "–", "–", "–"] }
    let shares = [falseConflicts, wrong, missed].map {
      Table.number(Double($0 * 100) / Double(count)) + " %"
    }
    return shares + [Table.number(seconds.sorted()[seconds.count / 2] * 1000)]
  }
}

/// What a tool made of one case.
struct ToolRun {
  var text: [UInt8]
  var hasConflict: Bool
  var seconds: Double
}

/// Rows for people.
enum Table {
  static func row(_ name: String, _ cells: [String]) -> String {
    ([name] + cells).enumerated().map { index, cell in
      cell + String(repeating: " ", count: max(1, (index == 0 ? 34 : 18) - cell.count))
    }.joined()
  }

  /// A number with two decimals at most.
  static func number(_ value: Double) -> String {
    String(Double(Int((value * 100).rounded())) / 100)
  }
}
