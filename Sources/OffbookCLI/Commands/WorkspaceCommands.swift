import JSONText
import Offbook
import ScriptModel

/// `init`, `doctor`, `backup`.
enum WorkspaceCommands {
  static let all = [initialize, StatusCommand.status, doctor, backup]

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
