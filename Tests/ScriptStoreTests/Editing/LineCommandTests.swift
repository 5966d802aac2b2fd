import SQLiteKit
import ScriptModel
import ScriptStore
import Testing

private func code(_ body: () throws -> Void) -> StoreError.Code? {
  do {
    try body()
    return nil
  } catch {
    return (error as? StoreError)?.code
  }
}

@Test func aSplitSharesTheTimeByTheLengthOfTheTexts() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["Anna: One two, <i>three four</i>"]).id
  let line = try fixture.ids(id)[0]
  let outcome = try fixture.store.splitLine(line, in: id, before: "four")
  let lines = try fixture.store.script(id).lines
  #expect(lines.map(\.text) == ["One two, <i>three</i>", "<i>four</i>"])
  #expect(lines[0].id == line && lines[1].speaker == lines[0].speaker)
  #expect(lines[0].start == Milliseconds(0) && lines[1].end == Milliseconds(1000))
  #expect(lines[0].end == lines[1].start && lines[0].end == Milliseconds(656))
  #expect(outcome.changes.map(\.operation) == [.change, .split])
  #expect(outcome.revision?.message == "Split line 1")
}

/// Tags do not count, and none is ever torn.
@Test(
  arguments: [
    ("<i>Hello world</i> again", 1, ["<i>H</i>", "<i>ello world</i> again"]),
    ("<i>Hello</i> world", 5, ["<i>Hello</i>", "world"]),
    ("Hello <i>world</i>", 6, ["Hello", "<i>world</i>"]),
    ("<b><i>Hi</i></b>there", 2, ["<b><i>Hi</i></b>", "there"]),
    ("a < b", 1, ["a", "< b"]), ("👩‍👩‍👧 family", 1, ["👩‍👩‍👧", "family"]),
  ])
func aSplitCountsVisibleCharacters(text: String, count: Int, parts: [String]) throws {
  let fixture = try StoreFixture()
  let id = try fixture.script([text]).id
  let line = try fixture.ids(id)[0]
  _ = try fixture.store.splitLine(line, in: id, afterCharacters: count)
  #expect(try fixture.texts(id) == parts)
}

@Test func aSplitFindsWordsAcrossTags() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["One <i>two</i> three"]).id
  let line = try fixture.ids(id)[0]
  _ = try fixture.store.splitLine(line, in: id, before: "two three")
  #expect(try fixture.texts(id) == ["One", "<i>two</i> three"])
  #expect(code { _ = try fixture.store.splitLine(line, in: id, before: "i>") } == .notFound)
}

@Test func aSplitNeedsOnePlaceWithWordsOnBothSides() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["go and go"]).id
  let line = try fixture.ids(id)[0]
  #expect(code { _ = try fixture.store.splitLine(line, in: id, before: "go") } == .ambiguous)
  #expect(code { _ = try fixture.store.splitLine(line, in: id, before: "no") } == .notFound)
  for count in [-1, 0, 9, 10, .max] {
    #expect(
      code { _ = try fixture.store.splitLine(line, in: id, afterCharacters: count) }
        == .invalidValue)
  }
  _ = try fixture.store.splitLine(line, in: id, afterCharacters: 2)
  #expect(try fixture.texts(id) == ["go", "and go"])
}

@Test(
  arguments: [
    ("Hello", "there", "Hello there"), ("今天", "很好", "今天很好"), ("안녕", "하세요", "안녕 하세요"),
    ("你好，", "世界", "你好，世界"), ("", "x", "x"), ("<i>今</i>", "天", "<i>今</i>天"), ("天", "ok", "天 ok"),
  ])
func aJoinPutsASpaceWhereTheScriptHasSpaces(first: String, second: String, joined: String) throws {
  let fixture = try StoreFixture()
  let id = try fixture.script([first, second]).id
  let ids = try fixture.ids(id)
  let outcome = try fixture.store.joinLines(ids, in: id)
  let lines = try fixture.store.script(id).lines
  #expect(lines.map(\.text) == [joined] && lines[0].id == ids[0])
  #expect(lines[0].start == Milliseconds(0) && lines[0].end == Milliseconds(2000))
  #expect(outcome.changes.map(\.operation) == [.change, .join])
  #expect(try fixture.store.survivor(of: ids[1]) == ids[0])
  #expect(try fixture.store.lines(matching: [ids[1].description], in: id) == [ids[0]])
  #expect(try fixture.store.undo(id).changes.map(\.operation) == [.change, .split])
  #expect(try fixture.store.survivor(of: ids[1]) == ids[1])
}

