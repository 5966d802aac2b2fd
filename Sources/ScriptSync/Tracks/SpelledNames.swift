/// How speakers are spelled whom a reply names in capitals, as some layouts name everybody.
struct SpelledNames {
  /// Shorter words may be abbreviations, and stay as they are.
  private static let shortestName = 3

  private let exact: Set<String>
  private let cast: [String: String]
  private let words: [String: String]

  /// Prepares the spelling.
  ///
  /// - Parameters:
  ///   - cast: the names of the project's speakers, whose spelling wins.
  ///   - text: where names may occur as they are usually written.
  init(cast: [String], text: String) {
    exact = Set(cast)
    self.cast = Dictionary(cast.map { ($0.lowercased(), $0) }, uniquingKeysWith: min)
    var words: [String: String] = [:]
    for word in text.split(whereSeparator: { !$0.isLetter }) {
      guard word.first?.isUppercase == true, word.contains(where: \.isLowercase) else { continue }
      let key = word.lowercased()
      if words[key] == nil { words[key] = String(word) }
    }
    self.words = words
  }

  /// The names as they are to stand in a script; a single one in capitals among others is meant so.
  func spelled(_ names: [String]) -> [String] {
    let isShouted = names.allSatisfy { name in
      name.contains(where: \.isUppercase) && !name.contains(where: \.isLowercase)
    }
    return names.map { name in
      if exact.contains(name) { return name }
      return cast[name.lowercased()] ?? (isShouted ? lowered(name) : name)
    }
  }

  private func lowered(_ name: String) -> String {
    var result = ""
    var rest = name[...]
    while let letter = rest.first {
      guard letter.isLetter else {
        result.append(letter)
        rest.removeFirst()
        continue
      }
      let word = rest.prefix(while: \.isLetter)
      result += words[word.lowercased()] ?? Self.capitalized(word)
      rest = rest.dropFirst(word.count)
    }
    return result
  }

  private static func capitalized(_ word: Substring) -> String {
    guard word.count >= shortestName, word.contains(where: { "AEIOUYÄÖÜÉÈÁÍÓÚ".contains($0) })
    else { return word.uppercased() }
    return word.prefix(1) + word.dropFirst().lowercased()
  }
}
