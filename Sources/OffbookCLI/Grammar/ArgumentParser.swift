/// What a command line asks for.
enum Request {
  case run(Command, path: [String], ParsedArguments)
  case help(path: [String])
  case version
}

/// The reading of a command line, by the rules of swift-argument-parser where it has one.
///
/// Of an option that is given twice the last value counts; flags that contradict each other are an
/// error. After `--` every word is an argument. What begins with `-` and a digit, or holds white
/// space, is an argument or a value and no option.
struct ArgumentParser {
  private let root: Command
  private let globals: [Option]
  private var words: [String]
  private var position = 0
  private var command: Command
  private var path: [String] = []
  private var result = ParsedArguments()
  private var positionals: [String] = []

  /// Creates a parser of the words after the program's name.
  init(root: Command, globals: [Option], words: [String]) {
    self.root = root
    self.globals = globals
    self.words = words
    command = root
  }

  /// Reads all words.
  mutating func parse() throws(UsageError) -> Request {
    do {
      return try read()
    } catch {
      let rest = words[min(position, words.count)...].prefix { $0 != "--" }
      if rest.contains("--help") || rest.contains("-h") { return .help(path: path) }
      throw UsageError(error.message, path: path)
    }
  }

  private mutating func read() throws(UsageError) -> Request {
    while position < words.count {
      let word = words[position]
      position += 1
      if word == "--" {
        positionals += words[position...]
        position = words.count
      } else if word == "--help" || word == "-h" {
        return .help(path: path)
      } else if word == "--version", command.option(named: "version") == nil {
        return .version
      } else if isOption(word) {
        try readOption(word)
      } else if command.subcommands.isEmpty || isArgument(word) {
        positionals.append(word)
      } else if word == "help", path.isEmpty {
        return .help(path: try helpPath())
      } else {
        try descend(to: word)
      }
    }
    return try finish()
  }

  private mutating func finish() throws(UsageError) -> Request {
    if command.action == nil {
      if path.isEmpty { return .help(path: []) }
      let names = command.subcommands.map { "'\($0.name)'" }.joined(separator: ", ")
      throw UsageError("Missing expected subcommand of '\(path.joined(separator: " "))': \(names).")
    }
    try assignPositionals()
    try checkExclusions()
    return .run(command, path: path, result)
  }

  // MARK: Commands

  /// Whether a word is an argument of a command that also has subcommands, such as `intents`.
  private func isArgument(_ word: String) -> Bool {
    guard command.action != nil, !command.arguments.isEmpty else { return false }
    return !positionals.isEmpty || !command.subcommands.contains { $0.name == word }
  }

  private mutating func descend(to word: String) throws(UsageError) {
    guard let next = command.subcommands.first(where: { $0.name == word }) else {
      throw unknownCommand(word, of: command)
    }
    command = next
    path.append(word)
  }

  private func unknownCommand(_ word: String, of command: Command) -> UsageError {
    var names = command.subcommands.map(\.name)
    if command.name == root.name { names.append("help") }
    let kind = path.isEmpty ? "command" : "subcommand"
    return UsageError("Unknown \(kind) '\(word)'.\(Suggestion.sentence(for: word, in: names))")
  }

  private mutating func helpPath() throws(UsageError) -> [String] {
    while position < words.count {
      let word = words[position]
      position += 1
      if isOption(word) {
        try readOption(word)
      } else if command.subcommands.isEmpty {
        throw UsageError("Unexpected argument '\(word)'.")
      } else {
        try descend(to: word)
      }
    }
    return path
  }

  // MARK: Options

  /// Whether a word is to be read as an option and not as an argument.
  private func isOption(_ word: String) -> Bool {
    guard word.hasPrefix("-"), word != "-" else { return false }
    if word.hasPrefix("--") {
      return !word.prefix { $0 != "=" }.contains { $0.isWhitespace }
    }
    let second = word.dropFirst().first ?? "-"
    return !second.isNumber && second != "." && !word.contains { $0.isWhitespace }
  }

  private func option(named name: String) -> Option? {
    command.option(named: name) ?? globals.first { $0.name == name }
  }

  private func option(short: Character) -> Option? {
    command.options.first { $0.short == short } ?? globals.first { $0.short == short }
  }

  private mutating func readOption(_ word: String) throws(UsageError) {
    guard word.hasPrefix("--") else { return try readShortOptions(word) }
    let parts = word.dropFirst(2).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let attached = parts.count > 1 ? String(parts[1]) : nil
    if let option = option(named: name) {
      try take(option, attached: attached)
    } else if name.hasPrefix("no-"), let option = option(named: String(name.dropFirst(3))),
      option.hasNegation
    {
      try takeFlag(option, attached: attached, value: false, as: "--\(name)")
    } else {
      throw unknownOption("--\(name)")
    }
  }

