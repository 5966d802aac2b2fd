import ScriptMerge
import ScriptModel
import Testing

private func talkOf(_ text: String) -> Script { talk([(1, text), (2, "another line of talk")]) }

struct OpenConflictTests {
  private let base = talkOf("a b c d e f g")
  private let ours = talkOf("a x c d e f g")
  private let theirs = talkOf("a y c d e f g")

  private func open() throws -> Conflict {
    let outcome = ThreeWayMerge.merge(base: base, ours: ours, theirs: theirs)
    #expect(outcome.conflicts.count == 1)
    return try #require(outcome.conflicts.first)
  }

  @Test func theSameConflictIsNotRecordedTwice() throws {
    let outcome = ThreeWayMerge.merge(
      base: base, ours: ours, theirs: theirs, open: [try open()])
    #expect(outcome.conflicts.isEmpty)
    #expect(outcome.settled.isEmpty)
  }

  @Test func aLaterEditOfTheSameWordsRenewsTheConflictOverItsFirstBase() throws {
    let conflict = try open()
    let outcome = ThreeWayMerge.merge(
      base: theirs, ours: ours, theirs: talkOf("a z c d e f g"), open: [conflict])
    #expect(outcome.settled == [conflict.id])
    let renewed = try #require(outcome.conflicts.first)
    #expect(outcome.conflicts.count == 1)
    #expect(renewed.base == conflict.base)
    #expect(renewed.ours == "a x c d e f g")
    #expect(renewed.theirs == "a z c d e f g")
  }

  @Test func anEditOfOtherWordsIsTakenAndTheConflictFollows() throws {
    let conflict = try open()
    let outcome = ThreeWayMerge.merge(
      base: theirs, ours: ours, theirs: talkOf("a y c d e f Z"), open: [conflict])
    #expect(outcome.script.texts[0] == "a x c d e f Z")
    #expect(outcome.settled == [conflict.id])
    #expect(outcome.conflicts.map(\.ours) == ["a x c d e f Z"])
    #expect(outcome.conflicts.map(\.theirs) == ["a y c d e f Z"])
    #expect(outcome.conflicts.map(\.base) == ["a b c d e f g"])
  }

  @Test func theConflictGoesWhereTheOtherSideCameRound() throws {
    let conflict = try open()
    let outcome = ThreeWayMerge.merge(base: theirs, ours: ours, theirs: ours, open: [conflict])
    #expect(outcome.settled == [conflict.id])
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func aMergeOfOtherLinesLeavesTheConflictAlone() throws {
    let later = theirs.with { $0.lines[1].text = "another line of speech" }
    let outcome = ThreeWayMerge.merge(base: theirs, ours: ours, theirs: later, open: [try open()])
    #expect(outcome.script.texts == ["a x c d e f g", "another line of speech"])
    #expect(outcome.conflicts.isEmpty)
    #expect(outcome.settled.isEmpty)
  }

  @Test func aLineWhoseDeletionIsAskedStaysUntilSomebodyDecides() {
    let copy = base.with { $0.lines.remove(at: 0) }
    let first = ThreeWayMerge.merge(base: base, ours: ours, theirs: copy)
    #expect(first.conflicts.map(\.field) == [.existence])
    // The edit that kept the line is taken back, but nobody has said that the line may go.
    let again = ThreeWayMerge.merge(base: base, ours: base, theirs: copy, open: first.conflicts)
    #expect(again.script.texts == base.texts)
    #expect(ThreeWayMerge.merge(base: base, ours: base, theirs: copy).script.texts.count == 1)
  }

  @Test func aSpeakerWhoIsAskedForStaysAsHere() {
    let speakers = [1, 2, 3].map { speaker($0, "Speaker \($0)") }
    let start = base.with { $0.speakers = speakers }
    let mine = start.with { $0.lines[0].speaker = speakers[1].id }
    let copy = start.with { $0.lines[0].speaker = speakers[2].id }
    let first = ThreeWayMerge.merge(base: start, ours: mine, theirs: copy)
    #expect(first.conflicts.map(\.field) == [.speaker])
    let again = ThreeWayMerge.merge(base: start, ours: start, theirs: copy, open: first.conflicts)
    #expect(again.script.lines == start.lines)
  }

  @Test func aResolvedConflictIsNotTouched() throws {
    var conflict = try open()
    conflict.state = .resolved
    let outcome = ThreeWayMerge.merge(base: theirs, ours: ours, theirs: ours, open: [conflict])
    #expect(outcome.settled.isEmpty)
  }
}
