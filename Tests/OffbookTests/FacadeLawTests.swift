import Offbook
import ScriptModel
import TestSupport
import Testing

/// What holds for every workspace, seen from a program that imports the library.
@Suite struct TheFacade {
  let folder = TemporaryFolder()

  private static let captions = """
    1
    00:00:01,000 --> 00:00:02,500
    Anna: The foghorn is loud tonight.

    2
    00:00:03,000 --> 00:00:04,000
    Bert: It always <i>is</i>.

    3
    00:00:05,000 --> 00:00:06,000
    Anna: Then we keep it lit.

    4
    00:00:07,000 --> 00:00:08,000
    Bert: As ever.

    """

  private func open(_ name: String = "workspace") throws -> Workspace {
    try Workspace.open(at: folder.path + "/" + name)
  }

  private func imported(
    _ workspace: Workspace, _ text: String = captions, named name: String = "talk.srt"
  ) throws -> Script {
    let report = try workspace.importBytes(
      Array(text.utf8), named: name, options: ImportOptions())
    return try workspace.script(report.script.id)
  }

  /// Each line in one string, without ids, which another workspace gives anew.
  private func told(_ script: Script, times: Bool = true) -> [String] {
    let names = Dictionary(uniqueKeysWithValues: script.speakers.map { ($0.id, $0.name) })
    return script.lines.map { line in
      let time = times ? "\(String(describing: line.start)) \(String(describing: line.end))" : ""
      return "\(line.kind) \(line.speaker.flatMap { names[$0] } ?? "-") \(time) \(line.text)"
    }
  }

  @Test(arguments: [FormatName.srt, .webVTT, .markdown, .text, .docx, .json])
  func whatIsExportedIsImportedEqual(format: FormatName) throws {
    let workspace = try open()
    let script = try imported(workspace)
    let file = try workspace.export(script.id, options: ExportOptions(format: format))
    let report = try open("other").importBytes(
      file.bytes, named: "back", options: ImportOptions())
    let back = try open("other").script(report.script.id)
    let hasTimes = [.srt, .webVTT, .json].contains(format)
    #expect(report.format == format)
    #expect(told(back, times: hasTimes) == told(script, times: hasTimes))
    #expect(file.lost.isEmpty == hasTimes)
  }

  @Test func aDryRunChangesNothing() throws {
    let workspace = try open()
    let script = try imported(workspace)
    let project = script.projectID
    let first = script.lines[0].id
    let second = script.lines[1].id
    var fields = LineFields()
    fields.text = "Something else."
    var later = Retiming()
    later.shift = Milliseconds(500)
    var options = ImportOptions()
    options.dryRun = true
    let editable = try workspace.editableText(of: script.id)
    let edited = editable.text.replacing("loud", with: "silent")

    let outcomes = [
      try workspace.addLine(to: script.id, fields: fields, dryRun: true),
      try workspace.setLine(first, in: script.id, fields: fields, dryRun: true),
      try workspace.deleteLines([first], in: script.id, dryRun: true),
      try workspace.splitLine(first, in: script.id, at: .offset(5), dryRun: true),
      try workspace.joinLines([first, second], in: script.id, dryRun: true),
      try workspace.moveLines([first], in: script.id, after: second, dryRun: true),
      try workspace.retime(script.id, by: later, dryRun: true),
      try workspace.assignSpeaker("Carla", to: [first], in: script.id, dryRun: true),
      try workspace.applyEditedText(edited, original: editable, dryRun: true),
    ]
    let pattern = ReplacementPattern("foghorn", replacement: "siren")
    let many = [
      try workspace.replace(pattern, in: [script.id], dryRun: true),
      try workspace.renameSpeaker("Anna", to: "Anne", in: project, dryRun: true),
      try workspace.mergeSpeakers("Bert", into: "Anna", in: project, dryRun: true),
    ]
    _ = try workspace.importBytes(
      Array(Self.captions.utf8), named: "two.srt", options: options)

    #expect(outcomes.allSatisfy { $0.revision == nil && !$0.changes.isEmpty })
    #expect(many.joined().allSatisfy { $0.revision == nil && !$0.changes.isEmpty })
    #expect(many.allSatisfy { !$0.isEmpty })
    #expect(try workspace.script(script.id) == script)
    #expect(try workspace.log(of: script.id).count == 1)
    #expect(try workspace.scripts(in: nil).count == 1)
    #expect(try workspace.cast(of: project).map(\.speaker.name).sorted() == ["Anna", "Bert"])
  }

