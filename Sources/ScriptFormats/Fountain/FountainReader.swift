package import ScriptModel

/// Fountain: a screenplay in plain text (fountain.io/syntax).
///
/// Scene headings become headings, action and transitions directions, dialogue lines with its
/// parentheticals in the text; the title page, sections, synopses, notes and boneyards are notes.
package enum FountainReader {
  /// Reads valid UTF-8 with any line ends; never fails, what is odd is in the findings.
  package static func read(_ text: [UInt8], options: ReadOptions) -> ScriptDocument {
    var parser = FountainParser(text)
    parser.readsSpeakers = options.speakers == .auto
    return parser.parse()
  }
}

/// One pass over the rows of a Fountain file.
struct FountainParser {
  private var rows: [Substring]
  private var document = ScriptDocument()
  private var position = 0
  private var speakerIndices: [String: Int] = [:]
  var readsSpeakers = true

  init(_ bytes: [UInt8]) {
    var notes: [String] = []
    let text = FountainParser.withoutComments(bytes, &notes)
    rows = FountainParser.rows(of: text)
    document.metadata.kind = .script
    document.metadata.notes = notes
  }

  mutating func parse() -> ScriptDocument {
    skipBlank()
    readTitlePage()
    while true {
      skipBlank()
      guard position < rows.count else { break }
      readElement()
    }
    return document
  }

  // MARK: Elements

  private mutating func readElement() {
    let row = trimmed(rows[position])
    let isFirst = position == 0 || isBlank(rows[position - 1])
    if row.hasPrefix("#") || (row.hasPrefix("=") && !row.hasPrefix("===")) {
      document.metadata.notes.append(String(row))
      position += 1
    } else if row.hasPrefix("===") {
      position += 1
    } else if isSceneHeading(row) {
      let text = row.hasPrefix(".") ? trimmed(row.dropFirst()) : row
      add(String(withoutSceneNumber(text)), .heading, nil)
      position += 1
    } else if row.hasPrefix(">") && !rows[position].hasPrefix(" ") && !rows[position].hasPrefix("\t")
      || (row.hasPrefix(">") && row.hasSuffix("<"))
    {
      let inner = row.hasSuffix("<") ? row.dropFirst().dropLast() : row.dropFirst()
      add(String(trimmed(inner)), .direction, nil)
      position += 1
    } else if isFirst, FountainGrammar.isTransition(row), !hasText(below: position) {
      add(String(row), .direction, nil)
      position += 1
    } else if isFirst, isCharacter(row), readsSpeakers {
      readDialogue(row)
    } else {
      readAction()
    }
  }

  private func isSceneHeading(_ row: Substring) -> Bool {
    if row.hasPrefix(".") { return !row.hasPrefix("..") && row.count > 1 }
    let bytes = Array(row.utf8)
    return FountainGrammar.isSceneHeading(bytes, 0, bytes.count)
  }

  private func isCharacter(_ row: Substring) -> Bool {
    guard hasText(below: position) else { return false }
    if row.hasPrefix("@") { return row.count > 1 }
    return !row.hasPrefix("!") && FountainGrammar.isCharacter(row)
      && !FountainGrammar.isTransition(row)
  }

  private mutating func readDialogue(_ row: Substring) {
    var name = row.hasPrefix("@") ? trimmed(row.dropFirst()) : row
    if name.hasSuffix("^") { name = trimmed(name.dropLast()) }
    position += 1
    var texts: [Substring] = []
    while position < rows.count {
      let row = rows[position]
      if isBlank(row) {
        // Two spaces on a row of their own keep the dialogue going.
        guard row.utf8.count >= 2, hasText(below: position) else { break }
        position += 1
        texts.append("")
        continue
      }
      texts.append(trimmed(row))
      position += 1
    }
    add(texts.joined(separator: "\n"), .dialogue, String(name))
  }

  private mutating func readAction() {
    var texts: [Substring] = []
    while position < rows.count, !isBlank(rows[position]) {
      let row = trimmed(rows[position])
      if !texts.isEmpty, isSceneHeading(row) || row.hasPrefix("===") { break }
      texts.append(row.hasPrefix("!") ? row.dropFirst() : row)
      position += 1
    }
    add(texts.joined(separator: "\n"), .direction, nil)
  }

  private mutating func readTitlePage() {
    guard position < rows.count, FountainGrammar.isTitleKey(rows[position]),
      !FountainGrammar.isTransition(trimmed(rows[position]))
    else { return }
    var key = ""
    while position < rows.count, !isBlank(rows[position]) {
      let row = rows[position]
      if FountainGrammar.isTitleKey(row), let colon = row.firstIndex(of: ":") {
        key = row[..<colon].lowercased()
        takeTitle(key, trimmed(row[row.index(after: colon)...]))
      } else {
        takeTitle(key, trimmed(row))
      }
      position += 1
    }
  }

