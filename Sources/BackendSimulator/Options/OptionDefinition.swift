/// An option of the simulator: how it is named on the command line and what it sets.
package struct OptionDefinition: Sendable {
  /// The name without dashes.
  package let name: String
  /// What its value is, for help; `nil` for an option that is on or, as `--no-NAME`, off.
  package let value: String?
  /// What it does, for help.
  package let summary: String
  /// Sets it; `false` for a value that it does not have.
  let set: @Sendable (inout SimulatorOptions, String) -> Bool

  /// An option with one of the values of an enumeration.
  static func choice<Choice>(
    _ name: String, _ path: any WritableKeyPath<SimulatorOptions, Choice> & Sendable,
    _ summary: String
  ) -> Self where Choice: RawRepresentable<String> & CaseIterable & Sendable {
    let values = Choice.allCases.map(\.rawValue).joined(separator: "|")
    return Self(name: name, value: values, summary: summary) { options, text in
      guard let choice = Choice(rawValue: text) else { return false }
      options[keyPath: path] = choice
      return true
    }
  }

  /// An option with a whole number that is not negative.
  static func count<Number: FixedWidthInteger & Sendable>(
    _ name: String, _ path: any WritableKeyPath<SimulatorOptions, Number> & Sendable,
    _ summary: String
  ) -> Self {
    Self(name: name, value: "N", summary: summary) { options, text in
      guard let number = Number(text), number >= 0 else { return false }
      options[keyPath: path] = number
      return true
    }
  }

  /// An option that is on or off.
  static func flag(
    _ name: String, _ path: any WritableKeyPath<SimulatorOptions, Bool> & Sendable,
    _ summary: String
  ) -> Self {
    Self(name: name, value: nil, summary: summary) { options, text in
      switch text {
      case "yes", "true", "on": options[keyPath: path] = true
      case "no", "false", "off": options[keyPath: path] = false
      default: return false
      }
      return true
    }
  }
}
