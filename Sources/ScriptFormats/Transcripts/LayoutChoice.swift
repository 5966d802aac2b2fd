/// The shape of the turns of a text.
enum LayoutChoice: Equatable {
  /// A time row, then with `named` a row with the name, then the text: Teams, YouTube, SRT in prose.
  case timeRows(named: Bool)
  /// A row with name and time, then the text: Otter, Teams, Rev, saved captions.
  case nameTime
  /// A row with the name, a row with the time, then the text.
  case nameThenTime
  /// The time leads each turn; with `named` the rest of the row is the name, text below.
  case timed(named: Bool)
  /// `Anna: text`.
  case labels
  /// Chats: a date or a time of the day, and a name.
  case dated
  /// A name in capitals over the text: a screenplay.
  case cues
  /// `ANNA. text` of stage plays.
  case dots
  /// `Anna — text`.
  case dashes
  /// Every row begins with a dash and is a turn.
  case dialogueDashes
  /// Text without any.
  case paragraphs
}

extension TranscriptScan {
  /// Tells the layout by the shapes of all rows.
  func layout() -> LayoutChoice {
    let rows = text.rows.count
    if counts.dated >= 2, counts.dated * 3 >= rows { return .dated }
    let labels = acceptedLabels()
    let times = counts.timeOnly + counts.timed + counts.nameTime
    if times > 0, let timed = timedLayout(labels) { return timed }
    if labels > 0 {
      let cues = cueCount()
      return flavour != .markdown && cues > labels && cues >= 2 ? .cues : .labels
    }
    if counts.chevrons > 0, counts.chevrons * 2 >= counts.paragraphs { return .labels }
    // Markdown has its own marks for what these layouts tell by shape.
    if flavour == .markdown { return .paragraphs }
    if cueCount() >= 1, isScreenplay() { return .cues }
    return separatorLayout()
  }

  private func acceptedLabels() -> Int {
    var count = 0
    for head in heads where head.kind == .label || head.hasChevrons {
      if accepts(head) { count += 1 }
    }
    return count
  }

  /// The least share of rows that a time leads, in percent, where times make the layout.
  private static let timedShare = 5

  private func timedLayout(_ labels: Int) -> LayoutChoice? {
    let best = max(counts.timeOnly, counts.timed, counts.nameTime)
    guard best > labels, best * 100 >= text.rows.count * Self.timedShare,
      best >= 2 || text.rows.count <= 6
    else {
      return nil
    }
    if best == counts.nameTime { return .nameTime }
    if best == counts.timed { return .timed(named: namesFollowTimes()) }
    let (before, after) = namesAroundTimeRows()
    if before * 10 >= counts.timeOnly * 8 { return .nameThenTime }
    return .timeRows(named: after * 10 >= counts.timeOnly * 8)
  }

  /// Counts time rows with a name in the row before, and with a name and a text behind.
  private func namesAroundTimeRows() -> (before: Int, after: Int) {
    var before = 0
    var after = 0
    for index in text.rows.indices where head(text.rows[index])?.kind == .timeOnly {
      if index > 0, !text.rows[index].marks.contains(.afterBlank),
        text.rows[index - 1].head < 0 || head(text.rows[index - 1])?.kind == .label,
        mayBeName(text.rows[index - 1])
      {
        before += 1
      }
      guard index + 2 < text.rows.count, mayBeName(text.rows[index + 1]),
        !text.rows[index + 2].marks.contains(.afterBlank),
        head(text.rows[index + 2])?.kind != .timeOnly
      else { continue }
      after += 1
    }
    return (before, after)
  }

  /// Tells `00:00:05 Speaker 1` with the text below from `00:00:05 text`.
  private func namesFollowTimes() -> Bool {
    var named = 0
    for index in text.rows.indices {
      guard let head = head(text.rows[index]), head.kind == .timed else { continue }
      if nameBehindTime(head, text.rows[index]) != nil, index + 1 < text.rows.count,
        self.head(text.rows[index + 1])?.kind != .timed
      {
        named += 1
      }
    }
    return named * 10 >= counts.timed * 8
  }

  /// The name that fills the rest of a row behind its time.
  func nameBehindTime(_ head: RowHead, _ row: TextRow) -> Label? {
    guard let name = RowHead.wholeName(text.bytes, head.text, row.end) else { return nil }
    let traits = SpeakerName.traits(
      of: String(decoding: text.bytes[name.start..<name.end], as: UTF8.self))
    return traits.contains(.titled) && !traits.contains(.sound) ? name : nil
  }

  // MARK: Layouts without colons and times

  /// Tells a name in capitals alone on its row with text right below.
  func isCue(at index: Int) -> Bool {
    let row = text.rows[index]
    guard row.head < 0, row.end - row.start <= 48, index + 1 < text.rows.count,
      row.marks.contains(.paragraph),
      !text.rows[index + 1].marks.contains(flavour == .document ? .afterBlank : .paragraph)
    else { return false }
    var hasLetter = false
    var depth = 0
    for position in row.start..<row.end {
      let byte = text.bytes[position]
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
      guard depth == 0 else { continue }
      if byte >= 97 && byte <= 122 { return false }
      if byte >= 65 && byte <= 90 { hasLetter = true }
      if byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") || byte == 44 { return false }
    }
    let last = text.bytes[row.end - 1]
    return hasLetter && last != UInt8(ascii: ".") && last != UInt8(ascii: ":")
  }

