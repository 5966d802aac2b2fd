import ScriptModel

/// Reads WebVTT by its specification, and what tools write in its name.
struct WebVTTReader {
  /// Begins the comment in which an export says what it was made from.
  static let exportMark = "NOTE offbook "

  private var document = ScriptDocument()
  private var findings = FindingList()
  private var speakerIndices: [String: Int] = [:]
  private var continues = false
  /// The row in the file that the text of each entry begins in.
  private var positions: [Int32] = []
  private var rolling = RollingCaptions()

  private var position = 0
  private var line = 0

  /// Reads captions out of valid UTF-8 with `\n` ends.
  static func read(_ bytes: [UInt8], options: ReadOptions) -> ScriptDocument {
    var reader = WebVTTReader()
    reader.document.text.reserveCapacity(bytes.count)
    reader.file(bytes.span)
    if reader.rolling.isRolling {
      reader.rolling.collapse(&reader.document, findings: &reader.findings)
    }
    var document = reader.document
    document.findings = reader.findings.summarized()
    // Where captions were put together, the rows are no longer those of the lines.
    CaptionSpeakers.settle(
      &document, continues: reader.continues, options: options,
      positions: reader.rolling.isRolling ? [] : reader.positions)
    return document
  }

  /// The next row; `nil` at the end of the file.
  private mutating func nextRow(_ bytes: Span<UInt8>) -> Range<Int>? {
    guard position < bytes.count else { return nil }
    let end = firstIndex(of: 0x0A, in: bytes, position..<bytes.count) ?? bytes.count
    defer { position = end + 1 }
    line += 1
    return position..<end
  }

  private mutating func file(_ bytes: Span<UInt8>) {
    header(bytes)
    var waiting: Range<Int>?
    while let row = nextRow(bytes) {
      if BlankText.isBlank(bytes, row) {
        keepStray(bytes, waiting)
        waiting = nil
      } else if let timing = timing(bytes, row) {
        // The row before is the identifier of the cue: no speech.
        if let waiting, !Self.isNumber(bytes, waiting) {
          findings.add(
            .note, "identifier-dropped", line: line - 1, column: 1,
            "The identifier of a caption is left out")
        }
        waiting = nil
        cue(bytes, timing, rowStart: row.lowerBound)
      } else if waiting == nil, let keyword = Self.blockKeyword(bytes, row) {
        block(bytes, row, keyword)
      } else {
        keepStray(bytes, waiting)
        waiting = row
      }
    }
    keepStray(bytes, waiting)
  }

  /// Reads `WEBVTT`, what follows it in its row, and the rows up to the first blank one.
  private mutating func header(_ bytes: Span<UInt8>) {
    while let row = nextRow(bytes) {
      let text = Self.string(bytes, BlankText.trimmed(bytes, row))
      if text.isEmpty { continue }
      guard text.hasPrefix("WEBVTT") else {
        (position, line) = (row.lowerBound, line - 1)
        return
      }
      let title = text.dropFirst(6).drop { $0 == " " || $0 == "\t" || $0 == "-" }
      if !title.isEmpty { document.metadata.notes.append(String(title)) }
      break
    }
    while let row = nextRow(bytes) {
      if BlankText.isBlank(bytes, row) { return }
      let isNote = Self.blockKeyword(bytes, row) != nil
      if isNote || timing(bytes, row) != nil || Self.isNumber(bytes, row) {
        (position, line) = (row.lowerBound, line - 1)
        return
      }
      headerRow(Self.string(bytes, row))
    }
  }

