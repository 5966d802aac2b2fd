/// Replaces what a pattern finds in the visible text of a line, so that no tag is ever torn.
struct TextReplacement {
  private let search: Search

  private enum Search {
    /// Bytes for bytes: no expression runs over lines that do not hold them.
    case bytes([UInt8], replacement: [UInt8])
    case expression(Regex<AnyRegexOutput>, template: [Piece])
  }

  /// A piece of the replacement: text as it is, or a group of the match.
  private enum Piece {
    case text(String)
    case group(Int)
  }

  /// What is found in the visible bytes, and what goes there.
  private struct Match {
    let range: Range<Int>
    let replacement: [UInt8]
  }

  init(
    pattern: String, replacement: String, isRegularExpression: Bool, ignoresCase: Bool
  ) throws(StoreError) {
    guard !pattern.isEmpty else {
      throw StoreError(.invalidValue, "The text to look for is empty")
    }
    if !isRegularExpression && !ignoresCase {
      search = .bytes(Array(pattern.utf8), replacement: Array(replacement.utf8))
      return
    }
    do {
      let source = isRegularExpression ? pattern : Self.literal(pattern)
      search = .expression(
        try Regex(source).ignoresCase(ignoresCase),
        template: isRegularExpression ? Self.pieces(of: replacement) : [.text(replacement)])
    } catch {
      throw StoreError(
        .invalidValue, "'\(pattern)' is not a regular expression",
        fix: "Check its brackets, or leave --regex out to look for just this text.")
    }
  }

  /// The new text; `nil` where the pattern is not in it.
  func result(for text: String) -> String? {
    let bytes = Array(text.utf8)
    let kept = SearchText.keptOffsets(of: bytes)
    let visible = kept.map { bytes[$0] }
    let matches = matches(in: visible)
    if matches.isEmpty { return nil }
    var result: [UInt8] = []
    var position = 0
    for match in matches {
      let range = match.range
      let from = range.lowerBound < kept.count ? kept[range.lowerBound] : bytes.count
      result += bytes[min(position, from)..<from]
      result += match.replacement
      position = from
      if !range.isEmpty {
        // Tags inside of the match stay, behind what replaces it.
        let end = kept[range.upperBound - 1] + 1
        let inside = Set(kept[range])
        result += (from..<end).filter { !inside.contains($0) }.map { bytes[$0] }
        position = end
      }
    }
    result += bytes[position...]
    return result == bytes ? nil : String(decoding: result, as: UTF8.self)
  }

  private func matches(in visible: [UInt8]) -> [Match] {
    switch search {
    case .bytes(let wanted, let replacement):
      return Self.ranges(of: wanted, in: visible).map {
        Match(range: $0, replacement: replacement)
      }
    case .expression(let regex, let template):
      let text = String(decoding: visible, as: UTF8.self)
      return text.matches(of: regex).map { match in
        let lower = text.utf8.distance(from: text.startIndex, to: match.range.lowerBound)
        let upper = text.utf8.distance(from: text.startIndex, to: match.range.upperBound)
        return Match(
          range: lower..<upper, replacement: Self.expanded(template, for: match, in: text))
      }
    }
  }

  private static func ranges(of wanted: [UInt8], in text: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    while start + wanted.count <= text.count {
      if text[start] == wanted[0], text[start..<(start + wanted.count)].elementsEqual(wanted) {
        found.append(start..<(start + wanted.count))
        start += wanted.count
      } else {
        start += 1
      }
    }
    return found
  }

  private static func expanded(
    _ template: [Piece], for match: Regex<AnyRegexOutput>.Match, in text: String
  ) -> [UInt8] {
    template.flatMap { piece -> [UInt8] in
      switch piece {
      case .text(let text): Array(text.utf8)
      case .group(let index):
        index < match.output.count
          ? match.output[index].range.map { Array(text[$0].utf8) } ?? [] : []
      }
    }
  }

  /// Writes any text as a regular expression that finds just it.
  private static func literal(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isMark = scalar.isASCII && scalar.value > 0x20 && !scalar.properties.isAlphabetic
      if isMark && scalar.properties.numericType == nil { result.append("\\") }
      result.append(scalar)
    }
    return String(result)
  }

  /// Reads `$0` to `$99` and `$$`; any other dollar is one.
  private static func pieces(of replacement: String) -> [Piece] {
    var pieces: [Piece] = []
    var text = ""
    var rest = replacement[...]
    while let character = rest.popFirst() {
      guard character == "$", let next = rest.first else {
        text.append(character)
        continue
      }
      if next == "$" {
        rest.removeFirst()
        text.append("$")
      } else if let digit = next.isASCII ? next.wholeNumberValue : nil {
        rest.removeFirst()
        var group = digit
        if let second = rest.first, second.isASCII, let more = second.wholeNumberValue {
          rest.removeFirst()
          group = group * 10 + more
        }
        pieces += [.text(text), .group(group)]
        text = ""
      } else {
        text.append("$")
      }
    }
    return pieces + [.text(text)]
  }
}
