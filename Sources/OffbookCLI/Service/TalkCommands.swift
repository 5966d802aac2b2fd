import JSONText
import Offbook
import ScriptModel

/// `say`.
enum TalkCommands {
  static let say = Command(
    name: "say", abstract: "Send a message to the session's agent.",
    discussion:
      "Words that ask for an export, the credits, the state or an upload do just that, in English or "
      + "Chinese; everything else reaches the agent and is charged. Without a network the message is "
      + "kept, the exit code is 6, and the next 'sync' sends it.",
    examples: [
      .init("offbook say \"Add a title 'Urban Dreams'\" -p Talks", "Have the video changed."),
      .init("offbook say \"how many credits are left?\"", "Asks for the balance; free."),
      .init("offbook say --log -p Talks", "Read what was said so far."),
    ],
    arguments: [Argument("TEXT", "What to say.", isOptional: true)],
    options: [
      CommonOption.project, .flag("log", "Show the conversation so far; send nothing."),
      ServiceOption.spend, ServiceOption.wait,
    ],
    action: { invocation in
      if invocation.arguments.flag("log") { return try log(invocation) }
      guard let text = invocation.arguments.optional("TEXT") else {
        throw UsageError("Missing expected argument 'TEXT'.")
      }
      switch TalkRoute(of: text) {
      case .message: return try message(text, invocation)
      case .credits: return routed("credits", try AccountCommands.credits(invocation))
      case .status:
        return routed(
          "timeline", try TimelineCommand.report(of: invocation.serviceProject(), invocation))
      case .export:
        return routed(
          "render", try RenderCommand.report(of: invocation.serviceProject(), invocation))
      case .upload:
        let places = places(in: text)
        if !places.isEmpty {
          return routed("attach", try AttachCommand.report(of: places, invocation))
        }
        throw CommandFailure(
          type: "usage", message: "An upload needs a file, and the agent can't see this machine.",
          fix: "Name the file: 'offbook attach FILE'.", status: .wrongUse)
      }
    })

  /// The files and addresses that words name: all of them as one name, or each by itself.
  private static func places(in text: String) -> [String] {
    if FileWriting.kind(of: text) == .file { return [text] }
    return text.split(whereSeparator: \.isWhitespace).map(String.init).filter { word in
      word.hasPrefix("https://") || word.hasPrefix("http://") || FileWriting.kind(of: word) == .file
    }
  }

  /// The report of another command in the shape that 'say' always has; its own data is beside that.
  private static func routed(_ command: String, _ report: Report) -> Report {
    let talk = report.talk ?? Report.Talk()
    var routed = report
    routed.data = { writer, out in
      writer.object { writer in
        writer.member("intentId", talk.intentID)
        writer.member("state", talk.state)
        writer.member("reply", talk.reply)
        writer.name("changes")
        writer.array { _ in }
        writer.member("scriptId", String?.none)
        writer.name("routed")
        writer.object { writer in
          writer.member("command", command)
          writer.name("data")
          report.data(&writer, out)
        }
      }
    }
    return routed
  }

  private static func message(_ text: String, _ invocation: Invocation) throws -> Report {
    let call = try ServiceCall(invocation, create: true)
    let project = try invocation.serviceProject(creates: true)
    let intent = try call.connection.workspace.recordMessage(text, in: project.id)
    let view = ServiceProgressView(invocation.console, command: "say", showsReply: true)
    let outcome = try call.carryOut([intent], view)
    return TalkReport.report(outcome, of: intent.id, hasShownReply: view.hasShownReply)
  }

  private static func log(_ invocation: Invocation) throws -> Report {
    let project = try invocation.serviceProject()
    let entries = try invocation.workspace().conversation(of: project.id)
    return Report(
      data: { writer, _ in
        writer.object { writer in
          writer.member("projectId", project.id)
          writer.member("entries", entries) { writer, entry in
            writer.member("role", entry.role.rawValue)
            writer.member("text", entry.text)
            writer.member("date", entry.date)
            writer.member("intentId", entry.intentID?.description)
          }
        }
      },
      text: { console in
        if entries.isEmpty { return console.note("Nothing was said in this project yet.") }
        for entry in entries {
          let name =
            switch entry.role {
            case .person: console.outStyle.bold("You")
            case .agent: console.outStyle.cyan("Agent")
            case .report: console.outStyle.dim("Offbook")
            }
          let time = Platform.localTime(milliseconds: entry.date.rawValue)
          console.line("\(console.outStyle.dim(time))  \(name)")
          for row in VisibleText.rows(entry.text) { console.wrapped(row.isEmpty ? "" : "  " + row) }
        }
      })
  }
}

/// What `say`, `extract` and `generate` have to say of one intent.
enum TalkReport {
  /// The report of one intent.
  ///
  /// - Parameter hasShownReply: whether the agent's words are on stdout already.
  static func report(
    _ outcome: ServiceOutcome, of intent: Intent.ID, hasShownReply: Bool
  ) -> Report {
    let result = outcome.results.first { $0.intent.id == intent } ?? outcome.results.last
    return Report(
      status: status(of: outcome),
      data: { writer, _ in
        writer.object { writer in
          if let result { writer.members(of: result, report: outcome.report) }
        }
      },
      text: { console in
        if let result {
          tell(result, console, hasShownReply: hasShownReply, isOffline: outcome.isOffline)
        }
        console.failures(outcome.report.failures)
        for project in outcome.report.projects { console.noteConflicts(project.conflicts.count) }
      })
  }

  /// The exit status of intents that were carried out, or kept.
  static func status(of outcome: ServiceOutcome) -> ExitStatus {
    ExitStatus(of: outcome.report)
  }

  /// Tells one result as text.
  ///
  /// - Parameter isOffline: whether that there is no network, and that all is kept, is told anyway.
  static func tell(
    _ result: ServiceOutcome.Result, _ console: Console, hasShownReply: Bool, isOffline: Bool
  ) {
    if let reply = result.reply, !reply.isEmpty, !hasShownReply {
      for row in VisibleText.rows(reply) { console.wrapped(row) }
    }
    for change in result.changes { console.wrapped(VisibleText.row(change)) }
    switch result.intent.state {
    case .queued where !isOffline:
      console.note("It is kept, and goes with the next 'offbook sync'.")
    case .done where (result.reply ?? "").isEmpty && result.changes.isEmpty:
      console.note("The agent said nothing, and nothing changed.")
    default: break
    }
  }
}

extension JSONWriter {
  /// Writes the members of what an intent gave.
  mutating func members(of result: ServiceOutcome.Result, report: SyncReport) {
    member("intentId", result.intent.id)
    member("state", result.intent.state.rawValue)
    member("reply", result.reply)
    name("changes")
    array { writer in
      for edit in report.projects.flatMap(\.edits) {
        for change in edit.changes { writer.object { $0.members(of: change) } }
      }
    }
    member("scriptId", result.scriptID?.description)
    member("sessionChanges", result.changes)
  }
}
