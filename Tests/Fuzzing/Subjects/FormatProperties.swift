import ScriptFormats
import ScriptModel

/// What holds of the reader of any format, and of writing what it read.
enum FormatProperties {
  private static let outputs: [FormatName] = [.srt, .webVTT, .text, .markdown, .json, .docx]

  static func check(_ input: [UInt8], as format: FormatName?) throws(Violation) {
    var choices = Choices(input)
    var options = ReadOptions()
    options.format = format
    options.speakers = choices.pick(.auto, .auto, .none)
    options.cast = choices.pick([], ["Anna", "张三"])
    if format == nil { options.fileName = choices.pick(nil, "a.srt", "a.txt", "a.md", "a.vtt") }
    let result: ScriptReading.Result
    do throws(FormatError) {
      result = try ScriptReading.read(input, options: options)
    } catch {
      try require(!error.description.isEmpty, "a refusal says why")
      try require(error.description.utf8.count < 1000, "a refusal is a sentence")
      return
    }
    try DocumentShape.check(result.document)
    if format != .docx, result.format != .docx {
      try DocumentShape.checkPlaces(result.document.findings, in: input, result.encoding)
      let largest = 16 * input.count + 4096
      try require(result.document.text.count <= largest, "\(result.document.text.count) bytes read")
    }
    try checkWriting(result.document, &choices)
  }

  /// Writes a document in one of the formats and reads it again.
  static func checkWriting(_ document: ScriptDocument, _ choices: inout Choices) throws(Violation) {
    var options = WriteOptions(format: outputs[choices.next(below: outputs.count)])
    options.speakers = choices.pick(.every, .change, .none)
    options.times = choices.pick(nil, true, false)
    options.crlf = choices.pick(false, true)
    options.maximumRowLength = choices.pick(nil, nil, 12)
    let written: ScriptWriting.Result
    do throws(FormatError) {
      written = try ScriptWriting.write(document, options: options)
    } catch {
      let isSound = error.code != .verification
      try require(
        isSound,
        "\(options): \(error.description); lines: \(DocumentShape.lines(of: document))")
      return
    }
    let largest = 64 * document.text.count + 1024 * (document.entries.count + 32)
    let hasNotes = !document.metadata.notes.isEmpty || document.metadata.title != nil
    try require(
      hasNotes || written.bytes.count <= largest,
      "\(options.format): \(written.bytes.count) bytes written")
    guard !document.entries.isEmpty, !written.bytes.isEmpty else { return }
    try checkReadingBack(written, of: document, options)
  }

  private static func checkReadingBack(
    _ written: ScriptWriting.Result, of document: ScriptDocument, _ options: WriteOptions
  ) throws(Violation) {
    var reading = ReadOptions()
    reading.format = options.format
    let isCaptions = options.format == .srt || options.format == .webVTT
    reading.speakers = isCaptions && options.speakers == .none ? .none : .auto
    let found: ScriptDocument
    do throws(FormatError) {
      found = try ScriptReading.read(written.bytes, options: reading).document
    } catch {
      // Lines without a letter give a file without text.
      try require(error.code == .empty, "\(options.format): can't be read back: \(error)")
      return
    }
    try DocumentShape.check(found)
    guard written.lost.isEmpty, options.maximumRowLength == nil else { return }
    try require(
      found.entries.count == document.entries.count,
      "\(options): \(found.entries.count) lines read back; "
        + "lines: \(DocumentShape.lines(of: document))")
    for index in document.entries.indices {
      try require(
        Array(found.string(at: index).utf8) == Array(document.string(at: index).utf8),
        "\(options): line \(index) reads back as '\(found.string(at: index))'; "
          + "lines: \(DocumentShape.lines(of: document))")
      guard options.speakers != .none else { continue }
      try require(
        name(of: index, in: found) == name(of: index, in: document),
        "\(options): the speaker of line \(index) reads back as '\(name(of: index, in: found) ?? "")'; "
          + "lines: \(DocumentShape.lines(of: document))")
    }
  }

