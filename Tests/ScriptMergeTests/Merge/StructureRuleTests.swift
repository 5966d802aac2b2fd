import ScriptMerge
import ScriptModel
import Testing

struct StructureRuleTests {
  private let split: (inout Script) -> Void = {
    $0.lines[0].text = "one two three"
    $0.lines.insert(Line(id: lineID(11), text: "four five six"), at: 1)
  }

  private let join: (inout Script) -> Void = {
    $0.lines[0].text += " " + $0.lines[1].text
    $0.lines.remove(at: 1)
  }

  @Test func aCorrectionFindsItsWordBehindASplit() {
    let outcome = ThreeWayMerge.merge(
      base: fiveLines, ours: fiveLines.with(split),
      theirs: fiveLines.with { $0.lines[0].text = "one two three four FIVE six" })
    #expect(outcome.script.texts.prefix(2) == ["one two three", "four FIVE six"])
    #expect(outcome.script.numbers == [1, 11, 2, 3, 4, 5])
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func aCorrectionFindsItsWordInAJoin() {
    let outcome = ThreeWayMerge.merge(
      base: fiveLines, ours: fiveLines.with(join),
      theirs: fiveLines.with { $0.lines[1].text = "seven EIGHT nine ten" })
    #expect(outcome.script.texts[0] == "one two three four five six seven EIGHT nine ten")
    #expect(outcome.script.numbers == [1, 3, 4, 5])
    #expect(outcome.forwardings == [lineID(2): lineID(1)])
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func aPartOfAJoinedLineHasTheKindThatTheJoinWasGiven() {
    let ours = fiveLines.with {
      join(&$0)
      $0.lines[0].kind = .heading
    }
    let theirs = fiveLines.with {
      $0.lines[1].text = "seven eight"
      $0.lines.insert(Line(id: lineID(11), text: "nine ten"), at: 2)
    }
    let outcome = ThreeWayMerge.merge(base: fiveLines, ours: ours, theirs: theirs)
    #expect(
      outcome.script.texts.prefix(2) == ["one two three four five six seven eight", "nine ten"])
    #expect(outcome.script.lines.prefix(2).map(\.kind) == [.heading, .heading])
  }

  @Test func aCutLineThatTheOtherSideDeletedIsGoneUnlessItsWordsChanged() {
    let deleted = fiveLines.with { $0.lines.remove(at: 0) }
    let cut = ThreeWayMerge.merge(base: fiveLines, ours: fiveLines.with(split), theirs: deleted)
    #expect(cut.script.numbers == [2, 3, 4, 5])
    let edited = fiveLines.with {
      split(&$0)
      $0.lines[1].text = "four FIVE six"
    }
    let kept = ThreeWayMerge.merge(base: fiveLines, ours: edited, theirs: deleted)
    #expect(kept.script.numbers == [1, 11, 2, 3, 4, 5])
    #expect(kept.fields == [.existence])
  }

  @Test func wordsPutInBehindAShortPartStandInIt() {
    let ours = fiveLines.with {
      $0.lines[0].text = "one two three four five"
      $0.lines.insert(Line(id: lineID(11), text: "six"), at: 1)
    }
    let outcome = ThreeWayMerge.merge(
      base: fiveLines, ours: ours,
      theirs: fiveLines.with { $0.lines[0].text = "one two three four five six indeed" })
    #expect(outcome.script.texts.prefix(2) == ["one two three four five", "six indeed"])
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func aConflictAcrossACutShowsAllWordsOfTheOtherSide() {
    let base = talk([(1, "佳佺侁侈侏侖依侤")])
    let ours = base.with {
      $0.lines[0].text = "郴"
      $0.lines.append(Line(id: lineID(11), text: "佺侁侈侏侖依侤"))
    }
    let theirs = base.with { $0.lines[0].text = "佳嶠侁侈侏侖依侤" }
    for (mine, other) in [(ours, theirs), (theirs, ours)] {
      let outcome = ThreeWayMerge.merge(base: base, ours: mine, theirs: other)
      let shown =
        outcome.script.texts + outcome.conflicts.flatMap { [$0.ours ?? "", $0.theirs ?? ""] }
      for word in ["郴", "嶠"] {
        #expect(shown.contains { $0.unicodeScalars.contains { String($0) == word } })
      }
    }
  }
}
