/// Replaces what a pattern finds in the visible text of a line, so that no tag is ever torn.
struct TextReplacement {
  private let regex: Regex<AnyRegexOutput>
  private let template: [Piece]

  /// A piece of the replacement: text as it is, or a group of the match.
  private enum Piece {
    case text(String)
    case group(Int)
  }

  init(
    pattern: String, replacement: String, isRegularExpression: Bool, ignoresCase: Bool
  ) throws(StoreError) {
    guard !pattern.isEmpty else {
      throw StoreError(.invalidValue, "The text to look for is empty")
    }
    do {
      let source = isRegularExpression ? pattern : Self.literal(pattern)
      regex = try Regex(source).ignoresCase(ignoresCase)
    } catch {
      throw StoreError(
        .invalidValue, "'\(pattern)' is not a regular expression",
        fix: "Check its brackets, or leave --regex out to look for just this text.")
    }
    template = isRegularExpression ? Self.pieces(of: replacement) : [.text(replacement)]
  }

  /// The new text; `nil` where the pattern is not in it.
  func result(for text: String) -> String? {
    let bytes = Array(text.utf8)
    let kept = SearchText.keptOffsets(of: bytes)
    let visible = String(decoding: kept.map { bytes[$0] }, as: UTF8.self)
    let matches = visible.matches(of: regex)
    if matches.isEmpty { return nil }
    var result: [UInt8] = []
    var position = 0
    for match in matches {
      let lower = visible.utf8.distance(from: visible.startIndex, to: match.range.lowerBound)
      let upper = visible.utf8.distance(from: visible.startIndex, to: match.range.upperBound)
      let start = lower < kept.count ? kept[lower] : bytes.count
      let from = lower == upper ? start : min(start, bytes.count)
      result += bytes[min(position, from)..<from]
      result += Array(expanded(match, in: visible).utf8)
      position = from
      // Tags inside of the match stay, behind what replaces it.
      if upper > lower {
        let end = kept[upper - 1] + 1
        let inside = Set(kept[lower..<upper])
        result += (from..<end).filter { !inside.contains($0) }.map { bytes[$0] }
        position = end
      }
    }
    result += bytes[position...]
    let new = String(decoding: result, as: UTF8.self)
    return new.utf8.elementsEqual(bytes) ? nil : new
  }

  private func expanded(_ match: Regex<AnyRegexOutput>.Match, in text: String) -> String {
    template.map { piece in
      switch piece {
      case .text(let text): text
      case .group(let index):
        index < match.output.count
          ? match.output[index].range.map { String(text[$0]) } ?? "" : ""
      }
    }.joined()
  }

  /// Writes any text as a regular expression that finds just it.
  private static func literal(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let isPlain = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      return isPlain || scalar == " " ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
    }.joined()
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
