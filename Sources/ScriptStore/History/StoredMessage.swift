/// How the message of a revision lies in its table.
///
/// `Change line 7`, the message of nearly every revision, is stored as `7`: a fifth of what such an edit
/// takes. A message that is a number of its own gets a space in front.
enum StoredMessage {
  private static let common = "Change line "

  static func encoded(_ message: String) -> String {
    if message.hasPrefix(common) {
      let number = message.dropFirst(common.count)
      if isNumber(number) { return String(number) }
    }
    return isNumber(message.drop { $0 == " " }) ? " " + message : message
  }

  static func decoded(_ stored: String) -> String {
    if isNumber(stored[...]) { return common + stored }
    guard stored.first == " ", isNumber(stored.drop { $0 == " " }) else { return stored }
    return String(stored.dropFirst())
  }

  private static func isNumber(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }
}
