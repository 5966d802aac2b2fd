import ScriptModel

/// A caption as a message holds it.
struct Caption: Hashable, Sendable {
  var start: Int64
  var end: Int64
  var text: String
}

/// Reads and writes SubRip captions, as messages and uploads have them.
enum CaptionText {
  /// The captions of a text; `nil` where it holds none.
  static func captions(in text: String) -> [Caption]? {
    let rows = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    let marks = rows.indices.filter { timing(rows[$0]) != nil }
    guard !marks.isEmpty else { return nil }
    return marks.indices.compactMap { index in
      let mark = marks[index]
      guard let (start, end) = timing(rows[mark]) else { return nil }
      let isLast = index + 1 == marks.count
      var last = isLast ? rows.count : marks[index + 1]
      // The number before the next timing belongs to that.
      if !isLast, last - 1 > mark, Int(rows[last - 1]) != nil { last -= 1 }
      var lines = Array(rows[(mark + 1)..<last])
      while let row = lines.last, row.isEmpty { lines.removeLast() }
      return Caption(start: start, end: end, text: lines.joined(separator: "\n"))
    }
  }

  /// The inside of the first fence of a message: from a row of three backticks or more to the next.
  static func fenced(in message: String) -> String? {
    let rows = message.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    guard let opening = rows.firstIndex(where: { $0.hasPrefix("```") }) else { return nil }
    let fence = rows[opening].prefix { $0 == "`" }
    let rest = rows[(opening + 1)...]
    guard
      let closing = rest.firstIndex(where: { row in
        row.hasPrefix(fence) && row.allSatisfy { $0 == "`" }
      })
    else { return nil }
    return rest[..<closing].joined(separator: "\n")
  }

  /// Writes captions, numbered from 1.
  static func text(of captions: [Caption]) -> String {
    captions.enumerated().map { index, caption in
      "\(index + 1)\n\(timing(caption))\n\(caption.text)\n"
    }.joined(separator: "\n")
  }

  /// `00:00:00,000 --> 00:00:02,500`
  static func timing(_ caption: Caption) -> String {
    Milliseconds(caption.start).timecode(separator: ",") + " --> "
      + Milliseconds(caption.end).timecode(separator: ",")
  }

  private static func timing(_ row: Substring) -> (Int64, Int64)? {
    let words = row.split(separator: " ")
    guard words.count >= 3, words[1] == "-->", let start = Milliseconds(parsing: words[0]),
      let end = Milliseconds(parsing: words[2])
    else { return nil }
    return (start.rawValue, end.rawValue)
  }

  /// A name of at most four words and 40 letters before `: ` at the beginning of a text.
  static func label(of text: String) -> (speaker: String, rest: String)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let name = text[..<colon]
    let rest = text[text.index(after: colon)...]
    guard rest.hasPrefix(" "), (1...40).contains(name.count), name.first?.isLetter == true,
      name.split(separator: " ").count <= 4, !name.contains(where: \.isNewline)
    else { return nil }
    return (String(name), String(rest.dropFirst()))
  }
}
