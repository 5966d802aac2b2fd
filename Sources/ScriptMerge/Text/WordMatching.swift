/// Which words of one text are those of another, in order; case, marks and white space count nothing.
///
/// Near-linear in the words, by the matcher of the merge.
package struct WordMatching: Sendable {
  /// Where the words of the old text lie, in bytes.
  package let old: [Range<Int>]
  /// Where the words of the new text lie, in bytes.
  package let new: [Range<Int>]
  /// For each old word the index of the new one that it is, or -1; what is not -1 ascends.
  package let matches: [Int32]

  /// Matches the words of two texts of valid UTF-8.
  package init(_ old: [UInt8], _ new: [UInt8]) {
    var table = TokenTable()
    let olds = Self.words(of: old, in: &table)
    let news = Self.words(of: new, in: &table)
    var matcher = SequenceMatcher()
    matches = matcher.match(olds.symbols, news.symbols, symbols: table.count)
    self.old = olds.ranges
    self.new = news.ranges
  }

  private static func words(
    of bytes: [UInt8], in table: inout TokenTable
  ) -> (ranges: [Range<Int>], symbols: [Int32]) {
    var reader = TokenReader(count: bytes.count)
    var ranges: [Range<Int>] = []
    var symbols: [Int32] = []
    while let token = reader.next(in: bytes.span) {
      guard token.tokenClass.isWordLike else { continue }
      let folded = folded(bytes[token.range])
      ranges.append(token.range)
      symbols.append(table.intern(folded.span, 0..<folded.count, as: token.tokenClass))
    }
    return (ranges, symbols)
  }

  /// A word in lower case, with the one kind of apostrophe.
  private static func folded(_ word: ArraySlice<UInt8>) -> [UInt8] {
    if word.allSatisfy({ $0 < 0x80 }) {
      return word.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    }
    let text = String(decoding: word, as: UTF8.self).lowercased()
    return Array(String(text.map { $0 == "\u{2019}" ? "'" : $0 }).utf8)
  }
}
