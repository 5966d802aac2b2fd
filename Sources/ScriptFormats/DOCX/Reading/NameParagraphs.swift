/// Paragraphs that are a name and nothing else, told by their look: bold, or in a heading's style.
///
/// People who type a transcript in a word processor often set the speaker's name above the words.
enum NameParagraphs {
  /// The most bytes and words of such a name.
  private static let longest = 40
  private static let mostWords = 4

  /// The indices of the paragraphs that are names; none where the document is not set out so.
  static func find(in text: DocumentText) -> Set<Int> {
    for look in [Look.bold, .heading] {
      let found = candidates(text, look)
      if isSettled(found, in: text) { return Set(found) }
    }
    return []
  }

  private enum Look { case bold, heading }

  private static func candidates(_ text: DocumentText, _ look: Look) -> [Int] {
    var found: [Int] = []
    var waiting: Int?
    for (index, paragraph) in text.paragraphs.enumerated() where !paragraph.text.isEmpty {
      let matches =
        look == .heading
        ? paragraph.role == .heading
        : paragraph.role == .body && text.boldPrefixLength(paragraph) == paragraph.text.count
      if matches, isName(text.text[paragraph.text]) {
        waiting = index
      } else {
        // Only a name with words below is one.
        if let name = waiting, !matches { found.append(name) }
        waiting = nil
      }
    }
    return found
  }

  /// Whether the names are speakers: they come again, and there are many for the text.
  private static func isSettled(_ indices: [Int], in text: DocumentText) -> Bool {
    guard indices.count >= 3 else { return false }
    var counts: [[UInt8]: Int] = [:]
    for index in indices { counts[Array(text.text[text.paragraphs[index].text]), default: 0] += 1 }
    let repeated = counts.values.reduce(0) { $0 + ($1 > 1 ? $1 : 0) }
    return repeated * 2 > indices.count && indices.count * 5 >= text.filledParagraphCount
  }

  private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count <= longest, let first = bytes.first,
      first >= 0x80 || first | 0x20 >= UInt8(ascii: "a") && first | 0x20 <= UInt8(ascii: "z")
    else { return false }
    let refused: Set<UInt8> = [
      UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: ":"), UInt8(ascii: "?"),
      UInt8(ascii: "!"), UInt8(ascii: ","), UInt8(ascii: ";"),
    ]
    if bytes.contains(where: refused.contains) || bytes.last == UInt8(ascii: ".") { return false }
    return bytes.split(separator: 0x20).count <= mostWords
  }
}
