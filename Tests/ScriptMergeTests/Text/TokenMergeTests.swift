import ScriptModel
import Testing

@testable import ScriptMerge

private func merge(_ base: String, _ ours: String, _ theirs: String) -> TokenMerge {
  var table = TokenTable()
  let streams = [base, ours, theirs].map { TokenStream($0, in: &table) }
  var merge = TokenMerge(base: streams[0], ours: streams[1], theirs: streams[2], table: table)
  merge.run()
  return merge
}

struct TokenMergeTests {
  @Test func aWordThatOneSideDeletedDoesNotComeBackWithTheOthersWordsAroundIt() {
    let base = talk([(1, "丱丸丿乆乍")])
    let outcome = ThreeWayMerge.merge(
      base: base, ours: base.with { $0.lines[0].text = "疜丸甐乆乍" },
      theirs: base.with { $0.lines[0].text = "丱丿乆乍" })
    #expect(outcome.conflicts.map(\.field) == [.text])
  }

  @Test(arguments: [
    // Different words, apart, near and side by side.
    ("one two three", "ONE two three", "one two THREE", "ONE two THREE"),
    ("a b c d", "a x c d", "a b y d", "a x y d"),
    ("a b c", "a b c d", "z a b c", "z a b c d"),
    // The same edit of both, beside one that only theirs made.
    ("a b c d e f", "a X b c d e f", "a X b c d Y f", "a X b c d Y f"),
    // Deletions that overlap are both meant.
    ("a b c d e", "a d e", "a b e", "a e"),
    // One side's words hold the other's.
    ("a b c", "a x y c", "a x c", "a x y c"),
    ("a b c", "a x c", "a x y c", "a x y c"),
    // White space goes with its words.
    ("a  b", "a b", "a  c", "a c"),
    // Characters of scripts without spaces, apart from each other.
    ("今天我们去北京吃饭", "明天我们去北京吃饭", "今天我们去南京吃饭", "明天我们去南京吃饭"),
    ("שלום עולם טוב", "שלום עולם רע", "היי עולם טוב", "היי עולם רע"),
    ("hi 👩🏽‍🚀 yes", "hi 👩🏽‍🚀 no", "oh 👩🏽‍🚀 yes", "oh 👩🏽‍🚀 no"),
  ])
  func editsOfOtherWordsAreBothApplied(
    base: String, ours: String, theirs: String, expected: String
  ) {
    for merge in [merge(base, ours, theirs), merge(base, theirs, ours)] {
      #expect(!merge.hasConflict)
      #expect(merge.text(keeping: .ours) == expected)
    }
  }

  @Test(arguments: [
    ("a b c", "a x c", "a y c"),
    ("a b", "a x b", "a y b"),
    ("a b c", "a c", "a x c"),
    ("a b c d", "a x d", "a b y d"),
    // Beside each other within one run of characters: perhaps one word.
    ("东西南北", "中西南北", "东方南北"),
  ])
  func differentEditsOfTheSameWordsConflict(base: String, ours: String, theirs: String) {
    let merge = merge(base, ours, theirs)
    #expect(merge.hasConflict)
    #expect(merge.text(keeping: .ours) == ours)
    #expect(merge.text(keeping: .theirs) == theirs)
  }

  @Test func aConflictKeepsWhatElseTheOtherSideChanged() {
    let merge = merge("a b c d e f g", "a x c d e f g", "a y c d e f Z")
    #expect(merge.hasConflict)
    #expect(merge.text(keeping: .ours) == "a x c d e f Z")
    #expect(merge.text(keeping: .theirs) == "a y c d e f Z")
  }

  @Test func nearbyAndContainedEditsAreMarked() {
    #expect(merge("a b c d", "a x c d", "a b y d").isNearby)
    #expect(!merge("a b c d e", "x b c d e", "a b c d y").isNearby)
    #expect(merge("a b c", "a x y c", "a x c").isContained)
    #expect(!merge("a b c d", "a x c d", "a x c y").isContained)
  }
}
