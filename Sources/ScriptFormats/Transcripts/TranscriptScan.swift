import ScriptModel

/// A text with the head of each row found, and what the whole of it shows.
struct TranscriptScan {
  /// What the text was taken from: it decides what is markup.
  enum Flavour {
    case text, markdown, document
  }

  /// How often each shape occurs.
  struct Counts {
    var timeOnly = 0
    /// Those of `timeOnly` that have an end.
    var arrows = 0
    var timed = 0
    var nameTime = 0
    var label = 0
    var chevrons = 0
    var dated = 0
    var questions = 0
    var answers = 0
    var paragraphs = 0
  }

  var text: TextRows
  var heads: [RowHead] = []
  var names = NameTable()
  var counts = Counts()
  let flavour: Flavour
  let cast: Set<String>
  /// Whether fractions of times are bare counts of milliseconds.
  private(set) var countsFractions = false
  /// Whether nearly every row or paragraph begins with a label, so that one occurrence is enough.
  private(set) var isDominated = false

  init(_ text: TextRows, flavour: Flavour, cast: [String]) {
    self.text = text
    self.flavour = flavour
    self.cast = Set(cast)
    findHeads()
    if heads.contains(where: { $0.hasArrow }), hasCountedFractions() {
      countsFractions = true
      heads = []
      names = NameTable()
      counts = Counts()
      findHeads()
    }
    isDominated = judgeDominance()
  }

  private mutating func findHeads() {
    // Room for all: pages that are not written to take no memory.
    heads.reserveCapacity(text.rows.count)
    var marks = HeadMarks()
    for index in text.rows.indices {
      let row = text.rows[index]
      if row.marks.contains(.paragraph) { counts.paragraphs += 1 }
      text.rows[index].head = -1
      guard !row.marks.contains(.heading), !row.marks.contains(.direction),
        marks.mayHaveHead(text.bytes.span, row.start..<row.end)
      else { continue }
      let boldEnd = row.marks.contains(.bold) ? text.boldEnds[index] : nil
      guard var head = RowHead(text.bytes, row, boldEnd: boldEnd, counted: countsFractions) else {
        continue
      }
      if let label = head.label, label.end > label.start {
        head.name = Int32(
          truncatingIfNeeded: names.intern(
            text.bytes, label.start, label.end, isShort: label.isShort))
      }
      count(head)
      text.rows[index].head = Int32(truncatingIfNeeded: heads.count)
      heads.append(head)
    }
  }

  private mutating func count(_ head: RowHead) {
    switch head.kind {
    case .timeOnly:
      counts.timeOnly += 1
      if head.hasArrow { counts.arrows += 1 }
    case .timed: counts.timed += 1
    case .nameTime: counts.nameTime += 1
    case .label: counts.label += 1
    case .chevrons: counts.chevrons += 1
    case .dated: counts.dated += 1
    }
    if head.hasChevrons, head.kind != .chevrons { counts.chevrons += 1 }
    if head.isQuestion, let label = head.label {
      if text.bytes[label.start] == UInt8(ascii: "Q") {
        counts.questions += 1
      } else {
        counts.answers += 1
      }
    }
  }

  /// Teams writes `0:0:2.90` for 2 s and 90 ms: told by parts without leading zeros whose
  /// fractions have three digits here and fewer there.
  private func hasCountedFractions() -> Bool {
    var hasThree = false
    var hasFewer = false
    var hasUnpadded = false
    for row in text.rows where row.head >= 0 {
      let head = heads[Int(row.head)]
      guard head.hasArrow else { continue }
      var position = row.start
      while position < row.end {
        guard isDigit(text.bytes[position]),
          let clock = Clock(text.bytes, at: position, limit: row.end)
        else {
          position += 1
          continue
        }
        if clock.fractionDigits == 3 { hasThree = true }
        if clock.fractionDigits == 1 || clock.fractionDigits == 2 { hasFewer = true }
        if clock.parts == 3, position + 1 < row.end, text.bytes[position + 1] == 58 {
          hasUnpadded = true
        }
        position = clock.end
      }
      if hasThree && hasFewer && hasUnpadded { return true }
    }
    return false
  }

