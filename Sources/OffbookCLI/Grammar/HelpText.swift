/// Usage and help, made from the description of a command.
struct HelpText {
  /// The name of the program.
  let program: String
  let root: Command
  let globals: [Option]
  /// The columns to wrap at.
  let width: Int
  let style: Style

  /// The usage line of the command at a path.
  func usage(of path: [String]) -> String {
    let command = command(at: path)
    let words = [program] + path
    let parts =
      command.subcommands.isEmpty
      ? command.options.filter { $0.name != "dry-run" }.map(\.usage)
        + command.arguments.map(\.usage) : [path.isEmpty ? "COMMAND" : "SUBCOMMAND", "…"]
    return (words + parts).joined(separator: " ")
  }

  /// What stands below a usage error.
  func advice(for path: [String]) -> String {
    let words = ([program] + path).joined(separator: " ")
    return "Usage: \(usage(of: path))\n  See '\(words) --help' for more information.\n"
  }

  /// The whole help of the command at a path: examples first.
  func help(for path: [String]) -> String {
    let command = command(at: path)
    let title = ([program] + path).joined(separator: " ")
    var text = wrapped("\(title): \(command.abstract)", indent: 0) + "\n"
    if !command.examples.isEmpty {
      text += heading("EXAMPLES")
      for example in command.examples {
        text += "  " + style.bold(example.line) + "\n" + wrapped(example.purpose, indent: 6) + "\n"
      }
    }
    text += heading("USAGE") + wrapped(usage(of: path), indent: 2, hanging: 4) + "\n"
    if !command.discussion.isEmpty {
      text += heading("ABOUT") + wrapped(command.discussion, indent: 2) + "\n"
    }
    if command.subcommands.isEmpty {
      text += section("ARGUMENTS", command.arguments.map { ($0.usage, $0.help) })
      text += section("OPTIONS", command.options.map { (left(of: $0), right(of: $0)) })
      text += "\n" + wrapped("Options of all commands: see '\(program) --help'.", indent: 0) + "\n"
      return text
    }
    let commands = command.subcommands.map { ($0.name, $0.abstract) }
    text += section(path.isEmpty ? "COMMANDS" : "SUBCOMMANDS", commands)
    if path.isEmpty {
      text += section("OPTIONS OF ALL COMMANDS", globals.map { (left(of: $0), right(of: $0)) })
    }
    let next = (["help"] + path + ["COMMAND"]).joined(separator: " ")
    return text + "\n" + wrapped("'\(program) \(next)' tells more of one command.", indent: 0)
      + "\n"
  }

  private func command(at path: [String]) -> Command {
    var command = root
    for word in path {
      guard let next = command.subcommands.first(where: { $0.name == word }) else { break }
      command = next
    }
    return command
  }

  private func heading(_ text: String) -> String { "\n" + style.bold(text) + "\n" }

  private func left(of option: Option) -> String {
    let negation = option.hasNegation ? ", --no-\(option.name)" : ""
    return (option.short.map { "-\($0), " } ?? "") + option.spelling + negation
  }

  private func right(of option: Option) -> String {
    option.choices.isEmpty
      ? option.help : option.help + " (values: \(option.choices.joined(separator: ", ")))"
  }

  private func section(_ title: String, _ rows: [(String, String)]) -> String {
    if rows.isEmpty { return "" }
    let column = min(28, width / 2, (rows.map { TextWidth.columns(of: $0.0) }.max() ?? 0) + 4)
    var text = heading(title)
    for (left, right) in rows {
      let lines = TextWrapping.rows(of: right, width: max(20, width - column))
      let leftWidth = TextWidth.columns(of: left) + 2
      let fits = leftWidth + 2 <= column
      let first = fits ? String(repeating: " ", count: column - leftWidth) : "\n"
      text += "  " + left + first
      for (index, line) in lines.enumerated() {
        let indent = index == 0 && fits ? "" : String(repeating: " ", count: column)
        text += indent + line + "\n"
      }
    }
    return text
  }

  private func wrapped(_ text: String, indent: Int, hanging: Int? = nil) -> String {
    let hanging = hanging ?? indent
    let rows = TextWrapping.rows(of: text, width: max(20, width - hanging))
    return rows.enumerated().map { index, row in
      String(repeating: " ", count: index == 0 ? indent : hanging) + row
    }.joined(separator: "\n")
  }
}
