import ScriptModel

/// What the rows of the edit form mean: the rules that its writer and its reader share.
enum EditFormRow {
  static let headingMark = "== "
  static let directionMark = "~ "

  /// Whether the first row of a line's text would be read as something else than text.
  static func needsEscape(atBeginning text: Substring, afterSpeaker: Bool) -> Bool {
    if needsEscape(inside: text) || text.begins(with: " ") { return true }
    if afterSpeaker { return false }
    return text.utf8.starts(with: headingMark.dropLast().utf8)
      || text.utf8.starts(with: directionMark.dropLast().utf8)
      || timeBracket(text) != .none || mightHoldLabel(text)
  }

  /// Whether `SpeakerDetection` might find a label: plain sentences need no backslash.
  private static func mightHoldLabel(_ text: Substring) -> Bool {
    if text.begins(with: "[") || text.begins(with: "(") || text.hasPrefix(">>") { return true }
    return text.unicodeScalars.prefix(60).contains { $0 == ":" || $0 == "：" }
  }

  /// Whether a later row of a text would be read as something else than text.
  static func needsEscape(inside text: Substring) -> Bool {
    text.begins(with: "\\") || text.begins(with: "#")
      || text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// What stands in brackets where times stand.
  enum TimeBracket: Equatable {
    case none
    case times(Milliseconds?, Milliseconds?, rest: Substring)
    /// A bracket that begins like a time and is none: the reason.
    case broken(String)
  }

  /// Reads `[start]`, `[start --> end]` or `[ --> end]` at the beginning of a row.
  static func timeBracket(_ row: Substring) -> TimeBracket {
    guard row.begins(with: "["), let close = row.unicodeScalars.firstIndex(of: "]") else {
      return .none
    }
    let inside = row[..<close].withoutFirst
    guard let first = trimmed(inside).utf8.first, isTimeStart(first) || inside.contains("-->")
    else { return .none }
    let rest = row[close...].withoutFirst
    if explicitLabel(row) != nil && !inside.contains("-->") && !inside.contains(":") {
      return .none
    }
    let arrow = inside.split(separator: "-->", omittingEmptySubsequences: false)
    guard arrow.count <= 2 else { return .broken("'\(inside)' has more than one '-->'") }
    var times: [Milliseconds?] = []
    for part in arrow {
      let text = trimmed(part)
      guard let time = text.isEmpty ? .some(nil) : Milliseconds(parsing: text).map(Optional.some)
      else { return .broken("'\(text)' is not a time such as 00:01:30.500") }
      times.append(time)
    }
    return .times(
      times[0], times.count == 2 ? times[1] : nil,
      rest: Substring(rest.unicodeScalars.drop { $0 == " " }))
  }

  private static func isTimeStart(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Reads `[Name]: text`; any name but an empty one.
  static func explicitLabel(_ row: Substring) -> (name: Substring, text: Substring)? {
    guard row.begins(with: "[") else { return nil }
    guard let end = row.range(ofText: "]:") else { return nil }
    let name = row[..<end.lowerBound].withoutFirst
    guard !trimmed(name).isEmpty else { return nil }
    return (name, afterLabel(row[end.upperBound...]))
  }

  /// Reads `Name: text` where the name is one of the cast.
  static func plainLabel(
    _ row: Substring, names: Set<String>
  ) -> (name: Substring, text: Substring)? {
    guard let colon = row.unicodeScalars.firstIndex(of: ":") else { return nil }
    let name = row[..<colon]
    guard names.contains(String(name)) else { return nil }
    return (name, afterLabel(row[colon...].withoutFirst))
  }

  private static func afterLabel(_ text: Substring) -> Substring {
    text.begins(with: " ") ? text.withoutFirst : text
  }

  static func trimmed(_ text: Substring) -> Substring {
    var scalars = text.unicodeScalars
    while scalars.first == " " { scalars.removeFirst() }
    while scalars.last == " " { scalars.removeLast() }
    return Substring(scalars)
  }
}

extension Substring {
  /// Whether the first scalar is this one, whatever marks or joiners come behind it.
  func begins(with scalar: Unicode.Scalar) -> Bool { unicodeScalars.first == scalar }

  /// All but the first scalar.
  var withoutFirst: Substring { Substring(unicodeScalars.dropFirst()) }

  /// Finds the first occurrence of ASCII words, byte by byte.
  func range(ofText words: String) -> Range<Index>? {
    let pattern = Array(words.utf8)
    let bytes = utf8
    var start = bytes.startIndex
    while start < bytes.endIndex {
      if bytes[start...].starts(with: pattern) {
        return start..<bytes.index(start, offsetBy: pattern.count)
      }
      start = bytes.index(after: start)
    }
    return nil
  }
}
