import ScriptModel

/// What a format can hold of a document, and the list of what it can't.
struct ExportPreparation {
  private(set) var document: ScriptDocument
  private(set) var lost: [String] = []

  init(_ document: ScriptDocument, options: WriteOptions) {
    self.document = document
    guard options.format != .json else { return }
    removeControls()
    if options.format == .docx { removeNoncharacters() }
    switch options.format {
    case .srt, .webVTT: prepareCaptions(options)
    case .markdown, .text, .docx, .fountain: countTimes(options)
    case .json: break
    }
    if options.speakers == .none {
      let named = document.entries.count { $0.speaker != nil }
      if named > 0 { lost.append(counted(named, "speaker name")) }
    }
  }

  /// Takes out what no text file can hold.
  private mutating func removeControls() {
    var removed = 0
    func isControl(_ byte: UInt8) -> Bool {
      byte < 0x20 && byte != 0x09 && byte != 0x0A || byte == 0x7F
    }
    for index in document.speakers.indices
    where document.speakers[index].utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
      let bytes = document.speakers[index].utf8.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }
      document.speakers[index] = String(decoding: bytes, as: UTF8.self).trimmedBlanks
      removed += 1
    }
    if RowCleaning.hasControl(document.text) {
      var text: [UInt8] = []
      text.reserveCapacity(document.text.count)
      for index in document.entries.indices {
        let start = text.count
        for byte in document.text[document.entries[index].text] {
          if isControl(byte) { removed += 1 } else { text.append(byte) }
        }
        document.entries[index].text = start..<text.count
      }
      document.text = text
    }
    if removed > 0 { lost.append(counted(removed, "control character")) }
  }

  /// Takes out U+FFFE and U+FFFF, which XML can't hold.
  private mutating func removeNoncharacters() {
    var removed = 0
    for index in document.speakers.indices {
      let name = Array(document.speakers[index].utf8)
      let valid = XMLText.withoutNoncharacters(name[...])
      removed += (name.count - valid.count) / 3
      document.speakers[index] = String(decoding: valid, as: UTF8.self)
    }
    if XMLText.hasNoncharacter(document.text[...]) {
      var text: [UInt8] = []
      text.reserveCapacity(document.text.count)
      for index in document.entries.indices {
        let start = text.count
        let range = document.entries[index].text
        text += XMLText.withoutNoncharacters(document.text[range])
        document.entries[index].text = start..<text.count
        removed += (range.count - (text.count - start)) / 3
      }
      document.text = text
    }
    if removed > 0 { lost.append(counted(removed, "character") + " that XML can't hold") }
  }

  private mutating func prepareCaptions(_ options: WriteOptions) {
    countKinds()
    let estimated = CaptionTimes.complete(&document)
    if estimated > 0 {
      lost.append(
        "times of \(counted(estimated, "line")) that had none: estimated ones are written")
    }
    if options.format == .webVTT { clampNegativeTimes() }
    if let length = options.maximumRowLength { CaptionRows.wrap(&document, to: length) }
    let notes = document.metadata.notes.count
    if notes > 0 { lost.append(counted(notes, "note")) }
  }

  private mutating func countKinds() {
    for (kind, noun) in [(Line.Kind.heading, "heading"), (.direction, "direction")] {
      let count = document.entries.count { $0.kind == kind }
      if count > 0 { lost.append(counted(count, noun) + ", written as captions") }
    }
  }

  /// WebVTT has no time before zero.
  private mutating func clampNegativeTimes() {
    var clamped = 0
    let zero = Milliseconds(0)
    for index in document.entries.indices {
      let entry = document.entries[index]
      guard entry.start.map({ $0 < zero }) == true || entry.end.map({ $0 < zero }) == true else {
        continue
      }
      clamped += 1
      document.entries[index].start = entry.start.map { max($0, zero) }
      document.entries[index].end = entry.end.map { max($0, zero) }
    }
    if clamped > 0 { lost.append(counted(clamped, "time") + " before zero") }
  }

  private mutating func countTimes(_ options: WriteOptions) {
    guard options.times != true else { return }
    let timed = document.entries.count { $0.start != nil || $0.end != nil }
    if timed > 0 { lost.append("times of \(counted(timed, "line"))") }
  }
}
