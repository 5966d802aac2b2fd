import Offbook
import ScriptModel

/// `line add`, `set`, `delete`, `split`, `join`, `move`.
enum LineCommands {
  static let group = Command(
    name: "line", abstract: "Add, change, delete, split, join and move lines.",
    examples: [
      .init("offbook line set interview 12 --text \"Good morning.\"", "Change the text of a line."),
      .init("offbook line join interview 3-4", "Make two lines one."),
    ],
    subcommands: [add, set, delete, split, join, move])

  private static let line = Argument("LINE", "The line, as 12, @1:30 or an id.")
  private static let lines = Argument(
    "LINE", "The lines, as 12, 3-7, @1:30 or ids.", repeats: true)
  private static let fields: [Option] = [
    .value("speaker", "NAME", "Who says it; '' for nobody."),
    .value("start", "T", "When it begins; 'none' for no time."),
    .value("end", "T", "When it ends; 'none' for no time."),
  ]

  static let add = Command(
    name: "add", abstract: "Add a line.",
    examples: [
      .init("offbook line add interview \"Thank you.\" --speaker Anna", "Add a line at the end."),
      .init(
        "offbook line add interview --after 12 --start 1:30 --end 1:32.5 \"Yes.\"",
        "Add one behind line 12."),
    ],
    arguments: [CommonOption.script, Argument("TEXT", "What is said.")],
    options: [
      .value("after", "LINE", "The line that it comes behind, 0 for the beginning; else the last.")
    ] + fields + [CommonOption.dryRun],
    action: { invocation in
      let script = try invocation.script()
      let place = invocation.arguments.value("after")
      let after = try place.flatMap { $0 == "0" ? nil : try invocation.line($0, in: script.id) }
      var fields = try fields(of: invocation)
      fields.text = invocation.arguments.word("TEXT")
      let outcome = try invocation.workspace().addLine(
        to: script.id, after: after, isFirst: place == "0", fields: fields,
        dryRun: invocation.isDryRun)
      let number = outcome.changes.first { $0.operation == .insert }?.after?.number
      return invocation.report(outcome, done: "Added line \(number.map(String.init) ?? "")")
    })

  static let set = Command(
    name: "set", abstract: "Change text, speaker or times of a line.",
    examples: [
      .init("offbook line set interview 12 --text \"Good morning.\"", "Change the text."),
      .init("offbook line set interview @1:30 --speaker Ben", "Change who says it."),
      .init("offbook line set interview 12 --end none", "Take the end time away."),
    ],
    arguments: [CommonOption.script, line],
    options: [.value("text", "TEXT", "The new text.")] + fields + [CommonOption.dryRun],
    action: { invocation in
      var fields = try fields(of: invocation)
      fields.text = invocation.arguments.value("text")
      if fields.text == nil, fields.speaker == nil, fields.start == nil, fields.end == nil {
        throw UsageError(
          "Nothing to set. Please provide one of '--text', '--speaker', '--start', '--end'.")
      }
      let script = try invocation.script()
      let word = invocation.arguments.word("LINE")
      let line = try invocation.line(word, in: script.id)
      let outcome = try invocation.workspace().setLine(
        line, in: script.id, fields: fields, dryRun: invocation.isDryRun)
      return invocation.report(outcome, done: "Changed line \(VisibleText.row(word))")
    })

  private static func fields(of invocation: Invocation) throws -> LineFields {
    var fields = LineFields()
    fields.speaker = invocation.arguments.value("speaker")
    fields.start = try invocation.arguments.timeOrNone("start")
    fields.end = try invocation.arguments.timeOrNone("end")
    return fields
  }

  static let delete = Command(
    name: "delete", abstract: "Take lines out.",
    examples: [.init("offbook line delete interview 3-7 12", "Take lines 3 to 7 and 12 out.")],
    arguments: [CommonOption.script, lines], options: [CommonOption.dryRun],
    action: { invocation in
      let script = try invocation.script()
      let lines = try invocation.lines(invocation.arguments.list("LINE"), in: script.id)
      let outcome = try invocation.workspace().deleteLines(
        lines, in: script.id, dryRun: invocation.isDryRun)
      return invocation.report(outcome, done: "Deleted \(counted(lines.count, "line"))")
    })

  static let split = Command(
    name: "split", abstract: "Cut a line in two.",
    discussion:
      "--at takes the words that the second line begins with, or the number of characters before "
      + "the cut. The time between is shared out by the length of the texts.",
    examples: [
      .init("offbook line split interview 12 --at \"And then\"", "Cut before these words."),
      .init("offbook line split interview 12 --at 20", "Cut after 20 characters."),
    ],
    arguments: [CommonOption.script, line],
    options: [
      .value("at", "TEXT|OFFSET", "Where: words of the line, or a number of characters."),
      CommonOption.dryRun,
    ],
    action: { invocation in
      guard let place = invocation.arguments.value("at") else {
        throw UsageError("Missing expected option '--at TEXT|OFFSET'.")
      }
      let script = try invocation.script()
      let line = try invocation.line(invocation.arguments.word("LINE"), in: script.id)
      let point = Int(place).map { SplitPoint.offset($0) } ?? .text(place)
      let outcome = try invocation.workspace().splitLine(
        line, in: script.id, at: point, dryRun: invocation.isDryRun)
      return invocation.report(outcome, done: "Split the line")
    })

  static let join = Command(
    name: "join", abstract: "Make neighbouring lines one.",
    examples: [.init("offbook line join interview 3-4", "Make lines 3 and 4 one.")],
    arguments: [CommonOption.script, lines], options: [CommonOption.dryRun],
    action: { invocation in
      let script = try invocation.script()
      let lines = try invocation.lines(invocation.arguments.list("LINE"), in: script.id)
      let outcome = try invocation.workspace().joinLines(
        lines, in: script.id, dryRun: invocation.isDryRun)
      return invocation.report(outcome, done: "Joined \(counted(lines.count, "line"))")
    })

  static let move = Command(
    name: "move", abstract: "Put lines behind another.",
    examples: [
      .init("offbook line move interview 7-9 --after 2", "Put lines 7 to 9 behind line 2."),
      .init("offbook line move interview 7 --after 0", "Put line 7 first."),
    ],
    arguments: [CommonOption.script, lines],
    options: [
      .value("after", "LINE", "The line that they come behind; 0 for the beginning."),
      CommonOption.dryRun,
    ],
    action: { invocation in
      guard let place = invocation.arguments.value("after") else {
        throw UsageError("Missing expected option '--after LINE'.")
      }
      let script = try invocation.script()
      let lines = try invocation.lines(invocation.arguments.list("LINE"), in: script.id)
      let after = place == "0" ? nil : try invocation.line(place, in: script.id)
      let outcome = try invocation.workspace().moveLines(
        lines, in: script.id, after: after, dryRun: invocation.isDryRun)
      return invocation.report(outcome, done: "Moved \(counted(lines.count, "line"))")
    })
}
