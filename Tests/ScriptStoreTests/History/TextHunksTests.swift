import TestSupport
import Testing

@testable import ScriptStore

private let rewritten: [(old: String, new: String)] = [
  (
    "The quick brown fox jumps over the lazy dog", "A quick brown fox leaps over the lazy cat"
  ),
  ("主持\nAlthough the Hugging 我们将看到", "主持上承载了\nAlthough Hugging 我们会看到"),
  ("naïve 🎉 tea, and a long way to go", "naive 🎉 coffee, and a long road to go"),
]

@Test(arguments: rewritten)
func piecesTakeLessRoomAndGiveTheTextBack(old: String, new: String) throws {
  let middle = TextMiddle(from: old, to: new)
  let hunks = try #require(TextHunks(middle))
  #expect(
    hunks.before.count + hunks.after.count < middle.before.utf8.count + middle.after.utf8.count)
  let read = try #require(
    TextHunks(prefix: middle.prefix, before: hunks.before, after: hunks.after))
  #expect(read.undone(in: new) == old)
  // The other way round, as an undo of the undo needs it.
  let reversed = TextHunks(prefix: middle.prefix, before: hunks.after, after: hunks.before)
  #expect(reversed?.undone(in: old) == new)
  #expect(read.undone(in: old) == nil)
}

@Test(arguments: [("One word", "One other"), ("", "All of it is new here"), ("a b", "x b")])
func whatTakesNoMoreRoomStaysOneMiddle(old: String, new: String) {
  #expect(TextHunks(TextMiddle(from: old, to: new)) == nil)
}

@Test func randomRewritingsComeBack() {
  var random = SeededGenerator(seed: 7)
  let words = ["tea", "天气", "naïve", "🎉", "well,", "东京", "go", "long-winded"]
  func text() -> String {
    (0..<Int.random(in: 1...60, using: &random)).map { _ in
      words.randomElement(using: &random) ?? ""
    }.joined(separator: " ")
  }
  var count = 0
  for _ in 0..<400 {
    let (old, new) = (text(), text())
    let middle = TextMiddle(from: old, to: new)
    guard let hunks = TextHunks(middle) else { continue }
    count += 1
    let read = TextHunks(prefix: middle.prefix, before: hunks.before, after: hunks.after)
    #expect(read?.undone(in: new).map { Array($0.utf8) } == Array(old.utf8))
  }
  #expect(count > 200)
}

@Test(
  arguments: [
    ([], [0]), ([1], [1, 65]), ([2, 65], [1, 65]), ([1, 65, 0x80, 0x80, 0x80, 0x80, 1], [1, 65]),
    ([1, 65, 3, 1, 66], [1, 65, 4, 1, 66]), ([1, 65, 3], [1, 65]), ([0xFF], [0xFF]),
  ] as [([UInt8], [UInt8])])
func piecesThatFitNotEachOtherAreRefused(before: [UInt8], after: [UInt8]) {
  #expect(TextHunks(prefix: 0, before: before, after: after) == nil)
}

@Test func piecesThatFitNotTheTextAreRefused() throws {
  let hunks = try #require(
    TextHunks(prefix: 2, before: [1, 65, 9, 1, 66], after: [1, 67, 9, 1, 68]))
  #expect(hunks.undone(in: "xxC") == nil)
  #expect(hunks.undone(in: "x") == nil)
  #expect(hunks.undone(in: "xxC123456789D") == "xxA123456789B")
  let beyond = TextHunks(prefix: -1, before: [1, 65], after: [1, 66])
  #expect(beyond?.undone(in: "B") == nil)
}
