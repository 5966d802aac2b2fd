import JSONText
import Offbook
import ScriptModel

/// `project new`, `list`, `show`, `rename`, `delete`.
enum ProjectCommands {
  static let group = Command(
    name: "project", abstract: "Make, list, show, rename and delete projects.",
    examples: [
      .init("offbook project new Talks", "Make a project."),
      .init("offbook project list", "List all projects."),
    ],
    subcommands: [new, list, show, rename, delete])

  private static let project = Argument(
    "PROJECT", "The project, by name, id or beginning of an id.")

  static let new = Command(
    name: "new", abstract: "Make a project.",
    examples: [
      .init("offbook project new Talks", "Make a project for scripts in English."),
      .init("offbook project new 访谈 --language zh-CN", "Make one for another language."),
    ],
    arguments: [Argument("NAME", "The name.")],
    options: [.value("language", "TAG", "The language, as a BCP 47 tag such as en or zh-CN.")],
    action: { invocation in
      let arguments = invocation.arguments
      let project = try invocation.workspace(create: true).createProject(
        named: arguments.word("NAME"), language: arguments.value("language") ?? "en")
      return report(project, "Made project")
    })

  static let list = Command(
    name: "list", abstract: "List all projects.",
    examples: [.init("offbook project list", "List the projects with their scripts counted.")],
    action: { invocation in
      let projects = try invocation.workspace().projects()
      return Report(
        data: { writer, _ in
          writer.object { writer in
            writer.member("projects", projects) { writer, summary in
              writer.members(of: summary.project)
              writer.member("scripts", summary.scriptCount)
              writer.member("speakers", summary.speakerCount)
            }
          }
        },
        text: { console in
          guard !projects.isEmpty else { return console.note("There are no projects yet.") }
          var table = TextTable([
            .init("id"), .init("name", isFlexible: true), .init("language"),
            .init("scripts", isNumber: true), .init("speakers", isNumber: true),
          ])
          let ids = ShortIdentifiers(projects.map(\.project.id.description))
          for summary in projects {
            let project = summary.project
            table.append([
              ids.short(project.id.description), project.name, project.language,
              String(summary.scriptCount),
              String(summary.speakerCount),
            ])
          }
          console.table(table)
        })
    })

  static let show = Command(
    name: "show", abstract: "Show a project with its cast and scripts.",
    examples: [.init("offbook project show Talks", "Show who speaks, and the scripts.")],
    arguments: [project],
    action: { invocation in
      let workspace = try invocation.workspace()
      let project = try workspace.project(matching: invocation.arguments.word("PROJECT"))
      let cast = try workspace.cast(of: project.id)
      let all = try workspace.scripts()
      let scripts = all.filter { $0.projectID == project.id }
      return Report(
        data: { writer, _ in
          writer.object { writer in
            writer.members(of: project)
            writer.member("speakers", cast) { $0.members(of: $1) }
            writer.member("scripts", scripts) { $0.members(of: $1) }
          }
        },
        text: { console in
          console.line(console.outStyle.bold(VisibleText.row(project.name)))
          console.line("id \(project.id), language \(VisibleText.row(project.language))")
          if !cast.isEmpty {
            console.line("")
            console.table(SpeakerCommands.table(of: cast))
          }
          if !scripts.isEmpty {
            console.line("")
            console.table(ScriptCommands.table(of: scripts, among: all))
          }
        })
    })

  static let rename = Command(
    name: "rename", abstract: "Give a project another name.",
    examples: [.init("offbook project rename Talks \"Talks 2026\"", "Rename a project.")],
    arguments: [project, Argument("NAME", "The new name.")],
    action: { invocation in
      let workspace = try invocation.workspace()
      let project = try workspace.project(matching: invocation.arguments.word("PROJECT"))
      let renamed = try workspace.renameProject(project.id, to: invocation.arguments.word("NAME"))
      return report(renamed, "Renamed '\(project.name)' to")
    })

  static let delete = Command(
    name: "delete", abstract: "Delete a project with its scripts, cast and sources for good.",
    discussion:
      "There is no undo for this, but where there were scripts, a copy of the workspace from before "
      + "is kept in its folder 'backups'.",
    examples: [
      .init("offbook project delete Talks --dry-run", "Show what would go."),
      .init("offbook project delete Talks", "Delete it; on a terminal it asks before."),
    ],
    arguments: [project],
    options: [CommonOption.dryRun, .flag("force", "Do not ask.")],
    action: { invocation in
      let workspace = try invocation.workspace()
      let project = try workspace.project(matching: invocation.arguments.word("PROJECT"))
      let scripts = try workspace.scripts(in: project.id)
      if !invocation.isDryRun {
        try confirm(project, scripts: scripts.count, invocation)
        try workspace.deleteProject(project.id)
      }
      let isDryRun = invocation.isDryRun
      return Report(
        data: { writer, _ in
          writer.object { writer in
            writer.members(of: project)
            writer.member("scripts", scripts) { $0.members(of: $1) }
          }
        },
        text: { console in
          if isDryRun {
            for script in scripts { console.line(VisibleText.row(script.title)) }
            return console.note("Dry run: nothing was changed.")
          }
          let count = counted(scripts.count, "script")
          console.tell("Deleted project '\(VisibleText.row(project.name))' with \(count).")
          if !scripts.isEmpty {
            console.note("A copy from before is in the workspace's folder 'backups'.")
          }
        })
    })

  private static func confirm(
    _ project: Project, scripts: Int, _ invocation: Invocation
  ) throws {
    let console = invocation.console
    guard scripts > 0, Platform.isTerminal(0), console.errIsTerminal, !console.settings.json,
      !invocation.arguments.flag("force")
    else { return }
    let name = VisibleText.row(project.name)
    console.err.write("Delete '\(name)' with \(counted(scripts, "script")) for good? [y/N] ")
    console.err.flush()
    let answer = Platform.readAnswer()?.lowercased() ?? ""
    guard answer == "y" || answer == "yes" else {
      throw CommandFailure(type: "failed", message: "Nothing was deleted.")
    }
  }

  private static func report(_ project: Project, _ verb: String) -> Report {
    Report(
      data: { writer, _ in writer.object { $0.members(of: project) } },
      text: { console in
        let name = VisibleText.row(project.name)
        console.tell("\(VisibleText.row(verb)) '\(name)' (\(project.id))")
      })
  }
}
