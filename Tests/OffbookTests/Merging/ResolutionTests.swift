import Offbook
import ScriptModel
import Testing

/// Conflicts of every field, and what each way to settle them makes of the script.
struct ResolutionTests {
  private enum Scene: CaseIterable {
    case text, speaker, start, end, kind, order, deletedHere, deletedThere, speakerName, timing
  }

  /// Both sides change the same thing differently; gives the field's value in the script.
  private func play(_ scene: Scene, _ stage: MergingStage) throws {
    let start = try stage.script
    let copy = try stage.copy(of: start) { lines in
      switch scene {
      case .text: lines[3]["text"] = .text("It snows.")
      case .speaker: lines[0]["speaker"] = .text("Carl")
      case .start: lines[1]["start"] = .number(4200)
      case .end: lines[1]["end"] = .number(5800)
      case .kind: lines[3]["kind"] = .text("heading")
      case .order: lines.insert(lines.remove(at: 3), at: 0)
      case .deletedHere: lines[3]["text"] = .text("It snows.")
      case .deletedThere: lines.remove(at: 3)
      case .speakerName:
        for index in [1, 3] { lines[index]["speaker"] = .text("Benny") }
      case .timing: Self.shift(&lines, by: 2000)
      }
    }
    switch scene {
    case .text, .deletedThere: try stage.set(4) { $0.text = "It pours." }
    case .speaker: try stage.set(1) { $0.speaker = "Dora" }
    case .start: try stage.set(2) { $0.start = .some(Milliseconds(4400)) }
    case .end: try stage.set(2) { $0.end = .some(Milliseconds(5600)) }
    case .kind:
      _ = try stage.workspace.apply(
        [.setKind(start.lines[3].id, .direction)], to: stage.id, message: "Kind")
    case .order:
      _ = try stage.workspace.moveLines(
        [start.lines[3].id], in: stage.id, after: start.lines[0].id)
    case .deletedHere: _ = try stage.workspace.deleteLines([start.lines[3].id], in: stage.id)
    case .speakerName:
      _ = try stage.workspace.renameSpeaker("Ben", to: "Benjamin", in: start.projectID)
    case .timing:
      var retiming = Retiming()
      retiming.shift = Milliseconds(1000)
      _ = try stage.workspace.retime(stage.id, by: retiming)
    }
    try stage.merge(copy)
  }

  private static func shift(_ lines: inout [[String: MergingStage.Field]], by time: Int64) {
    for index in lines.indices {
      for field in ["start", "end"] {
        if case .number(let value)? = lines[index][field] {
          lines[index][field] = .number(value + time)
        }
      }
    }
  }

  /// What is to be seen in the script of the thing that the scene is about.
  private func shown(_ scene: Scene, _ script: Script) -> String {
    let names = Dictionary(script.speakers.map { ($0.id, $0.name) }) { first, _ in first }
    switch scene {
    case .text, .deletedHere, .deletedThere:
      return script.lines.dropFirst(3).map(\.text).joined(separator: "|")
    case .speaker: return script.lines[0].speaker.flatMap { names[$0] } ?? ""
    case .start: return "\(script.lines[1].start?.rawValue ?? -1)"
    case .end: return "\(script.lines[1].end?.rawValue ?? -1)"
    case .kind: return script.lines[3].kind.rawValue
    case .order: return "\(script.lines.firstIndex { $0.text == "It rains." } ?? -1)"
    case .speakerName: return script.speakers.map(\.name).joined(separator: ",")
    case .timing:
      return script.lines.map { "\($0.start?.rawValue ?? -1)" }.joined(separator: ",")
    }
  }

  private struct Expected {
    var scene: Scene
    var ours: String
    var theirs: String
    var base: String
    var own: (input: String, result: String)
  }

  private static let table: [Expected] = [
    Expected(
      scene: .text, ours: "It pours.", theirs: "It snows.", base: "It rains.",
      own: ("It hails.", "It hails.")),
    Expected(
      scene: .speaker, ours: "Dora", theirs: "Carl", base: "Anna", own: ("Emil", "Emil")),
    Expected(
      scene: .start, ours: "4400", theirs: "4200", base: "4000", own: ("0:04.3", "4300")),
    Expected(scene: .end, ours: "5600", theirs: "5800", base: "6000", own: ("5.7s", "5700")),
    Expected(
      scene: .kind, ours: "direction", theirs: "heading", base: "dialogue",
      own: ("dialogue", "dialogue")),
    Expected(scene: .order, ours: "1", theirs: "0", base: "3", own: ("3", "2")),
    Expected(
      scene: .deletedHere, ours: "", theirs: "It snows.", base: "It rains.",
      own: ("It hails.", "It hails.")),
    Expected(
      scene: .deletedThere, ours: "It pours.", theirs: "", base: "It rains.",
      own: ("It hails.", "It hails.")),
    Expected(
      scene: .speakerName, ours: "Anna,Benjamin", theirs: "Anna,Benny", base: "Anna,Ben",
      own: ("Bert", "Anna,Bert")),
    Expected(
      scene: .timing, ours: "2250,5000,7500,10500", theirs: "3250,6000,8500,11500",
      base: "1250,4000,6500,9500",
      own: ("00:00:04.250 --> 00:00:15.000", "4250,7000,9500,12500")),
  ]

