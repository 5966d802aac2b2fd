import ScriptModel

/// The words of a command line, told apart.
struct ParsedArguments: Equatable {
  var arguments: [String: [String]] = [:]
  var values: [String: String] = [:]
  var flags: [String: Bool] = [:]

  /// Whether an option was given, with a value or as a flag that is on.
  func has(_ name: String) -> Bool { values[name] != nil || flags[name] == true }

  /// The words of an argument; none where it was left out.
  func list(_ name: String) -> [String] { arguments[name] ?? [] }

  /// The word of an argument; empty where it was left out.
  func word(_ name: String) -> String { arguments[name]?.first ?? "" }

  /// The word of an argument that may be left out.
  func optional(_ name: String) -> String? { arguments[name]?.first }

  /// The value of an option.
  func value(_ name: String) -> String? { values[name] }

  /// Whether a flag is on.
  func flag(_ name: String) -> Bool { flags[name] ?? false }

  /// The value of an option as a time.
  func time(_ name: String) throws(UsageError) -> Milliseconds? {
    guard let text = values[name] else { return nil }
    if let time = Milliseconds(parsing: text) { return time }
    throw UsageError(
      "The value '\(text)' is invalid for '--\(name)'. "
        + "Times are written as 90, 1.5s, +250ms, -2s, 1m30s, 00:01:30,500 or 1:30.5.")
  }

  /// The value of an option as a time, or as its absence where it is empty or `none`.
  func timeOrNone(_ name: String) throws(UsageError) -> Milliseconds?? {
    guard let text = values[name] else { return nil }
    if text.isEmpty || text == "none" { return .some(nil) }
    return .some(try time(name))
  }

  /// The value of an option as a whole number above 0.
  func count(_ name: String) throws(UsageError) -> Int? {
    guard let text = values[name] else { return nil }
    if let number = Int(text), number > 0 { return number }
    throw UsageError(
      "The value '\(text)' is invalid for '--\(name)'. Please provide a whole number above 0.")
  }

  /// The value of an option as a format.
  func format(_ name: String) -> FormatName? { values[name].flatMap { FormatName(rawValue: $0) } }
}
