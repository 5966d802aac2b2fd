import MergeHistories
import Testing

@testable import ScriptMerge

/// The rows of a base and a side, and what each row of the side is numbered.
private func numbered(_ base: [UInt8], _ side: [UInt8]) -> (base: TextRows, side: TextRows) {
  var table = RowTable(expecting: base.count)
  let rows = TextRows(base, in: &table)
  return (rows, TextRows(side, like: rows, in: &table))
}

private func numbered(_ base: String, _ side: String) -> (base: TextRows, side: TextRows) {
  numbered(Array(base.utf8), Array(side.utf8))
}

struct TextRowsTests {
  @Test(
    arguments: [
      ("", [], false), ("\n", [""], false), ("a", ["a"], true), ("a\n", ["a"], false),
      ("a\n\nb", ["a", "", "b"], true), ("a\r\n\n", ["a\r", ""], false),
      (
        "exactly eight\nbytes and more of them\n", ["exactly eight", "bytes and more of them"],
        false
      ),
    ] as [(String, [String], Bool)])
  func rowsEndAtTheirLineFeeds(text: String, expected: [String], endsInRow: Bool) {
    var table = RowTable(expecting: 0)
    let rows = TextRows(Array(text.utf8), in: &table)
    #expect((0..<rows.count).map(rows.string) == expected)
    #expect(rows.endsInRow == endsInRow)
    // However the rows of a copy are found, they are the same.
    for base in ["", "a", "a\nb\n", "\n\n", text] {
      let copy = numbered(base, text).side
      #expect((0..<copy.count).map(copy.string) == expected)
      #expect(copy.endsInRow == endsInRow)
    }
  }

  @Test func rowsThatDifferInWhiteSpaceOnlyHaveOneNumber() {
    let rows = numbered("a b\nc\na  b\n", " a b\r\nc\nd")
    #expect(rows.base.numbers == [1, 2, 1])
    #expect(rows.side.numbers == [1, 2, 3])
  }

  @Test(arguments: UInt64(1)...300)
  func aRowsNumberSaysWhatItsTextDoes(seed: UInt64) {
    var random = HistoryRandom(seed: seed)
    let words = ["", "a", "a b", "a b c d e f g h", "b\r", "a  b", "c", "\t", "ä"]
    func rows() -> [String] { (0..<random.below(30)).map { _ in words[random.below(words.count)] } }
    var side = rows()
    let base = side + rows()
    for _ in 0..<random.below(6) where !side.isEmpty {
      let place = random.below(side.count)
      switch random.below(3) {
      case 0: side.remove(at: place)
      case 1: side.insert(contentsOf: rows(), at: place)
      default: side[place] = words[random.below(words.count)]
      }
    }
    let both = numbered(base.joined(separator: "\n"), side.joined(separator: "\n"))
    func plain(_ rows: TextRows) -> [[UInt8]] {
      (0..<rows.count).map {
        PlainForm.of(Array(rows.bytes[rows.range(of: $0)]), keepingMarkup: true)
      }
    }
    let texts = plain(both.base) + plain(both.side)
    let numbers = both.base.numbers + both.side.numbers
    for (left, number) in zip(texts, numbers) {
      for (right, other) in zip(texts, numbers) { #expect((left == right) == (number == other)) }
    }
  }
}
