import ScriptModel
import Testing

@testable import OffbookCLI

private let lineID = Line.ID(high: 1, low: 2)

private func state(
  _ text: String, number: Int = 1, speaker: String? = nil, start: Int64? = nil
) -> Change.State {
  let line = Line(id: lineID, start: start.map { Milliseconds($0) }, text: text)
  return Change.State(number: number, line: line, speakerName: speaker)
}

private func rows(_ change: Change, isOn: Bool = false) -> [String] {
  DifferenceText(style: Style(isOn: isOn)).rows(of: change)
}

@Test func changedWordsAreMarked() {
  let change = Change(
    operation: .change, lineID: lineID, before: state("Good morning, Ben."),
    after: state("Good evening, Ben."))
  #expect(
    rows(change) == [
      "@ line 1 changed", "- Good [-morning-], Ben.", "+ Good {+evening+}, Ben.",
    ])
}

@Test func changedFieldsAreNamed() {
  let change = Change(
    operation: .change, lineID: lineID, before: state("a", speaker: "Anna", start: 1000),
    after: state("a", speaker: nil, start: 3000))
  #expect(
    rows(change) == [
      "@ line 1 changed", "  speaker: Anna → none", "  start: 00:00:01.000 → 00:00:03.000",
    ])
}

@Test(arguments: [Change.Operation.insert, .split])
func newLinesAreShownWhole(operation: Change.Operation) {
  let change = Change(
    operation: operation, lineID: lineID, before: nil,
    after: state("one\ntwo\u{1B}[2J", number: 4, speaker: "Anna", start: 0))
  #expect(rows(change).dropFirst() == ["+ [00:00:00.000] Anna: one", "+ two␛[2J"])
}

@Test func everyOperationHasItsWords() {
  for operation in Change.Operation.allCases {
    for (before, after) in [(state("a"), nil), (nil, state("b")), (state("a"), state("b"))] {
      let change = Change(operation: operation, lineID: lineID, before: before, after: after)
      #expect(rows(change).count >= 2)
    }
  }
}

@Test(arguments: [
  ("a b c", "a x c"), ("日本語", "日語"), ("", "new"), ("same", "same"), ("it's", "its"),
  (String(repeating: "word ", count: 400), "x"),
])
func piecesPutTogetherAreTheTexts(before: String, after: String) {
  let pieces = WordDifference.pieces(before: before, after: after)
  #expect(pieces.before.map(\.text).joined() == before)
  #expect(pieces.after.map(\.text).joined() == after)
  let kept = (
    pieces.before.filter { !$0.isChanged }.map(\.text).joined(),
    pieces.after.filter { !$0.isChanged }.map(\.text).joined()
  )
  #expect(kept.0 == kept.1)
}

@Test func ideographsAreComparedOneByOne() {
  let pieces = WordDifference.pieces(before: "今天天气好", after: "今天天气坏")
  #expect(
    pieces.after == [.init(text: "今天天气", isChanged: false), .init(text: "坏", isChanged: true)])
}

private func hit(_ text: String, _ matches: [Range<Int>]) -> SearchHit {
  SearchHit(
    scriptID: .init(high: 0, low: 1), scriptTitle: "T", lineID: lineID, number: 1,
    speakerName: nil, start: nil, text: text, matches: matches)
}

@Test(arguments: [
  ("the stairs", [4..<10], 40, "the [stairs]"),
  ("the stairs", [Range<Int>](), 40, "the stairs"),
  ("aaaa bbbb cccc dddd eeee ffff", [20..<24], 18, "…dddd [eeee] ffff"),
  ("日本語", [3..<6], 40, "日[本]語"),
  ("short", [90..<95, 2..<3], 40, "short"),
])
func snippetsShowWhatWasFound(text: String, matches: [Range<Int>], columns: Int, shown: String) {
  #expect(Snippet(hit(text, matches), mostColumns: columns).marked { "[\($0)]" } == shown)
}

@Test func aScriptReadsLikeAPage() {
  let anna = Speaker(id: .init(high: 9, low: 9), name: "Anna")
  let lines = [
    Line(id: lineID, kind: .heading, text: "Part one"),
    Line(
      id: lineID, speaker: anna.id, start: Milliseconds(90_000),
      text: "Good morning to all of you out there"),
    Line(id: lineID, kind: .direction, text: "Rain"),
  ]
  let script = Script(
    id: .init(high: 0, low: 1), projectID: .init(high: 0, low: 2), title: "T", speakers: [anna],
    lines: lines)
  let text = ScriptText(lines: LineSelection(script), width: 33, style: .plain)
  #expect(
    LineSelection(script).flatMap { text.rows(of: $0.line, number: $0.number) } == [
      "1        # Part one", "2  1:30  Anna: Good morning to", "         all of you out there",
      "3        (Rain)",
    ])
}
