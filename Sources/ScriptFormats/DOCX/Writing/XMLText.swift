/// Text as XML 1.0 can hold it.
enum XMLText {
  /// Escapes text for content and for attributes in double quotes.
  static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    append(Array(text.utf8)[...], to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends valid UTF-8, escaped; what XML 1.0 (2.2) does not allow is dropped.
  static func append(_ text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    var position = text.startIndex
    while position < text.endIndex {
      let byte = text[position]
      switch byte {
      case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
      case 0x00..<0x20 where byte != 0x09 && byte != 0x0A && byte != 0x0D: break
      case 0xEF where isNoncharacter(text[position...].prefix(3)): position += 2
      default: bytes.append(byte)
      }
      position += 1
    }
  }

  /// Whether a text holds U+FFFE or U+FFFF.
  static func hasNoncharacter(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    while let index = rest.firstIndex(of: 0xEF) {
      if isNoncharacter(text[index...].prefix(3)) { return true }
      rest = text[(index + 1)...]
    }
    return false
  }

  /// The text without U+FFFE and U+FFFF.
  static func withoutNoncharacters(_ text: ArraySlice<UInt8>) -> [UInt8] {
    guard hasNoncharacter(text) else { return Array(text) }
    var bytes: [UInt8] = []
    var position = text.startIndex
    while position < text.endIndex {
      if text[position] == 0xEF, isNoncharacter(text[position...].prefix(3)) {
        position += 3
      } else {
        bytes.append(text[position])
        position += 1
      }
    }
    return bytes
  }

  /// U+FFFE and U+FFFF, after their first byte.
  private static func isNoncharacter(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count == 3 && bytes[bytes.startIndex + 1] == 0xBF && bytes[bytes.startIndex + 2] >= 0xBE
  }
}
