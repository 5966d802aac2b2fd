import ScriptMerge
import ScriptModel
import Testing

struct OrderRuleTests {
  private let base = talk((1...12).map { (UInt64($0), "line number \($0)") })

  private func ordered(_ numbers: [UInt64]) -> Script {
    base.with { script in
      script.lines = numbers.compactMap { number in
        base.lines.first { $0.id == lineID(number) }
      }
    }
  }

  @Test func aSecondMergeOfADeletionLeavesMovedLinesInPlace() {
    let ours = ordered([5, 6, 7, 8, 1, 10, 2, 3, 4, 9, 11, 12])
    let theirs = ordered([1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12])
    let first = ThreeWayMerge.merge(base: base, ours: ours, theirs: theirs)
    #expect(first.script.numbers == [5, 6, 7, 8, 1, 10, 2, 3, 4, 11, 12])
    for side in [ours, theirs] {
      let again = ThreeWayMerge.merge(base: base, ours: first.script, theirs: side)
      #expect(again.script.numbers == first.script.numbers)
    }
  }

  @Test func movesOfDifferentLinesAreBothCarriedOut() {
    let outcome = ThreeWayMerge.merge(
      base: base, ours: ordered([2, 3, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
      theirs: ordered([1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 9, 12]))
    #expect(outcome.script.numbers == [2, 3, 1, 4, 5, 6, 7, 8, 10, 11, 9, 12])
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func oneLineMovedToTwoPlacesIsAConflictAndThereOnce() {
    let outcome = ThreeWayMerge.merge(
      base: base, ours: ordered([2, 3, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
      theirs: ordered([2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 11, 12]))
    #expect(outcome.fields == [.order])
    #expect(outcome.script.numbers == [2, 3, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  }

  @Test func linesMovedTogetherToTwoPlacesAreOneConflictThatNamesThemAll() throws {
    let ours = ordered([3, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    let theirs = ordered([3, 4, 5, 6, 7, 8, 9, 10, 2, 1, 11, 12])
    let outcome = ThreeWayMerge.merge(base: base, ours: ours, theirs: theirs)
    #expect(outcome.fields == [.order])
    let conflict = try #require(outcome.conflicts.first)
    let values = [conflict.base, conflict.ours, conflict.theirs].map { value in
      value.flatMap { LinePlacement($0, of: conflict.lineID) }
    }
    #expect(values.map { $0?.lines.map(\.low) } == [[1, 2], [1, 2], [2, 1]])
    #expect(values.map { $0?.anchor?.low } == [nil, 3, 10])
    let mirrored = ThreeWayMerge.merge(base: base, ours: theirs, theirs: ours)
    #expect(mirrored.conflicts.map(\.id) == [conflict.id])
  }
}
