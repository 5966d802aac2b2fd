import JSONText
import Offbook
import ScriptModel

/// `init`, `status`, `doctor`, `backup`.
enum WorkspaceCommands {
  static let all = [initialize, status, doctor, backup]

  static let initialize = Command(
    name: "init", abstract: "Make a workspace.",
    discussion: "Also 'import', 'new' and 'project new' make the workspace where it is missing.",
    examples: [
      .init("offbook init", "Make the workspace of this user."),
      .init("offbook init ~/talks", "Make one in a folder; later: offbook --workspace ~/talks …"),
    ],
    arguments: [Argument("DIR", "The folder; else the one of --workspace.", isOptional: true)],
    action: { invocation in
      let folder = try invocation.arguments.optional("DIR") ?? invocation.workspaceFolder()
      if folder.isEmpty { throw UsageError("The value '' is invalid for 'DIR'.") }
      let workspace = try Workspace.open(at: folder, create: true)
      return Report(
        data: { writer, _ in writer.object { $0.member("workspace", workspace.folder) } },
        text: { $0.tell("The workspace is in '\(VisibleText.row(workspace.folder))'.") })
    })

  static let status = Command(
    name: "status", abstract: "Show what is in the workspace and what waits.",
    examples: [.init("offbook status", "Show the projects with what is edited and undecided.")],
    action: { invocation in
      let workspace = try invocation.workspace()
      let projects = try workspace.projects()
      let scripts = try workspace.scripts()
      let rows = projects.map { ProjectStatus($0, scripts: scripts) }
      return Report(
        data: { writer, _ in
          writer.object { writer in
            writer.member("workspace", workspace.folder)
            writer.member("projects", rows) { $1.write(&$0) }
            writer.member("credits", String?.none)
          }
        },
        text: { console in
          console.line("Workspace " + VisibleText.row(workspace.folder))
          guard !rows.isEmpty else {
            return console.note("It is empty. 'offbook import FILE' brings a script in.")
          }
          var table = TextTable([
            .init("project", isFlexible: true), .init("scripts", isNumber: true),
            .init("edited", isNumber: true), .init("conflicts", isNumber: true),
          ])
          for row in rows {
            let numbers = [row.scripts, row.edited, row.conflicts].map(String.init)
            table.append([row.project.name] + numbers)
          }
          console.table(table)
          console.noteConflicts(rows.reduce(0) { $0 + $1.conflicts })
        })
    })

  static let doctor = Command(
    name: "doctor", abstract: "Check the workspace.",
    discussion: "Changes nothing. Exit code 8 where something is wrong.",
    examples: [.init("offbook doctor", "Check the database, the search index and the files.")],
    action: { invocation in
      let checks = try invocation.workspace().health()
      let problems = checks.reduce(0) { $0 + $1.problems.count }
      return Report(
        status: problems == 0 ? .done : .foundSomething,
        data: { writer, _ in
          writer.object { writer in
            writer.member("checks", checks) { writer, check in
              writer.member("name", check.name)
              writer.member("problems", check.problems)
            }
            writer.member("problemCount", problems)
          }
        },
        text: { console in
          for check in checks {
            let mark =
              check.problems.isEmpty ? console.outStyle.green("ok") : console.outStyle.red("BAD")
            console.line("\(check.name): \(mark)")
            for problem in check.problems { console.line("  " + VisibleText.row(problem)) }
          }
          console.tell(problems == 0 ? "All is well." : "\(counted(problems, "problem")) found.")
        })
    })

  static let backup = Command(
    name: "backup", abstract: "Copy the workspace's database to a file.",
    examples: [
      .init("offbook backup ~/offbook-monday.sqlite", "Make a whole copy while others may write.")
    ],
    arguments: [Argument("FILE", "The file to make.")], options: [CommonOption.force],
    action: { invocation in
      let path = invocation.arguments.word("FILE")
      try invocation.workspace().backup(to: path, force: invocation.arguments.flag("force"))
      return Report(
        data: { writer, _ in writer.object { $0.member("file", path) } },
        text: { $0.tell("Copied the workspace to '\(VisibleText.row(path))'.") })
    })
}

/// A project as `status` shows it.
private struct ProjectStatus {
  let project: Project
  let scripts: Int
  let edited: Int
  let conflicts: Int

  init(_ summary: ProjectSummary, scripts: [ScriptSummary]) {
    let own = scripts.filter { $0.projectID == summary.project.id }
    project = summary.project
    self.scripts = summary.scriptCount
    // A script that is bound to no session is edited once anything followed its making.
    edited = own.count { $0.syncState == .edited || $0.syncState == .local && $0.revision > 1 }
    conflicts = own.reduce(0) { $0 + $1.conflictCount }
  }

  /// Nothing is queued, in doubt or downloaded as long as there is no service.
  func write(_ writer: inout JSONWriter) {
    writer.member("id", project.id.description)
    writer.member("name", project.name)
    writer.member("scripts", scripts)
    writer.member("edited", edited)
    writer.member("queued", 0)
    writer.member("inDoubt", 0)
    writer.member("conflicts", conflicts)
    writer.member("media", 0)
  }
}