  /// The share of rows with a label that makes labels the rule of a text, in percent.
  private static let dominantShare = 70

  /// Judges the rows from the first label to the last: a header and a footer count for nothing.
  private func judgeDominance() -> Bool {
    var labels = 0
    var starts = 0
    var startsAtLabel = 0
    for row in text.rows {
      guard row.head >= 0 else {
        if labels > 0, row.marks.contains(.paragraph) && !isMarkedHeading(row) { starts += 1 }
        continue
      }
      let head = heads[Int(row.head)]
      guard head.kind != .timeOnly else { continue }
      if labels > 0 { starts += 1 }
      guard head.name >= 0, let label = head.label, label.form != .bracketed,
        label.form != .parenthesised
      else { continue }
      let traits = names.names[Int(head.name)].traits
      guard traits.contains(.titled), !traits.contains(.notName) else { continue }
      if labels == 0 { starts = 1 }
      labels += 1
      startsAtLabel = starts
    }
    return labels >= 2 && labels * 100 >= startsAtLabel * Self.dominantShare
  }

  /// Tells a row such as `## Part one`.
  func isMarkedHeading(_ row: TextRow) -> Bool {
    guard flavour != .document, text.bytes[row.start] == UInt8(ascii: "#") else { return false }
    var position = row.start
    while position < row.end, text.bytes[position] == UInt8(ascii: "#") { position += 1 }
    return position - row.start <= 6 && position < row.end && isWhite(text.bytes[position])
  }

  /// Tells whether the label of a head names a speaker, by the rules of `SpeakerDetection`.
  func accepts(_ head: RowHead) -> Bool {
    guard let label = head.label else { return false }
    if label.form == .explicit { return !isLinkDefinition(label, head) }
    guard head.name >= 0 else { return false }
    // A heading such as `A. PURPOSE` has no question before it.
    if head.isQuestion, counts.questions == 0 || counts.answers == 0 { return false }
    let name = Int(head.name)
    return isTaken(name, as: label.form) || cast.contains(names.names[name].text)
  }

  /// Whether a name is taken by its form, what it looks like and how often it comes.
  private func isTaken(_ index: Int, as form: Label.Form) -> Bool {
    let traits = names.names[index].traits
    let count = names.names[index].count
    let isShort = names.names[index].isShort
    if traits.contains(.sound) { return false }
    if form == .emphasised, isShort, flavour != .text || !traits.contains(.notName) { return true }
    if isShort, SpeakerDetection.isTaken(traits, occurrences: count) {
      return form != .bracketed && form != .parenthesised || !traits.contains(.notName)
    }
    if form == .bracketed || form == .parenthesised { return false }
    guard traits.contains(.titled), !traits.contains(.notName) else { return false }
    return isDominated || (!isShort && count > 1)
  }

  /// Whether a Markdown text has labels such as `**[Anna]:**`, which only our own files have.
  var hasMarkedLabels: Bool {
    flavour == .markdown && heads.contains { $0.label?.form == .explicit && accepts($0) }
  }

  /// `[1]: http://…` defines a link in Markdown.
  private func isLinkDefinition(_ label: Label, _ head: RowHead) -> Bool {
    guard flavour == .markdown, head.kind != .dated, label.start > 0 else { return false }
    let before = label.start >= 2 ? text.bytes[label.start - 2] : 10
    return before != UInt8(ascii: "*") && before != UInt8(ascii: "_")
  }

  /// Tells whether a whole row may be somebody's name: for rows under or over a time.
  func mayBeName(_ row: TextRow) -> Bool {
    if row.marks.contains(.bold) { return row.end - row.start <= 80 }
    var end = row.end
    if end > row.start, text.bytes[end - 1] == 58 { end -= 1 }
    guard let name = LabelScanner.nameEnd(text.bytes, row.start, end), name.stop == end,
      name.isShort
    else { return false }
    let traits = SpeakerName.traits(
      of: String(decoding: text.bytes[row.start..<end], as: UTF8.self))
    return traits.contains(.titled) && !traits.contains(.sound)
  }

  /// The head of a row; `nil` for plain text.
  func head(_ row: TextRow) -> RowHead? { row.head < 0 ? nil : heads[Int(row.head)] }
}
