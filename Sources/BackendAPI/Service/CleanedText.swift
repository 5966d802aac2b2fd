/// Words of a server made fit for one line of an error: no markup, no control, no token.
package enum CleanedText {
  /// How many characters are kept.
  private static let longest = 300
  /// How much of a body is looked at: an error page may be large, its words stand early.
  private static let largestInput = 64 << 10
  private static let hidden = "(secret)"
  /// How the service's tokens, claim tokens and authorization values begin.
  private static let tokenPrefixes = ["nmv_", "clm_"].map { Array($0.unicodeScalars) }
  private static let bearer = Array("bearer ".unicodeScalars)

  /// Cleans bytes; those that are no UTF-8 are replaced.
  package static func line(_ bytes: [UInt8]) -> String {
    line(String(decoding: bytes.prefix(largestInput), as: UTF8.self))
  }

  /// Cleans a text.
  package static func line(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars.prefix(largestInput))
    if isMarkup(scalars) { scalars = Markup.text(of: scalars) }
    let clean = redacted(collapsed(scalars))
    var line = ""
    line.unicodeScalars.append(contentsOf: clean)
    guard line.count > longest else { return line }
    return line.prefix(longest - 1) + "…"
  }

  /// Puts a word in the place of each occurrence of a secret.
  static func replacing(_ secret: String, in text: String) -> String {
    var result: [UInt8] = []
    let bytes = Array(text.utf8)
    let wanted = Array(secret.utf8)
    var position = 0
    while position < bytes.count {
      if !wanted.isEmpty, bytes[position...].starts(with: wanted) {
        result += Array(hidden.utf8)
        position += wanted.count
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether words hold a page of markup, which is for browsers and says nothing to a person.
  static func isPage(_ text: String) -> Bool {
    let words = text.lowercased()
    return words.utf8.first { $0 > 0x20 } == UInt8(ascii: "<")
      || ["<html", "<!doctype", "<body", "<head"].contains { words.contains($0) }
  }

  private static func isMarkup(_ scalars: [Unicode.Scalar]) -> Bool {
    scalars.first { !$0.properties.isWhitespace && $0 != "\u{FEFF}" } == "<"
  }

  /// Makes white space and controls single spaces, and leaves out what only steers a display.
  private static func collapsed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var needsSpace = false
    for scalar in scalars {
      switch scalar.properties.generalCategory {
      case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned, .surrogate:
        needsSpace = !result.isEmpty
      case .format where scalar != "\u{200D}" && scalar != "\u{200C}": continue
      default:
        if needsSpace { result.append(" ") }
        needsSpace = false
        result.append(scalar)
      }
    }
    return result
  }

  private static func redacted(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var position = 0
    while position < scalars.count {
      if let length = tokenLength(scalars[position...]) {
        result.append(contentsOf: hidden.unicodeScalars)
        position += length
      } else {
        result.append(scalars[position])
        position += 1
      }
    }
    return result
  }

  private static func tokenLength(_ rest: ArraySlice<Unicode.Scalar>) -> Int? {
    let isOfToken: (Unicode.Scalar) -> Bool = { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "~", "+", "/", "=": true
      default: false
      }
    }
    if tokenPrefixes.contains(where: { rest.starts(with: $0, by: isSameLetter) }) {
      return rest.prefix(while: isOfToken).count
    }
    guard rest.starts(with: bearer, by: isSameLetter) else { return nil }
    let token = rest.dropFirst(bearer.count).prefix(while: isOfToken)
    // Shorter words after 'Bearer' are prose: "Bearer token is missing".
    return token.count >= 12 ? bearer.count + token.count : nil
  }

  private static func isSameLetter(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
    left.properties.lowercaseMapping == right.properties.lowercaseMapping
  }
}

/// The words of an error page.
private enum Markup {
  private static let entities: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "#39": "'", "nbsp": " ",
  ]

  /// Leaves out tags, comments, scripts and styles; of a page with a title only that.
  static func text(of scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var words: [Unicode.Scalar] = []
    var title: [Unicode.Scalar] = []
    var isTitle = false
    var position = 0
    while position < scalars.count {
      if scalars[position] == "<" {
        let end = scalars[position...].firstIndex(of: ">") ?? scalars.count
        var name = ""
        name.unicodeScalars.append(
          contentsOf: scalars[(position + 1)..<end].prefix { $0 != " " && $0 != "\n" })
        name = name.lowercased()
        if name == "title" || name == "/title" { isTitle = name == "title" }
        words.append(" ")
        position = end + 1
        if name == "script" || name == "style" {
          position = rawEnd(of: scalars, from: position, name: name)
        }
        continue
      }
      let (decoded, length) = reference(in: scalars[position...])
      if isTitle { title.append(decoded) } else { words.append(decoded) }
      position += length
    }
    return title.contains { !$0.properties.isWhitespace } ? title : words
  }

  /// The end tag of a script or a style, in which nothing else is markup.
  private static func rawEnd(
    of scalars: [Unicode.Scalar], from start: Int, name: String
  ) -> Int {
    let tag = Array(("</" + name).unicodeScalars)
    var position = start
    while position < scalars.count {
      if scalars[position] == "<",
        scalars[position...].starts(
          with: tag, by: { $0.properties.lowercaseMapping == $1.properties.lowercaseMapping })
      {
        return position
      }
      position += 1
    }
    return position
  }

  private static func reference(in rest: ArraySlice<Unicode.Scalar>) -> (Unicode.Scalar, Int) {
    guard let first = rest.first else { return (" ", 1) }
    guard first == "&", let end = rest.prefix(8).firstIndex(of: ";") else { return (first, 1) }
    var name = ""
    name.unicodeScalars.append(contentsOf: rest[(rest.startIndex + 1)..<end])
    guard let scalar = entities[name] else { return (first, 1) }
    return (scalar, end - rest.startIndex + 1)
  }
}
