import ScriptModel

/// Writes WebVTT: names as voices, `&`, `<` and `>` escaped, blank rows kept by empty spans.
struct WebVTTWriter {
  private let document: ScriptDocument
  private let options: WriteOptions
  private let names: [[UInt8]]
  private var bytes: [UInt8] = []

  private init(_ document: ScriptDocument, _ options: WriteOptions) {
    self.document = document
    self.options = options
    names = document.speakers.map { name in
      var escaped: [UInt8] = []
      Self.escape(Array(name.utf8), to: &escaped)
      return escaped
    }
  }

  /// Writes all entries as captions; times that are missing are written as zero.
  static func write(
    _ document: ScriptDocument, options: WriteOptions, labels: inout CaptionLabels
  ) -> [UInt8] {
    var writer = WebVTTWriter(document, options)
    writer.bytes.reserveCapacity(document.text.count + document.entries.count * 64 + 128)
    writer.head(continues: labels.continues)
    labels.rewind()
    let text = document.text.span
    var digits = ClockDigits()
    for index in document.entries.indices {
      let entry = document.entries[index]
      let start = entry.start?.rawValue ?? 0
      digits.append(0x0A)
      digits.time(start, point: 0x2E)
      digits.arrow()
      digits.time(entry.end?.rawValue ?? start, point: 0x2E)
      digits.append(0x0A)
      digits.flush(to: &writer.bytes)
      writer.caption(text, entry.text, labels.opening(of: entry, at: index))
    }
    return options.crlf ? RowEnds.withCarriageReturns(writer.bytes) : writer.bytes
  }

  private mutating func head(continues: Bool) {
    append("WEBVTT\n")
    if let language = document.metadata.language, Self.isPlain(language) {
      bytes.append(contentsOf: "Language: \(language)\n".utf8)
    }
    var words: [String] = []
    if let id = document.metadata.scriptID { words.append("script=\(id)") }
    if let revision = document.metadata.revision { words.append("revision=\(revision)") }
    if continues { words.append("speakers=change") }
    guard !words.isEmpty else { return }
    bytes.append(
      contentsOf: "\n\(WebVTTReader.exportMark)\(words.joined(separator: " "))\n".utf8)
  }

  private static func isPlain(_ language: String) -> Bool {
    !language.isEmpty && language.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3E }
  }

  private mutating func caption(
    _ text: Span<UInt8>, _ range: Range<Int>, _ opening: CaptionLabels.Opening
  ) {
    switch opening {
    case .bare: break
    case .shielded: append(WebVTTPayload.shield)
    case .name(let speaker, _):
      append("<v ")
      bytes.append(contentsOf: names[speaker])
      bytes.append(0x3E)
    }
    let isNamed = if case .name = opening { true } else { false }
    var position = range.lowerBound
    repeat {
      let end = firstIndex(of: 0x0A, in: text, position..<range.upperBound) ?? range.upperBound
      let row = position..<end
      // A blank row would end the caption; a caption without any text has nothing to keep.
      if BlankText.isBlank(text, row), !range.isEmpty { append(WebVTTPayload.shield) }
      self.row(text, row)
      position = end + 1
      if end < range.upperBound { bytes.append(0x0A) }
    } while position <= range.upperBound
    if isNamed { append("</v>") }
    bytes.append(0x0A)
  }

  private mutating func row(_ text: Span<UInt8>, _ row: Range<Int>) {
    var position = row.lowerBound
    while position < row.upperBound {
      let kept = KeptTag.length(text, position..<row.upperBound)
      if kept > 0 {
        text.extracting(position..<position + kept).withUnsafeBufferPointer {
          bytes.append(contentsOf: $0)
        }
        position += kept
      } else {
        Self.escape(text[position], to: &bytes)
        position += 1
      }
    }
  }

  /// Appends a name or a text without markup, escaped.
  static func escape(_ text: [UInt8], to bytes: inout [UInt8]) {
    for byte in text { escape(byte, to: &bytes) }
  }

  @inline(__always)
  private static func escape(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case 0x26: append("&amp;", to: &bytes)
    case 0x3C: append("&lt;", to: &bytes)
    case 0x3E: append("&gt;", to: &bytes)
    default: bytes.append(byte)
    }
  }

  private mutating func append(_ text: StaticString) { Self.append(text, to: &bytes) }

  private static func append(_ text: StaticString, to bytes: inout [UInt8]) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
}
