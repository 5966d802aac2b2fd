import ScriptModel

/// What `import`, `export` and `convert` share.
enum TransferCommands {
  static let all = [ImportCommand.importFiles, ExportCommand.export, ConvertCommand.convert]

  /// The formats that files are read from.
  static let readable = FormatName.allCases.map(\.rawValue)
  /// The formats that files are written in.
  static let writable = FormatName.allCases.filter { $0 != .fountain }.map(\.rawValue)
  static let output = Option.value("output", short: "o", "OUT", "A file, a folder or - for stdout.")

  /// The options that say how a file is written.
  static let writing: [Option] = [
    .value(
      "speakers", "WHEN", "Which lines get the name of their speaker.",
      choices: ["every", "change", "none"]),
    .flag(
      "times", "Whether times are written where the format leaves a choice.", hasNegation: true),
    .value("max-line-length", "N", "Wrap captions to rows of at most so many characters."),
    .flag("crlf", "End the lines of an SRT file with CR LF."),
    CommonOption.force,
  ]
}
