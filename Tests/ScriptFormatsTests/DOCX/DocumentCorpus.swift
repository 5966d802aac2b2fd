import JSONText
import ScriptFormats
import TestSupport

/// What a file of the corpora should give, and whether it does.
struct ExpectedDocument {
  /// One paragraph: any of some texts; its place is free in a text box.
  private struct Paragraph {
    var texts: [String]
    var isInTextBox: Bool
  }

  private let paragraphs: [Paragraph]?
  private let mustContain: [String]
  private let mustNotContain: [String]
  private let once: [String]
  private let isRefusalAllowed: Bool
  private let verdict: String?

  init?(file: String) {
    guard let bytes = Corpora.bytes(of: "expected/docx/\(file).json"),
      // A file that is no JSON is told apart from a wrong result by the nil.
      let json = try? JSONValue(parsing: bytes)
    else { return nil }
    paragraphs = json["paras"]?.array?.map { item in
      if let text = item.string { return Paragraph(texts: [text], isInTextBox: false) }
      let texts = item.array?.compactMap(\.string) ?? []
      let isInTextBox = texts.count == 2 && texts.last == "textbox"
      return Paragraph(
        texts: isInTextBox ? Array(texts.dropLast()) : texts, isInTextBox: isInTextBox)
    }
    func strings(_ name: String) -> [String] {
      json[name]?.array?.compactMap(\.string) ?? []
    }
    mustContain = strings("must_contain")
    mustNotContain = strings("must_not_contain")
    once = strings("once")
    isRefusalAllowed = json["either_error"]?.bool ?? false
    verdict = json["verdict"]?.string
  }

  /// Says what is wrong with a result; `nil` where nothing is.
  func problem(_ result: Result<DocumentText, FormatError>) -> String? {
    switch result {
    case .failure(let error):
      let isMissingText = paragraphs != nil || verdict == "ok" || !mustContain.isEmpty
      return isMissingText && !isRefusalAllowed ? "refused: \(error)" : nil
    case .success(let text):
      if paragraphs == nil, verdict == nil || verdict == "error", !isRefusalAllowed {
        return "read, where it is to be refused"
      }
      return problem(text)
    }
  }

  private func problem(_ document: DocumentText) -> String? {
    let read = document.paragraphs.map { Self.collapsed(document.string($0)) }
    let all = read.joined(separator: "\n")
    if let missing = mustContain.first(where: { !all.contains($0) }) { return "lacks '\(missing)'" }
    if let extra = mustNotContain.first(where: { all.contains($0) }) { return "holds '\(extra)'" }
    for text in once where all.components(of: text) != 1 { return "holds '\(text)' not just once" }
    guard let paragraphs else { return nil }
    var rest = read.filter { !$0.isEmpty }
    for paragraph in paragraphs where paragraph.isInTextBox {
      let wanted = paragraph.texts.map(Self.collapsed)
      guard let place = rest.firstIndex(where: { wanted.contains($0) }) else {
        return "lacks the text box '\(wanted)'"
      }
      rest.remove(at: place)
    }
    let body = paragraphs.filter { !$0.isInTextBox }.map { $0.texts.map(Self.collapsed) }
      .filter { $0 != [""] }
    for (index, texts) in body.enumerated() {
      guard index < rest.count else { return "ends before '\(texts[0])'" }
      if !texts.contains(where: { Self.matches(rest[index], $0) }) {
        return "'\(rest[index])' instead of '\(texts[0])'"
      }
    }
    return rest.count > body.count ? "goes on with '\(rest[body.count])'" : nil
  }

  /// White space collapsed, soft hyphens gone.
  static func collapsed(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where scalar != "\u{AD}" {
      let isBlank = scalar.properties.isWhitespace
      if isBlank, scalars.last == " " || scalars.isEmpty { continue }
      scalars.append(isBlank ? " " : scalar)
    }
    if scalars.last == " " { scalars.removeLast() }
    return String(scalars)
  }

  /// U+FFFD stands for any one symbol: the readers behind the expected results map none.
  private static func matches(_ text: String, _ expected: String) -> Bool {
    let left = Array(text.unicodeScalars)
    let right = Array(expected.unicodeScalars)
    return left.count == right.count
      && zip(left, right).allSatisfy { $0 == $1 || $1 == "\u{FFFD}" }
  }
}

extension String {
  fileprivate func components(of text: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: text) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
