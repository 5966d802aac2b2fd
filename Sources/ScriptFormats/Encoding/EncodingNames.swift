/// The names under which people know encodings.
enum EncodingNames {
  /// Names of other programs for encodings that iconv calls differently.
  private static let aliases: [String: String] = [
    "MACROMAN": "MACINTOSH", "MAC-ROMAN": "MACINTOSH", "MACCYRILLIC": "MAC-CYRILLIC",
    "LATIN-1": "ISO-8859-1", "ANSI": "WINDOWS-1252", "SJIS": "CP932", "SHIFT-JIS": "CP932",
    "SHIFT_JIS": "CP932", "GB2312": "GB18030", "GBK": "GB18030", "BIG5": "BIG5-HKSCS",
    "HZ-GB-2312": "HZ", "MAC_ROMAN": "MACINTOSH", "MAC_CYRILLIC": "MAC-CYRILLIC",
  ]

  private static let known = [
    "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "WINDOWS-1250", "WINDOWS-1251",
    "WINDOWS-1252", "WINDOWS-1253", "WINDOWS-1254", "WINDOWS-1255", "WINDOWS-1256", "WINDOWS-1257",
    "WINDOWS-1258", "ISO-8859-1", "ISO-8859-2", "ISO-8859-5", "ISO-8859-7", "ISO-8859-9",
    "ISO-8859-15", "KOI8-R", "KOI8-U", "CP437", "CP850", "CP852", "CP866", "CP874", "CP932",
    "CP949",
    "EUC-JP", "EUC-KR", "EUC-TW", "GB18030", "BIG5", "MACINTOSH", "MAC-CYRILLIC", "ISO-2022-JP",
    "HZ",
  ]

  /// The name that iconv knows for a name that people use.
  static func iconvName(of name: String) -> String {
    let upper = name.uppercased()
    if let alias = aliases[upper] { return alias }
    if upper.hasPrefix("ISO8859-") { return "ISO-8859-" + upper.dropFirst(8) }
    return upper
  }

  /// The error for an encoding that iconv does not know, with the names that come near.
  static func unknown(_ name: String) -> FormatError {
    let asked = Array(name.uppercased().utf8)
    let near = known.map { (name: $0, distance: distance(asked, Array($0.utf8))) }
      .filter { $0.distance <= 3 }.sorted { $0.distance < $1.distance }.prefix(3)
    let advice =
      near.isEmpty
      ? "Name one such as 'UTF-8', 'WINDOWS-1252' or 'GB18030'"
      : "Did you mean " + near.map { "'\($0.name)'" }.joined(separator: " or ") + "?"
    return FormatError(.unknownEncoding, "Unknown encoding '\(name)'", fix: advice)
  }

  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    guard left.count < 40 else { return .max }
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let cost = diagonal + (letter == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(cost, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }
}
