import ScriptModel

/// Tells the format of a decoded text by its content; the name of the file only breaks ties.
enum FormatDetection {
  /// How many bytes at the beginning are looked at.
  private static let sampleSize = 1 << 16

  /// The format that the end of a name stands for; `nil` for an unknown one.
  static func format(ofName name: String?) -> FormatName? {
    guard let name, let dot = name.lastIndex(of: ".") else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "srt": return .srt
    case "vtt", "webvtt": return .webVTT
    case "md", "markdown", "mdown": return .markdown
    case "txt", "text": return .text
    case "docx": return .docx
    case "json": return .json
    case "fountain", "spmd": return .fountain
    default: return nil
    }
  }

  /// The format of a text.
  ///
  /// - Throws: `FormatError` for a known kind of text that is none of the formats.
  static func format(of bytes: [UInt8], named: FormatName?) throws(FormatError) -> FormatName {
    let sample = Sample(bytes, limit: sampleSize)
    if sample.begins(with: "WEBVTT") { return .webVTT }
    if sample.isOffbookJSON || named == .json { return .json }
    if let error = sample.refusal { throw error }
    // In our guarded form a text may hold the times of captions, indented.
    if named == nil || named == .text, GuardedTranscript.read(bytes) != nil { return .text }
    let prose = named.map { [.text, .markdown, .fountain].contains($0) } ?? false
    if sample.timingRows > 0, !prose || sample.numberedTimingRows > 0 { return .srt }
    if named == .srt || named == .webVTT {
      // A file of captions may begin with a long text; only the whole tells.
      if Sample(bytes, limit: bytes.count).timingRows > 0 { return .srt }
      throw FormatError(
        .unknownFormat, "No caption with a time is in the file",
        fix: "'--format txt' reads it as plain text")
    }
    if named == .fountain || named == .markdown { return named ?? .text }
    if sample.hasFrontMatter || sample.boldLabels > 1 { return .markdown }
    if sample.sceneHeadings > 0, sample.cues > 0 { return .fountain }
    if named == nil, sample.headings > 0 { return .markdown }
    return .text
  }
}

/// What the beginning of a text shows.
private struct Sample {
  private(set) var timingRows = 0
  private(set) var numberedTimingRows = 0
  private(set) var boldLabels = 0
  private(set) var sceneHeadings = 0
  private(set) var cues = 0
  private(set) var headings = 0
  private let head: ArraySlice<UInt8>

  init(_ bytes: [UInt8], limit: Int) {
    let part = bytes.prefix(limit)
    let blank: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
    head = part.drop { blank.contains($0) }.prefix(512)
    let text = bytes.span.extracting(0..<part.count)
    var previous = 0..<0
    var position = 0
    while position <= text.count {
      let end = firstIndex(of: 0x0A, in: text, position..<text.count) ?? text.count
      let hasReturn = end > position && text[end - 1] == 0x0D
      let row = position..<(hasReturn ? end - 1 : end)
      look(at: row, of: text, previous: previous)
      previous = row
      position = end + 1
    }
  }

  private mutating func look(at row: Range<Int>, of text: Span<UInt8>, previous: Range<Int>) {
    guard !row.isEmpty else { return }
    let first = text[row.lowerBound]
    if TimingLine.mayBegin(with: first), case .timing(let timing) = TimingLine.parse(text, row),
      BlankText.isBlank(text, timing.rest) || timing.rest.count < 80
    {
      timingRows += 1
      if Self.isNumber(text, previous) { numberedTimingRows += 1 }
    }
    switch first {
    case UInt8(ascii: "*"): if Self.isBoldLabel(text, row) { boldLabels += 1 }
    case UInt8(ascii: "#"):
      if ["# ", "## ", "### "].contains(where: { Self.begins(text, row, with: $0) }) {
        headings += 1
      }
    case UInt8(ascii: "I"), UInt8(ascii: "E"):
      for mark in ["INT. ", "EXT. ", "INT./EXT", "INT/EXT", "I/E "]
      where Self.begins(text, row, with: mark) { sceneHeadings += 1 }
    default: break
    }
    if previous.isEmpty, row.count < 40, row.contains(where: { (0x41...0x5A).contains(text[$0]) }),
      !row.contains(where: { (0x61...0x7A).contains(text[$0]) || text[$0] == 0x2E })
    {
      cues += 1
    }
  }

  /// Whether a row is digits, with spaces between and around them.
  private static func isNumber(_ text: Span<UInt8>, _ row: Range<Int>) -> Bool {
    row.contains { text[$0] != 0x20 } && row.allSatisfy { text[$0] == 0x20 || isDigit(text[$0]) }
  }

  /// `**Anna:** text` and `**Anna**: text`.
  private static func isBoldLabel(_ text: Span<UInt8>, _ row: Range<Int>) -> Bool {
    guard begins(text, row, with: "**") else { return false }
    let name = row.dropFirst(2)
    guard let close = name.first(where: { begins(text, $0..<row.upperBound, with: "**") }) else {
      return false
    }
    return close > name.lowerBound && text[close - 1] == 0x3A
      || close + 2 < row.upperBound && text[close + 2] == 0x3A
  }

  private static func begins(_ text: Span<UInt8>, _ row: Range<Int>, with mark: String) -> Bool {
    guard row.count >= mark.utf8.count else { return false }
    var position = row.lowerBound
    for byte in mark.utf8 {
      if text[position] != byte { return false }
      position += 1
    }
    return true
  }

  private static func offset(of mark: String, in row: ArraySlice<UInt8>) -> Int? {
    for index in row.indices where row[index...].starts(with: mark.utf8) {
      return index - row.startIndex
    }
    return nil
  }

  func begins(with word: String) -> Bool { head.starts(with: word.utf8) }

  var isOffbookJSON: Bool {
    head.first == 0x7B && Self.offset(of: "\"offbook\"", in: head) != nil
  }

  var hasFrontMatter: Bool {
    guard head.starts(with: "---\n".utf8) || head.starts(with: "---\r\n".utf8) else { return false }
    return head.contains(0x3A)
  }

  /// What is text but no script.
  var refusal: FormatError? {
    let start = String(decoding: head.prefix(64), as: UTF8.self).lowercased()
    if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") {
      return FormatError(
        .unsupported, "The file is a web page (HTML)",
        fix: "Save the text of the page, or download the file itself again")
    }
    if start.hasPrefix("[script info]") {
      return FormatError(
        .unsupported, "The file has ASS subtitles", fix: "Convert it to SRT, and import that")
    }
    if start.hasPrefix("<?xml") || start.hasPrefix("<tt ") || start.hasPrefix("<sami>") {
      return FormatError(
        .unsupported, "The file is XML or SAMI", fix: "Convert it to SRT, and import that")
    }
    if isMicroDVD {
      return FormatError(
        .unsupported, "The file has MicroDVD subtitles, which count frames and not time",
        fix: "Convert it to SRT with the frame rate of the video, and import that")
    }
    return nil
  }

  /// `{25}{50}text`: two numbers in braces.
  private var isMicroDVD: Bool {
    var rest = head
    for _ in 0..<2 {
      guard rest.first == 0x7B, let close = rest.firstIndex(of: 0x7D) else { return false }
      let number = rest[rest.startIndex + 1..<close]
      guard !number.isEmpty, number.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
      rest = rest[(close + 1)...]
    }
    return true
  }
}
