import JSONText
import Offbook
import ScriptModel

/// `new`, `list`, `show`, `delete`.
enum ScriptCommands {
  static let all = [new, list, show, delete, SearchCommand.search]

  static let new = Command(
    name: "new", abstract: "Make a script without lines.",
    examples: [
      .init("offbook new \"Opening\"", "Make a script in the project 'Scripts'."),
      .init("offbook new \"Opening\" -p Talks", "Make it in a project."),
    ],
    arguments: [Argument("TITLE", "The title.")], options: [CommonOption.project],
    action: { invocation in
      let workspace = try invocation.workspace(create: true)
      let project = try invocation.project()
      let title = invocation.arguments.word("TITLE")
      let script = try workspace.createScript(titled: title, in: project?.id)
      return Report(
        data: { writer, _ in writer.object { $0.members(of: script) } },
        text: { $0.tell("Made script '\(VisibleText.row(script.title))' (\(script.id))") })
    })

  static let list = Command(
    name: "list", abstract: "List the scripts.",
    examples: [
      .init("offbook list", "List all scripts."),
      .init("offbook list -p Talks --json", "List those of a project for another program."),
    ],
    options: [CommonOption.project],
    action: { invocation in
      let workspace = try invocation.workspace()
      let project = try invocation.project()
      let scripts = try workspace.scripts(in: project?.id)
      let all =
        project == nil || invocation.console.settings.json ? scripts : try workspace.scripts()
      return Report(
        data: { writer, output in
          writer.object { writer in
            writer.member("scripts", scripts) { writer, script in
              writer.members(of: script)
              output.take(from: &writer)
            }
          }
        },
        text: { console in
          if scripts.isEmpty {
            return console.note("There are no scripts yet. 'offbook import FILE' brings one in.")
          }
          console.table(table(of: scripts, among: all))
          console.noteConflicts(scripts.reduce(0) { $0 + $1.conflictCount })
        })
    })

  static let show = Command(
    name: "show", abstract: "Show a script with its line numbers.",
    examples: [
      .init("offbook show interview", "Read a script."),
      .init("offbook show interview --lines 10-20", "Read a part."),
      .init("offbook show interview --at 3", "Read it as it stood at revision 3."),
      .init("offbook show interview --json", "Hand it to another program."),
    ],
    arguments: [CommonOption.script],
    options: [
      CommonOption.lines, .value("at", "REV", "As it stood at that revision: a number or an id."),
    ],
    action: { invocation in
      let summary = try invocation.script()
      let at = invocation.arguments.value("at")
      let revision = try at.map { try invocation.revision($0, of: summary.id) }
      let script = try invocation.workspace().script(summary.id, at: revision)
      let lines = try chosenLines(of: script, invocation)
      let conflicts = at == nil ? try invocation.linesInConflict(of: summary) : []
      return Report(
        data: { writer, output in
          writer.object { $0.members(of: lines, output) }
        },
        text: { console in
          let all = counted(script.lines.count, "line")
          let shown = lines.indices.count
          let count = shown == script.lines.count ? all : "\(shown) of \(all)"
          let title = console.outStyle.bold(VisibleText.row(script.title))
          console.line("\(title) (\(count), revision \(script.revision))")
          if !lines.indices.isEmpty { console.line("") }
          let text = ScriptText(
            lines: lines, width: console.width, style: console.outStyle, conflicts: conflicts)
          for (number, line) in lines {
            for row in text.rows(of: line, number: number) { console.line(row) }
          }
          if at == nil { console.noteConflicts(summary.conflictCount) }
        })
    })

  /// The lines that `--lines` names, by their numbers in the state that is shown; else all.
  private static func chosenLines(
    of script: Script, _ invocation: Invocation
  ) throws -> LineSelection {
    let all = LineSelection(script)
    guard let text = invocation.arguments.value("lines") else { return all }
    let count = script.lines.count
    if let range = LineRange(text) {
      guard range.lower <= count else {
        throw UsageError(
          "The value '\(text)' is invalid for '--lines A-B': the script has "
            + "\(counted(count, "line")).")
      }
      return LineSelection(script, indices: (range.lower - 1)..<min(range.upper, count))
    }
    let ids = Set(try invocation.lines([text], in: script.id))
    return LineSelection(
      script, indices: script.lines.indices.filter { ids.contains(script.lines[$0].id) })
  }

  static let delete = Command(
    name: "delete", abstract: "Take a script out of all lists; 'undo' brings it back.",
    examples: [.init("offbook delete interview", "Delete a script.")],
    arguments: [CommonOption.script], options: [CommonOption.dryRun],
    action: { invocation in
      let script = try invocation.script()
      let outcome = try invocation.workspace().deleteScript(
        script.id, dryRun: invocation.isDryRun)
      let isDryRun = invocation.isDryRun
      let title = VisibleText.row(script.title)
      return Report(
        data: { writer, output in writer.object { $0.members(of: outcome, output) } },
        text: { console in
          if isDryRun {
            console.difference(outcome.changes)
            return console.note("Dry run: '\(title)' was not deleted.")
          }
          console.tell("Deleted '\(title)'. 'offbook undo \(script.id)' brings it back.")
        })
    })

  /// - Parameter all: the scripts of the whole workspace, among which the short ids are unique.
  static func table(of scripts: [ScriptSummary], among all: [ScriptSummary]) -> TextTable {
    let ids = ShortIdentifiers(all.map(\.id.description))
    let haveConflicts = scripts.contains { $0.conflictCount > 0 }
    var table = TextTable(
      [
        .init("id"), .init("title", isFlexible: true), .init("kind"),
        .init("lines", isNumber: true), .init("revision", isNumber: true),
      ] + (haveConflicts ? [.init("conflicts", isNumber: true)] : []))
    for script in scripts {
      let cells = [
        ids.short(script.id.description), script.title, script.kind.rawValue,
        String(script.lineCount), String(script.revision),
      ]
      table.append(cells + (haveConflicts ? [String(script.conflictCount)] : []))
    }
    return table
  }
}

/// Lines of a script with their numbers in it.
struct LineSelection: Sequence {
  let script: Script
  /// Where the lines stand in the script's `lines`.
  let indices: [Int]

  /// All lines of a script.
  init(_ script: Script) { self.init(script, indices: script.lines.indices) }

  init(_ script: Script, indices: some Sequence<Int>) {
    self.script = script
    self.indices = Array(indices)
  }

  func makeIterator() -> some IteratorProtocol<(number: Int, line: Line)> {
    indices.lazy.map { (number: $0 + 1, line: script.lines[$0]) }.makeIterator()
  }
}

/// A range of line numbers as `--lines` takes it: `3`, `3-7`, `3-`.
struct LineRange: Equatable {
  var lower: Int
  var upper: Int

  init?(_ text: String) {
    let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, first.utf8.count < 10, let lower = Int(first), lower > 0 else {
      return nil
    }
    self.lower = lower
    switch parts.count {
    case 1: upper = lower
    case _ where parts[1].isEmpty: upper = .max
    default:
      guard let last = Int(parts[1]), last >= lower else { return nil }
      upper = last
    }
  }
}

/// The beginnings of identifiers that are enough to tell them apart in one list.
struct ShortIdentifiers {
  private let length: Int

  init(_ identifiers: [String]) {
    var longest = 0
    let sorted = identifiers.sorted()
    for (left, right) in zip(sorted, sorted.dropFirst()) {
      longest = max(longest, zip(left.utf8, right.utf8).prefix { $0 == $1 }.count)
    }
    length = max(8, longest + 1)
  }

  func short(_ identifier: String) -> String { String(identifier.prefix(length)) }
}
