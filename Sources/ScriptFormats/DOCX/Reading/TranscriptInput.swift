import ScriptModel

/// Hands the paragraphs of a document to the recognition of layouts.
enum TranscriptInput {
  /// Makes the lines of a document that is not our own export.
  static func document(_ text: DocumentText, _ options: ReadOptions) -> ScriptDocument {
    var document =
      TranscriptTable.document(text)
      ?? TranscriptLayout.read(paragraphs: paragraphs(of: text), options: options)
    var metadata = document.metadata
    let own = text.metadata
    if metadata.title == nil { metadata.title = own.title }
    if metadata.language == nil { metadata.language = own.language }
    if metadata.kind == nil { metadata.kind = own.kind }
    metadata.scriptID = own.scriptID
    metadata.projectID = own.projectID
    metadata.revision = own.revision
    metadata.notes.append(contentsOf: text.notes)
    document.metadata = metadata
    document.findings.insert(contentsOf: text.findings, at: 0)
    if document.entries.isEmpty {
      document.findings.append(
        Finding(severity: .warning, code: "no-text", message: "The document holds no text"))
    }
    return document
  }

  private static func paragraphs(of text: DocumentText) -> [TranscriptParagraph] {
    var result: [TranscriptParagraph] = []
    result.reserveCapacity(text.paragraphs.count)
    let names = NameParagraphs.find(in: text)
    for (index, paragraph) in text.paragraphs.enumerated() {
      if names.contains(index) {
        let label = Array(text.text[paragraph.text]) + [UInt8(ascii: ":")]
        result.append(
          TranscriptParagraph(text: label, boldPrefixLength: label.count, row: index + 1))
      } else {
        result.append(self.paragraph(paragraph, in: text, row: index + 1))
      }
    }
    return result
  }

  private static func paragraph(
    _ paragraph: DocumentText.Paragraph, in text: DocumentText, row: Int
  ) -> TranscriptParagraph {
    let content = text.text[paragraph.text]
    // A line break before the first word, as behind a picture of the speaker, says nothing.
    let begin = (content.firstIndex { !isBlank($0) } ?? content.endIndex) - content.startIndex
    var bold = text.boldPrefixLength(paragraph)
    if bold <= begin || !looksLikeLabel(content.dropFirst(begin).prefix(bold - begin), of: content)
    {
      bold = 0
    }
    var bytes = bold > 0 ? Array(content.dropFirst(begin).prefix(bold - begin)) : []
    bytes.append(contentsOf: text.markedUp(paragraph, max(begin, bold)..<content.count))
    let isHeading = paragraph.role == .heading || paragraph.role == .title
    return TranscriptParagraph(
      text: bytes, style: isHeading ? .heading : .normal, boldPrefixLength: max(0, bold - begin),
      row: row)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A
  }

  /// The most bytes of a name with a time.
  private static let longestLabel = 80

  /// Whether a bold beginning is a label and not a stressed word: a colon is at its end, it is the
  /// whole first row, or a clock is in that row.
  private static func looksLikeLabel(
    _ bold: ArraySlice<UInt8>, of text: ArraySlice<UInt8>
  ) -> Bool {
    guard bold.count <= longestLabel, let last = bold.last(where: { !isBlank($0) }) else {
      return false
    }
    let colon = UInt8(ascii: ":")
    let rest = text[bold.endIndex...].drop { $0 == 0x20 || $0 == 0x09 }
    if last == colon || rest.first == colon || bold.suffix(3).elementsEqual([0xEF, 0xBC, 0x9A]) {
      return true
    }
    if rest.first == 0x0A || bold.last == 0x0A { return true }
    // `Anna Lee  0:05` with the name in bold, or all of it.
    guard let next = rest.first else { return hasClock(bold) }
    let opensClock = next == UInt8(ascii: "[") || next == UInt8(ascii: "(") || isDigit(next)
    return hasClock(bold) || opensClock && hasClock(rest.prefix(16))
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func hasClock(_ text: ArraySlice<UInt8>) -> Bool {
    for index in text.indices.dropFirst().dropLast() where text[index] == UInt8(ascii: ":") {
      if isDigit(text[index - 1]), isDigit(text[index + 1]) { return true }
    }
    return false
  }
}

extension DocumentText {
  /// How many bytes at the beginning of a paragraph are bold.
  func boldPrefixLength(_ paragraph: Paragraph) -> Int {
    var length = 0
    for index in paragraph.spans {
      guard Int(spans[index].offset) == length, spans[index].format.contains(.bold) else { break }
      length =
        index + 1 < paragraph.spans.upperBound
        ? Int(spans[index + 1].offset) : paragraph.text.count
    }
    return length
  }
}
