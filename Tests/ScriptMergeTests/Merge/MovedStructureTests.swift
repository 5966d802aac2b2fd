import ScriptMerge
import ScriptModel
import Testing

/// Splits and joins of lines that were moved, put in anew, or joined by both sides.
struct MovedStructureTests {
  private func merge(
    _ ours: (inout Script) -> Void, _ theirs: (inout Script) -> Void
  ) -> MergeOutcome {
    ThreeWayMerge.merge(base: fiveLines, ours: fiveLines.with(ours), theirs: fiveLines.with(theirs))
  }

  /// Puts one line's words behind another's, wherever the two stand.
  private func join(_ number: UInt64, behind other: UInt64) -> (inout Script) -> Void {
    { script in
      guard let from = script.lines.firstIndex(where: { $0.id == lineID(number) }) else { return }
      let line = script.lines.remove(at: from)
      for index in script.lines.indices where script.lines[index].id == lineID(other) {
        script.lines[index].text += " " + line.text
      }
    }
  }

  @Test func aCorrectionFindsALineThatWasTakenOutAndPutInAnew() {
    let outcome = merge(
      {
        let line = $0.lines.remove(at: 1)
        $0.lines.append(Line(id: lineID(11), text: line.text))
      }, { $0.lines[1].text = "seven eight NINE ten" })
    #expect(outcome.script.numbers == [1, 3, 4, 5, 11])
    #expect(outcome.script.texts[4] == "seven eight NINE ten")
    #expect(outcome.forwardings == [lineID(2): lineID(11)])
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func aLinePutInAnewIsWhatLaterEditsOfItFind() {
    let outcome = merge(
      {
        $0.lines[1].text += " eleven"
        $0.lines[2] = Line(id: lineID(11), text: "twelve thirteen")
      },
      {
        join(3, behind: 2)(&$0)
        join(4, behind: 2)(&$0)
      })
    #expect(outcome.forwardings[lineID(3)] == lineID(11))
    #expect(outcome.forwardings[lineID(4)] == lineID(11))
    #expect(
      outcome.script.texts[2] == "twelve thirteen fourteen fifteen sixteen")
  }

  @Test func aCorrectionFindsALineThatWasJoinedToOneFarAway() {
    let outcome = merge(
      join(2, behind: 5), { $0.lines[1].text = "seven EIGHT nine ten" })
    #expect(outcome.script.numbers == [1, 3, 4, 5])
    #expect(outcome.script.texts[3] == "seventeen eighteen nineteen seven EIGHT nine ten")
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func joinsOfBothSidesMakeOneLineWhereTheyAgree() {
    let outcome = merge(join(3, behind: 2), join(4, behind: 3))
    #expect(outcome.script.numbers == [1, 2, 5])
    #expect(
      outcome.script.texts[1]
        == "seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen")
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func aLineThatOneJoinedToTheOneBeforeAndTheOtherToTheOneBehindIsThereOnce() {
    let before = join(4, behind: 3)
    let behind: (inout Script) -> Void = {
      $0.lines[4].text = $0.lines[3].text + " " + $0.lines[4].text
      $0.lines.remove(at: 3)
    }
    for outcome in [merge(before, behind), merge(behind, before)] {
      #expect(outcome.script.numbers == [1, 2, 3, 5])
      #expect(
        outcome.script.texts.suffix(2) == [
          "eleven twelve thirteen", "fourteen fifteen sixteen seventeen eighteen nineteen",
        ])
    }
  }

  @Test func aLineThatBothJoinedToDifferentOnesIsAConflictAndThereOnce() {
    for (mine, other) in [(1, 4), (4, 1)] as [(UInt64, UInt64)] {
      let outcome = merge(join(2, behind: mine), join(2, behind: other))
      let words = outcome.script.texts.joined(separator: " ").split(separator: " ")
      #expect(words.count { $0 == "eight" } == 1)
      #expect(outcome.script.lines.contains { $0.id == lineID(mine) && $0.text.contains("eight") })
      #expect(outcome.fields == [.text])
    }
  }

