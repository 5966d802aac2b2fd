import JSONText
import Offbook
import ScriptModel

/// `intents`, `intents retry`, `intents abandon`.
enum IntentCommands {
  static let group = Command(
    name: "intents", abstract: "Show what was asked of the service and what became of it.",
    discussion:
      "An intent in doubt was sent, and the connection was lost before its answer came: it is never "
      + "sent again by itself, since it may have been carried out and charged. 'retry' has the next "
      + "sync send it again, 'abandon' gives it up.",
    examples: [
      .init("offbook intents", "Show what waits."),
      .init("offbook intents Talks --all", "Show all of a project, what is done too."),
      .init("offbook intents retry 0193", "Send it again with the next sync."),
    ],
    arguments: [Argument("PROJECT", "The project; else all.", isOptional: true)],
    options: [.flag("all", "Show those too that are done, refused or abandoned.")],
    subcommands: [retry, abandon],
    action: { invocation in
      let workspace = try invocation.workspace()
      let project = try invocation.arguments.optional("PROJECT").map {
        try workspace.project(matching: $0)
      }
      let all = invocation.arguments.flag("all")
      let intents = try workspace.intents(of: project?.id, includingSettled: all)
      let charges = try workspace.charges(of: project?.id)
      return Report(
        data: { writer, _ in
          writer.object { writer in
            writer.member("intents", intents) { $0.members(of: $1, charges: charges) }
          }
        },
        text: { console in
          if intents.isEmpty {
            return console.note(all ? "Nothing was asked of the service yet." : "Nothing waits.")
          }
          console.table(table(of: intents))
          for intent in intents where !intent.evidence.isEmpty && intent.state == .inDoubt {
            console.note("\(short(intent.id)): \(VisibleText.row(intent.evidence))")
          }
        })
    })

  private static let intent = Argument("INTENT", "The intent, by id or beginning of an id.")

  static let retry = Command(
    name: "retry", abstract: "Have the next sync send an intent again.",
    discussion:
      "Where it is in doubt it may have been carried out: then it is charged twice. A refused one stays "
      + "on record, and the same is asked for anew under an id of its own.",
    examples: [.init("offbook intents retry 0193a1c2", "Send it again with the next sync.")],
    arguments: [intent],
    action: { invocation in
      let workspace = try invocation.workspace()
      let found = try workspace.intent(matching: invocation.arguments.word("INTENT"))
      let intent = try workspace.retryIntent(found.id)
      let isAnew = intent.id != found.id
      return report(
        intent,
        isAnew
          ? "It is asked for anew as \(intent.id), and sent with the next 'offbook sync'."
          : "It is sent with the next 'offbook sync'.")
    })

  static let abandon = Command(
    name: "abandon", abstract: "Give an intent up.",
    examples: [.init("offbook intents abandon 0193a1c2", "Do not send it any more.")],
    arguments: [intent],
    action: { invocation in
      let workspace = try invocation.workspace()
      let found = try workspace.intent(matching: invocation.arguments.word("INTENT"))
      let intent = try workspace.abandonIntent(found.id)
      return report(intent, "It is given up; what it may have been charged stays on record.")
    })

  private static func report(_ intent: Intent, _ sentence: String) -> Report {
    Report(
      data: { writer, _ in writer.object { $0.members(of: intent, charges: []) } },
      text: { $0.tell(sentence) })
  }

  private static func table(of intents: [Intent]) -> TextTable {
    var table = TextTable([
      .init("id"), .init("what", isFlexible: true), .init("state"), .init("tried", isNumber: true),
      .init("recorded"),
    ])
    let ids = ShortIdentifiers(intents.map(\.id.description))
    for intent in intents {
      table.append([
        ids.short(intent.id.description), what(intent), state(intent), String(intent.attempts),
        Platform.localTime(milliseconds: intent.created.rawValue),
      ])
    }
    return table
  }

  private static func what(_ intent: Intent) -> String {
    let words = VisibleText.row(intent.message)
    return switch (intent.kind, intent.purpose) {
    case (.session, _): "open a session"
    case (.upload, _): "upload \(words)"
    case (.render, _): "render"
    case (.message, .push): "send a script"
    case (.message, .extract): "extract \(intent.subject.map(VisibleText.row) ?? words)"
    case (.message, .generate): "generate \(intent.subject.map(VisibleText.row) ?? words)"
    case (.message, _): "say: \(words)"
    }
  }

  private static func state(_ intent: Intent) -> String {
    switch intent.state {
    case .inDoubt: intent.maybeCharged ? "in doubt, maybe charged" : "in doubt"
    default: intent.state.rawValue
    }
  }

  private static func short(_ id: Intent.ID) -> String { String(id.description.prefix(13)) }
}

extension JSONWriter {
  fileprivate mutating func members(of intent: Intent, charges: [Charge]) {
    member("id", intent.id)
    member("kind", intent.kind.rawValue)
    member("purpose", intent.purpose == .none ? nil : intent.purpose.rawValue)
    member("projectId", intent.projectID)
    member("state", intent.state.rawValue)
    member("created", intent.created)
    member("attempts", intent.attempts)
    member("message", intent.message)
    member("evidence", intent.evidence)
    name("maybeCharged")
    value(intent.maybeCharged)
    let charged = charges.filter { $0.intentID == intent.id }
    member("charged", charged.isEmpty ? nil : charged.reduce(0) { $0 + $1.credits })
  }
}
