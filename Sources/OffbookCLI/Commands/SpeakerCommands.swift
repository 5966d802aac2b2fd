import JSONText
import Offbook
import ScriptModel

/// `speaker list`, `rename`, `merge`, `assign`.
enum SpeakerCommands {
  static let group = Command(
    name: "speaker", abstract: "List, rename, merge and assign speakers.",
    examples: [
      .init("offbook speaker rename \"Speaker 1\" \"Anna Lee\"", "Say who speaks, everywhere."),
      .init("offbook speaker assign interview 3-7 Ben", "Give lines to somebody."),
    ],
    subcommands: [list, rename, merge, assign])

  static let list = Command(
    name: "list", abstract: "List who speaks, with lines counted.",
    examples: [
      .init("offbook speaker list interview", "List the speakers of a script."),
      .init("offbook speaker list -p Talks", "List the cast of a project."),
    ],
    arguments: [Argument("SCRIPT", "Only this script.", isOptional: true)],
    options: [CommonOption.project],
    action: { invocation in
      let cast = try cast(invocation)
      return Report(
        data: { writer, _ in
          writer.object { $0.member("speakers", cast) { $0.members(of: $1) } }
        },
        text: { console in
          if cast.isEmpty { return console.note("Nobody is named yet.") }
          console.table(table(of: cast))
        })
    })

  private static func cast(_ invocation: Invocation) throws -> [CastMember] {
    let workspace = try invocation.workspace()
    let project = try invocation.project()
    if let word = invocation.arguments.optional("SCRIPT") {
      let script = try workspace.script(matching: word, in: project?.id)
      return try workspace.cast(of: script.projectID, in: script.id)
    }
    if let project { return try workspace.cast(of: project.id) }
    return try workspace.projects().flatMap { try workspace.cast(of: $0.project.id) }
  }

  static let rename = Command(
    name: "rename", abstract: "Rename a speaker in all scripts of the project.",
    discussion: "Where the new name is taken, 'speaker merge' makes the two one.",
    examples: [.init("offbook speaker rename \"Speaker 1\" \"Anna Lee\"", "Say who speaks.")],
    arguments: [Argument("NAME", "The speaker."), Argument("NEW", "The new name.")],
    options: [CommonOption.project, CommonOption.dryRun],
    action: { invocation in
      let (name, new) = (invocation.arguments.word("NAME"), invocation.arguments.word("NEW"))
      let project = try invocation.projectOfSpeaker(name)
      let outcomes = try invocation.workspace().renameSpeaker(
        name, to: new, in: project.id, dryRun: invocation.isDryRun)
      return invocation.report(
        outcomes, done: "Renamed '\(VisibleText.row(name))' to '\(VisibleText.row(new))'")
    })

  static let merge = Command(
    name: "merge", abstract: "Give all lines of one speaker to another.",
    examples: [.init("offbook speaker merge ANNA \"Anna Lee\"", "Make two names one person.")],
    arguments: [Argument("NAME", "The speaker who goes."), Argument("INTO", "The one who stays.")],
    options: [CommonOption.project, CommonOption.dryRun],
    action: { invocation in
      let (name, other) = (invocation.arguments.word("NAME"), invocation.arguments.word("INTO"))
      let project = try invocation.projectOfSpeaker(name)
      let outcomes = try invocation.workspace().mergeSpeakers(
        name, into: other, in: project.id, dryRun: invocation.isDryRun)
      return invocation.report(
        outcomes, done: "Merged '\(VisibleText.row(name))' into '\(VisibleText.row(other))'")
    })

  static let assign = Command(
    name: "assign", abstract: "Give lines to a speaker.",
    discussion: "A new name joins the cast; an empty one ('') takes the speaker away.",
    examples: [
      .init("offbook speaker assign interview 3-7 12 Ben", "Give lines 3 to 7 and 12 to Ben.")
    ],
    arguments: [
      CommonOption.script, Argument("LINE", "Lines, as 12, 3-7, @1:30 or ids.", repeats: true),
      Argument("NAME", "The speaker."),
    ],
    options: [CommonOption.dryRun],
    action: { invocation in
      let script = try invocation.script()
      let lines = try invocation.lines(invocation.arguments.list("LINE"), in: script.id)
      let name = invocation.arguments.word("NAME")
      let outcome = try invocation.workspace().assignSpeaker(
        name, to: lines, in: script.id, dryRun: invocation.isDryRun)
      let taken = name.isEmpty ? "nobody" : "'\(VisibleText.row(name))'"
      return invocation.report(outcome, done: "Gave \(counted(lines.count, "line")) to \(taken)")
    })

  static func table(of cast: [CastMember]) -> TextTable {
    var table = TextTable([
      .init("speaker", isFlexible: true), .init("lines", isNumber: true), .init("id"),
    ])
    let ids = ShortIdentifiers(cast.map(\.speaker.id.description))
    for member in cast {
      table.append([
        member.speaker.name, String(member.lineCount), ids.short(member.speaker.id.description),
      ])
    }
    return table
  }
}

extension JSONWriter {
  /// Writes the members of a speaker in a cast.
  mutating func members(of member: CastMember) {
    self.member("id", member.speaker.id.description)
    self.member("name", member.speaker.name)
    self.member("lineCount", member.lineCount)
  }
}