@Test func onlyNeighboursAreJoined() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["One", "Two", "Three"]).id
  let ids = try fixture.ids(id)
  #expect(code { _ = try fixture.store.joinLines([ids[0], ids[2]], in: id) } == .invalidValue)
  #expect(code { _ = try fixture.store.joinLines([ids[0], ids[0]], in: id) } == .invalidValue)
}

@Test func linesMoveInTheOrderInWhichTheyAreGiven() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["1", "2", "3", "4", "5"]).id
  let ids = try fixture.ids(id)
  _ = try fixture.store.moveLines([ids[4], ids[0]], in: id, after: ids[2])
  #expect(try fixture.texts(id) == ["2", "3", "5", "1", "4"])
  _ = try fixture.store.moveLines([ids[3], ids[1]], in: id, after: nil)
  #expect(try fixture.texts(id) == ["4", "2", "3", "5", "1"])
  let still = try fixture.store.moveLines([ids[1], ids[2]], in: id, after: ids[3])
  #expect(still.revision == nil && still.changes.isEmpty)
  #expect(
    code { _ = try fixture.store.moveLines([ids[1]], in: id, after: ids[1]) } == .invalidValue)
}

@Test func whatChangesNothingMakesNoRevision() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["Anna: One"]).id
  let line = try fixture.ids(id)[0]
  #expect(try fixture.store.setLine(line, in: id, text: "One", speaker: "Anna").revision == nil)
  #expect(try fixture.store.setLine(line, in: id).revision == nil)
  #expect(try fixture.store.replace("x", with: "y", in: [id]).isEmpty)
  #expect(try fixture.store.summary(of: id).revision == 1)
}

@Test(arguments: ["a\u{0}b", "\u{1B}[1m", "a\u{7F}"])
func controlCharactersAreRefused(text: String) throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["One"]).id
  #expect(code { _ = try fixture.store.addLine(to: id, text: text) } == .invalidValue)
  _ = try fixture.store.addLine(to: id, text: "a\r\nb\rc")
  #expect(try fixture.texts(id).last == "a\nb\nc")
}

@Test func anEditThatFailsLeavesNothing() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["One", "Two"]).id
  let before = try fixture.store.script(id)
  let missing = Line.ID(high: 1, low: 1)
  let edits: [LineEdit] = [.setText(before.lines[0].id, "X"), .delete(missing)]
  #expect(code { _ = try fixture.store.apply(edits, to: id, message: "x") } == .notFound)
  let taken: [LineEdit] = [.insert(before.lines[0], after: nil)]
  #expect(code { _ = try fixture.store.apply(taken, to: id, message: "x") } == .alreadyExists)
  #expect(try fixture.store.script(id) == before)
  try fixture.expectHealthy()
}

@Test(
  arguments: [
    (0, 25, 24, [0, 1042, 1042, 2083]), (-500, 1, 1, [-500, 500, 500, 1500]),
    (0, 1001, 1000, [0, 1001, 1001, 2002]), (0, 1, 3, [0, 333, 333, 667]),
  ] as [(Int64, Int64, Int64, [Int64])])
func retimingIsExact(shift: Int64, numerator: Int64, denominator: Int64, times: [Int64]) throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["One", "Two"]).id
  _ = try fixture.store.retime(
    id, shift: Milliseconds(shift), numerator: numerator, denominator: denominator)
  let lines = try fixture.store.script(id).lines
  #expect(lines.flatMap { [$0.start?.rawValue, $0.end?.rawValue] } == times)
}

@Test func timesThatOverflowAreRefused() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["One", "Two"]).id
  #expect(code { _ = try fixture.store.retime(id, shift: Milliseconds(.max)) } == .invalidValue)
  #expect(code { _ = try fixture.store.retime(id, numerator: .max) } == .invalidValue)
  #expect(code { _ = try fixture.store.retime(id, numerator: 0) } == .invalidValue)
  #expect(code { _ = try fixture.store.retime(id, denominator: 0) } == .invalidValue)
}

