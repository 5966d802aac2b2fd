internal import ScriptModel

/// Builds the script of a side from its document, the base, and what each entry is.
struct IdentifiedDocument {
  private let document: ScriptDocument
  private let base: Script
  private let capabilities: DocumentCapabilities
  private var table: TokenTable
  private var speakers: IdentifiedSpeakers
  private var occurrences: [Line.ID: Int] = [:]

  init(
    document: ScriptDocument, base: Script, capabilities: DocumentCapabilities, table: TokenTable
  ) {
    self.document = document
    self.base = base
    self.capabilities = capabilities
    self.table = table
    speakers = IdentifiedSpeakers(document: document, base: base)
  }

  mutating func script(from matches: [LineMatch]) -> Script {
    var result = base
    if capabilities.holdsSpeakers { speakers.recogniseRenames(matches) }
    result.lines = []
    result.lines.reserveCapacity(matches.count)
    var taken = TakenIDs(base.lines, matches)
    for (entry, match) in matches.enumerated() {
      if isUntouched(entry, match) {
        result.lines.append(base.lines[Int(match.base)])
      } else if match.base >= 0 {
        result.lines.append(known(entry, match))
      } else {
        result.lines.append(new(entry, match, after: result.lines.last?.id, taken: &taken))
      }
    }
    shareTimesOfSplits(&result.lines, matches)
    result.speakers = speakers.inUse(by: result.lines)
    if let title = document.metadata.title, !title.isEmpty { result.title = title }
    return result
  }

  /// Whether an entry is a line of the base as it was, as most are.
  private func isUntouched(_ entry: Int, _ match: LineMatch) -> Bool {
    guard match.base >= 0, match.joinedCount == 0 else { return false }
    let (line, source) = (Int(match.base), document.entries[entry])
    guard base.lines[line].start == source.start, base.lines[line].end == source.end,
      !capabilities.holdsKinds || base.lines[line].kind == source.kind,
      !capabilities.holdsSpeakers || base.lines[line].speaker == speakers.id(at: source.speaker)
    else { return false }
    let text = base.lines[line].text
    return isWritten(text, at: entry)
  }

  private mutating func known(_ entry: Int, _ match: LineMatch) -> Line {
    let source = document.entries[entry]
    var line = base.lines[Int(match.base)]
    let end = base.lines[Int(match.base) + Int(match.joinedCount)].end
    let baseText =
      match.joinedCount == 0
      ? line.text
      : base.lines[Int(match.base)...(Int(match.base) + Int(match.joinedCount))]
        .map(\.text).joined(separator: " ")
    line.text = text(of: entry, base: baseText)
    if capabilities.holdsKinds { line.kind = source.kind }
    if capabilities.holdsSpeakers { line.speaker = speakers.id(at: source.speaker) }
    setTimes(of: &line, source, end: end)
    return line
  }

  /// Keeps what the format can't hold: markup and rows of a text that is the same without them.
  private mutating func text(of entry: Int, base baseText: String) -> String {
    // Most lines are as they were: then no new text is made.
    if isWritten(baseText, at: entry) { return baseText }
    let text = document.string(at: entry)
    if capabilities.holdsMarkup && capabilities.holdsRows { return text }
    let reduced = reducedForm(of: baseText)
    let plain = PlainForm.of(Array(text.utf8), keepingMarkup: true)
    if reduced.elementsEqual(plain) { return baseText }
    var merge = TokenMerge(
      base: TokenStream(bytes: reduced, in: &table), ours: TokenStream(baseText, in: &table),
      theirs: TokenStream(text, in: &table), table: table)
    merge.run()
    return merge.hasConflict ? text : merge.text(keeping: .ours)
  }

  private func isWritten(_ text: String, at entry: Int) -> Bool {
    hasSameBytes(text, document.text.span.extracting(document.entries[entry].text))
  }

  private func reducedForm(of text: String) -> [UInt8] {
    PlainForm.of(Array(text.utf8), keepingMarkup: capabilities.holdsMarkup)
  }

