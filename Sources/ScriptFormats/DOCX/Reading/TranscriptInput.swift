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
    let repeated = repeatedBoldParagraphs(text)
    for (index, paragraph) in text.paragraphs.enumerated() {
      let bold = text.boldPrefixLength(paragraph)
      let isLabel =
        bold > 0
        && (repeated.contains(Array(text.text[paragraph.text]))
          || looksLikeLabel(text.text[paragraph.text].prefix(bold), of: text.text[paragraph.text]))
      let length = paragraph.text.count
      var bytes = isLabel ? Array(text.text[paragraph.text].prefix(bold)) : []
      bytes.append(contentsOf: text.markedUp(paragraph, (isLabel ? bold : 0)..<length))
      result.append(
        TranscriptParagraph(
          text: bytes, style: paragraph.role == .heading || paragraph.role == .title
            ? .heading : .normal,
          boldPrefixLength: isLabel ? bold : 0, row: index + 1))
    }
    return result
  }

  /// The short paragraphs, all bold, that occur more than once: names above what they say.
  private static func repeatedBoldParagraphs(_ text: DocumentText) -> Set<[UInt8]> {
    var once: Set<[UInt8]> = []
    var repeated: Set<[UInt8]> = []
    for paragraph in text.paragraphs
    where !paragraph.spans.isEmpty && paragraph.text.count <= longestLabel {
      guard text.boldPrefixLength(paragraph) == paragraph.text.count else { continue }
      let bytes = Array(text.text[paragraph.text])
      if !once.insert(bytes).inserted { repeated.insert(bytes) }
    }
    return repeated
  }

  /// The most bytes of a paragraph that may be a name and a time.
  private static let longestLabel = 80

  /// Whether a bold beginning is a label and not a stressed word: it ends with a colon, has a
  /// clock in it, or is the whole first row.
  private static func looksLikeLabel(
    _ bold: ArraySlice<UInt8>, of text: ArraySlice<UInt8>
  ) -> Bool {
    guard bold.count <= longestLabel else { return false }
    let rest = text[bold.endIndex...]
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
    guard let last = bold.last(where: { !isBlank($0) }) else { return false }
    let colon = UInt8(ascii: ":")
    if last == colon || rest.first(where: { !isBlank($0) }) == colon { return true }
    // The full-width colon.
    if bold.elementsEqual(bold) , Array(bold.suffix(3)) == [0xEF, 0xBC, 0x9A] { return true }
    if rest.first(where: { $0 != 0x20 }) == UInt8(ascii: "\n") || bold.last == UInt8(ascii: "\n") {
      return true
    }
    return hasClock(bold)
  }

  private static func hasClock(_ text: ArraySlice<UInt8>) -> Bool {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    for index in text.indices.dropFirst().dropLast() where text[index] == UInt8(ascii: ":") {
      if digits.contains(text[index - 1]), digits.contains(text[index + 1]) { return true }
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
