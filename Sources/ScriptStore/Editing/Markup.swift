/// The markup that a text may hold: `<b>`, `<i>`, `<u>` with their end tags.
enum Markup {
  /// The ranges of all tags in a text, in order.
  static func tags(in bytes: some RandomAccessCollection<UInt8>) -> [Range<Int>] {
    let bytes = Array(bytes)
    var found: [Range<Int>] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<"), let length = tagLength(bytes, at: index) {
        found.append(index..<(index + length))
        index += length
      } else {
        index += 1
      }
    }
    return found
  }

  /// The letters of the tags that are open at the end of a text, the outermost first.
  static func openTags(in bytes: ArraySlice<UInt8>) -> [Character] {
    let all = Array(bytes)
    var open: [Character] = []
    for tag in tags(in: all) {
      let letter = Character(Unicode.Scalar(all[tag.upperBound - 2]))
      if tag.count == 3 {
        open.append(letter)
      } else if let last = open.lastIndex(of: letter) {
        open.remove(at: last)
      }
    }
    return open
  }

  /// Whether a text has nothing but markup and white space.
  static func isEmpty(_ bytes: ArraySlice<UInt8>) -> Bool {
    SearchText.withoutMarkup(Array(bytes)).allSatisfy { $0 <= 0x20 }
  }

  /// A text without its markup.
  static func plain(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
    return String(decoding: SearchText.withoutMarkup(Array(text.utf8)), as: UTF8.self)
  }

  private static func tagLength(_ bytes: [UInt8], at start: Int) -> Int? {
    var index = start + 1
    if index < bytes.count, bytes[index] == UInt8(ascii: "/") { index += 1 }
    guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: ">") else { return nil }
    switch bytes[index] {
    case UInt8(ascii: "b"), UInt8(ascii: "i"), UInt8(ascii: "u"): return index + 2 - start
    default: return nil
    }
  }
}
