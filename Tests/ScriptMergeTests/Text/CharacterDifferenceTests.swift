import ScriptMerge
import Testing

@Test(
  arguments: [
    ("", "", []), ("abc", "abc", []), ("abc", "axc", [1..<2]), ("天气很好", "天气好", [2..<3]),
    ("abcdef", "abXdeY", [2..<3, 5..<6]),
  ] as [(String, String, [Range<Int>])])
func differingCharactersAreFound(old: String, new: String, expected: [Range<Int>]) {
  let (left, right) = (Array(old.unicodeScalars), Array(new.unicodeScalars))
  let hunks = CharacterDifference.hunks(from: left, to: right)
  #expect(hunks.map(\.old) == expected)
  // What stands between hunks is the same on both sides.
  var rebuilt: [Unicode.Scalar] = []
  var position = 0
  for hunk in hunks {
    rebuilt += left[position..<hunk.old.lowerBound]
    rebuilt += right[hunk.new]
    position = hunk.old.upperBound
  }
  #expect(rebuilt + left[position...] == right)
}
