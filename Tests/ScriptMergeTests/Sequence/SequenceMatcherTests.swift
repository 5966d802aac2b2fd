import Testing

@testable import ScriptMerge

struct SequenceMatcherTests {
  @Test(
    arguments: [
      ([1, 2, 3], [1, 2, 3], [0, 1, 2]),
      ([1, 2, 3], [1, 9, 3], [0, -1, 2]),
      ([1, 2, 3], [2, 3], [-1, 0, 1]),
      ([1, 2], [3, 4], [-1, -1]),
      ([5, 1, 2, 6], [7, 1, 2, 8, 8], [-1, 1, 2, -1]),
      ([], [1], []),
    ] as [([Int32], [Int32], [Int32])])
  func equalElementsAreMatchedInOrder(old: [Int32], new: [Int32], expected: [Int32]) {
    var matcher = SequenceMatcher()
    #expect(matcher.match(old, new, symbols: 10) == expected)
  }

  @Test func longSequencesKeepWhatIsCommon() {
    let old = (0..<5000).map { Int32($0) }
    var new = old
    new.removeSubrange(1000..<1010)
    new[3000] = 6000
    var matcher = SequenceMatcher()
    let matching = matcher.match(old, new, symbols: 7000)
    #expect(matching.count { $0 >= 0 } == 4989)
    for (index, match) in matching.enumerated() where match >= 0 {
      #expect(old[index] == new[Int(match)])
    }
  }
}
