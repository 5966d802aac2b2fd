/// The elements of Fountain that a row shows by itself (fountain.io/syntax).
enum FountainGrammar {
  private static let scenePrefixes = [
    "int./ext", "int/ext", "i./e", "i/e", "int", "ext", "est",
    "инт", "нат", "экст", "інт",
  ].map { Array($0.utf8) }

  /// Tells `INT. ROOM - DAY`: a prefix, then a dot, a space or a dash.
  static func isSceneHeading(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    guard end - start >= 4 else { return false }
    let lead = bytes[start]
    guard lead | 32 == 105 || lead | 32 == 101 || lead >= 0xD0 else { return false }
    for prefix in scenePrefixes where matches(prefix, bytes, start, end) {
      var position = start + prefix.count
      guard position < end else { return false }
      if bytes[position] == UInt8(ascii: ".") { position += 1 }
      guard position < end else { return false }
      if isWhite(bytes[position]) { return true }
    }
    return false
  }

  private static func matches(_ prefix: [UInt8], _ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool
  {
    guard start + prefix.count < end else { return false }
    if prefix[0] >= 0x80 {
      // Cyrillic: the capital is 0x20 before the small letter, which crosses a lead byte.
      let text = String(decoding: bytes[start..<start + prefix.count], as: UTF8.self)
      return Array(text.lowercased().utf8) == prefix
    }
    for offset in prefix.indices {
      let byte = bytes[start + offset]
      let lower = isLetter(byte) ? byte | 32 : byte
      if lower != prefix[offset] { return false }
    }
    return true
  }

  /// Tells a character's name: capitals outside parentheses, with a letter, no closing colon.
  static func isCharacter(_ text: Substring) -> Bool {
    var depth = 0
    var hasUpper = false
    for scalar in text.unicodeScalars {
      if scalar == "(" { depth += 1 }
      if scalar == ")" { depth -= 1 }
      guard depth == 0 else { continue }
      if scalar.properties.isLowercase { return false }
      if scalar.properties.isUppercase { hasUpper = true }
    }
    return hasUpper
  }

  /// Tells `CUT TO:`: capitals that end in `TO:`.
  static func isTransition(_ text: Substring) -> Bool {
    text.hasSuffix("TO:") && isCharacter(text)
  }

  /// The keys of a title page that say what a file is; others are kept with these.
  static func isTitleKey(_ row: Substring) -> Bool {
    guard let colon = row.firstIndex(where: { $0 == ":" }), colon > row.startIndex else {
      return false
    }
    let key = row[..<colon]
    return !key.hasPrefix(" ") && !key.hasPrefix("\t") && key.count <= 30
      && key.allSatisfy { $0.isLetter || $0 == " " || $0 == "_" }
  }
}
