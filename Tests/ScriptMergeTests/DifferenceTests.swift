import ScriptModel
import TestSupport
import Testing

@testable import ScriptMerge

private func line(_ number: UInt64, _ text: String = "") -> Line {
  Line(id: Line.ID(high: 0, low: number), text: text)
}

/// The meaning of edits, as plainly as it can be said.
private func applied(_ edits: [LineEdit], to lines: [Line]) -> [Line]? {
  var lines = lines
  func place(after id: Line.ID?) -> Int? {
    guard let id else { return 0 }
    return lines.firstIndex { $0.id == id }.map { $0 + 1 }
  }
  for edit in edits {
    switch edit {
    case .insert(let line, let after):
      guard let place = place(after: after) else { return nil }
      lines.insert(line, at: place)
    case .move(let id, let after):
      guard let old = lines.firstIndex(where: { $0.id == id }) else { return nil }
      let line = lines.remove(at: old)
      guard let place = place(after: after) else { return nil }
      lines.insert(line, at: place)
    case .delete(let id), .join(let id, _): lines.removeAll { $0.id == id }
    case .setText(let id, let text):
      guard let index = lines.firstIndex(where: { $0.id == id }) else { return nil }
      lines[index].text = text
    case .setSpeaker(let id, let speaker):
      guard let index = lines.firstIndex(where: { $0.id == id }) else { return nil }
      lines[index].speaker = speaker
    case .setStart(let id, let start):
      guard let index = lines.firstIndex(where: { $0.id == id }) else { return nil }
      lines[index].start = start
    case .setEnd(let id, let end):
      guard let index = lines.firstIndex(where: { $0.id == id }) else { return nil }
      lines[index].end = end
    case .setKind(let id, let kind):
      guard let index = lines.firstIndex(where: { $0.id == id }) else { return nil }
      lines[index].kind = kind
    }
  }
  return lines
}

private func randomLines(_ random: inout SeededGenerator) -> [Line] {
  (0..<12).shuffled(using: &random).prefix(Int.random(in: 0...12, using: &random)).map { number in
    var line = line(UInt64(number), ["", "a", "b"].randomElement(using: &random) ?? "")
    line.kind = Bool.random(using: &random) ? .dialogue : .heading
    line.start = Bool.random(using: &random) ? nil : Milliseconds(1)
    line.end = Bool.random(using: &random) ? nil : Milliseconds(2)
    line.speaker = Bool.random(using: &random) ? nil : Speaker.ID(high: 0, low: 1)
    return line
  }
}

@Test(arguments: 1...4 as ClosedRange<UInt64>)
func editsMakeOneListTheOther(seed: UInt64) {
  print("editsMakeOneListTheOther: seed \(seed)")
  var random = SeededGenerator(seed: seed)
  for _ in 0..<500 {
    let old = randomLines(&random)
    let new = randomLines(&random)
    let edits = ScriptDifference.edits(from: old, to: new)
    #expect(applied(edits, to: old) == new, "seed \(seed)")
    #expect(ScriptDifference.edits(from: new, to: new).isEmpty)
  }
}

@Test func theFewestLinesAreMoved() {
  let old = (0..<100).map { line($0) }
  let new = [old[99]] + old[0..<50] + old[51..<99] + [old[50]]
  let moves = ScriptDifference.edits(from: old, to: Array(new))
  #expect(moves == [.move(old[99].id, after: nil), .move(old[50].id, after: old[98].id)])
}

@Test func aHundredThousandLinesAreComparedInOneGo() {
  let old = (0..<100_000).map { line($0, "x") }
  var new = Array(old.dropFirst(10))
  new[500].text = "y"
  new.insert(line(200_000), at: 50_000)
  #expect(ScriptDifference.edits(from: old, to: new).count == 12)
}

private func script(_ lines: [(UInt64, String)]) -> Script {
  Script(
    id: Script.ID(high: 0, low: 1), projectID: Project.ID(high: 0, low: 1), title: "Talk",
    lines: lines.map { line($0.0, $0.1) })
}

@Test(
  arguments: [
    ([(1, "a b")], [(1, "a"), (2, "b")], ["change 1", "split 2"]),
    ([(1, "a"), (2, "b")], [(1, "a b")], ["change 1", "join 2"]),
    ([(1, "abc")], [(1, "a"), (2, "b"), (3, "c")], ["change 1", "split 2", "split 3"]),
    ([(1, "a b")], [(1, "a"), (2, "c")], ["change 1", "insert 2"]),
    ([(1, "a"), (2, "b")], [(2, "b"), (1, "a")], ["move 2"]),
    ([(1, "a"), (2, "b")], [(2, "b")], ["delete 1"]),
    ([(1, "é")], [(1, "e\u{301}")], ["change 1"]),
  ] as [([(UInt64, String)], [(UInt64, String)], [String])])
func changesAreWhatAPersonWouldCallThem(
  old: [(UInt64, String)], new: [(UInt64, String)], expected: [String]
) {
  let changes = ScriptDifference.changes(from: script(old), to: script(new))
  #expect(changes.map { "\($0.operation) \($0.lineID.low)" } == expected)
}