  private func setTimes(
    of line: inout Line, _ source: ScriptDocument.Entry, end baseEnd: Milliseconds?
  ) {
    line.end = baseEnd
    guard capabilities.holdsTimes else { return }
    let before = line.start
    line.start = isWritten(before, as: source.start) ? before : source.start
    if capabilities.holdsEndTimes, !source.endIsEstimated {
      line.end = isWritten(baseEnd, as: source.end) ? baseEnd : source.end
    } else if let before, let after = line.start, let baseEnd, before != after {
      // The format has no end: the line keeps its length.
      line.end = baseEnd + (after - before)
    } else if baseEnd == nil {
      line.end = source.end
    }
  }

  /// Whether a time, written in the steps of the format, is what the document has.
  private func isWritten(_ time: Milliseconds?, as written: Milliseconds?) -> Bool {
    guard let time, let written else { return time == nil && written == nil }
    if time == written { return true }
    let step = capabilities.timeStep
    guard step > 1 else { return false }
    let (value, shown) = (time.rawValue, written.rawValue)
    return value / step == shown / step
      || value.addingReportingOverflow(step / 2).partialValue / step == shown / step
  }

  private mutating func new(
    _ entry: Int, _ match: LineMatch, after previous: Line.ID?, taken: inout TakenIDs
  ) -> Line {
    let source = document.entries[entry]
    let text = document.string(at: entry)
    var occurrence = 0
    var id = DerivedID.line(script: base.id, after: previous, text: text, occurrence: occurrence)
    while !taken.insert(id) {
      occurrence += 1
      id = DerivedID.line(script: base.id, after: previous, text: text, occurrence: occurrence)
    }
    var line = Line(id: id, text: text)
    let origin = match.splitFrom >= 0 ? base.lines[Int(match.splitFrom)] : nil
    line.kind = capabilities.holdsKinds ? source.kind : origin?.kind ?? .dialogue
    line.speaker = capabilities.holdsSpeakers ? speakers.id(at: source.speaker) : origin?.speaker
    if capabilities.holdsTimes {
      line.start = source.start
      line.end = source.end
    }
    return line
  }

  /// Where the format has no times, the parts of a split share those of the line by their length.
  private func shareTimesOfSplits(_ lines: inout [Line], _ matches: [LineMatch]) {
    guard !capabilities.holdsTimes else { return }
    var index = 0
    while index < matches.count {
      var end = index + 1
      while end < matches.count, matches[end].splitFrom >= 0,
        matches[end].splitFrom == matches[index].base
      {
        end += 1
      }
      if end > index + 1 { shareTimes(of: &lines, in: index..<end) }
      index = end
    }
  }

  private func shareTimes(of lines: inout [Line], in range: Range<Int>) {
    guard let start = lines[range.lowerBound].start, let end = lines[range.lowerBound].end,
      start < end
    else { return }
    let lengths = lines[range].map { Int64($0.text.utf8.count) }
    let total = max(1, lengths.reduce(0, +))
    let duration = (end - start).rawValue
    var passed: Int64 = 0
    for (offset, index) in range.enumerated() {
      lines[index].start = start + Milliseconds(share(passed, of: total, duration))
      passed += lengths[offset]
      lines[index].end = start + Milliseconds(share(passed, of: total, duration))
    }
  }

  private func share(_ part: Int64, of total: Int64, _ duration: Int64) -> Int64 {
    if part == total { return duration }
    return Int64(clamping: Int(Double(duration) * (Double(part) / Double(total))))
  }
}

/// The ids that lines of a side have: a new line gets none of them.
private struct TakenIDs {
  private var lookup: LineLookup
  private var isMatched: [Bool]
  private var added: Set<Line.ID> = []

  init(_ lines: [Line], _ matches: [LineMatch]) {
    lookup = LineLookup(lines)
    isMatched = [Bool](repeating: false, count: lines.count)
    for match in matches where match.base >= 0 { isMatched[Int(match.base)] = true }
  }

  /// Takes an id; `false` where a line has it already.
  mutating func insert(_ id: Line.ID) -> Bool {
    let line = Int(lookup.node(of: id))
    return !(line >= 0 && isMatched[line]) && added.insert(id).inserted
  }
}