  @Test func errorsHoldNoTextOfAScript() throws {
    let secret = "Xylophonsonate"
    let workspace = try open()
    let script = try imported(
      workspace, "1\n00:00:01,000 --> 00:00:02,000\n\(secret) \(secret)\n")
    let line = script.lines[0].id
    var bad = LineFields()
    bad.text = secret + "\u{1}"
    var far = Retiming()
    far.shift = Milliseconds(Int64.max)
    let attempts: [() throws -> Void] = [
      { _ = try workspace.setLine(line, in: script.id, fields: bad) },
      { _ = try workspace.splitLine(line, in: script.id, at: .text("phon")) },
      { _ = try workspace.splitLine(line, in: script.id, at: .offset(4_000)) },
      { _ = try workspace.joinLines([line], in: script.id) },
      { _ = try workspace.retime(script.id, by: far) },
      { _ = try workspace.restore(script.id, to: 9) },
      { _ = try workspace.undo(script.id) },
      { _ = try workspace.redo(script.id) },
      {
        _ = try workspace.importBytes(
          Array(secret.utf8) + [0, 0, 1, 2, 0], named: "a.bin", options: ImportOptions())
      },
      {
        var options = ImportOptions()
        options.format = .json
        _ = try workspace.importBytes(Array(secret.utf8), named: "a.json", options: options)
      },
    ]
    for (index, attempt) in attempts.enumerated() {
      let error = #expect(throws: WorkspaceError.self, "attempt \(index)") { try attempt() }
      let words = "\(error?.description ?? "") \(error?.fix ?? "")"
      #expect(!words.contains(secret), "attempt \(index)")
      #expect(error?.description.isEmpty == false)
    }
    #expect(try workspace.script(script.id) == script)
  }

  @Test func twoWorkspacesOnOneFolderSeeEachOther() throws {
    let one = try open()
    let two = try open()
    let script = try imported(one)
    var fields = LineFields()
    for number in 0..<20 {
      fields.text = "Line \(number)."
      _ = try (number % 2 == 0 ? one : two).addLine(to: script.id, fields: fields)
    }
    #expect(try one.script(script.id) == two.script(script.id))
    #expect(try two.script(script.id).lines.count == 24)
    for _ in 0..<10 {
      _ = try one.undo(script.id)
      _ = try two.undo(script.id)
    }
    #expect(try one.script(script.id).lines == script.lines)
  }

  @Test func threadsShareAWorkspace() async throws {
    let workspace = try open()
    let script = try imported(workspace)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<16 {
        group.addTask {
          var fields = LineFields()
          fields.text = "Thread \(number)."
          _ = try workspace.addLine(to: script.id, fields: fields)
          _ = try workspace.script(script.id)
        }
      }
      try await group.waitForAll()
    }
    let texts = Set(try workspace.script(script.id).lines.map(\.text))
    #expect((0..<16).allSatisfy { texts.contains("Thread \($0).") })
  }

  @Test(arguments: [
    (["OFFBOOK_WORKSPACE": "/a", "XDG_DATA_HOME": "/b", "HOME": "/c"], "/a"),
    (["OFFBOOK_WORKSPACE": "", "XDG_DATA_HOME": "/b", "HOME": "/c"], "/b/offbook"),
    (["XDG_DATA_HOME": "relative", "HOME": "/c"], "/c/.local/share/offbook"),
    (["XDG_DATA_HOME": "", "HOME": "/c"], "/c/.local/share/offbook"),
  ])
  func theDefaultFolderFollowsTheEnvironment(environment: [String: String], folder: String) {
    #expect(Workspace.defaultFolder(environment: environment) == folder)
  }

  @Test func whatIsNoWorkspaceIsLeftAsItIs() throws {
    let path = folder.path + "/workspace.sqlite"
    TestFile.write(Array("a diary".utf8), to: path)
    let error = #expect(throws: WorkspaceError.self) { try Workspace.open(at: folder.path) }
    #expect(error?.code == .notAWorkspace)
    #expect(TestFile.read(path) == Array("a diary".utf8))
    let missing = #expect(throws: WorkspaceError.self) {
      try Workspace.open(at: folder.path + "/none", create: false)
    }
    #expect(missing?.code == .notAWorkspace)
  }
}
