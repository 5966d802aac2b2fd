import ScriptModel
import Testing

@testable import OffbookCLI

/// What a line of words comes to, in a form that tables can hold.
private func parsed(_ words: [String]) -> String {
  var parser = ArgumentParser(root: CommandTable.root, globals: CommandTable.globals, words: words)
  do throws(UsageError) {
    switch try parser.parse() {
    case .version: return "version"
    case .help(let path): return (["help"] + path).joined(separator: " ")
    case .run(_, let path, let arguments):
      let words = arguments.arguments.sorted { $0.key < $1.key }.map {
        "\($0.key)=\($0.value.joined(separator: "+"))"
      }
      let values = arguments.values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let flags = arguments.flags.sorted { $0.key < $1.key }.map {
        ($0.value ? "" : "no-") + $0.key
      }
      let parts = [words, values, flags].map { $0.joined(separator: " ") }
      return path.joined(separator: " ") + ": "
        + parts.filter { !$0.isEmpty }.joined(separator: "; ")
    }
  } catch {
    return "error: \(error.message)"
  }
}

@Test(arguments: [
  (["list"], "list: "),
  (["--json", "list"], "list: json"),
  (["list", "--json", "-p", "Talks"], "list: project=Talks; json"),
  (["list", "--project=Talks"], "list: project=Talks"),
  (["list", "-pTalks"], "list: project=Talks"),
  (["list", "-qvp", "Talks"], "list: project=Talks; quiet verbose"),
  (
    ["--workspace", "/w", "line", "set", "S", "3", "--text", "a b"],
    "line set: LINE=3 SCRIPT=S; text=a b workspace=/w"
  ),
  (["retime", "S", "--shift", "-2s"], "retime: SCRIPT=S; shift=-2s"),
  (["retime", "S", "--shift", "+250ms"], "retime: SCRIPT=S; shift=+250ms"),
  (["retime", "S", "--shift=-2s"], "retime: SCRIPT=S; shift=-2s"),
  (["line", "set", "S", "1", "--text", "- Hello."], "line set: LINE=1 SCRIPT=S; text=- Hello."),
  (["line", "set", "S", "1", "--text", "-Hello"], "line set: LINE=1 SCRIPT=S; text=-Hello"),
  (["line", "set", "S", "1", "--text=--so"], "line set: LINE=1 SCRIPT=S; text=--so"),
  (["line", "set", "S", "1", "--text", ""], "line set: LINE=1 SCRIPT=S; text="),
  (["line", "add", "S", "- Yes. - No."], "line add: SCRIPT=S TEXT=- Yes. - No."),
  (["line", "add", "S", "-5"], "line add: SCRIPT=S TEXT=-5"),
  (["line", "add", "--", "S", "--text"], "line add: SCRIPT=S TEXT=--text"),
  (
    ["speaker", "assign", "S", "1", "3-4", "Anna"], "speaker assign: LINE=1+3-4 NAME=Anna SCRIPT=S"
  ),
  (["replace", "a", "b"], "replace: PATTERN=a SCRIPT= TEXT=b"),
  (["replace", "a", "b", "S", "T"], "replace: PATTERN=a SCRIPT=S+T TEXT=b"),
  (["diff", "S", "3"], "diff: REV=3 SCRIPT=S"),
  (["import", "-"], "import: FILE=-"),
  (["export", "S", "-f", "md", "-o", "-"], "export: SCRIPT=S; format=md output=-"),
  (["export", "S", "--no-times"], "export: SCRIPT=S; no-times"),
  (["list", "-p", "A", "-p", "B"], "list: project=B"),
])
func wordsAreToldApart(words: [String], result: String) {
  #expect(parsed(words) == result)
}

@Test(arguments: [
  ([], "help"),
  (["--help"], "help"),
  (["help"], "help"),
  (["help", "line"], "help line"),
  (["help", "line", "set"], "help line set"),
  (["line", "set", "-h"], "help line set"),
  (["line", "--help"], "help line"),
  (["export", "--bad", "--help"], "help export"),
  (["line", "add", "S", "--", "--help"], "line add: SCRIPT=S TEXT=--help"),
  (["--version"], "version"),
  (["list", "--version"], "version"),
])
func helpAndVersionAreFoundAnywhere(words: [String], result: String) {
  #expect(parsed(words) == result)
}

