import JSONText
import Offbook
import ScriptModel

/// `attach`.
enum AttachCommand {
  static let attach = Command(
    name: "attach", abstract: "Give media to a project's session.",
    discussion:
      "Video (mp4, mov, avi, webm, mkv), pictures (jpg, png, gif, webp), sound (mp3, wav, m4a, aac) "
      + "and texts (txt, srt, pdf, docx), 500 MB at most each. Free. Without a network they are kept, and the next 'sync' "
      + "uploads them.",
    examples: [
      .init("offbook attach city.mp4 -p Talks", "Upload a file."),
      .init("offbook attach https://example.com/city.mp4 -p Talks", "Have the service fetch it."),
    ],
    arguments: [Argument("FILE", "The files, or addresses.", repeats: true)],
    options: [CommonOption.project, ServiceOption.wait],
    action: { try report(of: $0.arguments.list("FILE"), $0) })

  /// Gives files and addresses to the session.
  static func report(of places: [String], _ invocation: Invocation) throws -> Report {
    let call = try ServiceCall(invocation, create: true)
    let project = try invocation.serviceProject(creates: true)
    let intents = try call.connection.workspace.recordAttachments(places, in: project.id)
    let view = ServiceProgressView(invocation.console, command: "attach")
    let outcome = try call.carryOut(intents, view, areOne: false)
    var report = Report(
      status: ExitStatus(of: outcome.report),
      data: { writer, _ in
        writer.object { writer in
          writer.member("attached", outcome.results) { writer, result in
            writer.member("intentId", result.intent.id)
            writer.member("name", result.intent.message)
            writer.member("state", result.intent.state.rawValue)
            writer.member("mediaId", result.intent.mediaID?.description)
          }
        }
      },
      text: { console in
        for result in outcome.results {
          let name = VisibleText.row(result.intent.message)
          switch result.intent.state {
          case .done: console.tell("The session has '\(name)'.")
          case .queued: console.tell("'\(name)' is kept, and goes with the next 'offbook sync'.")
          default: console.tell("'\(name)': \(VisibleText.row(result.intent.evidence))")
          }
        }
        console.failures(outcome.report.failures)
      })
    let last = outcome.results.last?.intent
    report.talk = Report.Talk(
      intentID: last?.id.description, state: (last?.state ?? .queued).rawValue, reply: nil)
    return report
  }
}
