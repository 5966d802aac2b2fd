import ScriptMerge
import ScriptModel
import Testing

private func shift(by milliseconds: Int64) -> (inout Script) -> Void {
  { script in
    for index in script.lines.indices {
      script.lines[index].start = script.lines[index].start.map { $0 + Milliseconds(milliseconds) }
      script.lines[index].end = script.lines[index].end.map { $0 + Milliseconds(milliseconds) }
    }
  }
}

private func starts(_ script: Script) -> [Int64?] { script.lines.map { $0.start?.rawValue } }

struct TimeRuleTests {
  @Test func aNudgeIsShiftedWithTheRest() {
    let nudged = fiveLines.with { $0.lines[2].start = Milliseconds(6200) }
    for isOurs in [true, false] {
      let shifted = fiveLines.with(shift(by: 1000))
      let outcome = ThreeWayMerge.merge(
        base: fiveLines, ours: isOurs ? shifted : nudged, theirs: isOurs ? nudged : shifted)
      #expect(starts(outcome.script) == [1000, 4000, 7200, 10_000, 13_000])
      #expect(outcome.conflicts.isEmpty)
    }
  }

  @Test func twoShiftsAreOneConflictAndOursIsKept() {
    let outcome = ThreeWayMerge.merge(
      base: fiveLines, ours: fiveLines.with(shift(by: 1000)),
      theirs: fiveLines.with(shift(by: 2000)))
    #expect(starts(outcome.script) == [1000, 4000, 7000, 10_000, 13_000])
    #expect(outcome.fields == [.timing])
    let values = outcome.conflicts.flatMap { [$0.base, $0.ours, $0.theirs] }.map { value in
      value.flatMap { RangeTimes($0) }?.rows.map { $0.start?.rawValue }
    }
    #expect(
      values == [
        [0, 3000, 6000, 9000, 12_000], [1000, 4000, 7000, 10_000, 13_000],
        [2000, 5000, 8000, 11_000, 14_000],
      ])
  }

  @Test func aLineThatBothSidesMovedIsNotMovedAgainByItsOwnNewEnd() {
    let shifted = fiveLines.with(shift(by: 1000))
    let again = fiveLines.with {
      shift(by: 1000)(&$0)
      for index in [0, 1, 3, 4] { $0.lines[index] = fiveLines.lines[index] }
      $0.lines[2].end = Milliseconds(7300)
    }
    for (mine, other) in [(again, shifted), (shifted, again)] {
      let outcome = ThreeWayMerge.merge(base: fiveLines, ours: mine, theirs: other)
      #expect(outcome.script.lines[2].start == Milliseconds(7000))
      #expect(outcome.script.lines[2].end == Milliseconds(7300))
      #expect(outcome.conflicts.isEmpty)
    }
  }

  @Test func twoNearlyEqualShiftsAreAppliedOnce() {
    let outcome = ThreeWayMerge.merge(
      base: fiveLines, ours: fiveLines.with(shift(by: 1000)),
      theirs: fiveLines.with(shift(by: 1040)))
    #expect(starts(outcome.script) == [1000, 4000, 7000, 10_000, 13_000])
    #expect(outcome.conflicts.isEmpty)
    #expect(outcome.notes.map(\.kind) == [.sameShift])
  }

  @Test func aLineThatStaysAgainstItsDeletionIsShiftedWithTheRest() {
    let outcome = ThreeWayMerge.merge(
      base: fiveLines, ours: fiveLines.with { $0.lines[2].text = "new words" },
      theirs: fiveLines.with {
        shift(by: 1000)(&$0)
        $0.lines.remove(at: 2)
      })
    #expect(starts(outcome.script) == [1000, 4000, 7000, 10_000, 13_000])
    #expect(outcome.fields == [.existence])
  }

  @Test func aNewLineIsShiftedWithItsNeighbours() {
    let inserted = fiveLines.with {
      $0.lines.insert(
        Line(id: lineID(11), start: Milliseconds(2600), end: Milliseconds(2900), text: "new"),
        at: 1)
    }
    let outcome = ThreeWayMerge.merge(
      base: fiveLines, ours: inserted, theirs: fiveLines.with(shift(by: 1000)))
    #expect(starts(outcome.script) == [1000, 3600, 4000, 7000, 10_000, 13_000])
  }
}
