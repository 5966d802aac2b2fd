/// A word of the command line with what may follow it; help, usage and parsing come from it.
struct Command: Sendable {
  /// One use of a command, as a person would type it.
  struct Example: Sendable {
    var line: String
    var purpose: String

    init(_ line: String, _ purpose: String) {
      self.line = line
      self.purpose = purpose
    }
  }

  /// What a command does, once its words are understood.
  typealias Action = @Sendable (Invocation) throws -> Report

  var name: String
  /// What it does: a few words in the imperative.
  var abstract: String
  /// What else there is to know.
  var discussion = ""
  var examples: [Example] = []
  var arguments: [Argument] = []
  var options: [Option] = []
  var subcommands: [Command] = []
  /// Said of words that it does not take in the place of repeating them: they may be a secret.
  var unexpectedWords: String?
  /// What carries it out; `nil` where a subcommand must follow.
  var action: Action?
}

/// A word that is told by its place.
struct Argument: Sendable {
  /// What stands for it in usage, such as `SCRIPT`.
  var name: String
  var help: String
  var isOptional = false
  /// Whether any number of words may stand there.
  var repeats = false

  init(_ name: String, _ help: String, isOptional: Bool = false, repeats: Bool = false) {
    self.name = name
    self.help = help
    self.isOptional = isOptional
    self.repeats = repeats
  }

  /// How usage shows it.
  var usage: String {
    let word = repeats ? name + "…" : name
    return isOptional ? "[\(word)]" : word
  }
}

/// A word with dashes, with a value or without.
struct Option: Sendable {
  /// The long name without dashes.
  var name: String
  var short: Character?
  /// What stands for the value in usage; `nil` for a flag.
  var valueName: String?
  var help: String
  /// The values that are allowed; none means any.
  var choices: [String] = []
  /// Whether `--no-name` takes it back.
  var hasNegation = false
  /// The options that can't stand beside it.
  var excludes: [String] = []

  /// An option with a value.
  static func value(
    _ name: String, short: Character? = nil, _ valueName: String, _ help: String,
    choices: [String] = [], excludes: [String] = []
  ) -> Option {
    Option(
      name: name, short: short, valueName: valueName, help: help, choices: choices,
      excludes: excludes)
  }

  /// An option without a value.
  static func flag(
    _ name: String, short: Character? = nil, _ help: String, hasNegation: Bool = false,
    excludes: [String] = []
  ) -> Option {
    Option(
      name: name, short: short, valueName: nil, help: help, hasNegation: hasNegation,
      excludes: excludes)
  }

  /// The long form with its value, as messages and help show it, such as `--title TITLE`.
  var spelling: String { valueName.map { "--\(name) \($0)" } ?? "--\(name)" }

  /// The shortest form, as usage shows it.
  var usage: String {
    let word = short.map { "-\($0)" } ?? "--\(name)"
    let shown = valueName.map { "\(word) \(choices.isEmpty ? $0 : choices.joined(separator: "|"))" }
    return "[\(shown ?? (hasNegation ? "--\(name)|--no-\(name)" : word))]"
  }
}