@Test(arguments: [
  (["lst"], "Unknown command 'lst'. Did you mean 'list'?"),
  (["hlep"], "Unknown command 'hlep'. Did you mean 'help'?"),
  (["xyzzy"], "Unknown command 'xyzzy'."),
  (["line", "sett"], "Unknown subcommand 'sett'. Did you mean 'set'?"),
  (["help", "improt"], "Unknown command 'improt'. Did you mean 'import'?"),
  (
    ["line"],
    "Missing expected subcommand of 'line': 'add', 'set', 'delete', 'split', 'join', 'move'."
  ),
  (["search", "q", "--speeker", "A"], "Unknown option '--speeker'. Did you mean '--speaker'?"),
  (["export", "S", "--no-time"], "Unknown option '--no-time'. Did you mean '--no-times'?"),
  (["list", "--xyzzy"], "Unknown option '--xyzzy'."),
  (["list", "-z"], "Unknown option '-z'."),
  (["list", "-json"], "Unknown option '-j'. Did you mean '--json'?"),
  (["list", "-p"], "Missing value for '--project PROJECT'."),
  (["export", "S", "-f", "-o", "x"], "Missing value for '--format F'."),
  (
    ["export", "S", "-f", "str"],
    "The value 'str' is invalid for '--format F'. Did you mean 'srt'?"
  ),
  (
    ["export", "S", "-f", "pdf"],
    "The value 'pdf' is invalid for '--format F'. Please provide one of 'srt', 'md', 'txt', 'vtt', "
      + "'docx', 'json'."
  ),
  (["list", "--json=yes"], "The option '--json' takes no value."),
  (
    ["export", "S", "--times", "--no-times"],
    "The options '--times' and '--no-times' can't be used together."
  ),
  (
    ["replace", "a", "b", "--all", "-p", "P"],
    "The options '--all' and '--project' can't be used together."
  ),
  (["show"], "Missing expected argument 'SCRIPT'."),
  (["speaker", "assign", "S", "Anna"], "Missing expected argument 'LINE'."),
  (["list", "x"], "Unexpected argument 'x'."),
  (["list", "x", "y"], "2 unexpected arguments: 'x', 'y'."),
  (
    ["auth", "token", "nmv_usr_1"],
    "A token on the command line is seen by all who list the processes. Give it on standard input: "
      + "'offbook auth token --stdin < FILE'."
  ),
])
func wrongWordsAreNamedWithANearOne(words: [String], message: String) {
  #expect(parsed(words) == "error: " + message)
}

@Test func anErrorKnowsItsCommand() {
  var parser = ArgumentParser(
    root: CommandTable.root, globals: CommandTable.globals, words: ["line", "set", "--bad"])
  #expect(throws: UsageError("Unknown option '--bad'.", path: ["line", "set"])) {
    _ = try parser.parse()
  }
}

@Test(arguments: [("90", 90_000), ("-2s", -2000), ("1:30.5", 90_500)])
func timesAreRead(text: String, milliseconds: Int64) throws {
  let arguments = ParsedArguments(values: ["shift": text])
  #expect(try arguments.time("shift") == Milliseconds(milliseconds))
}

@Test func badValuesAreWrongUse() throws {
  let arguments = ParsedArguments(values: ["shift": "soon", "limit": "0", "start": "none"])
  #expect(throws: UsageError.self) { try arguments.time("shift") }
  #expect(throws: UsageError.self) { try arguments.count("limit") }
  #expect(try arguments.timeOrNone("start") == .some(nil))
  #expect(try arguments.timeOrNone("end") == nil)
}

@Test(arguments: [
  ("", "", 0), ("abc", "abc", 0), ("abc", "", 3), ("speeker", "speaker", 1),
  ("improt", "import", 1),
  ("kitten", "sitting", 3),
])
func distancesCountSwapsAsOne(left: String, right: String, distance: Int) {
  #expect(Suggestion.distance(left, right) == distance)
  #expect(Suggestion.distance(right, left) == distance)
}

@Test func everyCommandHasExamplesAndAnAction() {
  func check(_ command: Command, _ path: String) {
    #expect(!command.examples.isEmpty, "\(path) has no example")
    #expect(command.action != nil || !command.subcommands.isEmpty, "\(path)")
    #expect(command.arguments.filter(\.repeats).count <= 1, "\(path)")
    let letters = (command.options + CommandTable.globals).compactMap(\.short)
    #expect(Set(letters).count == letters.count, "\(path) uses a letter twice")
    for next in command.subcommands { check(next, path + " " + next.name) }
  }
  check(CommandTable.root, "offbook")
}
