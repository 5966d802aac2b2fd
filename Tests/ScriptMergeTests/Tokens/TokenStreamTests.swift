import Testing

@testable import ScriptMerge

struct TokenStreamTests {
  @Test(
    arguments: [
      ("", []),
      ("  ", []),
      ("Don't stop, 3.5 times", ["Don't", "stop", ",", "3.5", "times"]),
      ("l’été 12:30.", ["l’été", "12:30", "."]),
      ("今天好", ["今", "天", "好"]),
      ("カラー 2", ["カ", "ラ", "ー", "2"]),
      ("שלום עולם", ["שלום", "עולם"]),
      ("👩🏽‍🚀!", ["👩🏽‍🚀", "!"]),
      ("🇩🇪🇫🇷", ["🇩🇪", "🇫🇷"]),
      ("<i>a</i> <x>", ["<i>", "a", "</i>", "<", "x", ">"]),
      ("e\u{301}a", ["e\u{301}a"]),
      ("'quoted'", ["'", "quoted", "'"]),
    ] as [(String, [String])])
  func textsFallIntoTheWordsThatPeopleSee(text: String, expected: [String]) {
    var table = TokenTable()
    let stream = TokenStream(text, in: &table)
    #expect(stream.tokens.map { String(decoding: table.bytes(of: $0), as: UTF8.self) } == expected)
    #expect(TokenText.text(of: stream, 0..<stream.count, in: table) == text)
  }

  @Test func equalBytesHaveOneNumberInTablesOfAnySize() {
    var table = TokenTable()
    let words = (0..<5000).map { "w\($0)" }
    let first = words.map { TokenStream($0, in: &table).tokens[0] }
    let second = words.map { TokenStream($0, in: &table).tokens[0] }
    #expect(first == second)
    #expect(Set(first).count == words.count)
    let (composed, decomposed) = (TokenStream("é", in: &table), TokenStream("e\u{301}", in: &table))
    #expect(composed.tokens != decomposed.tokens)
  }
}
