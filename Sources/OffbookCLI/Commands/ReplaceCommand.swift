import Offbook
import ScriptModel

/// `replace`.
enum ReplaceCommand {
  static let replace = Command(
    name: "replace", abstract: "Replace text in scripts.",
    discussion:
      "With --regex, $1 and $0 in the new text are what groups and the whole expression found, and "
      + "$$ is a dollar.",
    examples: [
      .init("offbook replace teh the interview --dry-run", "Show what would change."),
      .init("offbook replace \"carbon tax\" \"carbon levy\" -p Talks", "In a project."),
      .init("offbook replace '(\\d+) percent' '$1 %' --all --regex", "By pattern, everywhere."),
    ],
    arguments: [
      Argument("PATTERN", "What to look for."), Argument("TEXT", "What to put there."),
      Argument("SCRIPT", "The scripts; or -p or --all.", isOptional: true, repeats: true),
    ],
    options: [
      CommonOption.project, .flag("all", "In all scripts.", excludes: ["project"]),
      .flag("regex", "PATTERN is a regular expression."),
      .flag("ignore-case", short: "i", "Take capital and small letters for the same."),
      CommonOption.dryRun,
    ],
    action: { invocation in
      let scripts = try scripts(invocation)
      let arguments = invocation.arguments
      var pattern = ReplacementPattern(
        arguments.word("PATTERN"), replacement: arguments.word("TEXT"))
      pattern.isRegularExpression = arguments.flag("regex")
      pattern.ignoresCase = arguments.flag("ignore-case")
      if pattern.pattern.isEmpty {
        throw UsageError("The value '' is invalid for 'PATTERN'.")
      }
      let outcomes = try invocation.workspace().replace(
        pattern, in: scripts, dryRun: invocation.isDryRun)
      let shown = "'\(VisibleText.row(pattern.pattern))'"
      return invocation.report(
        outcomes, done: "Replaced \(shown)", nothing: "\(shown) was not found.")
    })

  private static func scripts(_ invocation: Invocation) throws -> [Script.ID] {
    let project = try invocation.project()
    let named = invocation.arguments.list("SCRIPT")
    if invocation.arguments.flag("all") {
      if !named.isEmpty { throw UsageError("Scripts can't be named beside '--all'.") }
      return try invocation.workspace().scripts().map(\.id)
    }
    if !named.isEmpty { return try invocation.scripts("SCRIPT", in: project?.id).map(\.id) }
    guard let project else {
      throw UsageError("Where? Please name scripts, a project with '-p', or '--all'.")
    }
    return try invocation.workspace().scripts(in: project.id).map(\.id)
  }
}
