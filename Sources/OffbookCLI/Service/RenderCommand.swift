import JSONText
import Offbook
import ScriptModel

/// `render`.
enum RenderCommand {
  static let render = Command(
    name: "render", abstract: "Make the finished video of a project.",
    discussion:
      "The edits that were made here to its scripts are in the video, whether they were sent before "
      + "or not. Free; takes a minute or two. Interrupted, a later 'sync' goes on with it and tells "
      + "where the video is.",
    examples: [
      .init("offbook render Talks -o talks.mp4", "Make the video and put it into a file."),
      .init("offbook render Talks", "Make it and keep it in the workspace."),
    ],
    arguments: [Argument("PROJECT", "The project; else the only one.", isOptional: true)],
    options: [
      .value("output", short: "o", "OUT", "A file, a folder or '-' for stdout."),
      CommonOption.force,
      ServiceOption.wait,
    ],
    action: { invocation in
      try report(
        of: invocation.serviceProject(invocation.arguments.optional("PROJECT"), creates: true),
        invocation)
    })

  /// Renders a project's draft and puts the video where `-o` says.
  static func report(of project: Project, _ invocation: Invocation) throws -> Report {
    let target = try target(for: project, invocation)
    let force = invocation.arguments.flag("force")
    // Told before anything is asked for: a render takes minutes.
    try target.map { try FileWriting.check($0, force: force) }
    let call = try ServiceCall(invocation)
    let output = target.flatMap { $0 == FileWriting.standardOutput ? nil : $0 }.map {
      RenderOutput(path: Platform.absolutePath($0), replaces: force)
    }
    let intent = try call.connection.workspace.recordRender(of: project.id, output: output)
    let view = ServiceProgressView(invocation.console, command: "render")
    let outcome = try call.carryOut([intent], view)
    let result = outcome.results.first
    var file = result?.media?.path
    if let path = file, let target {
      try FileWriting(interruption: invocation.interruption).copy(path, to: target, force: force)
      // Nothing else goes where the video went.
      if target == FileWriting.standardOutput { return Report(data: { _, _ in }, text: { _ in }) }
      file = target
    }
    var report = report(result, outcome, file: file)
    report.talk = Report.Talk(
      intentID: (result?.intent.id ?? intent.id).description,
      state: (result?.intent.state ?? .queued).rawValue, reply: nil)
    return report
  }

  private static func report(
    _ result: ServiceOutcome.Result?, _ outcome: ServiceOutcome, file: String?
  ) -> Report {
    let state = result?.intent.state ?? .queued
    return Report(
      status: ExitStatus(of: outcome.report),
      data: { writer, _ in
        writer.object { writer in
          writer.member("renderId", result?.renderID)
          writer.member("state", state.rawValue)
          writer.member("file", file)
          writer.member("bytes", result?.media?.byteCount.map { Int($0) })
          writer.member("sha256", result?.media?.sha256.map(Hexadecimal.text))
        }
      },
      text: { console in
        if let file {
          let size = result?.media?.byteCount.map { " (\(ByteCount.text($0)))" } ?? ""
          console.tell("The video is in '\(VisibleText.row(file))'\(size).")
        } else if state == .queued {
          if !outcome.isOffline {
            console.note("The render is kept, and is done with the next 'offbook sync'.")
          }
        } else if outcome.report.failures.isEmpty {
          console.note("The render goes on; a later 'offbook sync' brings the video.")
        }
        console.failures(outcome.report.failures)
      })
  }

  /// The file that `-o` means: in a folder one with the project's name.
  private static func target(for project: Project, _ invocation: Invocation) throws -> String? {
    guard let output = invocation.arguments.value("output") else { return nil }
    if output.isEmpty { throw UsageError("The value '' is invalid for '--output OUT'.") }
    if output == FileWriting.standardOutput {
      let console = invocation.console
      if console.outIsTerminal || console.settings.json {
        throw UsageError("A video can't be shown: name a file with '-o'.")
      }
      return output
    }
    guard output.hasSuffix("/") || FileWriting.kind(of: output) == .folder else { return output }
    if output.hasSuffix("/") { try FileWriting.makeFolder(output) }
    let folder = output.hasSuffix("/") ? String(output.dropLast()) : output
    return folder + "/" + FileNaming.name(from: project.name) + ".mp4"
  }
}