@Test(
  arguments: [
    ("e", "E", false, false, "<b>HEllo</b> thErE $1"),
    ("hello", "Bye", false, true, "<b>Bye</b> there $1"),
    ("o t", "0 T", false, false, "<b>Hell0 T</b>here $1"), ("b", "x", false, false, nil),
    ("(\\w+) (\\w+)", "$2 $1$$", true, false, "<b>there Hello$</b> $1"),
    ("$1", "dollar", false, false, "<b>Hello</b> there dollar"),
    ("^", "- ", true, false, "<b>- Hello</b> there $1"), (".", "", false, false, nil),
    ("<b>", "", false, false, nil),
  ] as [(String, String, Bool, Bool, String?)])
func aReplacementNeverTearsATag(
  pattern: String, replacement: String, isRegularExpression: Bool, ignoresCase: Bool,
  result: String?
) throws {
  let fixture = try StoreFixture()
  let text = "<b>Hello</b> there $1"
  let id = try fixture.script([text]).id
  _ = try fixture.store.replace(
    pattern, with: replacement, isRegularExpression: isRegularExpression, ignoresCase: ignoresCase,
    in: [id])
  #expect(try fixture.texts(id) == [result ?? text])
}

@Test(arguments: ["(", "[a", "*", ""])
func aBrokenPatternIsRefused(pattern: String) throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["One"]).id
  #expect(
    code { _ = try fixture.store.replace(pattern, with: "", isRegularExpression: true, in: [id]) }
      == .invalidValue)
}

@Test(
  arguments: [
    (["2"], ["Two"]), (["2-3", "1", "2"], ["One", "Two", "Three"]), (["@1.5"], ["Two"]),
    (["@0:99"], nil), (["@59"], ["Three"]), (["@x"], nil), (["0"], nil), (["4"], nil),
    (["3-2"], nil), (["1-9"], nil), (["zz"], nil), (["abc"], nil), ([""], nil), (["-"], nil),
    (["99999999999999999999"], nil),
  ] as [([String], [String]?)])
func linesAreNamedByNumberAndTime(references: [String], texts: [String]?) throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["One", "Two", "Three"]).id
  let found = try? fixture.store.lines(matching: references, in: id)
  let lines = try fixture.store.script(id).lines
  #expect(found?.map { wanted in lines.first { $0.id == wanted }?.text ?? "" } == texts)
}

@Test func anErrorNeverQuotesAScript() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["Anna: classified words"]).id
  let line = try fixture.ids(id)[0]
  let attempts: [() throws -> Void] = [
    { _ = try fixture.store.splitLine(line, in: id, before: "absent") },
    { _ = try fixture.store.splitLine(line, in: id, afterCharacters: 99) },
    { _ = try fixture.store.joinLines([line], in: id) },
    { _ = try fixture.store.addLine(to: id, text: "classified\u{0}") },
    { _ = try fixture.store.retime(id, shift: Milliseconds(.max)) },
    { _ = try fixture.store.lines(matching: ["nope"], in: id) },
    {
      try fixture.store.limitPages(to: 1)
      _ = try fixture.script((0..<9000).map { "classified \($0)" })
    },
  ]
  for attempt in attempts {
    let error = #expect(throws: StoreError.self) { () throws in try attempt() }
    #expect(error?.description.contains("classified") == false)
    #expect(error?.fix?.contains("classified") != true)
    #expect(error?.underlying?.description.contains("classified") != true)
  }
}

/// Composed and decomposed letters are equal as strings, and yet not the same words.
@Test func aChangeOfTheNormalFormIsAChange() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["Jos\u{E9}: caf\u{E9}"]).id
  let line = try fixture.ids(id)[0]
  let outcome = try fixture.store.setLine(line, in: id, text: "cafe\u{301}")
  #expect(outcome.changes.map(\.operation) == [.change])
  #expect(try Array(fixture.texts(id)[0].utf8) == Array("cafe\u{301}".utf8))
  let project = try fixture.store.script(id).projectID
  let renamed = try fixture.store.renameSpeaker("Jos\u{E9}", to: "Jose\u{301}", in: project)
  #expect(renamed.count == 1)
  let name = try #require(try fixture.store.script(id).speakers.first?.name)
  #expect(Array(name.utf8) == Array("Jose\u{301}".utf8))
  _ = try fixture.store.undo(id)
  _ = try fixture.store.undo(id)
  #expect(try Array(fixture.texts(id)[0].utf8) == Array("caf\u{E9}".utf8))
  try fixture.expectHealthy()
}