  private mutating func headerRow(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1)
    if parts.count == 2, parts[0].lowercased() == "language" {
      document.metadata.language = parts[1].trimmedBlanks
    } else {
      document.metadata.notes.append(text)
    }
  }

  private mutating func block(_ bytes: Span<UInt8>, _ first: Range<Int>, _ keyword: String) {
    var end = first.upperBound
    while let row = nextRow(bytes) {
      if BlankText.isBlank(bytes, row) { break }
      if timing(bytes, row) != nil {
        (position, line) = (row.lowerBound, line - 1)
        break
      }
      end = row.upperBound
    }
    let text = Self.string(bytes, first.lowerBound..<end)
    if text.hasPrefix(Self.exportMark) { return exportNote(text) }
    document.metadata.notes.append(
      keyword == "NOTE" ? text.dropFirst(4).trimmedBlanks : text)
  }

  /// Reads `NOTE offbook script=… revision=… speakers=change`.
  private mutating func exportNote(_ text: String) {
    for word in text.dropFirst(Self.exportMark.count).split(whereSeparator: \.isWhitespace) {
      let pair = word.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { continue }
      switch pair[0] {
      case "script": document.metadata.scriptID = Script.ID(pair[1])
      case "revision": document.metadata.revision = Int(pair[1])
      case "speakers": continues = pair[1] == "change"
      default: break
      }
    }
  }

  /// Keeps a row that belongs to no caption.
  private mutating func keepStray(_ bytes: Span<UInt8>, _ row: Range<Int>?) {
    guard let row else { return }
    document.metadata.notes.append(Self.string(bytes, row))
    findings.add(
      .warning, "text-outside-captions", line: line - 1, column: 1,
      "Text outside the captions is kept in the notes")
  }

  private mutating func timing(_ bytes: Span<UInt8>, _ row: Range<Int>) -> TimingLine? {
    if let (start, end) = TimingLine.canonical(bytes, row) {
      return TimingLine(start: start, end: end, rest: row.upperBound..<row.upperBound)
    }
    guard !row.isEmpty, TimingLine.mayBegin(with: bytes[row.lowerBound]),
      let arrow = firstIndex(of: 0x3E, in: bytes, row), arrow > row.lowerBound,
      bytes[arrow - 1] == 0x2D,
      case .timing(let timing) = TimingLine.parse(bytes, row), !timing.oddities.contains(.noEnd)
    else { return nil }
    return timing
  }

  private mutating func cue(_ bytes: Span<UInt8>, _ timing: TimingLine, rowStart: Int) {
    reportTiming(bytes, timing)
    let timingLine = line
    var end = position
    let start = position
    while let row = nextRow(bytes) {
      // A cue ends at a blank row; one that follows without, begins with its times.
      if row.isEmpty || BlankText.isBlank(bytes, row) { break }
      if self.timing(bytes, row) != nil {
        (position, line) = (row.lowerBound, line - 1)
        break
      }
      end = row.upperBound
    }
    var payload = WebVTTPayload()
    payload.read(bytes, start..<max(start, end))
    if payload.hasTimestamps, payload.hasPlainSpans { rolling.isRolling = true }
    if payload.droppedTagCount > 0 {
      findings.add(
        .note, "tag-dropped", line: timingLine + 1, column: 1,
        "Tags other than <b>, <i>, <u> and <v> are left out")
    }
    append(payload, timing, line: timingLine)
  }

  private mutating func append(_ payload: WebVTTPayload, _ timing: TimingLine, line: Int) {
    let parts = payload.parts()
    if parts.allSatisfy(\.text.isEmpty) {
      findings.add(.note, "empty-caption", line: line, column: 1, "A caption without text")
    }
    if parts.count > 1 {
      findings.add(
        .note, "several-voices", line: line, column: 1,
        "A caption of several voices became a line for each, with the same times")
    }
    for part in parts {
      let start = document.text.count
      if part.isShielded { document.text.append(CaptionSpeakers.shield) }
      document.text.append(contentsOf: part.text)
      var entry = ScriptDocument.Entry(
        text: start..<document.text.count, start: Milliseconds(timing.start),
        end: Milliseconds(timing.end))
      if let name = part.speaker { entry.speaker = speaker(named: name) }
      document.entries.append(entry)
      positions.append(Int32(truncatingIfNeeded: line + 1))
    }
  }

  private mutating func reportTiming(_ bytes: Span<UInt8>, _ timing: TimingLine) {
    let allowed: TimingLine.Oddities = [.noHours]
    TimingRest.report(timing.oddities.subtracting(allowed), line: line, to: &findings)
    if timing.end < timing.start {
      findings.add(
        .warning, "end-before-start", line: line, column: 1,
        "The caption ends before it begins; the times are kept as written")
    }
    if !BlankText.isBlank(bytes, timing.rest) {
      findings.add(
        .note, "placement-dropped", line: line, column: 1,
        "Where the caption is shown is left out")
    }
  }

  private mutating func speaker(named name: String) -> Int {
    if let index = speakerIndices[name] { return index }
    document.speakers.append(name)
    speakerIndices[name] = document.speakers.count - 1
    return document.speakers.count - 1
  }

  private static func blockKeyword(_ bytes: Span<UInt8>, _ row: Range<Int>) -> String? {
    let text = string(bytes, row.lowerBound..<min(row.upperBound, row.lowerBound + 7))
    for keyword in ["NOTE", "STYLE", "REGION"] where text.hasPrefix(keyword) {
      let next = text.dropFirst(keyword.count).first
      if next == nil || next == " " || next == "\t" || row.count == keyword.count { return keyword }
    }
    return nil
  }

  private static func isNumber(_ bytes: Span<UInt8>, _ row: Range<Int>) -> Bool {
    let trimmed = BlankText.trimmed(bytes, row)
    for index in trimmed where bytes[index] < 0x30 || bytes[index] > 0x39 { return false }
    return !trimmed.isEmpty
  }

  static func string(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    bytes.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}

extension StringProtocol {
  /// The text without spaces, tabs and ends of rows around it.
  var trimmedBlanks: String {
    let head = drop { $0 == " " || $0 == "\t" || $0 == "\n" }
    guard let last = head.lastIndex(where: { $0 != " " && $0 != "\t" && $0 != "\n" }) else {
      return ""
    }
    return String(head[...last])
  }
}
