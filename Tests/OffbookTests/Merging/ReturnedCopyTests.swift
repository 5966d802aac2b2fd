import Offbook
import ScriptModel
import TestSupport
import Testing

struct ReturnedCopyTests {
  private func replaced(_ bytes: [UInt8], _ old: String, _ new: String) -> [UInt8] {
    let parts = String(decoding: bytes, as: UTF8.self).split(
      separator: old, omittingEmptySubsequences: false)
    #expect(parts.count == 2)
    return Array(parts.joined(separator: new).utf8)
  }

  private static let forms: [(FormatName, times: Bool?, speakers: ExportOptions.Speakers)] = [
    (.srt, nil, .every), (.srt, nil, .none), (.srt, nil, .change), (.webVTT, nil, .every),
    (.webVTT, nil, .none), (.markdown, nil, .every), (.markdown, true, .every),
    (.text, nil, .every), (.text, true, .every), (.text, nil, .none), (.json, nil, .every),
  ]

  @Test(arguments: forms.indices)
  func whatTheFormatCanNotHoldSurvives(form: Int) throws {
    let stage = try MergingStage()
    let (format, times, speakers) = Self.forms[form]
    let before = try stage.script
    var options = ExportOptions(format: format)
    options.times = times
    options.speakers = speakers
    let file = try stage.workspace.export(stage.id, options: options)
    try stage.set(4) { $0.text = "It rains a lot." }
    _ = try stage.workspace.renameSpeaker("Ben", to: "Benjamin", in: before.projectID)
    var retiming = Retiming()
    retiming.shift = Milliseconds(1000)
    _ = try stage.workspace.retime(stage.id, by: retiming)
    let copy = replaced(file.bytes, "Oslo", "Bergen")
    let report = try stage.merge(copy, named: "copy." + format.rawValue)
    #expect(report.base.revision == 1)
    #expect(report.appliedCount == 1)
    #expect(report.conflicts == [])
    let after = try stage.script
    #expect(after.lines.map(\.id) == before.lines.map(\.id))
    #expect(after.lines.map(\.speaker) == before.lines.map(\.speaker))
    #expect(after.speakers.map(\.name) == ["Anna", "Benjamin"])
    #expect(
      after.lines.map(\.start) == before.lines.map { $0.start.map { $0 + Milliseconds(1000) } })
    #expect(after.lines.map(\.end) == before.lines.map { $0.end.map { $0 + Milliseconds(1000) } })
    #expect(after.lines[2].text == "Let's talk about the weather in Bergen.")
    #expect(after.lines[3].text == "It rains a lot.")
  }

  @Test func theSameCopyChangesNothingTheSecondTimeWhateverBothSidesMoved() throws {
    let stage = try MergingStage()
    let start = try stage.script.lines
    let copy = try stage.copy { lines in
      for index in lines.indices {
        for field in ["start", "end"] {
          if case .number(let value)? = lines[index][field] {
            lines[index][field] = .number(value + 2000)
          }
        }
      }
      lines.append(lines.remove(at: 0))
      lines[0]["speaker"] = .text("Carl")
    }
    var retiming = Retiming()
    retiming.shift = Milliseconds(1000)
    _ = try stage.workspace.retime(stage.id, by: retiming)
    _ = try stage.workspace.moveLines([start[2].id], in: stage.id, after: nil)
    #expect(try stage.merge(copy).outcome.revision != nil)
    let merged = try stage.script
    #expect(try stage.merge(copy).outcome.revision == nil)
    #expect(try stage.script == merged)
    // What is edited here afterwards is an answer to the copy, and stays.
    try stage.set(2) { $0.text = "It is a pleasure." }
    let edited = try stage.script
    #expect(try stage.merge(copy).outcome.revision == nil)
    #expect(try stage.script == edited)
  }

  @Test func aCopyWhoseMergeWasTakenBackIsMergedAnew() throws {
    let stage = try MergingStage()
    let copy = try stage.copy { $0[3]["text"] = .text("It snows.") }
    try stage.merge(copy)
    _ = try stage.workspace.undo(stage.id)
    #expect(try stage.merge(copy).appliedCount == 1)
    #expect(try stage.texts[3] == "It snows.")
  }

  @Test(arguments: [FormatName.srt, .webVTT, .markdown, .text, .docx, .json])
  func anUntouchedCopyChangesNothing(format: FormatName) throws {
    let stage = try MergingStage()
    let file = try stage.workspace.export(stage.id, options: ExportOptions(format: format))
    try stage.set(2) { $0.text = "It is a pleasure." }
    let before = try stage.script
    let report = try stage.merge(file.bytes, named: "copy." + format.rawValue)
    #expect(report.outcome.revision == nil)
    #expect(report.outcome.changes == [])
    #expect(report.base.origin == (format == .srt || format == .text ? .exported : .named))
    #expect(try stage.script == before)
  }

  @Test func theBaseIsTheRevisionThatIsMostLikeTheCopy() throws {
    let stage = try MergingStage()
    try stage.set(1) { $0.text = "Good evening, everyone." }
    let export = try stage.workspace.export(stage.id, options: ExportOptions(format: .text))
    try stage.set(3) { $0.text = "And now the news." }
    let copy = replaced(export.bytes, "It rains.", "It pours.")
    let report = try stage.merge(copy, named: "copy.txt")
    #expect(report.base == MergeBase(revision: 2, origin: .similar))
    #expect(
      try stage.texts == [
        "Good evening, everyone.", "Thank you, Anna. It is a plesure to be here.",
        "And now the news.", "It pours.",
      ])
  }

  @Test func rowsThatAnExportBrokeAreNoEdits() throws {
    let stage = try MergingStage()
    var options = ExportOptions(format: .srt)
    options.maximumRowLength = 20
    let export = try stage.workspace.export(stage.id, options: options)
    let before = try stage.script
    let report = try stage.merge(replaced(export.bytes, "rains", "pours"), named: "c.srt")
    #expect(report.appliedCount == 1)
    #expect(try stage.texts == before.lines.map { $0.text == "It rains." ? "It pours." : $0.text })
  }

  @Test func anotherScriptsCopyIsRefusedUnlessItsBaseIsGiven() throws {
    let stage = try MergingStage()
    var options = ImportOptions()
    options.title = "Other"
    let other = try stage.workspace.importBytes(
      Array(MergingStage.captions.utf8), named: "other.srt", options: options)
    let file = try stage.workspace.export(
      other.script.id, options: ExportOptions(format: .markdown))
    let error = #expect(throws: WorkspaceError.self) { try stage.merge(file.bytes, named: "c.md") }
    #expect(error?.code == .invalidValue)
    #expect(error?.description == "'c.md' is a copy of another script: 'Other'")
    #expect(try stage.merge(file.bytes, named: "c.md", base: 1).base.origin == .given)
  }

  @Test func aRevisionThatIsNotThereIsRefused() throws {
    let stage = try MergingStage()
    let error = #expect(throws: WorkspaceError.self) {
      try stage.merge(Array(MergingStage.captions.utf8), named: "c.srt", base: 9)
    }
    #expect(error?.code == .invalidValue)
  }

  @Test func aDryRunTellsAllAndChangesNothing() throws {
    let stage = try MergingStage()
    let copy = try stage.copy { $0[1]["text"] = .text("It is an honour.") }
    try stage.set(2) { $0.text = "It is a pleasure." }
    let before = try stage.script
    let report = try stage.workspace.merge(copy, named: "c.json", into: stage.id, dryRun: true)
    #expect(report.conflicts.map(\.theirs) == ["It is an honour."])
    #expect(report.outcome.revision == nil)
    #expect(try stage.script == before)
    #expect(try stage.workspace.conflicts() == [])
  }

  @Test func aMergeIsOneRevisionThatCanBeUndoneAndDoneAgain() throws {
    let stage = try MergingStage()
    let copy = try stage.copy {
      $0[1]["text"] = .text("It is an honour.")
      $0.insert($0[3].merging(["text": .text("And it snows."), "id": .none]) { $1 }, at: 4)
      $0.remove(at: 0)
    }
    try stage.set(2) { $0.text = "It is a pleasure." }
    let before = try stage.texts
    try stage.merge(copy)
    let merged = try stage.script
    #expect(merged.lines.map(\.text).contains("And it snows."))
    #expect(try stage.workspace.conflicts().count == 1)
    _ = try stage.workspace.undo(stage.id)
    #expect(try stage.texts == before)
    #expect(try stage.workspace.conflicts() == [])
    try stage.merge(copy)
    #expect(try stage.script.lines == merged.lines)
    #expect(try stage.workspace.conflicts().count == 1)
  }

  @Test func theSameCopyAgainChangesNothing() throws {
    let stage = try MergingStage()
    let copy = try stage.copy {
      $0[0]["speaker"] = .text("Carl")
      $0[1]["text"] = .text("It is an honour.")
      $0.append($0[3].merging(["text": .text("And it snows."), "id": .none]) { $1 })
    }
    try stage.set(1) { $0.speaker = "Dora" }
    try stage.set(2) { $0.text = "It is a pleasure." }
    let first = try stage.merge(copy)
    let second = try stage.merge(copy)
    #expect(second.outcome.revision == nil)
    #expect(second.conflicts == (try stage.workspace.conflicts()))
    #expect(second.conflicts.map(\.theirs) == ["Carl", "It is an honour."])
    #expect(first.conflicts.map(\.theirs) == ["Carl", "It is an honour."])
  }

  @Test func aLaterMergeUpdatesAnOpenConflict() throws {
    let stage = try MergingStage()
    let start = try stage.script
    let first = try stage.copy(of: start) { $0[3]["text"] = .text("It snows.") }
    let second = try stage.copy(of: start) { $0[3]["text"] = .text("It hails.") }
    try stage.set(4) { $0.text = "It pours." }
    try stage.merge(first)
    let report = try stage.merge(second)
    #expect(report.conflicts.map(\.theirs) == ["It hails."])
    #expect(report.conflicts.map(\.base) == ["It rains."])
    #expect(try stage.workspace.conflicts().count == 1)
    #expect(try stage.texts[3] == "It pours.")
  }

  @Test func openConflictsAreInNoExport() throws {
    let stage = try MergingStage()
    let copy = try stage.copy { $0[3]["text"] = .text("It snows.") }
    try stage.set(4) { $0.text = "It pours." }
    try stage.merge(copy)
    for format in [FormatName.srt, .webVTT, .markdown, .text, .json] {
      let file = try stage.workspace.export(stage.id, options: ExportOptions(format: format))
      let text = String(decoding: file.bytes, as: UTF8.self)
      #expect(text.contains("It pours."))
      #expect(!text.contains("snows"))
    }
  }
}
