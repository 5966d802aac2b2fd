import JSONText
import Offbook
import ScriptModel

/// `import`.
enum ImportCommand {
  static let importFiles = Command(
    name: "import", abstract: "Bring files in as scripts.",
    discussion:
      "Reads SRT, WebVTT, TXT, Markdown, DOCX, JSON and Fountain; the content tells which. The file "
      + "is kept whole beside the script. Without -p the scripts go into the project 'Scripts'. "
      + "Where some files can't be read the others come in, and the exit code is 3.",
    examples: [
      .init("offbook import interview.srt", "Bring one file in."),
      .init("offbook import talks/*.docx -p Talks", "Bring many into a project."),
      .init(
        "curl -s URL | offbook import - --format vtt --title Keynote", "Read what another writes."),
    ],
    arguments: [Argument("FILE", "The files; - is stdin.", repeats: true)],
    options: [
      CommonOption.project,
      .value("title", "TITLE", "The title; else the file's own, or its name."),
      .value(
        "format", short: "f", "F", "The format; else the content tells.",
        choices: TransferCommands.readable),
      .value("encoding", "E", "The encoding, as iconv spells it; else the content tells."),
      .value(
        "speakers", "HOW", "Whether labels in the text become speakers.",
        choices: ["auto", "none"]),
      CommonOption.dryRun,
    ],
    action: { try run($0) })

  /// What came of the files.
  private struct Results {
    var reports: [(file: String, report: ImportReport)] = []
    var failures: [FileFailure] = []
  }

  private static func run(_ invocation: Invocation) throws -> Report {
    let files = invocation.arguments.list("FILE")
    if files.count > 1, invocation.arguments.value("title") != nil {
      throw UsageError("The option '--title' goes with one file only.")
    }
    if files.count(where: { $0 == "-" }) > 1 {
      throw UsageError("The standard input can be read once only.")
    }
    // Where no file is there, no workspace is made either.
    if files.allSatisfy({ $0 != "-" && FileWriting.kind(of: $0) == .nothing }) {
      let failures = files.compactMap { file -> FileFailure? in
        do throws(CommandFailure) {
          _ = try FileReading.bytes(of: file)
          return nil
        } catch {
          return FileFailure(file: file, error)
        }
      }
      if let failure = FileFailure.combined(failures) { throw failure }
    }
    let workspace = try invocation.workspace(create: true)
    let options = try options(invocation)
    let results = try importAll(files, into: workspace, options: options, invocation)
    if results.reports.isEmpty, let failure = FileFailure.combined(results.failures) {
      throw failure
    }
    return report(results, isDryRun: options.dryRun)
  }

  private static func options(_ invocation: Invocation) throws -> ImportOptions {
    let arguments = invocation.arguments
    var options = ImportOptions()
    options.project = try invocation.project()?.id
    options.title = arguments.value("title")
    options.format = arguments.format("format")
    options.encoding = arguments.value("encoding")
    options.detectsSpeakers = arguments.value("speakers") != "none"
    options.dryRun = invocation.isDryRun
    return options
  }

  private static func importAll(
    _ files: [String], into workspace: Workspace, options: ImportOptions, _ invocation: Invocation
  ) throws -> Results {
    var results = Results()
    let progress = Progress(invocation.console, command: "import", count: files.count)
    for (index, file) in files.enumerated() {
      progress.step(index + 1, "Importing", file)
      do {
        let report =
          file == "-"
          ? try workspace.importBytes(
            FileReading.standardInput(), named: "stdin", options: options)
          : try workspace.importFile(file, options: options)
        results.reports.append((file, report))
      } catch {
        let failure = FileFailure(file: file, error)
        if failure.endsAll { throw error }
        results.failures.append(failure)
      }
    }
    progress.finish()
    return results
  }

