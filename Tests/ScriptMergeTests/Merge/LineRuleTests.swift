import ScriptMerge
import ScriptModel
import Testing

struct LineRuleTests {
  private func merge(
    _ base: Script, _ ours: (inout Script) -> Void, _ theirs: (inout Script) -> Void
  ) -> MergeOutcome {
    ThreeWayMerge.merge(base: base, ours: base.with(ours), theirs: base.with(theirs))
  }

  @Test func anEditedLineStaysThoughTheOtherSideDeletedIt() {
    for edit in [
      { $0.text = "new words" }, { $0.kind = .heading }, { $0.speaker = speaker(2, "").id },
    ] as [(inout Line) -> Void] {
      let outcome = merge(fiveLines, { edit(&$0.lines[1]) }, { $0.lines.remove(at: 1) })
      #expect(outcome.script.numbers == [1, 2, 3, 4, 5])
      #expect(outcome.fields == [.existence])
      #expect(outcome.conflicts.first?.theirs == nil)
    }
  }

  @Test func aLineThatWasOnlyMovedGoesWithItsDeletionAndANote() {
    let outcome = merge(
      fiveLines, { $0.lines.swapAt(1, 4) }, { script in script.lines.remove(at: 1) })
    #expect(outcome.script.numbers == [1, 5, 3, 4])
    #expect(outcome.conflicts.isEmpty)
    #expect(outcome.notes.map(\.kind) == [.deletedThoughMoved])
  }

  @Test func aSpeakerWhoBecameAnotherDoesNotKeepADeletedLine() {
    let base = fiveLines.with {
      $0.speakers = [speaker(1, "Ada"), speaker(2, "Bo"), speaker(3, "Cy")]
      for index in 1...3 { $0.lines[index].speaker = speaker(2, "").id }
      $0.lines[4].speaker = speaker(3, "").id
    }
    func merging(into number: UInt64) -> (inout Script) -> Void {
      { script in
        for index in script.lines.indices where script.lines[index].speaker?.low == 2 {
          script.lines[index].speaker = speaker(number, "").id
        }
        script.speakers.remove(at: 1)
      }
    }
    let outcome = merge(base, merging(into: 1)) {
      merging(into: 3)(&$0)
      $0.lines.remove(at: 2)
    }
    #expect(outcome.script.numbers == [1, 2, 4, 5])
  }

  @Test func theFieldThatOneSideChangedIsTaken() {
    for side in 0..<2 {
      let change: (inout Script) -> Void = {
        $0.lines[0].speaker = speaker(2, "").id
        $0.lines[1].kind = .direction
        $0.lines[2].text = "else"
        $0.lines[3].start = Milliseconds(9100)
        $0.speakers.append(speaker(2, "Bo"))
      }
      let outcome =
        side == 0 ? merge(fiveLines, change, { _ in }) : merge(fiveLines, { _ in }, change)
      #expect(outcome.script.lines == fiveLines.with(change).lines)
      #expect(outcome.conflicts.isEmpty)
    }
  }

  @Test func theNameOfAConflictDoesNotDependOnTheSide() {
    let ours = fiveLines.with { $0.lines[0].text = "uno two three four five six" }
    let theirs = fiveLines.with { $0.lines[0].text = "eins two three four five six" }
    let mine = ThreeWayMerge.merge(base: fiveLines, ours: ours, theirs: theirs)
    let mirrored = ThreeWayMerge.merge(base: fiveLines, ours: theirs, theirs: ours)
    #expect(mine.fields == [.text])
    #expect(mine.conflicts.map(\.id) == mirrored.conflicts.map(\.id))
    #expect(mine.script.texts[0] == ours.texts[0])
    #expect(mirrored.script.texts[0] == theirs.texts[0])
  }

  @Test func aMoveGoesWithATextCorrection() {
    let outcome = merge(
      fiveLines, { $0.lines.insert($0.lines.remove(at: 0), at: 3) },
      { $0.lines[0].text = "one two three four five SIX" })
    #expect(outcome.script.numbers == [2, 3, 4, 1, 5])
    #expect(outcome.script.texts[3] == "one two three four five SIX")
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func linesThatBothPutInAtOnePlaceAreAllThere() {
    func insert(_ number: UInt64, _ text: String) -> (inout Script) -> Void {
      { $0.lines.insert(Line(id: lineID(number), text: text), at: 2) }
    }
    let outcome = merge(fiveLines, insert(11, "alpha beta"), insert(12, "gamma delta"))
    #expect(outcome.script.numbers == [1, 2, 11, 12, 3, 4, 5])
    #expect(outcome.fields == [.existence])
  }

  @Test func theSameLinePutInByBothIsThereOnce() {
    func insert(_ number: UInt64) -> (inout Script) -> Void {
      { $0.lines.insert(Line(id: lineID(number), text: "alpha beta"), at: 2) }
    }
    let outcome = merge(fiveLines, insert(11), insert(12))
    #expect(outcome.script.numbers == [1, 2, 11, 3, 4, 5])
    #expect(outcome.forwardings == [lineID(12): lineID(11)])
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func nearlyTheSameLineOfBothIsNotedOnlyWhereNothingIsAsked() {
    func insert(_ number: UInt64, _ text: String) -> (inout Script) -> Void {
      { $0.lines.insert(Line(id: lineID(number), text: text), at: 2) }
    }
    let same = merge(fiveLines, insert(11, "alpha beta"), insert(12, "alpha beta"))
    #expect(same.notes.map(\.kind) == [.sameInsertion])
    let near = merge(
      fiveLines, insert(11, "alpha beta gamma one"), insert(12, "alpha beta gamma two"))
    #expect(near.fields == [.text])
    #expect(near.notes.isEmpty)
  }

  @Test func aSpeakerWhoTookOverANameKeepsIt() {
    let ours = fiveLines.with {
      $0.speakers = [speaker(1, "Ada"), speaker(2, "Bo")]
      $0.lines[1].speaker = speaker(2, "").id
    }
    let theirs = ours.with {
      $0.speakers = [speaker(1, "Ada"), speaker(3, "Bo")]
      $0.lines[1].speaker = speaker(3, "").id
    }
    let outcome = ThreeWayMerge.merge(base: ours, ours: ours, theirs: theirs)
    #expect(outcome.script.lines == theirs.lines)
    #expect(outcome.script.speakers == theirs.speakers)
  }

  @Test func aNewNameComesFromTheSideThatGaveIt() {
    for side in 0..<2 {
      let rename: (inout Script) -> Void = { $0.speakers[0].name = "Ada Lovelace" }
      let outcome =
        side == 0 ? merge(fiveLines, rename, { _ in }) : merge(fiveLines, { _ in }, rename)
      #expect(outcome.script.speakers.map(\.name) == ["Ada Lovelace"])
      #expect(outcome.conflicts.isEmpty)
    }
  }
}
