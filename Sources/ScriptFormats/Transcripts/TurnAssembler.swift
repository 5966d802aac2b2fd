import ScriptModel

/// Makes lines of the rows of a text whose layout is known.
struct TurnAssembler {
  let scan: TranscriptScan
  let layout: LayoutChoice
  let speakersAreRead: Bool
  var document = ScriptDocument()
  var log = FindingLog()
  /// The row in the file that the last entry begins at.
  private var lastRow = 1
  /// Whether the text of each line still is a stretch of the file: most files need no copy of it.
  var isInPlace = true

  /// Whether the last entry takes more rows.
  var isOpen = false
  private var pendingStart = Int64.min
  private var pendingEnd = Int64.min
  private var lastSpeaker: Int?
  /// The speakers of the names in the scan's table, by their places there; -1 where not known yet.
  private var nameIndices: [Int]
  private var speakerIndices: [String: Int] = [:]
  var startsNewLine = false
  private var pendingName: Int?
  var pendingID: Line.ID?
  private var pendingKind = Line.Kind.dialogue

  init(_ scan: TranscriptScan, layout: LayoutChoice, options: ReadOptions) {
    self.scan = scan
    self.layout = layout
    speakersAreRead = options.speakers == .auto
    nameIndices = Array(repeating: -1, count: scan.names.names.count)
    document.text = scan.text.bytes
    // Room for all: pages that are not written to take no memory.
    document.entries.reserveCapacity(scan.text.rows.count)
    if !scan.text.lineIDs.isEmpty { document.lineIDs.reserveCapacity(scan.text.rows.count) }
  }

  /// Takes the rows of a range, in their order.
  mutating func take(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound { index = take(index, limit: range.upperBound) }
    flushPendingTime()
  }

  /// Takes a row, and those that belong to its head; the index of the next row to take.
  private mutating func take(_ index: Int, limit: Int) -> Int {
    let row = scan.text.rows[index]
    if takeMarked(index, row) { return index + 1 }
    switch layout {
    case .labels, .dots, .dashes, .cues: takeLabelled(index, row)
    case .timed(let named): takeTimed(row, named: named)
    case .nameTime: takeNameTime(row)
    case .timeRows(let named): return takeTimeRow(index, row, named: named, limit: limit)
    case .nameThenTime: return takeNameThenTime(index, row, limit: limit)
    case .dated: takeDated(row)
    case .dialogueDashes:
      if SeparatedName.leadingDash(scan.text.bytes, row) { begin(row, nil) }
      append(row, from: row.start)
    case .paragraphs:
      if row.marks.contains(.paragraph) { begin(row, nil) }
      append(row, from: row.start)
    }
    return index + 1
  }

  // MARK: Layouts

  private mutating func takeLabelled(_ index: Int, _ row: TextRow) {
    if let label = separated(row) {
      begin(row, speaker(label))
      append(row, from: label.text)
      return
    }
    guard let head = scan.head(row) else {
      text(row, from: row.start)
      return
    }
    if head.kind == .timeOnly {
      isOpen = false
      startsNewLine = true
      pendingStart = head.start
      pendingEnd = head.end
      return
    }
    if speakersAreRead, scan.accepts(head) {
      begin(row, speaker(head), head)
      append(row, from: head.kind == .timed ? head.label?.text ?? head.text : head.text)
      sawExplicit = true
    } else if head.hasChevrons {
      begin(row, nil, head)
      append(row, from: head.kind == .chevrons ? head.text : head.label?.start ?? head.text)
    } else if head.kind == .timed, head.hasArrow || TurnAssembler.isBracket(scan, row) {
      begin(row, lastSpeaker, head)
      append(row, from: head.text)
    } else {
      reportLabel(row, head)
      text(row, from: row.start)
    }
  }

  private static func isBracket(_ scan: TranscriptScan, _ row: TextRow) -> Bool {
    scan.text.bytes[row.start] == UInt8(ascii: "[")
      || scan.text.bytes[row.start] == UInt8(ascii: "\\")
  }

  private func separated(_ row: TextRow) -> Label? {
    guard speakersAreRead else { return nil }
    switch layout {
    case .dots: return SeparatedName.dot(scan.text.bytes, row)
    case .dashes: return SeparatedName.dash(scan.text.bytes, row)
    default: return nil
    }
  }

  private mutating func takeTimed(_ row: TextRow, named: Bool) {
    guard let head = scan.head(row), head.kind != .timeOnly else {
      if let head = scan.head(row) {
        isOpen = false
        (pendingStart, pendingEnd) = (head.start, head.end)
        startsNewLine = true
      } else {
        text(row, from: row.start)
      }
      return
    }
    if named, head.kind == .timed, let name = scan.nameBehindTime(head, row) {
      begin(row, speaker(name), head)
      keepName(name)
    } else if speakersAreRead, scan.accepts(head) {
      begin(row, speaker(head), head)
      append(row, from: head.label?.text ?? head.text)
    } else if head.kind == .timed {
      reportLabel(row, head)
      begin(row, lastSpeaker, head)
      append(row, from: tabbedName(row, head) ?? head.text)
    } else {
      text(row, from: row.start)
    }
  }