  @Test(arguments: table.indices)
  func everyFieldIsSettledEveryWay(index: Int) throws {
    let expected = Self.table[index]
    let stage = try MergingStage()
    try play(expected.scene, stage)
    let open = try stage.workspace.conflicts(of: stage.id)
    let conflict = try #require(open.first, "\(expected.scene)")
    #expect(open.count == 1, "\(expected.scene): \(open)")
    let cases: [(ConflictResolution, String)] = [
      (.ours, expected.ours), (.theirs, expected.theirs), (.base, expected.base),
      (.text(expected.own.input), expected.own.result),
    ]
    for (resolution, result) in cases {
      let before = try stage.script
      let outcome = try stage.workspace.resolve(conflict.conflict.id, with: resolution)
      #expect(outcome.revision?.kind == .resolve)
      #expect(shown(expected.scene, try stage.script) == result, "\(expected.scene) \(resolution)")
      #expect(try stage.workspace.conflicts() == [])
      let error = #expect(throws: WorkspaceError.self) {
        try stage.workspace.resolve(conflict.conflict.id, with: .ours)
      }
      #expect(error?.code == .conflict)
      _ = try stage.workspace.undo(stage.id)
      #expect(try stage.script.lines == before.lines)
      #expect(try stage.workspace.conflicts().map(\.conflict.id) == [conflict.conflict.id])
    }
  }

  @Test(arguments: [
    (ConflictResolution.ours, ["It rains.", "Here."]),
    (.theirs, ["It rains.", "A new thing there."]),
    (.base, ["It rains."]), (.both, ["It rains.", "A new thing there.", "Here."]),
  ])
  func linesThatBothAddedAreSettledEveryWay(
    resolution: ConflictResolution, result: [String]
  ) throws {
    let stage = try MergingStage()
    let copy = try stage.copy { lines in
      lines.append(
        lines[3].merging(
          ["text": .text("A new thing there."), "id": .none, "start": .none, "end": .none]
        ) { $1 })
    }
    var fields = LineFields()
    fields.text = "Here."
    _ = try stage.workspace.addLine(to: stage.id, fields: fields)
    try stage.merge(copy)
    let conflict = try #require(try stage.workspace.conflicts().first)
    #expect(conflict.conflict.field == .existence)
    _ = try stage.workspace.resolve(conflict.conflict.id, with: resolution)
    #expect(Set(try stage.texts.dropFirst(3)) == Set(result))
    #expect(try stage.workspace.conflicts() == [])
  }

  @Test(arguments: [
    (ConflictResolution.ours, [2, 0, 1, 3]), (.theirs, [2, 3, 1, 0]), (.base, [0, 1, 2, 3]),
    (.text("0"), [0, 1, 2, 3]), (.text("4"), [2, 3, 0, 1]),
  ])
  func linesMovedTogetherAreSettledTogether(
    resolution: ConflictResolution, result: [Int]
  ) throws {
    let stage = try MergingStage()
    let start = try stage.script.lines
    let copy = try stage.copy { lines in
      let (first, second) = (lines[0], lines[1])
      lines.removeFirst(2)
      lines += [second, first]
    }
    _ = try stage.workspace.moveLines([start[0].id, start[1].id], in: stage.id, after: start[2].id)
    try stage.merge(copy)
    let conflict = try #require(try stage.workspace.conflicts().first)
    #expect(conflict.conflict.field == .order)
    _ = try stage.workspace.resolve(conflict.conflict.id, with: resolution)
    let order = try stage.script.lines.map { line in start.firstIndex { $0.id == line.id } }
    #expect(order == result)
    #expect(try stage.workspace.conflicts() == [])
  }

  @Test func theTimesOfTheOtherSideAreTakenLineByLine() throws {
    let stage = try MergingStage()
    let copy = try stage.copy { lines in
      Self.shift(&lines, by: 2000)
      lines[2]["end"] = .number(11_123)
    }
    var retiming = Retiming()
    retiming.shift = Milliseconds(1000)
    _ = try stage.workspace.retime(stage.id, by: retiming)
    try stage.merge(copy)
    let open = try stage.workspace.conflicts()
    #expect(open.map(\.conflict.field) == [.timing])
    let conflict = try #require(open.first)
    #expect(conflict.theirs == "00:00:03.250 --> 00:00:14.000")
    _ = try stage.workspace.resolve(conflict.conflict.id, with: .theirs)
    #expect(shown(.timing, try stage.script) == "3250,6000,8500,11500")
    #expect(try stage.line(3).end == Milliseconds(11_123))
  }

  @Test func allAreSettledAtOnceAsOneRevision() throws {
    let stage = try MergingStage()
    let copy = try stage.copy {
      $0[1]["text"] = .text("It is an honour.")
      $0[3]["text"] = .text("It snows.")
    }
    try stage.set(2) { $0.text = "It is a pleasure." }
    try stage.set(4) { $0.text = "It pours." }
    let merged = try #require(try stage.merge(copy).outcome.revision)
    let outcomes = try stage.workspace.resolveAll(of: stage.id, with: .theirs)
    #expect(outcomes.map { $0.revision?.sequence } == [merged.sequence + 1])
    #expect(try stage.texts[1] == "It is an honour.")
    #expect(try stage.texts[3] == "It snows.")
    _ = try stage.workspace.undo(stage.id)
    #expect(try stage.workspace.conflicts().count == 2)
  }
}