  @Test func whatIsLeftOfABoundaryThatMovedStandsInTheOrderOfTheWords() {
    let outcome = merge(
      {
        $0.lines[0].text += " seven eight"
        $0.lines[1] = Line(id: lineID(11), text: "nine ten")
      }, { $0.lines.remove(at: 0) })
    #expect(outcome.script.texts.prefix(2) == ["seven eight", "nine ten"])
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func aDeletionFindsALineOfWhichAPartTookAnotherIn() {
    let outcome = merge(
      { $0.lines.remove(at: 1) },
      {
        $0.lines[1].text = "seven"
        $0.lines[2] = Line(id: lineID(11), text: "eight nine ten eleven twelve thirteen")
        $0.lines.swapAt(1, 2)
      })
    #expect(outcome.script.texts[1] == "eleven twelve thirteen")
    #expect(outcome.script.lines.count == 4)
  }

  @Test func aCorrectionFindsALineThatWasJoinedBetweenThePartsOfAnother() {
    let outcome = merge(
      {
        let part = "fourteen fifteen eleven twelve thirteen"
        $0.lines.replaceSubrange(2...3, with: [Line(id: lineID(11), text: "sixteen " + part)])
      }, { $0.lines[2].text = "new eleven twelve thirteen" })
    #expect(outcome.script.texts[2] == "sixteen fourteen fifteen new eleven twelve thirteen")
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func allPartsOfAJoinedLineThatWasCutAgainAreKnown() {
    let outcome = merge(
      {
        $0.lines[1].text += " eleven"
        $0.lines[2] = Line(id: lineID(11), text: "twelve")
        $0.lines.insert(Line(id: lineID(12), text: "thirteen"), at: 3)
      }, join(4, behind: 3))
    #expect(outcome.script.numbers == [1, 2, 11, 12, 5])
    #expect(outcome.script.texts[2] == "twelve")
    #expect(outcome.script.texts[3] == "thirteen fourteen fifteen sixteen")
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func aPartThatWasMovedStaysThereThoughTheOtherSideCutTheLineToo() {
    let outcome = merge(
      {
        $0.lines[0].text = "one two three"
        let part = Line(id: lineID(11), text: "four five six")
        $0.lines.insert(part, at: 3)
      },
      {
        $0.lines[0].text = "one"
        $0.lines.insert(Line(id: lineID(12), text: "two three four five six"), at: 1)
      })
    #expect(outcome.script.numbers == [1, 12, 2, 3, 11, 4, 5])
    #expect(outcome.script.texts[1] == "two three")
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func aJoinAtTheEndOfShiftedLinesDoesNotAddUpTheShifts() {
    func shift(by milliseconds: Int64) -> (inout Script) -> Void {
      { script in
        for index in script.lines.indices {
          script.lines[index].start = script.lines[index].start.map {
            $0 + Milliseconds(milliseconds)
          }
          script.lines[index].end = script.lines[index].end.map { $0 + Milliseconds(milliseconds) }
        }
      }
    }
    let outcome = merge(
      {
        shift(by: 1000)(&$0)
        $0.lines[3].end = $0.lines[4].end
        join(5, behind: 4)(&$0)
      }, shift(by: 2000))
    #expect(outcome.script.lines.last?.end == Milliseconds(15_500))
    #expect(outcome.fields == [.timing])
  }

  @Test func aShortPartIsKnownByAWordThatIsNowhereElse() {
    let outcome = merge(
      {
        $0.lines[1].text = "seven eight nine"
        $0.lines.append(Line(id: lineID(11), text: "ten"))
      }, { $0.lines[1].text = "seven eight nine TEN" })
    #expect(outcome.script.numbers == [1, 2, 3, 4, 5, 11])
    #expect(outcome.script.texts[5] == "TEN")
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func aLineStaysWhereBothSidesTogetherTookAllItsWords() {
    let outcome = merge(
      {
        $0.lines[2].text = "eleven"
        $0.lines.insert(Line(id: lineID(11), text: "twelve"), at: 3)
      }, { $0.lines[2].text = "thirteen" })
    #expect(outcome.script.texts.count == 5)
    #expect(outcome.script.texts[2].isEmpty)
  }

  @Test func aKindThatAJoinedLineCannotKeepIsAsked() {
    let outcome = merge(join(2, behind: 1), { $0.lines[1].kind = .heading })
    #expect(outcome.fields == [.kind])
    #expect(outcome.conflicts.first?.lineID == lineID(1))
  }
}