  /// Takes `00:12⇥NAME⇥text`, where a tab ends the name.
  private mutating func tabbedName(_ row: TextRow, _ head: RowHead) -> Int? {
    let bytes = scan.text.bytes
    guard speakersAreRead, head.text > 0, bytes[head.text - 1] == 9,
      let name = LabelScanner.nameEnd(bytes, head.text, row.end), name.isShort,
      name.stop < row.end, bytes[name.stop] == 9, !document.entries.isEmpty
    else { return nil }
    let label = Label(
      form: .plain, start: head.text, end: name.end, text: name.stop + 1, isShort: true)
    let index = speaker(label)
    document.entries[document.entries.count - 1].speaker = index
    lastSpeaker = index
    return label.text
  }

  private mutating func takeNameTime(_ row: TextRow) {
    guard let head = scan.head(row) else {
      text(row, from: row.start)
      return
    }
    if head.kind == .nameTime {
      begin(row, speaker(head), head)
      keepName(head.label)
      if head.text < row.end { append(row, from: head.text) }
    } else if head.kind == .label, speakersAreRead, scan.accepts(head),
      head.label?.form == .emphasised || head.label?.form == .explicit
    {
      begin(row, speaker(head), head)
      append(row, from: head.text)
    } else {
      text(row, from: row.start)
    }
  }

  private mutating func takeTimeRow(_ index: Int, _ row: TextRow, named: Bool, limit: Int) -> Int {
    if let head = scan.head(row), head.kind == .timeOnly {
      flushPendingTime()
      isOpen = false
      (pendingStart, pendingEnd) = (head.start, head.end)
      startsNewLine = true
      guard named, speakersAreRead, index + 1 < limit, scan.mayBeName(scan.text.rows[index + 1])
      else {
        return index + 1
      }
      pendingName = nameOfRow(scan.text.rows[index + 1])
      return index + 2
    }
    if isCaptionNumber(index, row, limit) { return index + 1 }
    if startsNewLine, pendingName == nil, speakersAreRead, let head = scan.head(row),
      head.kind == .label, scan.accepts(head)
    {
      begin(row, speaker(head))
      append(row, from: head.text)
      return index + 1
    }
    text(row, from: row.start)
    return index + 1
  }

  /// The number over a caption of an SRT file.
  private func isCaptionNumber(_ index: Int, _ row: TextRow, _ limit: Int) -> Bool {
    guard index + 1 < limit, row.end - row.start <= 7,
      let next = scan.head(scan.text.rows[index + 1]), next.kind == .timeOnly, next.hasArrow
    else { return false }
    for position in row.start..<row.end where !isDigit(scan.text.bytes[position]) { return false }
    return true
  }

  private mutating func takeNameThenTime(_ index: Int, _ row: TextRow, limit: Int) -> Int {
    guard index + 1 < limit, let next = scan.head(scan.text.rows[index + 1]),
      next.kind == .timeOnly, scan.mayBeName(row)
    else {
      if let head = scan.head(row), head.kind == .timeOnly {
        isOpen = false
        (pendingStart, pendingEnd) = (head.start, head.end)
        startsNewLine = true
      } else {
        text(row, from: row.start)
      }
      return index + 1
    }
    begin(row, nameOfRow(row), next)
    if !speakersAreRead { append(row, from: row.start) }
    return index + 2
  }

  private mutating func takeDated(_ row: TextRow) {
    guard let head = scan.head(row), head.kind == .dated || head.kind == .timed else {
      text(row, from: row.start)
      return
    }
    let bytes = scan.text.bytes
    if head.kind == .timed, head.text + 2 < row.end, bytes[head.text] == 42,
      isWhite(bytes[head.text + 1])
    {
      var end = head.text + 2
      while end < row.end, !isWhite(bytes[end]) { end += 1 }
      let name = Label(
        form: .explicit, start: head.text + 2, end: end, text: min(end + 1, row.end), isShort: true)
      begin(row, speaker(name))
      keepName(name)
      append(row, from: name.text)
    } else if let label = head.label, label.end > label.start, label.text <= row.end {
      begin(row, speaker(label))
      keepName(label)
      append(row, from: label.text)
    } else {
      begin(row, nil)
      append(row, from: head.text)
    }
  }

  // MARK: Speakers

  private mutating func nameOfRow(_ row: TextRow) -> Int? {
    var end = row.end
    if end > row.start, scan.text.bytes[end - 1] == 58 { end -= 1 }
    return speaker(
      Label(form: .plain, start: row.start, end: end, text: end, isShort: true))
  }