  private mutating func takeTitle(_ key: String, _ value: Substring) {
    guard !value.isEmpty else { return }
    let text = String(value.filter { $0 != "*" && $0 != "_" })
    switch key {
    case "title":
      document.metadata.title = document.metadata.title.map { $0 + " " + text } ?? text
    case "draft date", "date": document.metadata.date = text
    default: document.metadata.notes.append(key.isEmpty ? text : key + ": " + text)
    }
  }

  private mutating func add(_ text: String, _ kind: Line.Kind, _ speaker: String?) {
    var notes: [String] = []
    let plain = withoutNotes(text, &notes)
    document.metadata.notes.append(contentsOf: notes)
    guard !plain.isEmpty else { return }
    let marked = InlineEmphasis.tagged(Array(plain.utf8), underscore: .underline)
    let offset = document.text.count
    document.text.append(contentsOf: marked)
    var index: Int?
    if let speaker {
      index = speakerIndices[speaker]
      if index == nil {
        document.speakers.append(speaker)
        index = document.speakers.count - 1
        speakerIndices[speaker] = index
      }
    }
    document.entries.append(
      ScriptDocument.Entry(text: offset..<document.text.count, kind: kind, speaker: index))
  }

  // MARK: Rows

  private mutating func skipBlank() {
    while position < rows.count, isBlank(rows[position]) { position += 1 }
  }

  private func hasText(below index: Int) -> Bool {
    index + 1 < rows.count && (!isBlank(rows[index + 1]) || rows[index + 1].utf8.count >= 2
      && index + 2 < rows.count && rows[index + 1].utf8.count >= 2 && !isBlank(rows[index + 2]))
  }

  private func isBlank(_ row: Substring) -> Bool { row.utf8.allSatisfy { isWhite($0) } }

  private func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let first = text.utf8.first, isWhite(first) { text = text.dropFirst() }
    while let last = text.utf8.last, isWhite(last) { text = text.dropLast() }
    return text
  }

  private func withoutSceneNumber(_ text: Substring) -> Substring {
    guard text.hasSuffix("#") else { return text }
    let inner = text.dropLast()
    guard let open = inner.lastIndex(of: "#") else { return text }
    let number = inner[inner.index(after: open)...]
    guard !number.isEmpty,
      number.utf8.allSatisfy({ isLetter($0) || isDigit($0) || $0 == 45 || $0 == 46 })
    else { return text }
    return trimmed(text[..<open])
  }

  private func withoutNotes(_ text: String, _ notes: inout [String]) -> String {
    guard text.utf8.contains(UInt8(ascii: "[")) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if position + 1 < bytes.count, bytes[position] == 91, bytes[position + 1] == 91,
        let end = FountainParser.find([93, 93], in: bytes, from: position + 2)
      {
        notes.append(String(decoding: bytes[position + 2..<end], as: UTF8.self))
        position = end + 2
        continue
      }
      result.append(bytes[position])
      position += 1
    }
    while let last = result.last, isWhite(last) || last == 10 { result.removeLast() }
    return String(decoding: result, as: UTF8.self)
  }

  /// Takes `/* … */` out, over rows too.
  private static func withoutComments(_ bytes: [UInt8], _ notes: inout [String]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var mayClose = true
    while position < bytes.count {
      if mayClose, bytes[position] == 47, position + 1 < bytes.count, bytes[position + 1] == 42 {
        if let end = find([42, 47], in: bytes, from: position + 2) {
          notes.append(String(decoding: bytes[position + 2..<end], as: UTF8.self))
          position = end + 2
          continue
        }
        mayClose = false
      }
      result.append(bytes[position])
      position += 1
    }
    return result
  }

  private static func find(_ mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    var position = start
    while position + 1 < bytes.count {
      if bytes[position] == mark[0], bytes[position + 1] == mark[1] { return position }
      position += 1
    }
    return nil
  }

  private static func rows(of bytes: [UInt8]) -> [Substring] {
    var rows: [Substring] = []
    var start = 0
    var position = 0
    while position <= bytes.count {
      if position == bytes.count || bytes[position] == 10 || bytes[position] == 13 {
        rows.append(Substring(String(decoding: bytes[start..<position], as: UTF8.self)))
        if position + 1 < bytes.count, bytes[position] == 13, bytes[position + 1] == 10 {
          position += 1
        }
        start = position + 1
      }
      position += 1
    }
    return rows
  }
}
