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
  private var rows: [ArraySlice<UInt8>] = []
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
    var previous: ArraySlice<UInt8> = []
    for piece in part.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let row = piece.last == 0x0D ? piece.dropLast() : piece
      look(at: row, previous: previous)
      previous = row
    }
  }

  private mutating func look(at row: ArraySlice<UInt8>, previous: ArraySlice<UInt8>) {
    guard let first = row.first else { return }
    let text = Array(row)
    if TimingLine.mayBegin(with: first),
      case .timing(let timing) = TimingLine.parse(text.span, 0..<text.count),
      BlankText.isBlank(text.span, timing.rest) || timing.rest.count < 80
    {
      timingRows += 1
      let number = previous.filter { $0 != 0x20 }
      if !number.isEmpty, number.allSatisfy({ (0x30...0x39).contains($0) }) {
        numberedTimingRows += 1
      }
    }
    if row.starts(with: "**".utf8), let close = Self.offset(of: "**", in: row.dropFirst(2)) {
      let label = row.dropFirst(2).prefix(close)
      let after = row.dropFirst(4 + close).first
      if label.last == 0x3A || after == 0x3A { boldLabels += 1 }
    }
    if row.starts(with: "# ".utf8) || row.starts(with: "## ".utf8) || row.starts(with: "### ".utf8)
    {
      headings += 1
    }
    for mark in ["INT. ", "EXT. ", "INT./EXT", "INT/EXT", "I/E "] where row.starts(with: mark.utf8)
    {
      sceneHeadings += 1
    }
    if previous.isEmpty, row.count < 40, row.contains(where: { (0x41...0x5A).contains($0) }),
      !row.contains(where: { (0x61...0x7A).contains($0) || $0 == 0x2E })
    {
      cues += 1
    }
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
