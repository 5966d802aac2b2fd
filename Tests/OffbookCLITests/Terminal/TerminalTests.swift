import Testing

@testable import OffbookCLI

@Test(arguments: [
  ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한국", 4), ("ｱ", 1), ("Ａ", 2),
  ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2), ("🇫🇷", 2), ("☀", 1), ("☀️", 2), ("a\u{200B}b", 2), ("…", 1),
  ("नि", 2), ("→", 1),
])
func columnsAreThoseOfATerminal(text: String, columns: Int) {
  #expect(TextWidth.columns(of: text) == columns)
}

@Test(arguments: [
  ("short", 10, "short"), ("a long text", 6, "a lon…"), ("日本語", 4, "日…"), ("日本語", 6, "日本語"),
  ("ab", 1, "…"),
])
func truncationLeavesWholeCharacters(text: String, width: Int, result: String) {
  let truncated = TextWidth.truncated(text, to: width)
  #expect(truncated == result)
  #expect(TextWidth.columns(of: truncated) <= width)
}

@Test(arguments: [
  ("plain", "plain"), ("a\u{1B}[31mb", "a␛[31mb"), ("a\tb", "a b"), ("a\nb", "a b"),
  ("\u{7F}", "␡"),
  ("\u{9B}2J", "<U+009B>2J"), ("\u{202E}txt", "<U+202E>txt"), ("\u{0}", "␀"), ("日本 é", "日本 é"),
])
func noControlCharacterReachesATerminal(text: String, shown: String) {
  #expect(VisibleText.row(text) == shown)
}

@Test func rowsAreKeptApart() {
  #expect(VisibleText.rows("a\u{7}\nb\n") == ["a␇", "b", ""])
}

@Test(arguments: [
  ("one two three", 7, ["one two", "three"]), ("abcdefgh", 3, ["abc", "def", "gh"]),
  ("日本語", 4, ["日本", "語"]), ("a\nb", 10, ["a", "b"]), ("", 5, [""]), ("日", 1, ["日"]),
  ("Ann 日本語", 8, ["Ann 日本", "語"]), ("日本，語", 4, ["日", "本，", "語"]), ("a  b", 9, ["a  b"]),
])
func textWrapsBetweenWords(text: String, width: Int, rows: [String]) {
  #expect(TextWrapping.rows(of: text, width: width) == rows)
}

@Test func tablesLineUpWhateverIsInThem() {
  var table = TextTable([.init("name", isFlexible: true), .init("n", isNumber: true)])
  table.append(["日本", "1"])
  table.append(["abc\u{1B}", "23"])
  #expect(
    table.lines(width: nil, style: .plain) == ["NAME   N", "日本   1", "abc␛  23"])
}

@Test func aNarrowTerminalShortensWhatIsFlexible() {
  var table = TextTable([
    .init("id"), .init("title", isFlexible: true), .init("text", isFlexible: true),
  ])
  table.append(["12345678", "a title of thirty characters..", "and a text of thirty-three letters"])
  let lines = table.lines(width: 50, style: .plain)
  #expect(lines.allSatisfy { TextWidth.columns(of: $0) <= 50 })
  #expect(lines[1].hasPrefix("12345678  a title of"))
}

@Test func coloursAreLeftOutWhereTheyAreNotWanted() {
  #expect(Style.plain.red("x") == "x")
  #expect(Style(isOn: true).red("x") == "\u{1B}[31mx\u{1B}[0m")
}
