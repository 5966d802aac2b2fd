import ScriptMerge
import ScriptModel
import Testing

private func merge(_ base: String, _ ours: String, _ theirs: String) -> RowMergeOutcome {
  RowMerge.merge(base: Array(base.utf8), ours: Array(ours.utf8), theirs: Array(theirs.utf8))
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

struct RowMergeTests {
  @Test func rowsAndWordsOfBothSidesAreMerged() {
    let outcome = merge(
      "the first row here\nthe second row here\n", "the first row there\nthe second row here\n",
      "a first row here\nthe second row here\nthe third\n")
    #expect(text(outcome.text) == "a first row there\nthe second row here\nthe third\n")
    #expect(outcome.conflicts.isEmpty)
  }

  @Test func theSameWordsAreAConflictThatHoldsTheirRow() {
    let outcome = merge(
      "first of all\nthe quick brown fox\nlast of all\n",
      "first of all\nthe quick red fox\nlast of all\n",
      "first of all\nthe quick blue fox\nlast of all\n")
    #expect(text(outcome.text) == "first of all\nthe quick red fox\nlast of all\n")
    #expect(outcome.conflicts.map(\.ours) == ["the quick red fox"])
    #expect(outcome.conflicts.map(\.theirs) == ["the quick blue fox"])
  }

  @Test func theEndOfTheFileIsAsTheSideThatChangedItHasIt() {
    #expect(text(merge("a\nb\n", "a\nb", "a\nb\n").text) == "a\nb")
    #expect(text(merge("a\nb", "a\nb", "a\nb\n").text) == "a\nb\n")
    #expect(text(merge("a\r\nb\r\n", "a\r\nb\r\n", "a\r\nc\r\n").text) == "a\r\nc\r\n")
    #expect(merge("", "", "").text.isEmpty)
  }
}
