import JSONText
import Offbook
import ScriptModel

/// `merge`.
enum MergeCommand {
  static let merge = Command(
    name: "merge", abstract: "Merge a copy that was edited elsewhere.",
    discussion:
      "The copy is compared with the revision that it was made from: the one of --base, else the one "
      + "that the file names, else the one whose export it is, else the one that it is most like. What "
      + "happened here since is kept. Where both sides changed the same words the script keeps what "
      + "is here, and 'conflicts' shows the other side's: exit code 5. Times and speakers that the "
      + "format can't hold are not deleted. Merging the same copy again changes nothing.",
    examples: [
      .init("offbook merge interview interview-anna.docx", "Take Anna's edits in."),
      .init("offbook merge interview anna.srt --dry-run", "See first what it would change."),
      .init("offbook merge interview anna.txt --base 3", "Say what it was made from."),
    ],
    arguments: [CommonOption.script, Argument("FILE", "The edited copy, or - for stdin.")],
    options: [
      .value("base", "REV", "The revision that the copy was made from: a number or an id."),
      .value("format", "F", "The copy's format; else its content tells.", choices: formats),
      .value("encoding", "E", "The copy's encoding; else its content tells."),
      CommonOption.dryRun,
    ],
    action: { try run($0) })

  private static let formats = TransferCommands.readable

  private static func run(_ invocation: Invocation) throws -> Report {
    let script = try invocation.script()
    let path = invocation.arguments.word("FILE")
    let base = try invocation.arguments.value("base").map {
      try invocation.revision($0, of: script.id)
    }
    let bytes = path == "-" ? try FileReading.standardInput() : try FileReading.bytes(of: path)
    let report = try invocation.workspace().merge(
      bytes, named: path, into: script.id, base: base,
      format: invocation.arguments.format("format"),
      encoding: invocation.arguments.value("encoding"), dryRun: invocation.isDryRun)
    for finding in report.findings where finding.severity > .note {
      invocation.console.warn(
        finding.line > 0 ? "\(path):\(finding.line): \(finding.message)" : finding.message)
    }
    return Report(
      status: report.conflicts.isEmpty ? .done : .conflictsWait,
      data: { writer, output in writer.object { members(of: report, &$0, output) } },
      text: { console in tell(report, of: script, invocation, console) })
  }

  private static func members(
    of report: MergeReport, _ writer: inout JSONWriter, _ output: Output
  ) {
    writer.member("scriptId", report.outcome.scriptID.description)
    writer.member("revision", report.outcome.revision?.sequence)
    writer.name("base")
    writer.object { writer in
      writer.member("revision", report.base.revision)
      writer.member("origin", report.base.origin.rawValue)
    }
    writer.member("format", report.format.rawValue)
    writer.member("encoding", report.encoding)
    writer.member("applied", report.appliedCount)
    writer.member("notes", report.notes)
    writer.member("conflicts", report.conflicts) { $0.members(of: $1) }
    writer.name("changes")
    writer.array { writer in
      for change in report.outcome.changes {
        writer.object { $0.members(of: change) }
        output.take(from: &writer)
      }
    }
  }

  private static func tell(
    _ report: MergeReport, of script: ScriptSummary, _ invocation: Invocation, _ console: Console
  ) {
    console.note(report.base.explanation)
    if invocation.isDryRun || console.settings.verbose {
      console.difference(report.outcome.changes)
    }
    for note in report.notes { console.note("Note: " + note) }
    let title = "'\(VisibleText.row(script.title))'"
    if report.outcome.revision == nil, report.outcome.changes.isEmpty {
      console.tell("Nothing to change: \(title) has all of it.")
    } else if let revision = report.outcome.revision {
      console.tell(
        "Merged \(counted(report.appliedCount, "change")) into \(title) "
          + "(revision \(revision.sequence)).")
    }
    if !report.conflicts.isEmpty {
      console.line("")
      console.conflicts(report.conflicts, ofSeveralScripts: false, title: { _ in script.title })
    }
    if invocation.isDryRun { console.note("Dry run: nothing was changed.") }
  }
}