  private static func report(_ results: Results, isDryRun: Bool) -> Report {
    Report(
      status: results.failures.isEmpty ? .done : .partlyDone,
      data: { writer, output in
        writer.object { writer in
          writer.member("scripts", results.reports) { writer, result in
            write(result.report, to: &writer, output)
          }
          writer.member("failed", results.failures) { $1.write(to: &$0) }
        }
      },
      text: { console in
        for (file, report) in results.reports {
          console.tell(sentence(report, isDryRun: isDryRun))
          FindingText.tell(report.findings, of: file, console)
        }
        for failure in results.failures { console.error(failure.sentence, fix: failure.fix) }
        if isDryRun { console.note("Dry run: nothing was changed.") }
      })
  }

  private static func sentence(_ report: ImportReport, isDryRun: Bool) -> String {
    let title = VisibleText.row(report.script.title)
    let format = "\(report.format.rawValue), \(report.encoding)"
    let lines = counted(report.script.lineCount, "line")
    var text = "\(isDryRun ? "Would import" : "Imported") '\(title)' (\(format)): \(lines)"
    if !report.speakers.isEmpty {
      let shown = report.speakers.prefix(6).map { VisibleText.row($0) }.joined(separator: ", ")
      let more = report.speakers.count > 6 ? ", …" : ""
      text += ", \(counted(report.speakers.count, "speaker")): \(shown)\(more)"
    }
    return text
  }

  private static func write(_ report: ImportReport, to writer: inout JSONWriter, _ output: Output) {
    writer.member("id", report.script.id.description)
    writer.member("title", report.script.title)
    writer.member("projectId", report.script.projectID.description)
    writer.member("format", report.format.rawValue)
    writer.member("encoding", report.encoding)
    writer.member("lineCount", report.script.lineCount)
    writer.member("speakers", report.speakers)
    writer.member("findings", report.findings) { writer, finding in
      writer.members(of: finding)
      output.take(from: &writer)
    }
  }
}

/// A file, or a script, that a command of several could not do.
struct FileFailure {
  let file: String
  let type: String
  let message: String
  let fix: String?
  private let status: ExitStatus

  init(file: String, _ error: any Error) {
    self.file = file
    switch error {
    case let error as WorkspaceError:
      (type, message, fix) = (error.code.rawValue, error.description, error.fix)
      status = Program.status(of: error.code)
    case let error as CommandFailure:
      (type, message, fix, status) = (error.type, error.message, error.fix, error.status)
    default: (type, message, fix, status) = ("failed", "\(error)", nil, .failed)
    }
  }

  /// Whether the other files would fail for the same reason.
  var endsAll: Bool {
    ["diskFull", "readOnly", "damaged", "busy", "newerWorkspace", "notAWorkspace"].contains(type)
  }

  /// The message, with the name of the file where it does not hold it.
  var sentence: String { message.contains(file) ? message : "'\(file)': \(message)" }

  /// The failure where it is the only one.
  var alone: CommandFailure {
    CommandFailure(type: type, message: sentence, fix: fix, status: status)
  }

  /// One failure that stands for all; `nil` where there are none.
  static func combined(_ failures: [FileFailure]) -> CommandFailure? {
    guard let first = failures.first else { return nil }
    return CommandFailure(
      type: first.type, message: failures.map(\.sentence).joined(separator: "\n"), fix: first.fix,
      status: first.status)
  }

  func write(to writer: inout JSONWriter) {
    writer.member("file", file)
    writer.member("type", type)
    writer.member("message", message)
  }
}

/// Findings as a person reads them, on stderr.
enum FindingText {
  /// How many findings of one file are told without `--verbose`.
  static let most = 10

  static func tell(_ findings: [Finding], of file: String, _ console: Console) {
    let shown = console.settings.verbose ? findings : findings.filter { $0.severity > .note }
    for finding in console.settings.verbose ? shown[...] : shown.prefix(most) {
      let place = finding.line > 0 ? ":\(finding.line):\(finding.column)" : ""
      let head = VisibleText.row(file == "-" ? "stdin" : file) + place
      console.note("\(head): \(finding.severity.rawValue): \(VisibleText.row(finding.message))")
    }
    let rest = findings.count - (console.settings.verbose ? shown.count : min(shown.count, most))
    if rest > 0 { console.note("\(counted(rest, "more finding")): '--verbose' shows all.") }
  }
}
