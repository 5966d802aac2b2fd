import JSONText
import Offbook
import ScriptModel

/// `extract`.
enum ExtractCommand {
  static let extract = Command(
    name: "extract", abstract: "Make scripts of videos or recordings.",
    discussion:
      "Uploads the media, asks the service for a script with speaker labels, and merges it into the "
      + "script that an earlier extraction of the same media gave: corrections made by hand stay. "
      + "Several files are done one after the other. Without a network all is kept (exit code 6), "
      + "and the next 'sync' does it.",
    examples: [
      .init("offbook extract talk.mp4", "A video becomes a script."),
      .init("offbook extract *.mp4 -p Talks", "Several become scripts of a project."),
      .init(
        "offbook extract talk.mp4 --prompt \"Only what the guest says\"", "Ask in other words."),
    ],
    arguments: [Argument("MEDIA", "The files, or addresses.", repeats: true)],
    options: [
      CommonOption.project,
      .value("prompt", "T", "What is asked; else a full script with speaker labels."),
      ServiceOption.spend, ServiceOption.wait,
    ],
    action: { try run($0) })

  /// What came of one file.
  fileprivate struct Extraction {
    var place: String
    var outcome: ServiceOutcome
    var script: ScriptSummary?
  }

  private static func run(_ invocation: Invocation) throws -> Report {
    let places = invocation.arguments.list("MEDIA")
    _ = try invocation.workspace(create: true)
    let project = try invocation.serviceProject(creates: true)
    var extractions: [Extraction] = []
    var failures: [FileFailure] = []
    let steps = Progress(invocation.console, command: "extract", count: places.count)
    for (index, place) in places.enumerated() {
      steps.step(index + 1, "Extracting", place)
      steps.finish()
      do {
        extractions.append(try extraction(of: place, in: project, invocation))
      } catch {
        let failure = FileFailure(file: place, error)
        if failure.endsAll { throw error }
        if places.count == 1 { throw error }
        failures.append(failure)
      }
    }
    if extractions.isEmpty, let failure = FileFailure.combined(failures) { throw failure }
    return report(extractions, failures, isSingle: places.count == 1)
  }

  private static func extraction(
    of place: String, in project: Project, _ invocation: Invocation
  ) throws -> Extraction {
    let workspace = try invocation.workspace()
    let prompt = invocation.arguments.value("prompt")
    let intents = try workspace.recordExtraction(of: place, in: project.id, prompt: prompt)
    let call = try ServiceCall(invocation)
    let view = ServiceProgressView(invocation.console, command: "extract")
    let outcome = try call.carryOut(intents, view)
    let id = outcome.results.lazy.compactMap(\.scriptID).first
    let script = try id.map { try workspace.script(matching: $0.description) }
    return Extraction(place: place, outcome: outcome, script: script)
  }

  private static func report(
    _ extractions: [Extraction], _ failures: [FileFailure], isSingle: Bool
  ) -> Report {
    var status = ExitStatus.done
    for extraction in extractions where status == .done {
      status = TalkReport.status(of: extraction.outcome)
    }
    return Report(
      status: failures.isEmpty ? status : .partlyDone,
      data: { writer, _ in
        if isSingle, let only = extractions.first {
          writer.object { $0.members(of: only) }
        } else {
          writer.object { writer in
            // The shape that one file has, of the first; all of them are listed.
            if let first = extractions.first { writer.members(of: first) }
            writer.member("extractions", extractions) { $0.members(of: $1) }
            writer.member("failed", failures) { $1.write(to: &$0) }
          }
        }
      },
      text: { console in
        for extraction in extractions { tell(extraction, console) }
        // Being offline is one reason for all.
        var told: [SyncReport.Failure] = []
        for failure in extractions.flatMap(\.outcome.report.failures) where !told.contains(failure)
        {
          told.append(failure)
        }
        console.failures(told)
        for failure in failures { console.error(failure.sentence, fix: failure.fix) }
      })
  }

  private static func tell(_ extraction: Extraction, _ console: Console) {
    let place = VisibleText.row(extraction.place)
    let state = extraction.outcome.results.last?.intent.state
    if let script = extraction.script, state == .done {
      let title = VisibleText.row(script.title)
      console.tell("Extracted '\(title)' from '\(place)': \(counted(script.lineCount, "line")).")
    } else if state == .queued {
      console.note("'\(place)' is kept, and is done with the next 'offbook sync'.")
    }
    console.noteConflicts(extraction.script?.conflictCount ?? 0)
  }
}

extension JSONWriter {
  fileprivate mutating func members(of extraction: ExtractCommand.Extraction) {
    member("media", extraction.place)
    if let result = extraction.outcome.results.last {
      members(of: result, report: extraction.outcome.report)
    }
  }
}
