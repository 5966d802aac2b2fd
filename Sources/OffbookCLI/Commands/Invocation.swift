import Offbook
import ScriptModel

/// One call of a command: its words, where it writes, and the workspace once it is needed.
final class Invocation {
  let arguments: ParsedArguments
  let console: Console
  let environment: [String: String]
  let interruption: Interruption
  private var opened: Workspace?

  init(
    arguments: ParsedArguments, console: Console, environment: [String: String],
    interruption: Interruption
  ) {
    self.arguments = arguments
    self.console = console
    self.environment = environment
    self.interruption = interruption
  }

  /// Whether nothing is to be changed.
  var isDryRun: Bool { arguments.flag("dry-run") }

  /// The folder of the workspace: the option, else the environment's.
  func workspaceFolder() throws -> String {
    if let folder = arguments.value("workspace") {
      if folder.isEmpty { throw UsageError("The value '' is invalid for '--workspace DIR'.") }
      return folder
    }
    return Workspace.defaultFolder(environment: environment)
  }

  /// The workspace; opened by the first call.
  ///
  /// - Parameter create: whether an empty one is made where there is none.
  func workspace(create: Bool = false) throws -> Workspace {
    if let opened { return opened }
    let workspace = try Workspace.open(at: workspaceFolder(), create: create)
    opened = workspace
    return workspace
  }
}

// MARK: - What the words name

extension Invocation {
  /// The project that `-p` names.
  func project() throws -> Project? {
    try arguments.value("project").map { try workspace().project(matching: $0) }
  }

  /// The script that an argument names.
  func script(_ argument: String = "SCRIPT") throws -> ScriptSummary {
    try workspace().script(matching: arguments.word(argument))
  }

  /// The scripts that an argument names, each once.
  func scripts(_ argument: String, in project: Project.ID? = nil) throws -> [ScriptSummary] {
    var seen: Set<Script.ID> = []
    var result: [ScriptSummary] = []
    for word in arguments.list(argument) {
      let script = try workspace().script(matching: word, in: project)
      if seen.insert(script.id).inserted { result.append(script) }
    }
    return result
  }

  /// The lines that words name.
  func lines(_ words: [String], in script: Script.ID) throws -> [Line.ID] {
    try workspace().lines(matching: words, in: script)
  }

  /// The one line that a word names.
  func line(_ word: String, in script: Script.ID) throws -> Line.ID {
    let lines = try lines([word], in: script)
    guard lines.count == 1, let line = lines.first else {
      throw UsageError("'\(word)' names \(lines.count) lines where one is expected.")
    }
    return line
  }

  /// The sequence number of a revision that a word names: a number, an id or a unique prefix of one.
  func revision(_ word: String, of script: Script.ID) throws -> Int {
    if let number = Int(word), number > 0, word.utf8.count < 8 { return number }
    let log = try workspace().log(of: script)
    let matches = log.filter {
      word.utf8.count >= 4 && $0.id.description.hasPrefix(word.lowercased())
    }
    if matches.count == 1, let match = matches.first { return match.sequence }
    let problem = matches.isEmpty ? "names no revision" : "names several revisions"
    throw CommandFailure(
      type: matches.isEmpty ? "notFound" : "ambiguous",
      message: "'\(word)' \(problem) of the script.", fix: "'offbook log' lists them.")
  }

  /// The project whose cast holds a name: that of `-p`, else the only one that has it.
  func projectOfSpeaker(_ name: String) throws -> Project {
    if let project = try project() { return project }
    let projects = try workspace().projects().map(\.project)
    if projects.count == 1, let project = projects.first { return project }
    var holders: [Project] = []
    for project in projects {
      do throws(WorkspaceError) {
        _ = try workspaceOrThrow().speaker(matching: name, in: project.id)
        holders.append(project)
      } catch {
        if error.code == .ambiguous {
          holders.append(project)
        } else if error.code != .notFound {
          throw error
        }
      }
    }
    if holders.count == 1, let holder = holders.first { return holder }
    if holders.isEmpty {
      throw CommandFailure(
        type: "notFound", message: "No project has a speaker '\(name)'.",
        fix: "'offbook speaker list -p PROJECT' lists the speakers of one.")
    }
    let names = holders.map { "'\($0.name)'" }.joined(separator: ", ")
    throw CommandFailure(
      type: "ambiguous", message: "Several projects have a speaker '\(name)': \(names).",
      fix: "Name one with '-p'.")
  }

  private func workspaceOrThrow() throws(WorkspaceError) -> Workspace {
    guard let opened else { throw WorkspaceError(.failed, "The workspace is not open.") }
    return opened
  }
}
