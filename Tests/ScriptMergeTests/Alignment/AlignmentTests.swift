import ScriptMerge
import ScriptModel
import Testing

struct AlignmentTests {
  private func identified(_ change: (inout Script) -> Void) -> Script {
    Alignment.identify(fiveLines.with(change).withoutIDs, against: fiveLines)
  }

  @Test func anEditedLineKeepsItsID() {
    let script = identified { $0.lines[0].text = "one two three four five SIX" }
    #expect(script.numbers == [1, 2, 3, 4, 5])
  }

  @Test func ofTwoWordsOneIsEnoughInItsPlace() {
    let base = talk([(1, "alpha beta")])
    let document = talk([(1, "beta")]).with { $0.lines[0].start = Milliseconds(900) }
    #expect(Alignment.identify(document.withoutIDs, against: base).numbers == [1])
  }

  @Test func aMovedLineKeepsItsID() {
    let script = identified { $0.lines.insert($0.lines.remove(at: 0), at: 4) }
    #expect(script.numbers == [2, 3, 4, 5, 1])
  }

  @Test func anotherTextIsANewLineAndTheOldOneIsGone() {
    let script = identified { $0.lines[1] = Line(id: lineID(9), text: "nothing alike at all") }
    #expect(script.lines[1].id != lineID(2))
    #expect(!script.lines.contains { $0.id == lineID(2) })
  }

  @Test func aSplitAndAJoinAreSeen() {
    let split = identified {
      $0.lines[0].text = "one two three"
      $0.lines.insert(Line(id: lineID(9), text: "four five six"), at: 1)
    }
    #expect(split.lines.first?.id == lineID(1))
    #expect(split.numbers.dropFirst(2) == [2, 3, 4, 5])
    let joined = identified {
      $0.lines[0].text += " " + $0.lines[1].text
      $0.lines.remove(at: 1)
    }
    #expect(joined.numbers == [1, 3, 4, 5])
  }

  @Test func anIDThatADocumentHasTwiceIsGivenOnce() {
    var document = ScriptDocument(fiveLines)
    document.lineIDs[3] = lineID(1)
    let script = Alignment.identify(document, against: fiveLines)
    #expect(Set(script.lines.map(\.id)).count == 5)
    #expect(script.lines[0].id == lineID(1))
  }

  @Test func newLinesGetTheSameIDsOnEveryReplica() {
    let insert: (inout Script) -> Void = {
      $0.lines.insert(Line(id: lineID(50), text: "a new line of talk"), at: 2)
    }
    let other: (inout Script) -> Void = {
      $0.lines.insert(Line(id: lineID(60), text: "a new line of talk"), at: 2)
    }
    #expect(identified(insert) == identified(other))
  }
}
