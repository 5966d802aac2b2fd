import JSONText
import Offbook
import ScriptModel

/// `export`.
enum ExportCommand {
  static let export = Command(
    name: "export", abstract: "Write scripts as files.",
    discussion:
      "Each file is read again and compared before it takes its place. Without -o one script goes to "
      + "stdout; several go into a folder, under names made from their titles.",
    examples: [
      .init("offbook export interview -o interview.md", "The name tells the format."),
      .init("offbook export interview -f srt | less", "Without -o it goes to stdout."),
      .init("offbook export intro outro -f docx -o out/", "Write several into a folder."),
    ],
    arguments: [Argument("SCRIPT", "The scripts, by title or id.", repeats: true)],
    options: [
      .value(
        "format", short: "f", "F", "The format; else the output's name tells.",
        choices: TransferCommands.writable),
      TransferCommands.output,
    ] + TransferCommands.writing,
    action: { try run($0) })

  /// A script that was exported.
  private struct Exported {
    let script: ScriptSummary
    /// Where it was written; `nil` for stdout.
    let path: String?
    let file: ExportedFile
  }

  private static func run(_ invocation: Invocation) throws -> Report {
    let words = invocation.arguments.list("SCRIPT")
    let target = try OutputTarget(invocation, formatOption: "format", several: words.count > 1)
    let options = try target.exportOptions(invocation)
    let scripts = try invocation.scripts("SCRIPT")
    try target.makeFolder()
    var done: [Exported] = []
    var failures: [FileFailure] = []
    var taken: Set<String> = []
    let progress = Progress(invocation.console, command: "export", count: scripts.count)
    for (index, script) in scripts.enumerated() {
      progress.step(index + 1, "Exporting", script.title)
      do {
        let path = target.path(for: script.title, taken: &taken)
        done.append(try exported(script, to: path, options, invocation))
      } catch {
        failures.append(FileFailure(file: script.title, error))
      }
    }
    progress.finish()
    if done.isEmpty, let failure = FileFailure.combined(failures) { throw failure }
    if let only = done.first, only.path == nil { return standardOutput(only, options.format) }
    return report(done, failures, options.format)
  }

  private static func exported(
    _ script: ScriptSummary, to path: String?, _ options: ExportOptions, _ invocation: Invocation
  ) throws -> Exported {
    let file = try invocation.workspace().export(script.id, options: options)
    if let path {
      try FileWriting(interruption: invocation.interruption).write(
        file.bytes, to: path, force: invocation.arguments.flag("force"))
    }
    return Exported(script: script, path: path, file: file)
  }

  /// The file itself; in a document a JSON export is the data, any other format its content.
  private static func standardOutput(_ exported: Exported, _ format: FormatName) -> Report {
    Report(
      data: { writer, output in
        if format == .json, let value = document(exported.file.bytes) {
          writer.value(value)
        } else {
          writer.object { writer in
            members(of: exported, format, &writer)
            writer.content(exported.file.bytes)
          }
        }
      },
      text: { console in
        console.out.write(exported.file.bytes)
        LossText.tell(exported.file.lost, of: exported.script.title, format: format, console)
      })
  }

  private static func document(_ bytes: [UInt8]) -> JSONValue? {
    do throws(JSONError) {
      return try JSONValue(parsing: bytes)
    } catch {
      // The export was read again before; if it is no document after all, it is given as text.
      return nil
    }
  }

  private static func report(
    _ done: [Exported], _ failures: [FileFailure], _ format: FormatName
  ) -> Report {
    Report(
      status: failures.isEmpty ? .done : .partlyDone,
      data: { writer, _ in
        writer.object { writer in
          writer.member("files", done) { members(of: $1, format, &$0) }
          writer.member("failed", failures) { $1.write(to: &$0) }
        }
      },
      text: { console in
        for exported in done {
          console.tell("Wrote '\(VisibleText.row(exported.path ?? "-"))'.")
          LossText.tell(exported.file.lost, of: exported.script.title, format: format, console)
        }
        for failure in failures { console.error(failure.sentence, fix: failure.fix) }
      })
  }

  private static func members(
    of exported: Exported, _ format: FormatName, _ writer: inout JSONWriter
  ) {
    writer.member("scriptId", exported.script.id.description)
    writer.member("title", exported.script.title)
    writer.member("file", exported.path ?? "-")
    writer.member("format", format.rawValue)
    writer.member("bytes", exported.file.bytes.count)
    writer.member("lost", exported.file.lost)
  }
}
