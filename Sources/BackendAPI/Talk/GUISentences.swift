/// Cuts a row into sentences and a sentence into clauses; joined again they are the row.
enum GUISentences {
  private static let ends: Set<Character> = [".", "!", "?", "。", "！", "？", "；"]
  private static let closers: Set<Character> = ["\"", "'", "”", "’", ")", "）", "」", "*", "`", "]"]
  /// Words whose point ends no sentence.
  private static let abbreviations: Set<String> = [
    "e.g", "i.e", "etc", "vs", "mr", "mrs", "ms", "dr", "no", "approx", "st",
  ]

  /// The sentences of a row, each with the white space after it.
  static func split(_ row: Substring) -> [String] {
    var sentences: [String] = []
    let characters = Array(row)
    var start = 0
    var position = 0
    while position < characters.count {
      guard ends.contains(characters[position]) else {
        position += 1
        continue
      }
      var end = position + 1
      while end < characters.count,
        ends.contains(characters[end]) || closers.contains(characters[end])
      {
        end += 1
      }
      let isWide = characters[position].unicodeScalars.first.map { $0.value >= 0x3000 } ?? false
      let isEnd =
        isWide || end == characters.count
        || (characters[end].isWhitespace
          && !isAbbreviation(characters[start..<position]) && !isNumbering(characters[start..<end]))
      position = end
      guard isEnd else { continue }
      while position < characters.count, characters[position].isWhitespace { position += 1 }
      sentences.append(String(characters[start..<position]))
      start = position
    }
    if start < characters.count { sentences.append(String(characters[start...])) }
    return sentences
  }

  private static func isAbbreviation(_ text: ArraySlice<Character>) -> Bool {
    let word = text.reversed().prefix { !$0.isWhitespace && $0 != "(" }.reversed()
    return abbreviations.contains(String(word).lowercased())
  }

  /// Whether a text is but the number of a list's entry: `1.`
  private static func isNumbering(_ text: ArraySlice<Character>) -> Bool {
    !text.contains { !$0.isNumber && $0 != "." && !$0.isWhitespace }
  }

  private static let joints = [
    ", ", "; ", "，", "、", " – ", " — ", "—", " and you can ", " so you can ", " then you can ",
    " and then ", ": ", "：", " but you ",
  ]

  /// The clauses of a sentence, each with what joins it to the next.
  static func clauses(_ sentence: String) -> [(text: String, joint: String)] {
    var clauses: [(String, String)] = []
    var rest = sentence[...]
    while let (range, joint) = firstJoint(in: rest) {
      clauses.append((String(rest[..<range.lowerBound]), joint))
      rest = rest[range.upperBound...]
    }
    clauses.append((String(rest), ""))
    return clauses
  }

  private static let jointBeginnings = Set(joints.compactMap(\.first))

  private static func firstJoint(in text: Substring) -> (Range<Substring.Index>, String)? {
    var position = text.startIndex
    while position < text.endIndex {
      if jointBeginnings.contains(text[position]),
        let joint = joints.first(where: { text[position...].hasPrefix($0) })
      {
        return (position..<text.index(position, offsetBy: joint.count), joint)
      }
      position = text.index(after: position)
    }
    return nil
  }

  /// A sentence with what stands in quotes blanked: quoted words instruct nobody.
  static func withoutQuoted(_ text: String) -> String {
    let pairs: [Character: Character] = [
      "\"": "\"", "“": "”", "「": "」", "『": "』", "`": "`", "《": "》",
    ]
    var result = ""
    var closing: Character?
    for character in text {
      if let wanted = closing {
        if character == wanted { closing = nil }
        continue
      }
      closing = pairs[character]
      result.append(closing == nil ? character : "\u{FFFC}")
    }
    // An open quote that nobody closes quotes nothing.
    return closing == nil ? result : text
  }
}