  private mutating func speaker(_ head: RowHead) -> Int? {
    guard let label = head.label, head.name >= 0 else { return nil }
    if label.form == .explicit { return explicit(label) }
    let place = Int(head.name)
    if nameIndices[place] >= 0 { return nameIndices[place] }
    let index = speaker(label)
    nameIndices[place] = index ?? -1
    return index
  }

  /// Reads `[# Name]:` and its like; the kind waits for the line that begins next.
  private mutating func explicit(_ label: Label) -> Int? {
    let mark = ExplicitLabel(scan.text.bytes, label)
    pendingKind = mark.kind
    let name = scan.flavour == .markdown ? mark.escapedName : mark.name
    return name.map { speaker(named: $0) }
  }

  private mutating func speaker(_ label: Label) -> Int? {
    guard speakersAreRead, label.end > label.start else { return nil }
    return speaker(
      named: String(decoding: scan.text.bytes[label.start..<label.end], as: UTF8.self))
  }

  private mutating func speaker(named raw: String) -> Int {
    let name = scan.flavour == .markdown ? MarkdownInline.plainName(raw) : raw
    if let index = speakerIndices[name] { return index }
    document.speakers.append(name)
    speakerIndices[name] = document.speakers.count - 1
    return document.speakers.count - 1
  }

  private mutating func reportLabel(_ row: TextRow, _ head: RowHead) {
    guard let label = head.label, label.isShort, label.end > label.start, head.name >= 0,
      head.kind == .label || head.kind == .timed
    else { return }
    let name = scan.names.names[Int(head.name)]
    guard !name.traits.contains(.sound) else { return }
    log.add(
      Finding(
        severity: .note, code: "possible-label", line: row.number,
        column: scan.column(of: label.start, in: row),
        message: "'\(name.text):' may name a speaker; it was kept as text."))
  }

  // MARK: Entries

  /// Begins a line; its text follows with `append`.
  private mutating func begin(_ row: TextRow, _ speaker: Int?, _ head: RowHead? = nil) {
    begin(row, kind: pendingKind, speaker: speaker)
    if pendingKind == .dialogue { lastSpeaker = speaker }
    pendingKind = .dialogue
    if let head, !head.isOfDay, head.start != .min || head.hasArrow {
      document.entries[document.entries.count - 1].start =
        head.start == .min ? nil : Milliseconds(head.start)
      document.entries[document.entries.count - 1].end =
        head.end == .min ? nil : Milliseconds(head.end)
      pendingStart = .min
      pendingEnd = .min
    }
  }

  mutating func begin(_ row: TextRow, kind: Line.Kind, speaker: Int?) {
    let offset = document.text.count
    document.entries.append(
      ScriptDocument.Entry(
        text: offset..<offset, kind: kind, speaker: speaker,
        start: pendingStart == .min ? nil : Milliseconds(pendingStart),
        end: pendingEnd == .min ? nil : Milliseconds(pendingEnd)))
    lastRow = row.number
    if !scan.text.lineIDs.isEmpty { document.lineIDs.append(pendingID) }
    pendingID = nil
    pendingStart = .min
    pendingEnd = .min
    pendingName = nil
    isOpen = true
    startsNewLine = false
  }

  /// Takes a row without a head: more of the line before, or a line of its own.
  private mutating func text(_ row: TextRow, from start: Int) {
    let isTabbed =
      row.indent == 1 && row.marks.contains(.paragraph) && row.start > 0
      && scan.text.bytes[row.start - 1] == 9 && scan.flavour == .text && layout == .labels
    if !isOpen || startsNewLine || isTabbed
      || (lastSpeaker == nil && row.marks.contains(.paragraph) && isPrelude)
    {
      let speaker = pendingName ?? (keepsSpeaker ? lastSpeaker : nil)
      begin(row, kind: .dialogue, speaker: speaker)
      lastSpeaker = speaker
    }
    append(row, from: start)
  }

  /// Before the first label, each paragraph is a line.
  private var isPrelude: Bool { document.speakers.isEmpty && layout == .labels && !sawExplicit }
  private var sawExplicit = false

  /// Where the labels make the turns, a heading or a time between does not end them.
  private var keepsSpeaker: Bool {
    switch layout {
    case .timeRows, .nameThenTime, .paragraphs: false
    default: true
    }
  }

  private mutating func flushPendingTime() {
    if startsNewLine, pendingName != nil || pendingEnd != .min {
      let row = TextRow(start: 0, end: 0, number: lastRow, indent: 0, marks: [])
      begin(row, kind: .dialogue, speaker: pendingName)
      isOpen = false
    }
    startsNewLine = false
    pendingStart = .min
    pendingEnd = .min
    pendingName = nil
  }
}
