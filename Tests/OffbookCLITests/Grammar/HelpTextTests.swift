import Testing

@testable import OffbookCLI

private func help(_ path: [String], width: Int = 80) -> HelpText {
  HelpText(
    program: "offbook", root: CommandTable.root, globals: CommandTable.globals, width: width,
    style: .plain)
}

@Test func helpOfACommandBeginsWithExamples() {
  #expect(
    help([]).help(for: ["line", "split"]) == """
      offbook line split: Cut a line in two.

      EXAMPLES
        offbook line split interview 12 --at "And then"
            Cut before these words.
        offbook line split interview 12 --at 20
            Cut after 20 characters.

      USAGE
        offbook line split [--at TEXT|OFFSET] SCRIPT LINE

      ABOUT
        --at takes the words that the second line begins with, or the number of
        characters before the cut. The time between is shared out by the length of the
        texts.

      ARGUMENTS
        SCRIPT  The script, by title, id or beginning of an id.
        LINE    The line, as 12, @1:30 or an id.

      OPTIONS
        --at TEXT|OFFSET  Where: words of the line, or a number of characters.
        -n, --dry-run     Show the difference and change nothing.

      Options of all commands: see 'offbook --help'.

      """)
}

@Test func helpOfAGroupListsItsCommands() {
  let text = help([]).help(for: ["speaker"])
  #expect(text.contains("SUBCOMMANDS\n  list    List who speaks, with lines counted.\n"))
  #expect(text.contains("USAGE\n  offbook speaker SUBCOMMAND …\n"))
}

@Test(arguments: [40, 60, 80, 100])
func helpStaysWithinItsWidth(width: Int) {
  func check(_ command: Command, _ path: [String]) {
    let examples = Set(command.examples.map { "  " + $0.line })
    for row in help(path, width: width).help(for: path).split(separator: "\n") {
      guard !examples.contains(String(row)) else { continue }
      #expect(TextWidth.columns(of: String(row)) <= width, "\(path): \(row)")
    }
    for next in command.subcommands { check(next, path + [next.name]) }
  }
  check(CommandTable.root, [])
}

@Test func adviceShowsTheUsageOfTheCommandThatWasMeant() {
  #expect(
    help([]).advice(for: ["log"]) == """
      Usage: offbook log SCRIPT
        See 'offbook log --help' for more information.

      """)
}
