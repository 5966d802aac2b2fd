import JSONText
import Offbook
import ScriptModel

/// `sync`.
enum SyncCommand {
  static let sync = Command(
    name: "sync", abstract: "Exchange changes with the service.",
    discussion:
      "Brings what the sessions have, merges it, carries out what waits, and sends scripts that were "
      + "edited here. What was asked for by name ('say', 'extract', …) is sent; the edits of scripts "
      + "are sent and charged only after a yes, or within --spend. Without a network nothing is "
      + "lost: the exit code is 6, and a later sync goes on.",
    examples: [
      .init("offbook sync", "Sync all projects that have a session or something to send."),
      .init(
        "offbook sync Talks --dry-run", "See what would leave this machine, and what it costs."),
      .init("offbook sync --pull", "Bring what is new and send nothing."),
      .init("offbook sync Talks --spend 100", "Send edits too, for at most 100 credits."),
    ],
    arguments: [
      Argument(
        "PROJECT", "The projects; else all with a session or something to send.",
        isOptional: true, repeats: true)
    ],
    options: [
      .flag("dry-run", short: "n", "Show what would be sent and what it may cost; send nothing."),
      .flag("pull", "Bring what is new and send nothing."),
      ServiceOption.spend,
      .flag(
        "wait",
        "Whether to stay until renders and doubts are settled; else a later 'sync' goes on.",
        hasNegation: true),
    ],
    action: { invocation in
      let loading = invocation.isDryRun ? nil : ServiceConnection.prepare()
      defer { loading?.join() }
      let workspace = try invocation.workspace()
      let words = invocation.arguments.list("PROJECT")
      let projects = try words.map { try workspace.project(matching: $0).id }
      let call = try ServiceCall(invocation)
      let view = ServiceProgressView(invocation.console, command: "sync")
      let report = try call.run(view) { connection, options in
        try await connection.sync(projects.isEmpty ? nil : projects, options: options)
      }
      let isDryRun = invocation.isDryRun
      let videos = report.projects.flatMap(\.wantedVideos).map { wanted in
        DeliveredVideo(wanted, FileWriting(interruption: invocation.interruption))
      }
      for video in videos {
        if let problem = video.problem { invocation.console.warn(problem) }
      }
      var result = Report(
        status: isDryRun && report.failures.isEmpty ? .done : ExitStatus(of: report),
        data: { writer, _ in
          writer.object { writer in
            writer.member("projects", report.projects) {
              $0.members(of: $1, videos, isDryRun: isDryRun)
            }
          }
        },
        text: { SyncText($0, videos, isDryRun: isDryRun).tell(report) })
      result.failure = isDryRun ? nil : report.wholeFailure
      return result
    })
}

/// A finished video, put where the person wanted it when the render was asked for.
struct DeliveredVideo {
  let video: Media
  /// Where it is; `nil` where it could not be put there.
  var path: String?
  /// Why it is not there, as a sentence.
  var problem: String?

  init(_ wanted: SyncReport.WantedVideo, _ writing: FileWriting) {
    video = wanted.video
    guard let source = wanted.video.path else { return }
    do {
      try writing.copy(source, to: wanted.output.path, force: wanted.output.replaces)
      path = wanted.output.path
    } catch {
      problem =
        "The video is not in '\(wanted.output.path)': \(error.message) It is in '\(source)'."
    }
  }
}

/// A sync's report as a person reads it.
private struct SyncText {
  let console: Console
  let videos: [DeliveredVideo]
  let isDryRun: Bool

  init(_ console: Console, _ videos: [DeliveredVideo], isDryRun: Bool) {
    self.console = console
    self.videos = videos
    self.isDryRun = isDryRun
  }

  func tell(_ report: SyncReport) {
    if report.projects.isEmpty {
      return console.note("No project has a session or anything to send.")
    }
    for project in report.projects { tell(project) }
    console.noteConflicts(report.projects.reduce(0) { $0 + $1.conflicts.count })
    if isDryRun { console.note("Dry run: nothing was sent.") }
  }

