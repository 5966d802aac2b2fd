import MergeHistories
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

  @Test func aRowInPlaceOfOneOtherIsThatRow() {
    let outcome = merge(
      "first of all\na quite short row\nlast of all\n",
      "first of all\nsomething else altogether\nlast of all\n",
      "first of all\nnothing like either\nlast of all\n")
    #expect(outcome.conflicts.map(\.field) == [.text])
    #expect(outcome.conflicts.map(\.ours) == ["something else altogether"])
    #expect(outcome.conflicts.map(\.theirs) == ["nothing like either"])
  }

  @Test func wordsThatGoToTheRowBeforeAreNotLostWithTheirRow() {
    let outcome = merge(
      "对于这些文件，你可以加载数据集\nyou can load it\n通过选择 JSON 加载脚本\n最后\n",
      "对于这些文件，你可以通过选择 JSON 加载脚本\nyou can load it\n加载数据集\n最后\n",
      "对于这些文件，你可以加载数据集\nyou can load it\n来加载数据集\n最后\n")
    #expect(text(outcome.text).hasPrefix("对于这些文件，你可以通过选择 JSON 加载脚本\n"))
    #expect(outcome.conflicts.map(\.theirs) == ["来加载数据集"])
  }

  @Test func bytesThatAreNotUTF8AreKeptAsTheyAre() {
    func latin(_ text: String) -> [UInt8] {
      text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }
    let outcome = RowMerge.merge(
      base: latin("Grüße aus Köln\nund\nschöne Tage, Mädchen\n"),
      ours: latin("Liebe Grüße aus Köln\nund\nschöne Tage, Mädchen\n"),
      theirs: latin("Grüße aus Köln\nund\nschöne Nächte, Mädchen\n"))
    #expect(outcome.conflicts.isEmpty)
    #expect(outcome.text == latin("Liebe Grüße aus Köln\nund\nschöne Nächte, Mädchen\n"))
  }

  @Test(arguments: UInt64(1)...200)
  func rowsThatNobodyTouchedMakeNoDifferenceToTheRest(seed: UInt64) {
    var history = MergeHistory(seed: seed)
    history.lineCount += 10
    let base = history.base
    let (ours, theirs) = (history.copy(0, of: base), history.copy(1, of: base))
    let rows = merge(Self.rows(base), Self.rows(ours), Self.rows(theirs))
    var capabilities = DocumentCapabilities()
    capabilities.pairsByPlace = true
    var options = MergeOptions()
    options.isExcerpt = true
    let numbered = Self.numbered(base)
    let whole = ThreeWayMerge.merge(
      base: numbered,
      ours: Alignment.identify(Self.document(ours), against: numbered, capabilities: capabilities),
      theirs: Alignment.identify(
        Self.document(theirs), against: numbered, capabilities: capabilities),
      options: options)
    #expect(text(rows.text) == Self.rows(whole.script))
    #expect(rows.rows.map(\.text) == whole.script.lines.map(\.text))
    #expect(rows.conflicts.map(\.id) == whole.conflicts.map(\.id))
  }

  @Test func howManyRowsNobodyTouchedDecidesWhichOthersWereMoved() {
    let run = (1...20).map { "row \($0) of the long run" }
    let block = (21...27).map { "line \($0) of the short block here" }
    let end = ["next to last of all", "last of all"]
    var moved = run
    let single = moved.remove(at: 9)
    let edited = block.map { $0 + " edited" }
    func file(_ rows: [String]) -> String { rows.map { $0 + "\n" }.joined() }
    let outcome = merge(
      file(run + block + end), file(block + run + end), file(moved + edited + end + [single]))
    #expect(outcome.conflicts.isEmpty)
    #expect(text(outcome.text) == file(edited + moved + end + [single]))
  }

  /// Both sides of so many rows are looked at on two threads.
  @Test func manyRowsAreMergedAsFewAre() {
    let rows = (0..<30_000).map { "row \($0) of a very long file" }
    var (ours, theirs, expected) = (rows, rows, rows)
    for place in stride(from: 100, to: 29_900, by: 100) {
      ours[place] = "row \(place) of ours"
      theirs[place + 1] += " in theirs"
      (expected[place], expected[place + 1]) = (ours[place], theirs[place + 1])
    }
    ours.insert("new in ours", at: 20_050)
    theirs.removeSubrange(25_050..<25_060)
    expected.removeSubrange(25_050..<25_060)
    expected.insert("new in ours", at: 20_050)
    func file(_ rows: [String]) -> String { rows.joined(separator: "\n") }
    let outcome = merge(file(rows), file(ours), file(theirs))
    #expect(outcome.conflicts.isEmpty)
    #expect(text(outcome.text) == file(expected))
  }

  private static func rows(_ script: Script) -> String {
    script.lines.map { $0.text + "\n" }.joined()
  }

  private static func document(_ script: Script) -> ScriptDocument {
    var document = ScriptDocument()
    for line in script.lines { document.append(line.text) }
    return document
  }

  private static func numbered(_ script: Script) -> Script {
    Script(
      id: Script.ID(high: 0, low: 1), projectID: Project.ID(high: 0, low: 1), title: "",
      lines: script.lines.enumerated().map { index, line in
        Line(id: Line.ID(high: 0, low: UInt64(index) + 1), text: line.text)
      })
  }
}
