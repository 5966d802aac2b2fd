import JSONText
import Offbook
import ScriptModel

/// `conflicts`, `resolve`.
enum ConflictCommands {
  static let all = [MergeCommand.merge, conflicts, resolve, MergeDriverCommand.mergeDriver]

  static let conflicts = Command(
    name: "conflicts", abstract: "Show what both sides of a merge changed differently.",
    discussion:
      "A conflict stops nothing: the script keeps what is here (ours) and can be edited and exported "
      + "as it is. The other side's value (theirs) waits until 'resolve' settles it.",
    examples: [
      .init("offbook conflicts", "Show all conflicts of the workspace."),
      .init("offbook conflicts interview", "Show those of a script."),
    ],
    arguments: [
      Argument("SCRIPT", "The script, by title, id or beginning of an id.", isOptional: true)
    ],
    action: { invocation in
      let workspace = try invocation.workspace()
      let script = try invocation.arguments.optional("SCRIPT").map { _ in try invocation.script() }
      let conflicts = try workspace.conflicts(of: script?.id)
      let scripts = try workspace.scripts()
      let titles = Dictionary(scripts.map { ($0.id, $0.title) }) { first, _ in first }
      return Report(
        data: { writer, _ in
          writer.object { writer in
            writer.member("conflicts", conflicts) { $0.members(of: $1) }
          }
        },
        text: { console in
          if conflicts.isEmpty { return console.note("No conflicts.") }
          console.conflicts(
            conflicts, ofSeveralScripts: script == nil, title: { titles[$0] ?? "\($0)" })
        })
    })

  static let resolve = Command(
    name: "resolve", abstract: "Settle a conflict.",
    discussion:
      "'undo' opens it again. --text takes what the field needs: a text, a name, a time, or for the "
      + "place of a line the number of the line to stand behind.",
    examples: [
      .init("offbook resolve 3f2a --theirs", "Take the other side's value."),
      .init("offbook resolve 3f2a --ours", "Leave the script as it is."),
      .init("offbook resolve 3f2a --text \"Good evening, all.\"", "Write it anew."),
      .init("offbook resolve --all --ours interview", "Leave all of a script as it is."),
    ],
    arguments: [
      Argument(
        "CONFLICT", "The conflict, by id or beginning of an id; with --all a script.",
        isOptional: true)
    ],
    options: [
      .flag("ours", "Leave the script as it is.", excludes: ["theirs", "base", "text", "both"]),
      .flag("theirs", "Take the other side's value.", excludes: ["base", "text", "both"]),
      .flag("base", "Go back to what both sides started from.", excludes: ["text", "both"]),
      .flag("both", "Keep the lines that both sides added.", excludes: ["text"]),
      .value("text", "T", "Take this value."),
      .flag("all", "Settle all conflicts, of a script or of the workspace.", excludes: ["text"]),
      CommonOption.dryRun,
    ],
    action: { invocation in
      let resolution = try chosen(invocation)
      if invocation.arguments.flag("all") { return try resolveAll(resolution, invocation) }
      guard let word = invocation.arguments.optional("CONFLICT") else {
        throw UsageError("Missing expected argument 'CONFLICT', or '--all'.")
      }
      let workspace = try invocation.workspace()
      let conflict = try workspace.conflict(matching: word)
      let outcome = try workspace.resolve(
        conflict.conflict.id, with: resolution, dryRun: invocation.isDryRun)
      let left = try workspace.conflicts(of: outcome.scriptID).count
      let rest = left == 0 ? "None is left" : "\(left) left"
      return invocation.report(
        outcome, done: "Settled \(ConflictText.subject(of: conflict)). \(rest)")
    })

  private static func chosen(_ invocation: Invocation) throws -> ConflictResolution {
    let arguments = invocation.arguments
    if arguments.flag("ours") { return .ours }
    if arguments.flag("theirs") { return .theirs }
    if arguments.flag("base") { return .base }
    if arguments.flag("both") { return .both }
    if let text = arguments.value("text") { return .text(text) }
    throw UsageError("Missing one of '--ours', '--theirs', '--base', '--both', '--text T'.")
  }

  private static func resolveAll(
    _ resolution: ConflictResolution, _ invocation: Invocation
  ) throws -> Report {
    let script = try invocation.arguments.optional("CONFLICT").map { _ in
      try invocation.script("CONFLICT")
    }
    let workspace = try invocation.workspace()
    let count = try workspace.conflicts(of: script?.id).count
    let outcomes = try workspace.resolveAll(
      of: script?.id, with: resolution, dryRun: invocation.isDryRun)
    return invocation.report(
      outcomes, done: "Settled \(counted(count, "conflict"))", nothing: "No conflicts.")
  }
}

extension JSONWriter {
  /// Writes the members of a conflict.
  mutating func members(of details: ConflictDetails) {
    let conflict = details.conflict
    member("id", conflict.id.description)
    member("scriptId", conflict.scriptID.description)
    member("lineId", conflict.lineID.description)
    member("field", conflict.field.rawValue)
    value("base", conflict.base, details.base, conflict.field)
    value("ours", conflict.ours, details.ours, conflict.field)
    value("theirs", conflict.theirs, details.theirs, conflict.field)
    member("state", conflict.state.rawValue)
    member("number", details.number)
    member("speaker", details.speakerName)
  }

  /// Times are milliseconds, speakers are names, places are ids of lines, all else is text.
  private mutating func value(
    _ name: String, _ raw: String?, _ readable: String?, _ field: Conflict.Field
  ) {
    switch field {
    case .start, .end: member(name, raw.flatMap { Int($0) })
    case .order: member(name, raw.flatMap { $0.isEmpty ? nil : $0 })
    default: member(name, readable)
    }
  }
}
