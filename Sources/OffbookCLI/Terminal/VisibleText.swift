/// Foreign text made safe for a terminal: no control character of it arrives there.
enum VisibleText {
  /// One row: line feeds and tabs are spaces, other control characters are shown as pictures.
  static func row(_ text: String) -> String { cleaned(text, keepsLineFeeds: false) }

  /// Rows between line feeds; other control characters are shown as pictures.
  static func rows(_ text: String) -> [String] { split(block(text)) }

  /// Rows between line feeds as one text.
  static func block(_ text: String) -> String {
    cleaned(text, keepsLineFeeds: true)
  }

  /// The rows between line feeds, found by bytes: lines of a script come by the hundred thousand.
  static func split(_ text: String) -> [String] {
    guard text.utf8.contains(0x0A) else { return [text] }
    return text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(Substring($0))
    }
  }

  private static func cleaned(_ text: String, keepsLineFeeds: Bool) -> String {
    var text = text
    let isHarmless = text.withUTF8 { isClean($0, keepsLineFeeds: keepsLineFeeds) }
    if isHarmless { return text }
    // A string: appending several scalars to a view of scalars copies all that it holds.
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      if scalar != "\n" || !keepsLineFeeds, let picture = picture(of: scalar) {
        result.append(picture)
      } else {
        result.append(Character(scalar))
      }
    }
    return result
  }

  /// Whether no byte may begin or be what `picture` replaces: so most texts are not gone through by
  /// their characters.
  private static func isClean(_ bytes: UnsafeBufferPointer<UInt8>, keepsLineFeeds: Bool) -> Bool {
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0x0A: if !keepsLineFeeds { return false }
      case 0..<0x20, 0x7F: return false
      // U+0080 to U+009F; U+202A to U+202E, U+2066 to U+2069.
      case 0xC2: if index + 1 < bytes.count, bytes[index + 1] < 0xA0 { return false }
      case 0xE2:
        if index + 1 < bytes.count, bytes[index + 1] == 0x80 || bytes[index + 1] == 0x81,
          index + 2 < bytes.count, bytes[index + 2] >= 0xA6
        {
          return false
        }
      default: break
      }
    }
    return true
  }

  /// What stands for a scalar that may not be sent; `nil` for a harmless one.
  ///
  /// Bidirectional overrides and isolates can make a text look like another one, so they are shown.
  private static func picture(of scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: return " "
    case 0x00...0x1F: return Unicode.Scalar(0x2400 + scalar.value).map { String(Character($0)) }
    case 0x7F: return "\u{2421}"
    case 0x80...0x9F, 0x202A...0x202E, 0x2066...0x2069:
      return "<U+" + padded(String(scalar.value, radix: 16, uppercase: true)) + ">"
    default: return nil
    }
  }

  private static func padded(_ digits: String) -> String {
    String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
