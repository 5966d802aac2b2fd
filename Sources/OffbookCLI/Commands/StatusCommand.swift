import JSONText
import Offbook
import ScriptModel

/// `status`.
enum StatusCommand {
  static let status = Command(
    name: "status", abstract: "Show what is in the workspace and what waits.",
    discussion: "Needs no network: the credits are those that were read last.",
    examples: [.init("offbook status", "Show where each project stands and what to do next.")],
    action: { invocation in
      let workspace = try invocation.workspace()
      let standings = try workspace.standings()
      let credits = try workspace.lastCredits()
      return Report(
        data: { writer, _ in
          writer.object { writer in
            writer.member("workspace", workspace.folder)
            writer.member("projects", standings) { $0.members(of: $1) }
            writer.name("credits")
            if let credits {
              writer.object { $0.members(of: credits) }
            } else {
              writer.value(String?.none)
            }
          }
        },
        text: { tell(standings, credits, workspace, $0) })
    })

  private static func tell(
    _ standings: [ProjectStanding], _ credits: CreditsReading?, _ workspace: Workspace,
    _ console: Console
  ) {
    console.line("Workspace " + VisibleText.row(workspace.folder))
    guard !standings.isEmpty else {
      return console.note("It is empty. 'offbook import FILE' brings a script in.")
    }
    console.table(table(of: standings))
    if let credits {
      let time = Platform.localTime(milliseconds: credits.date.rawValue)
      console.line("\(counted(credits.credits.available, "credit")) on \(time).")
    }
    for standing in standings { for step in steps(for: standing) { console.note(step) } }
    console.noteConflicts(standings.reduce(0) { $0 + $1.conflicts })
  }

  private static func table(of standings: [ProjectStanding]) -> TextTable {
    let talksToService = standings.contains {
      $0.sessionID != nil || $0.queued + $0.inDoubt + $0.media > 0
    }
    var columns: [TextTable.Column] = [
      .init("project", isFlexible: true), .init("scripts", isNumber: true),
      .init("edited", isNumber: true), .init("conflicts", isNumber: true),
    ]
    if talksToService {
      columns += [
        .init("queued", isNumber: true), .init("in doubt", isNumber: true),
        .init("media", isNumber: true), .init("session"),
      ]
    }
    var table = TextTable(columns)
    for standing in standings {
      var row = [standing.project.name]
      row += [standing.scripts, standing.edited, standing.conflicts].map(String.init)
      if talksToService {
        row += [standing.queued, standing.inDoubt, standing.media].map(String.init)
        row.append(standing.sessionID == nil ? "none" : "open")
      }
      table.append(row)
    }
    return table
  }

  /// What a person would do next in a project.
  private static func steps(for standing: ProjectStanding) -> [String] {
    let name = VisibleText.row(standing.project.name)
    var steps: [String] = []
    if standing.inDoubt > 0 {
      steps.append(
        "'\(name)': \(counted(standing.inDoubt, "request")) may or may not have been carried out: "
          + "'offbook sync' looks, 'offbook intents' tells.")
    }
    if standing.running > 0 {
      steps.append("'\(name)': \(counted(standing.running, "request")) on the way just now.")
    }
    if standing.queued > 0 {
      steps.append(
        "'\(name)': \(counted(standing.queued, "request")) to send: 'offbook sync' does.")
    }
    if standing.sessionID != nil, standing.unsent > 0 {
      steps.append(
        "'\(name)': \(counted(standing.unsent, "script")) edited here: 'offbook sync' exchanges "
          + "changes, and 'offbook render' has them in the video without it.")
    }
    if let title = standing.titlesHere.first {
      let others = standing.titlesHere.count - 1
      let which = others == 0 ? "'\(title)' is" : "'\(title)' and \(others) more are"
      steps.append(
        "'\(name)': \(VisibleText.row(which)) only here, and 'offbook sync' does not send it: "
          + "'offbook generate' makes a video of it, which is charged.")
    }
    if steps.isEmpty, standing.conflicts == 0, standing.sessionID != nil {
      steps.append("'\(name)': nothing waits; 'offbook timeline' shows the video's tracks.")
    }
    return steps
  }
}

extension JSONWriter {
  fileprivate mutating func members(of standing: ProjectStanding) {
    member("id", standing.project.id)
    member("name", standing.project.name)
    member("scripts", standing.scripts)
    member("edited", standing.edited)
    member("queued", standing.queued)
    member("inDoubt", standing.inDoubt)
    member("conflicts", standing.conflicts)
    member("media", standing.media)
  }
}
