/// What a person looks for: words, "phrases" and prefixes*, all of which must occur.
///
/// Anything else is taken as it stands, so that no query is wrong.
struct SearchQuery: Hashable {
  /// One word or phrase.
  struct Term: Hashable {
    var text: String
    var isPrefix: Bool
  }

  /// The words and phrases that hold a letter or a digit.
  let terms: [Term]

  /// The most terms that are looked for; more are left out of the question.
  static let mostTerms = 64

  init(_ query: String) {
    var terms: [Term] = []
    var text = ""
    var isQuoted = false
    var wasQuoted = false
    func finish(isPrefix: Bool) {
      if text.unicodeScalars.contains(where: isWordCharacter) {
        terms.append(Term(text: text, isPrefix: isPrefix))
      }
      text = ""
      wasQuoted = false
    }
    /// A word that ends in stars is a prefix.
    func finishWord() {
      let isPrefix = text.count > 1 && text.last == "*"
      while text.count > 1, text.last == "*" { text.removeLast() }
      finish(isPrefix: isPrefix)
    }
    for character in query where character != "\0" {
      if character == "\"" {
        if isQuoted { wasQuoted = true } else { finish(isPrefix: false) }
        isQuoted.toggle()
        if !isQuoted { continue }
      } else if wasQuoted && !isQuoted {
        let isPrefix = character == "*"
        finish(isPrefix: isPrefix)
        if !isPrefix && !character.isWhitespace { text.append(character) }
      } else if isQuoted {
        text.append(character)
      } else if character.isWhitespace {
        finishWord()
      } else {
        text.append(character)
      }
    }
    if isQuoted || wasQuoted { finish(isPrefix: false) } else { finishWord() }
    self.terms = Array(terms.prefix(Self.mostTerms))
  }

  /// Whether any term has characters of a script without spaces, which only pairs find.
  var needsPairs: Bool {
    terms.contains { $0.text.unicodeScalars.contains(where: SearchText.isUnspaced) }
  }

  /// The query of the table `line_text`.
  var textMatch: String {
    terms.map { quoted($0.text) + ($0.isPrefix ? "*" : "") }.joined(separator: " AND ")
  }

  /// The query of the table `line_pair`.
  var pairMatch: String {
    var parts: [String] = []
    for term in terms {
      var run: [Unicode.Scalar] = []
      var word = ""
      for scalar in term.text.unicodeScalars {
        if SearchText.isUnspaced(scalar) {
          appendWord(&word, isPrefix: false, to: &parts)
          run.append(scalar)
        } else {
          appendRun(&run, to: &parts)
          word.unicodeScalars.append(scalar)
        }
      }
      appendRun(&run, to: &parts)
      appendWord(&word, isPrefix: term.isPrefix, to: &parts)
    }
    return parts.joined(separator: " AND ")
  }

  private func appendWord(_ word: inout String, isPrefix: Bool, to parts: inout [String]) {
    if word.unicodeScalars.contains(where: isWordCharacter) {
      parts.append(quoted(word) + (isPrefix ? "*" : ""))
    }
    word = ""
  }

  /// One character is the beginning of a pair; more are the phrase of their pairs.
  private func appendRun(_ run: inout [Unicode.Scalar], to parts: inout [String]) {
    if let only = run.first, run.count == 1 {
      parts.append(quoted(String(only)) + "*")
    } else if run.count > 1 {
      var bytes: [UInt8] = []
      SearchText.appendPairs(of: run, to: &bytes, withLast: false)
      parts.append(quoted(String(decoding: bytes, as: UTF8.self)))
    }
    run.removeAll()
  }
}

private func quoted(_ text: String) -> String {
  var result = "\""
  for character in text.unicodeScalars {
    if character == "\"" { result += "\"" }
    result.unicodeScalars.append(character)
  }
  return result + "\""
}

/// Whether the index takes a character as part of a word.
private func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
    .decimalNumber, .letterNumber, .otherNumber, .privateUse:
    true
  default: false
  }
}
