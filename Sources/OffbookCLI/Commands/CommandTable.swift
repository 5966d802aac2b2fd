/// All commands; help shows them in this order.
enum CommandTable {
  static let root = Command(
    name: Program.name,
    abstract: "An offline-first workspace for transcripts and scripts.",
    discussion:
      "Scripts, projects, speakers and lines are named by id, by the beginning of an id (4 "
      + "characters or more), or by title or name. Lines also by number (12, 3-7) or time (@1:30). "
      + "Exit codes: 0 done, 1 failed, 2 wrong use, 3 partly done, 4 log-in needed, 5 conflicts wait, "
      + "6 no network: kept for a later sync, 7 not enough credits or not allowed to spend them, 8 a "
      + "check or a diff found something, 130 interrupted.",
    examples: [
      .init("offbook import interview.srt", "Bring a file in as a script, whatever it is."),
      .init("offbook show interview", "Read it with its line numbers."),
      .init(
        "offbook speaker rename \"Speaker 1\" \"Anna Lee\"", "Say who speaks, in all scripts."),
      .init("offbook export interview -o interview.md", "Hand it on in another format."),
      .init("offbook undo interview", "Take the last change back."),
    ],
    subcommands: WorkspaceCommands.all + [ProjectCommands.group] + ScriptCommands.all
      + TransferCommands.all + EditingCommands.all + HistoryCommands.all + ConflictCommands.all
      + ServiceCommands.all)

  /// The options that stand before or after any command.
  static let globals: [Option] = [
    .value(
      "workspace", "DIR", "The workspace's folder; else OFFBOOK_WORKSPACE, else the user's own."),
    .flag("json", "Write one JSON document to stdout."),
    .flag("quiet", short: "q", "Tell errors and warnings only."),
    .flag("verbose", short: "v", "Tell more: all findings, and the changes that were made."),
    .flag("color", "Whether colours are used; by default on terminals.", hasNegation: true),
    .value(
      "progress", "STYLE", "How progress is told on stderr.",
      choices: ["auto", "plain", "json", "none"]),
    Option(name: "help", short: "h", help: "Show help."),
    Option(name: "version", help: "Show the version."),
  ]
}

/// Options that several commands share.
enum CommonOption {
  static let project = Option.value(
    "project", short: "p", "PROJECT", "The project, by name, id or beginning of an id.")
  static let dryRun = Option.flag("dry-run", short: "n", "Show the difference and change nothing.")
  static let force = Option.flag("force", "Replace what is there.")
  static let lines = Option.value("lines", "A-B", "Only these lines, by number.")
  static let script = Argument("SCRIPT", "The script, by title, id or beginning of an id.")
}
