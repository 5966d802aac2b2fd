import ScriptModel

/// Reads the documents that `DocumentWriter` wrote, as they come back edited.
///
/// What is a label and what is a time is told by their character styles, which line a paragraph
/// was by its bookmark: nothing is guessed from the words.
enum OwnExport {
  /// Makes the lines.
  static func document(_ text: DocumentText) -> ScriptDocument {
    var reader = Reader(text: text)
    reader.read()
    return reader.document
  }

  private struct Reader {
    let text: DocumentText
    var document = ScriptDocument()
    var seen: Set<Line.ID> = []
    var lastSpeaker: Int?
    /// The names of the labels that end as they were written; longer ones first.
    var names: [[UInt8]] = []

    mutating func read() {
      findNames()
      document.metadata = text.metadata
      document.metadata.notes = text.notes
      document.findings = text.findings
      var isFirst = true
      var withoutMark: [Int] = []
      for paragraph in text.paragraphs {
        let isTitle = isFirst && paragraph.role == .title && !paragraph.isMarked
        if !paragraph.text.isEmpty { isFirst = false }
        if isTitle {
          document.metadata.title = text.string(paragraph)
          continue
        }
        var parts = LineParts(paragraph, in: text)
        parts.returnText(behind: names)
        guard paragraph.isMarked || !parts.isEmpty else { continue }
        if !paragraph.isMarked, parts.label == nil { withoutMark.append(document.entries.count) }
        append(paragraph, parts)
      }
      if document.lineIDs.allSatisfy({ $0 == nil }) { document.lineIDs = [] }
      for index in withoutMark { findLabel(ofLine: index) }
    }

    private mutating func findNames() {
      var found: Set<[UInt8]> = []
      for paragraph in text.paragraphs {
        let parts = LineParts(paragraph, in: text)
        if let label = parts.label, parts.labelIsWhole { found.insert(label) }
      }
      names = found.sorted { ($1.count, $0.description) < ($0.count, $1.description) }
    }

    private mutating func append(_ paragraph: DocumentText.Paragraph, _ parts: LineParts) {
      var entry = ScriptDocument.Entry(text: document.text.count..<document.text.count)
      document.text.append(contentsOf: text.markedUp(paragraph, parts.text))
      entry.text = entry.text.lowerBound..<document.text.count
      switch paragraph.role {
      case .heading, .title: entry.kind = .heading
      case .direction: entry.kind = .direction
      case .body, .line, .continued: entry.kind = .dialogue
      }
      if let label = parts.label {
        entry.speaker = document.speakerIndex(named: String(decoding: label, as: UTF8.self))
      } else if paragraph.role == .continued {
        entry.speaker = lastSpeaker
      }
      if let speaker = entry.speaker { lastSpeaker = speaker }
      if let times = parts.times { times.apply(to: &entry) }
      document.entries.append(entry)
      let id = paragraph.lineID.flatMap { seen.insert($0).inserted ? $0 : nil }
      document.lineIDs.append(id)
    }

    /// Takes the label of a line that a person added with a name that the document knows.
    private mutating func findLabel(ofLine index: Int) {
      let range = document.entries[index].text
      for (speaker, name) in document.speakers.enumerated() where !name.isEmpty {
        let label = Array((name + ":").utf8)
        guard document.text[range].starts(with: label) else { continue }
        var begin = range.lowerBound + label.count
        while begin < range.upperBound, document.text[begin] == 0x20 { begin += 1 }
        document.entries[index].text = begin..<range.upperBound
        document.entries[index].speaker = speaker
        return
      }
    }
  }
}

/// The parts of a paragraph of our own: times, label, text.
private struct LineParts {
  var times: TimeMark?
  /// The name without its colon.
  private(set) var label: [UInt8]?
  /// Whether the colon stands at the label's end, as it was written.
  private(set) var labelIsWhole = false
  /// UTF-8 offsets in the paragraph.
  private(set) var text: Range<Int>
  private var labelBegin = 0

  var isEmpty: Bool { text.isEmpty && label == nil && times == nil }

  init(_ paragraph: DocumentText.Paragraph, in document: DocumentText) {
    var time: [UInt8] = []
    var name: [UInt8]?
    var begin = 0
    for index in paragraph.spans {
      let span = document.spans[index]
      let isMark = !span.format.isDisjoint(with: [.time, .speaker])
      guard isMark, Int(span.offset) == begin else { break }
      let end =
        index + 1 < paragraph.spans.upperBound
        ? Int(document.spans[index + 1].offset) : paragraph.text.count
      let offset = paragraph.text.lowerBound
      let bytes = document.text[(offset + begin)..<(offset + end)]
      if span.format.contains(.time) {
        time += bytes
      } else {
        if name == nil { labelBegin = begin }
        name = (name ?? []) + bytes
      }
      begin = end
    }
    text = begin..<paragraph.text.count
    times = TimeMark(time)
    if let name { takeLabel(name) }
  }

  private mutating func takeLabel(_ bytes: [UInt8]) {
    var name = bytes
    if name.last == 0x20 { name.removeLast() }
    labelIsWhole = name.last == UInt8(ascii: ":")
    if labelIsWhole { name.removeLast() }
    label = name
  }

  /// Gives words back that a person typed right behind the label: they get its style by that.
  mutating func returnText(behind names: [[UInt8]]) {
    guard let label, !labelIsWhole, label.contains(UInt8(ascii: ":")) else { return }
    let known = names.first { name in
      label.count > name.count && label.starts(with: name) && label[name.count] == 0x3A
    }
    let name = known ?? Array(label.prefix { $0 != UInt8(ascii: ":") })
    guard !name.isEmpty else { return }
    var begin = labelBegin + name.count + 1
    if name.count + 1 < label.count, label[name.count + 1] == 0x20 { begin += 1 }
    self.label = name
    text = min(begin, text.upperBound)..<text.upperBound
  }
}
