import MergeHistories
import ScriptMerge
import ScriptModel
import Testing

/// The laws of `merge` over generated histories; `merge-soak` runs them by the million.
struct LawTests {
  @Test(arguments: 0..<8) func everyHistoryKeepsTheLaws(part: UInt64) {
    let first = 1 + part * 150
    for seed in first..<first + 150 {
      let history = MergeHistory(seed: seed)
      guard let violation = MergeLaws(history).violation() else { continue }
      let law = violation.prefix { $0 != ":" }
      let smallest = history.reduced { MergeLaws($0).violation()?.hasPrefix(law) ?? false }
      Issue.record("seed \(seed): \(violation)\nreduced: \(smallest.summary)")
    }
  }

  /// Found among a million.
  @Test(arguments: [UInt64(679_030), 701_141])
  func historiesThatOnceBrokeALawKeepAll(seed: UInt64) {
    #expect(MergeLaws(MergeHistory(seed: seed)).violation() == nil)
  }

  @Test func everyPairOfOperationsMergesAsTheTableSays() {
    let kinds = HistoryOperation.Kind.allCases.filter { $0 != .undo }
    var history = Self.small(.latin)
    for mine in kinds {
      for other in kinds {
        for place in 0..<3 {
          for otherPlace in 0..<3 {
            history.sides = [
              [HistoryOperation(kind: mine, place: place, detail: 5, serial: 40_000)],
              [HistoryOperation(kind: other, place: otherPlace, detail: 7, serial: 50_000)],
            ]
            check(history, mine, other)
          }
        }
      }
    }
  }

  @Test(arguments: Vocabulary.allCases) func pairsConflictInEveryScriptOnlyWhereTheyMay(
    vocabulary: Vocabulary
  ) {
    let kinds = HistoryOperation.Kind.allCases.filter { $0 != .undo }
    var history = Self.small(vocabulary)
    let base = history.base
    for mine in kinds {
      for other in kinds where !PairExpectation.mayConflict(mine, other) {
        for place in 0..<8 {
          history.sides = [
            [HistoryOperation(kind: mine, place: place, detail: 5 + place, serial: 40_000)],
            [HistoryOperation(kind: other, place: place / 2, detail: 7 + place, serial: 50_000)],
          ]
          let outcome = ThreeWayMerge.merge(
            base: base, ours: history.copy(0, of: base), theirs: history.copy(1, of: base))
          #expect(outcome.conflicts.isEmpty, "\(history.summary)")
        }
      }
    }
  }

  @Test(arguments: Vocabulary.allCases) func differentEditsOfOneWordConflictInEveryScript(
    vocabulary: Vocabulary
  ) {
    let pairs: [(HistoryOperation.Kind, HistoryOperation.Kind, Conflict.Field)] = [
      (.replaceWord, .replaceWord, .text), (.insertWord, .insertWord, .text),
      (.deleteLine, .replaceWord, .existence), (.insertWord, .deleteLine, .existence),
    ]
    var history = Self.small(vocabulary)
    let base = history.base
    for (mine, other, field) in pairs {
      for place in 0..<4 {
        for detail in 0..<6 {
          history.sides = [
            [HistoryOperation(kind: mine, place: place, detail: detail, serial: 40_000)],
            [HistoryOperation(kind: other, place: place, detail: detail, serial: 50_000)],
          ]
          let outcome = ThreeWayMerge.merge(
            base: base, ours: history.copy(0, of: base), theirs: history.copy(1, of: base))
          #expect(outcome.conflicts.map(\.field) == [field], "\(history.summary)")
        }
      }
    }
  }

  private static func small(_ vocabulary: Vocabulary) -> MergeHistory {
    var history = MergeHistory(seed: 7)
    history.vocabulary = vocabulary
    history.lineCount = 4
    history.hasTimes = true
    history.losesIDs = false
    return history
  }

  private func check(
    _ history: MergeHistory, _ mine: HistoryOperation.Kind, _ other: HistoryOperation.Kind
  ) {
    if let violation = MergeLaws(history).violation() {
      Issue.record("\(history.summary): \(violation)")
    }
    let base = history.base
    let outcome = ThreeWayMerge.merge(
      base: base, ours: history.copy(0, of: base), theirs: history.copy(1, of: base))
    let mayConflict = PairExpectation.mayConflict(mine, other)
    if !mayConflict {
      #expect(outcome.conflicts.isEmpty, "\(mine) against \(other): \(outcome.conflicts)")
    }
  }
}

/// Which pairs of operations may conflict at all.
enum PairExpectation {
  private enum Subject { case words, existence, place, structure, time, name, speaker, kind }

  private static func subject(_ kind: HistoryOperation.Kind) -> Subject {
    switch kind {
    case .replaceWord, .insertWord, .deleteWord: .words
    case .insertLine, .deleteLine: .existence
    case .moveLine, .moveBlock: .place
    case .split, .join: .structure
    case .shift, .shiftAll, .stretch, .nudge: .time
    case .rename: .name
    case .reassign, .mergeSpeakers: .speaker
    case .setKind, .undo: .kind
    }
  }

  static func mayConflict(_ left: HistoryOperation.Kind, _ right: HistoryOperation.Kind) -> Bool {
    let pair = (subject(left), subject(right))
    switch pair {
    // Nothing but words conflicts with words, and deleting the line that they are in.
    case (.words, .words), (.words, .existence), (.existence, .words): return true
    case (.words, _), (_, .words): return false
    // A new name goes with everything but another new name.
    case (.name, .name): return true
    case (.name, _), (_, .name): return false
    // Two deletions, moves, cuts or retimings of the same lines.
    case (.existence, .existence), (.place, .place), (.structure, .structure), (.time, .time):
      return true
    case (.speaker, .speaker), (.kind, .kind): return true
    // A deleted line whose speaker or kind the other side changed stays; so does a cut one.
    case (.existence, .speaker), (.speaker, .existence), (.existence, .kind), (.kind, .existence):
      return true
    case (.existence, .structure), (.structure, .existence): return true
    // A joined line has one speaker, kind and time.
    case (.structure, .speaker), (.speaker, .structure): return left == .join || right == .join
    case (.structure, .time), (.time, .structure): return left == .nudge || right == .nudge
    case (.structure, .kind), (.kind, .structure): return left == .join || right == .join
    default: return false
    }
  }
}