  private static func name(of index: Int, in document: ScriptDocument) -> String? {
    document.entries[index].speaker.map { document.speakers[$0] }
  }
}

/// What holds of every document that a reader gives.
enum DocumentShape {
  /// So many findings of a code are kept, and one counts the rest.
  private static let mostFindingsOfACode = 2 * 21

  static func check(_ document: ScriptDocument) throws(Violation) {
    try require(
      String(validating: document.text, as: UTF8.self) != nil, "the text is no valid UTF-8")
    let hasLineIDs = document.lineIDs.isEmpty || document.lineIDs.count == document.entries.count
    try require(hasLineIDs, "\(document.lineIDs.count) ids of lines")
    let hasSpeakerIDs =
      document.speakerIDs.isEmpty || document.speakerIDs.count == document.speakers.count
    try require(hasSpeakerIDs, "\(document.speakerIDs.count) ids of speakers")
    for (index, entry) in document.entries.enumerated() {
      try require(
        entry.text.lowerBound >= 0 && entry.text.upperBound <= document.text.count,
        "the text of line \(index) lies outside")
      try require(
        isCharacterBoundary(entry.text.lowerBound, document.text)
          && isCharacterBoundary(entry.text.upperBound, document.text),
        "line \(index) cuts a character")
      if let speaker = entry.speaker {
        let isKnown = document.speakers.indices.contains(speaker)
        try require(isKnown, "line \(index) has an unknown speaker")
      }
    }
    try check(document.findings)
  }

  /// The lines of a document for a report.
  static func lines(of document: ScriptDocument) -> String {
    document.entries.indices.map { index in
      let entry = document.entries[index]
      let name = entry.speaker.map { document.speakers[$0].debugDescription } ?? "nobody"
      let times = [entry.start, entry.end].map { $0.map { String($0.rawValue) } ?? "-" }
      return "\(entry.kind) \(name) \(times[0]) \(times[1]) "
        + document.string(at: index).debugDescription
    }.joined(separator: " | ")
  }

  private static func isCharacterBoundary(_ offset: Int, _ text: [UInt8]) -> Bool {
    offset == text.count || text[offset] & 0xC0 != 0x80
  }

  private static func check(_ findings: [Finding]) throws(Violation) {
    var counts: [String: Int] = [:]
    for finding in findings {
      try require(finding.line >= 0, "\(finding.code) in line \(finding.line)")
      try require(
        finding.line == 0 ? finding.column == 0 : finding.column >= 1,
        "\(finding.code) at \(finding.line):\(finding.column)")
      let isSentence = !finding.message.isEmpty && finding.message.utf8.count < 1000
      try require(isSentence, "\(finding.code): a message of \(finding.message.utf8.count) bytes")
      counts[finding.code, default: 0] += 1
    }
    for (code, count) in counts {
      try require(count <= mostFindingsOfACode, "\(count) findings of \(code)")
    }
  }

  /// Checks that findings stand inside a text file: its rows end at CR, LF or both.
  static func checkPlaces(
    _ findings: [Finding], in input: [UInt8], _ encoding: String
  ) throws(Violation) {
    let ends = input.count { $0 == 0x0A || $0 == 0x0D }
    let isUTF8 = encoding == "UTF-8" && String(validating: input, as: UTF8.self) != nil
    // Other encodings may have ends of rows of their own, but no row without a byte.
    let rows = (isUTF8 ? ends : input.count) + 1
    let longest =
      isUTF8
      ? input.split { $0 == 0x0A || $0 == 0x0D }.map { $0.count { $0 & 0xC0 != 0x80 } }.max() ?? 0
      : 2 * input.count
    for finding in findings {
      try require(
        finding.line <= rows, "\(finding.code) in line \(finding.line) of \(rows)")
      try require(
        finding.column <= longest + 1, "\(finding.code) in column \(finding.column) of \(longest)")
    }
  }
}