  private func cueCount() -> Int {
    var count = 0
    for index in text.rows.indices where isCue(at: index) { count += 1 }
    return count
  }

  /// Tells a screenplay: a scene's heading, or cues over a good part of the paragraphs.
  private func isScreenplay() -> Bool {
    for row in text.rows where FountainGrammar.isSceneHeading(text.bytes, row.start, row.end) {
      return true
    }
    let cues = cueCount()
    return cues >= 2 && cues * 3 >= counts.paragraphs
  }

  private func separatorLayout() -> LayoutChoice {
    var dots = 0
    var dashes = 0
    var leading = 0
    for row in text.rows {
      if SeparatedName.dot(text.bytes, row) != nil { dots += 1 }
      if SeparatedName.dash(text.bytes, row) != nil { dashes += 1 }
      if SeparatedName.leadingDash(text.bytes, row) { leading += 1 }
    }
    let rows = text.rows.count
    if dots >= 2, dots * 10 >= rows * 4 { return .dots }
    if dashes >= 2, dashes * 10 >= rows * 8 { return .dashes }
    if leading >= 2, leading * 10 >= rows * 8 { return .dialogueDashes }
    return .paragraphs
  }
}

/// Names that something else than a colon sets off.
enum SeparatedName {
  /// Reads `ANNA. text` and `ANNA and BERT. text`.
  static func dot(_ bytes: [UInt8], _ row: TextRow) -> Label? {
    var position = row.start
    var hasCapitals = false
    var wordStart = position
    let limit = min(row.end, row.start + Label.maximumCharacters)
    while position < limit, bytes[position] != UInt8(ascii: ".") {
      let byte = bytes[position]
      if isWhite(byte) {
        guard isCapitalised(bytes, wordStart, position, &hasCapitals) else { return nil }
        wordStart = position + 1
      } else if !isLetter(byte), byte < 0x80, byte != 39, byte != 45 {
        return nil
      }
      position += 1
    }
    guard position > row.start + 1, position + 1 < row.end, bytes[position] == 46,
      isWhite(bytes[position + 1]), isCapitalised(bytes, wordStart, position, &hasCapitals),
      hasCapitals
    else { return nil }
    var text = position + 1
    while text < row.end, isWhite(bytes[text]) { text += 1 }
    return Label(form: .plain, start: row.start, end: position, text: text, isShort: true)
  }

  /// A word in capitals, or `and`, `&` between two.
  private static func isCapitalised(
    _ bytes: [UInt8], _ start: Int, _ end: Int, _ hasCapitals: inout Bool
  ) -> Bool {
    guard end > start else { return false }
    if end - start == 3, bytes[start] == 97, bytes[start + 1] == 110, bytes[start + 2] == 100 {
      return hasCapitals
    }
    for position in start..<end where bytes[position] >= 97 && bytes[position] <= 122 {
      return false
    }
    hasCapitals = true
    return true
  }

  /// Reads `Anna — text` with an em or en dash, or a hyphen between spaces.
  static func dash(_ bytes: [UInt8], _ row: TextRow) -> Label? {
    var position = row.start + 1
    let limit = min(row.end, row.start + Label.maximumCharacters + 4)
    while position + 1 < limit {
      if isWhite(bytes[position]), let width = dashWidth(bytes, position + 1, row.end),
        position + 1 + width < row.end, isWhite(bytes[position + 1 + width])
      {
        guard let name = LabelScanner.nameEnd(bytes, row.start, position), name.stop == position,
          name.isShort
        else { return nil }
        let traits = SpeakerName.traits(
          of: String(decoding: bytes[row.start..<position], as: UTF8.self))
        guard traits.contains(.titled) else { return nil }
        var text = position + 1 + width
        while text < row.end, isWhite(bytes[text]) { text += 1 }
        return Label(form: .plain, start: row.start, end: name.end, text: text, isShort: true)
      }
      position += 1
    }
    return nil
  }

  /// Tells a row that begins with a dash and a space.
  static func leadingDash(_ bytes: [UInt8], _ row: TextRow) -> Bool {
    guard let width = dashWidth(bytes, row.start, row.end) else { return false }
    return row.start + width < row.end
      && (isWhite(bytes[row.start + width]) || (width == 3 && bytes[row.start + width] >= 65))
  }

  private static func dashWidth(_ bytes: [UInt8], _ offset: Int, _ end: Int) -> Int? {
    if offset < end, bytes[offset] == 45 { return 1 }
    guard offset + 2 < end, bytes[offset] == 0xE2, bytes[offset + 1] == 0x80,
      bytes[offset + 2] == 0x93 || bytes[offset + 2] == 0x94
    else { return nil }
    return 3
  }
}
