/// A speaker's name at the beginning of a caption, with what stands around it.
///
/// Read are `Anna: text`, `ANNA： text`, `[Anna] text`, `[Anna]: text` and `**Anna:** text`. A name is
/// known, or begins with a capital or a letter without case, has at most five words and 40
/// characters, and is none of the words by which captions introduce something else (`Note: …`).
package struct SpeakerLabel: Hashable, Sendable {
  /// What stands before the name.
  var before: String
  /// The name.
  package var name: String
  /// What stands between the name and the text.
  var after: String

  /// The label of a text that is given one: `Anna: `.
  init(_ name: String) {
    before = ""
    self.name = name
    after = ": "
  }

  /// The pairs of what may stand before a name and right after it.
  private static let frames: [(opening: [UInt8], closings: [[UInt8]])] = [
    (Array("**[".utf8), [Array("]:**".utf8), Array("]**:".utf8)]),
    (Array("**".utf8), [Array(":**".utf8), Array("**:".utf8), Array("：**".utf8)]),
    (Array("[".utf8), [Array("]:".utf8), Array("]：".utf8), Array("] ".utf8)]),
    ([], [Array(":".utf8), Array("：".utf8)]),
  ]
  private static let longestName = 40
  private static let mostWords = 5
  /// Words before a colon that introduce a remark, a part or an address and no speech.
  private static let otherIntroductions: Set<String> = [
    "note", "notes", "warning", "tip", "tips", "example", "remember", "reminder", "caution", "fact",
    "update", "source", "sources", "chapter", "part", "step", "scene", "title", "subtitle", "music",
    "song", "http", "https", "ps", "breaking", "spoiler", "question", "answer", "hint", "today",
    "tomorrow", "tonight", "total", "price", "date", "time", "location", "contact", "follow",
    "subscribe", "visit", "call", "email", "website", "注意", "提示", "例如", "警告", "标题", "来源",
  ]

  /// Finds a label; `nil` where the text begins with none.
  ///
  /// - Parameter known: names that count however they look.
  package init?(atBeginningOf text: String, known: Set<String> = []) {
    let bytes = Array(text.utf8.prefix(Self.longestName * 4 + 16))
    let start = bytes.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? bytes.count
    for frame in Self.frames where bytes[start...].starts(with: frame.opening) {
      let nameStart = start + frame.opening.count
      guard let (nameEnd, closing) = Self.closing(of: frame.closings, in: bytes, from: nameStart)
      else { continue }
      let name = String(decoding: bytes[nameStart..<nameEnd], as: UTF8.self)
      guard
        Self.isPlainName(bytes[nameStart..<nameEnd], name)
          || !name.hasSpaceAtItsEnds && Self.isName(name, known: known)
      else { return nil }
      var end = nameEnd + closing.count
      let isWide = closing.last != UInt8(ascii: ":") && closing.last != UInt8(ascii: "*")
      let hadSpace = closing.last == 0x20
      while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
      let hasSpace = hadSpace || isWide || end > nameEnd + closing.count
      // A colon without a space after it belongs to a time, an address or a word.
      guard end == bytes.count || bytes[end] == 0x0A || hasSpace else { return nil }
      if end < bytes.count, bytes[end] == 0x0A { end += 1 }
      self.name = name
      before = String(decoding: bytes[..<nameStart], as: UTF8.self)
      after = String(decoding: bytes[nameEnd..<end], as: UTF8.self)
      return
    }
    return nil
  }

  /// The text without this label, which it begins with.
  func rest(of text: String) -> String {
    String(text.utf8.dropFirst(before.utf8.count + name.utf8.count + after.utf8.count)) ?? text
  }

  /// The text with this label before it, in another's name.
  func labelled(_ text: String, as name: String) -> String { before + name + after + text }

  private static func closing(
    of closings: [[UInt8]], in bytes: [UInt8], from start: Int
  ) -> (Int, [UInt8])? {
    var position = start
    while position < bytes.count, bytes[position] != 0x0A {
      let first = bytes[position]
      guard
        first == UInt8(ascii: ":") || first == UInt8(ascii: "]") || first == UInt8(ascii: "*")
          || first == 0xEF
      else {
        position += 1
        continue
      }
      if let closing = closings.first(where: { bytes[position...].starts(with: $0) }) {
        return position > start ? (position, closing) : nil
      }
      position += 1
    }
    return nil
  }

  /// One word of ASCII letters behind a capital: most names are, and need no tables of Unicode.
  private static func isPlainName(_ bytes: ArraySlice<UInt8>, _ name: String) -> Bool {
    guard let first = bytes.first, (0x41...0x5A).contains(first), bytes.count <= longestName else {
      return false
    }
    return bytes.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
      && !otherIntroductions.contains(name.lowercased())
  }

  private static func isName(_ name: String, known: Set<String>) -> Bool {
    if known.contains(name) { return true }
    guard name.count <= longestName, let first = name.unicodeScalars.first,
      first.properties.isAlphabetic, !first.properties.isLowercase
    else { return false }
    let words = name.split(separator: " ")
    guard words.count <= mostWords, let head = words.first?.lowercased(),
      !otherIntroductions.contains(head)
    else { return false }
    let isOfName: (Unicode.Scalar) -> Bool = { scalar in
      scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || " .'’-_()#&/·\u{0300}\u{0301}".unicodeScalars.contains(scalar)
        || scalar.properties.generalCategory == .nonspacingMark
    }
    guard name.unicodeScalars.allSatisfy(isOfName) else { return false }
    // Of a name of several words all begin with a capital, a digit or a sign; prose does not.
    return words.dropFirst().allSatisfy { word in
      guard let letter = word.unicodeScalars.first(where: { $0 != "(" }) else { return true }
      return !letter.properties.isLowercase || nameParticles.contains(String(word))
    }
  }

  private static let nameParticles: Set<String> = [
    "de", "da", "di", "du", "la", "le", "van", "von", "der", "den", "bin", "ibn", "al", "el", "of",
    "the", "and",
  ]
}

extension String {
  fileprivate var hasSpaceAtItsEnds: Bool {
    first?.isWhitespace == true || last?.isWhitespace == true
  }
}