  private mutating func readShortOptions(_ word: String) throws(UsageError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = option(short: letter) else { throw unknownOption(word, letter: letter) }
      if option.valueName == nil {
        try takeFlag(option, attached: nil, value: true, as: "-\(letter)")
        continue
      }
      let attached = letters.first == "=" ? letters.dropFirst() : letters
      return try take(option, attached: letters.isEmpty ? nil : String(attached))
    }
  }

  private mutating func take(_ option: Option, attached: String?) throws(UsageError) {
    guard option.valueName != nil else {
      return try takeFlag(option, attached: attached, value: true, as: "--\(option.name)")
    }
    let value: String
    if let attached { value = attached } else { value = try nextValue(for: option) }
    if !option.choices.isEmpty, !option.choices.contains(value) {
      let list = option.choices.map { "'\($0)'" }.joined(separator: ", ")
      let near = Suggestion.sentence(for: value, in: option.choices)
      let advice = near.isEmpty ? " Please provide one of \(list)." : near
      throw UsageError("The value '\(value)' is invalid for '\(option.spelling)'.\(advice)")
    }
    result.values[option.name] = value
  }

  private mutating func takeFlag(
    _ option: Option, attached: String?, value: Bool, as spelling: String
  ) throws(UsageError) {
    guard attached == nil else { throw UsageError("The option '\(spelling)' takes no value.") }
    if let earlier = result.flags[option.name], earlier != value {
      let other = value ? "--no-\(option.name)" : "--\(option.name)"
      throw UsageError("The options '\(other)' and '\(spelling)' can't be used together.")
    }
    result.flags[option.name] = value
  }

  /// The word after an option, unless it is another option; `--text=--so` passes any word.
  private mutating func nextValue(for option: Option) throws(UsageError) -> String {
    guard position < words.count, !isKnownOption(words[position]) else {
      throw UsageError("Missing value for '\(option.spelling)'.")
    }
    position += 1
    return words[position - 1]
  }

  private func isKnownOption(_ word: String) -> Bool {
    guard isOption(word) else { return false }
    if word.hasPrefix("--") { return true }
    return word.count == 2 && word.last.flatMap { option(short: $0) } != nil
  }

  private func unknownOption(_ spelling: String, letter: Character? = nil) -> UsageError {
    let all = command.options + globals
    if let letter {
      let whole = all.first { "-\($0.name)" == spelling }
      let advice = whole.map { " Did you mean '--\($0.name)'?" } ?? ""
      return UsageError("Unknown option '-\(letter)'.\(advice)")
    }
    let names =
      all.map { "--\($0.name)" } + all.filter(\.hasNegation).map { "--no-\($0.name)" }
      + ["--help", "--version"]
    return UsageError(
      "Unknown option '\(spelling)'.\(Suggestion.sentence(for: spelling, in: names))")
  }

  private func checkExclusions() throws(UsageError) {
    for option in command.options where result.has(option.name) {
      for other in option.excludes where result.has(other) {
        throw UsageError("The options '--\(option.name)' and '--\(other)' can't be used together.")
      }
    }
  }

  // MARK: Arguments

  private mutating func assignPositionals() throws(UsageError) {
    let arguments = command.arguments
    let repeating = arguments.firstIndex(where: \.repeats)
    let tail = repeating.map { arguments.count - $0 - 1 } ?? 0
    var rest = positionals[...]
    for (index, argument) in arguments.enumerated() {
      if index == repeating {
        let words = Array(rest.dropLast(tail))
        rest = rest.suffix(tail > rest.count ? rest.count : tail)
        if words.isEmpty, !argument.isOptional { throw missing(argument) }
        result.arguments[argument.name] = words
      } else if let word = rest.popFirst() {
        result.arguments[argument.name] = [word]
      } else if !argument.isOptional {
        throw missing(argument)
      }
    }
    if !rest.isEmpty {
      if let sentence = command.unexpectedWords { throw UsageError(sentence) }
      let list = rest.map { "'\($0)'" }.joined(separator: ", ")
      throw UsageError(
        rest.count == 1
          ? "Unexpected argument \(list)." : "\(rest.count) unexpected arguments: \(list).")
    }
  }

  private func missing(_ argument: Argument) -> UsageError {
    UsageError("Missing expected argument '\(argument.name)'.")
  }
}

extension Command {
  /// The option of that long name, of this command alone.
  func option(named name: String) -> Option? { options.first { $0.name == name } }
}
