/// Colours and weights, where the reader is a terminal that takes them.
struct Style: Sendable {
  /// Whether escape sequences are written at all.
  let isOn: Bool

  /// Text that stays as it is.
  static let plain = Style(isOn: false)

  func bold(_ text: String) -> String { marked(text, "1") }
  func dim(_ text: String) -> String { marked(text, "2") }
  func red(_ text: String) -> String { marked(text, "31") }
  func green(_ text: String) -> String { marked(text, "32") }
  func yellow(_ text: String) -> String { marked(text, "33") }
  func cyan(_ text: String) -> String { marked(text, "36") }
  func removed(_ text: String) -> String { marked(text, "31;1;9") }
  func added(_ text: String) -> String { marked(text, "32;1;4") }

  private func marked(_ text: String, _ code: String) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
