import ScriptModel

/// Writes `word/document.xml`.
struct BodyWriter {
  private(set) var bytes: [UInt8] = []
  private let document: ScriptDocument
  private let options: WriteOptions
  private var lastSpeaker: Int?

  /// Begins a part for a document.
  init(document: ScriptDocument, options: WriteOptions) {
    self.document = document
    self.options = options
  }

  /// Writes the whole part.
  mutating func write() {
    bytes.reserveCapacity(document.text.count * 2 + document.entries.count * 300)
    append(DocumentParts.declaration)
    append("<w:document xmlns:w=\"\(DocumentParts.word)\"><w:body>")
    if let title = document.metadata.title, !title.isEmpty {
      append("<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr>")
      appendRun(Array(title.utf8)[...], properties: "")
      append("</w:p>")
    }
    for index in document.entries.indices { appendLine(index) }
    append("<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" ")
    append("w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" w:header=\"708\" ")
    append("w:footer=\"708\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>")
  }

  private mutating func appendLine(_ index: Int) {
    let entry = document.entries[index]
    let name = entry.speaker.flatMap { speaker in
      document.speakers.indices.contains(speaker) ? document.speakers[speaker] : nil
    }
    let continues =
      options.speakers == .change && entry.kind == .dialogue && name != nil
      && entry.speaker == lastSpeaker
    append("<w:p><w:pPr><w:pStyle w:val=\"")
    append(Self.style(of: entry.kind, continues: continues))
    append("\"/></w:pPr>")
    appendBookmark(index)
    if options.times == true, let mark = TimeMark(entry) {
      appendRun(
        Array((mark.description + " ").utf8)[...],
        properties: "<w:rPr><w:rStyle w:val=\"OffbookTime\"/></w:rPr>")
    }
    if let name, options.speakers != .none, !continues {
      appendRun(
        Array((name + ": ").utf8)[...],
        properties: "<w:rPr><w:rStyle w:val=\"OffbookSpeaker\"/></w:rPr>")
    }
    if name != nil { lastSpeaker = entry.speaker }
    let text = Self.valid(document.text, entry.text)
    for run in Markup.runs(of: text) {
      appendRun(text[run.text], properties: Self.properties(run.format))
    }
    append("</w:p>")
  }

  /// The text of a line; repaired where it is not valid UTF-8, since no XML may be unreadable.
  private static func valid(_ text: [UInt8], _ range: Range<Int>) -> ArraySlice<UInt8> {
    let slice = text[range.clamped(to: text.indices)]
    if slice.allSatisfy({ $0 < 0x80 }) { return slice }
    return Array(String(decoding: slice, as: UTF8.self).utf8)[...]
  }

  private static func style(of kind: Line.Kind, continues: Bool) -> String {
    switch kind {
    case .dialogue: continues ? "OffbookContinued" : "OffbookLine"
    case .heading: "Heading1"
    case .direction: "OffbookDirection"
    }
  }

  private mutating func appendBookmark(_ index: Int) {
    let id = index < document.lineIDs.count ? document.lineIDs[index] : nil
    append("<w:bookmarkStart w:id=\"\(index)\" w:name=\"\(ParagraphMark.prefix)")
    append(id.map { $0.description.filter { $0 != "-" } } ?? "x\(index + 1)")
    append("\"/><w:bookmarkEnd w:id=\"\(index)\"/>")
  }

  private static func properties(_ format: DocumentText.Format) -> String {
    guard !format.isEmpty else { return "" }
    return "<w:rPr>" + (format.contains(.bold) ? "<w:b/>" : "")
      + (format.contains(.italic) ? "<w:i/>" : "")
      + (format.contains(.underline) ? "<w:u w:val=\"single\"/>" : "") + "</w:rPr>"
  }

  /// Appends a run; breaks and tabs are elements in it.
  private mutating func appendRun(_ text: ArraySlice<UInt8>, properties: String) {
    guard !text.isEmpty else { return }
    append("<w:r>")
    append(properties)
    var begin = text.startIndex
    var position = begin
    while position < text.endIndex {
      let byte = text[position]
      guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
      else {
        position += 1
        continue
      }
      appendText(text[begin..<position])
      append(byte == UInt8(ascii: "\t") ? "<w:tab/>" : "<w:br/>")
      position += 1
      if byte == UInt8(ascii: "\r"), position < text.endIndex, text[position] == UInt8(ascii: "\n")
      {
        position += 1
      }
      begin = position
    }
    appendText(text[begin..<position])
    append("</w:r>")
  }

  private mutating func appendText(_ text: ArraySlice<UInt8>) {
    guard !text.isEmpty else { return }
    append("<w:t xml:space=\"preserve\">")
    XMLText.append(text, to: &bytes)
    append("</w:t>")
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