  private func tell(_ project: SyncReport.ProjectReport) {
    let name = console.outStyle.bold(VisibleText.row(project.project.name))
    if isDryRun {
      console.tell("\(name): " + (project.planned.isEmpty ? "nothing to do." : "would do this:"))
      for item in project.planned { console.tell("  " + sentence(item)) }
    } else {
      console.tell("\(name): \(summary(project)).")
    }
    for video in project.videos {
      let delivered = videos.first { $0.video.id == video.id }?.path
      guard let path = delivered ?? video.path else { continue }
      let size = video.byteCount.map { " (\(ByteCount.text($0)))" } ?? ""
      console.tell("  The video is in '\(VisibleText.row(path))'\(size).")
    }
    for reply in project.replies {
      let asked = VisibleText.row(String(reply.intent.message.prefix { !$0.isNewline }.prefix(60)))
      console.tell("  The agent on '\(asked)':")
      for row in VisibleText.rows(reply.words) { console.tell("    " + row) }
    }
    for notice in project.notices { console.note("  " + VisibleText.row(notice)) }
    console.failures(project.failures)
  }

  private func summary(_ project: SyncReport.ProjectReport) -> String {
    var parts: [String] = []
    if project.pulledLines > 0 { parts.append("\(counted(project.pulledLines, "line")) came in") }
    if project.pulledMedia > 0 { parts.append("\(counted(project.pulledMedia, "file")) came in") }
    if project.pushedScripts > 0 {
      parts.append(
        "\(counted(project.pushedScripts, "script")) sent "
          + "(\(counted(project.pushedLines, "line")) changed)")
    }
    let messages = project.pushedMessages - project.pushedScripts
    if messages > 0 { parts.append("\(counted(messages, "message")) sent") }
    if project.charged > 0 { parts.append("\(counted(project.charged, "credit")) used") }
    if parts.isEmpty {
      switch project.state {
      case .offline: return "no network"
      case .failed: return "not synced"
      case _ where !project.conflicts.isEmpty: return "both sides changed the same"
      default: return "nothing new"
      }
    }
    return parts.joined(separator: ", ")
  }

  private func sentence(_ item: SyncReport.PlannedItem) -> String {
    var details: [String] = []
    if let bytes = item.bytes { details.append(ByteCount.text(bytes)) }
    if item.estimate > 0 { details.append("about \(item.estimate) credits") }
    let rest = details.isEmpty ? "" : ", \(details.joined(separator: ", "))"
    let verb =
      switch item.kind {
      case .session: "open"
      case .upload: "upload"
      case .message: item.what.hasPrefix("the message") ? "send" : "ask for"
      case .push: "send"
      case .render: "start"
      case .pull, .download: "bring"
      }
    return "\(verb) \(VisibleText.row(item.what))\(rest)"
  }
}

extension JSONWriter {
  fileprivate mutating func members(
    of project: SyncReport.ProjectReport, _ videos: [DeliveredVideo], isDryRun: Bool
  ) {
    member("id", project.project.id)
    member("sessionId", project.sessionID)
    member("state", project.state.rawValue)
    name("pulled")
    object { writer in
      writer.member("lines", project.pulledLines)
      writer.member("media", project.pulledMedia)
    }
    name("pushed")
    object { writer in
      writer.member("scripts", project.pushedScripts)
      writer.member("lines", project.pushedLines)
      writer.member("messages", project.pushedMessages)
    }
    member("charged", project.charged)
    member("conflicts", project.conflicts) { $0.members(of: $1) }
    member("failed", project.failures) { writer, failure in
      writer.member("what", failure.what)
      writer.member("reason", failure.reason)
      writer.member("next", failure.next)
      writer.member("type", failure.code.rawValue)
    }
    member("notices", project.notices)
    member("videos", project.videos) { writer, video in
      writer.member("mediaId", video.id)
      writer.member("path", videos.first { $0.video.id == video.id }?.path ?? video.path)
      writer.member("bytes", video.byteCount.map { Int($0) })
    }
    guard isDryRun else { return }
    member("planned", project.planned) { writer, item in
      writer.member("kind", item.kind.rawValue)
      writer.member("what", item.what)
      writer.member("intentId", item.intentID?.description)
      writer.member("scriptId", item.scriptID?.description)
      writer.member("lines", item.lines)
      writer.member("bytes", item.bytes.map { Int($0) })
      writer.member("estimate", item.estimate)
    }
  }
}
