/// What a row begins with besides text: a time, a name, or both, in the order they stand.
struct RowHead {
  enum Kind: UInt8 {
    /// `0:05`, `0:05 --> 0:08`, and nothing else.
    case timeOnly
    /// `0:05 text`, `[0:05] Anna: text`.
    case timed
    /// `Anna  0:05`, `Anna (0:05): text`, `Anna: 0:05`.
    case nameTime
    /// `Anna: text`.
    case label
    /// `>> text`: somebody else speaks.
    case chevrons
    /// `02/01/2024, 10:01 - Anna: text`, `12:00 <anna> text`.
    case dated
  }

  var kind: Kind
  /// The start in milliseconds; `Int64.min` for none.
  var start = Int64.min
  /// The end in milliseconds; `Int64.min` for none.
  var end = Int64.min
  /// Whether an arrow stands between the times.
  var hasArrow = false
  /// The label; `nil` for none.
  var label: Label?
  /// The index of the label's name in the table; -1 for none.
  var name: Int32 = -1
  /// Where the text begins, the label taken off; the label's own `text` where it has one.
  var text: Int {
    get { Int(textOffset) }
    set { textOffset = Int32(clamping: newValue) }
  }
  private var textOffset: Int32
  /// Whether the time is one of the day, such as `[Anna] 10:01:02` of saved captions.
  var isOfDay = false
  /// Whether it is `Q.` or `A.`, which are labels only where both occur.
  var isQuestion = false
  /// Whether chevrons lead.
  var hasChevrons = false

  /// Reads the head of a row; `nil` for plain text.
  init?(_ bytes: [UInt8], _ row: TextRow, boldEnd: Int?, counted: Bool) {
    var start = row.start
    let end = row.end
    self.init(kind: .label, text: start)
    if bytes[start] == UInt8(ascii: ">"), start + 2 < end, bytes[start + 1] == bytes[start] {
      while start < end, bytes[start] == UInt8(ascii: ">") || isWhite(bytes[start]) { start += 1 }
      hasChevrons = true
      kind = .chevrons
      text = start
    }
    if let dated = RowHead.dated(bytes, start, end) {
      self = dated
    } else if TimePrefix.mayBegin(with: start < end ? bytes[start] : 0),
      let prefix = TimePrefix(bytes, at: start, limit: end, counted: counted)
    {
      take(prefix)
      takeRest(bytes, prefix.rest, end)
    } else if let boldEnd, boldEnd > start, takeBold(bytes, start, boldEnd, end, counted) {
      return
    } else if let label = LabelScanner.scan(bytes, from: start, to: end) {
      self.label = label
      text = label.text
      kind = .label
      takeTimeBehind(label, bytes, end, counted)
    } else if takeNameTime(bytes, start, end, counted) || takeQuestion(bytes, start, end) {
      return
    } else if !hasChevrons {
      return nil
    }
  }

  private init(kind: Kind, text: Int) {
    self.kind = kind
    textOffset = Int32(clamping: text)
  }

  private mutating func take(_ prefix: TimePrefix) {
    start = prefix.start
    end = prefix.end
    hasArrow = prefix.hasArrow
    isOfDay = prefix.isOfDay
    text = prefix.rest
  }

  /// Takes what follows a time: nothing, a label, `<name>`, or text.
  private mutating func takeRest(_ bytes: [UInt8], _ rest: Int, _ end: Int) {
    guard rest < end else {
      kind = .timeOnly
      return
    }
    kind = .timed
    if bytes[rest] == UInt8(ascii: "<"), let nick = RowHead.nick(bytes, rest, end) {
      label = nick
      text = nick.text
      kind = .dated
      isOfDay = true
      return
    }
    if let sender = ChatSender.label(bytes, rest, end) {
      label = sender
      text = sender.text
      kind = .dated
      isOfDay = true
    } else if let found = LabelScanner.scan(bytes, from: rest, to: end) {
      label = found
      text = rest
    } else if bytes[rest] == UInt8(ascii: "*"), let found = RowHead.wholeName(bytes, rest, end) {
      label = found
      text = rest
    }
  }

  /// Reads `<anna> text`.
  private static func nick(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Label? {
    var close = start + 1
    while close < end, bytes[close] != UInt8(ascii: ">"), close - start < 40 { close += 1 }
    guard close < end, close > start + 1, bytes[close] == UInt8(ascii: ">") else { return nil }
    var text = close + 1
    while text < end, isWhite(bytes[text]) { text += 1 }
    return Label(form: .explicit, start: start + 1, end: close, text: text, isShort: true)
  }

  /// Reads a row that is a name in emphasis and nothing else, as `00:00:12⇥**Name**` has it.
  static func wholeName(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Label? {
    var first = start
    var last = end
    while first < last, bytes[first] == UInt8(ascii: "*") { first += 1 }
    while last > first, bytes[last - 1] == UInt8(ascii: "*") { last -= 1 }
    if last > first, bytes[last - 1] == UInt8(ascii: ":") { last -= 1 }
    guard let name = LabelScanner.nameEnd(bytes, first, last), name.stop == last, name.isShort
    else { return nil }
    return Label(form: .plain, start: first, end: name.end, text: end, isShort: true)
  }

  /// Takes `Anna: 0:05` and `[Anna] 10:01:02` as a name with a time.
  private mutating func takeTimeBehind(
    _ label: Label, _ bytes: [UInt8], _ limit: Int, _ counted: Bool
  ) {
    guard label.text < limit,
      isDigit(bytes[label.text]) || bytes[label.text] == 91
        || bytes[label.text] == 40 || bytes[label.text] == 92,
      let prefix = TimePrefix(bytes, at: label.text, limit: limit, counted: counted),
      prefix.rest == limit || (prefix.isBracketed && label.form == .emphasised)
    else { return }
    take(prefix)
    kind = .nameTime
    isOfDay = isOfDay || (label.form == .bracketed && !prefix.isBracketed)
  }

  /// Takes a bold run of a document as a label: `Anna: text`, `Anna  0:05`, or `Anna` alone.
  private mutating func takeBold(
    _ bytes: [UInt8], _ start: Int, _ boldEnd: Int, _ end: Int, _ counted: Bool
  ) -> Bool {
    guard var label = LabelScanner.scan(bytes, from: start, to: end), label.form == .plain,
      label.end <= boldEnd
    else { return false }
    label.form = boldEnd < end ? .emphasised : .plain
    self.label = label
    text = label.text
    kind = .label
    takeTimeBehind(label, bytes, end, counted)
    return true
  }

  /// Takes `Anna Lee  0:05`, `Anna Lee (00:57):` and `NAME⇥[00:00:12]⇥text`.
  private mutating func takeNameTime(
    _ bytes: [UInt8], _ start: Int, _ end: Int, _ counted: Bool
  ) -> Bool {
    guard let begin = RowHead.clockStart(bytes, start, min(end, start + 72)),
      let prefix = TimePrefix(bytes, at: begin, limit: end, counted: counted)
    else { return false }
    var nameStart = start
    var nameEnd = begin
    while nameEnd > nameStart, RowHead.mayEndName(bytes[nameEnd - 1]) { nameEnd -= 1 }
    while nameStart < nameEnd, bytes[nameStart] == 42 || bytes[nameStart] == 95 { nameStart += 1 }
    guard nameEnd > nameStart, begin > nameEnd,
      let name = LabelScanner.nameEnd(bytes, nameStart, nameEnd), name.stop == nameEnd, name.isShort
    else { return false }
    guard prefix.rest == end || prefix.isBracketed || bytes[begin - 1] == 9 else { return false }
    label = Label(
      form: nameStart > start ? .emphasised : .plain, start: nameStart, end: nameEnd,
      text: prefix.rest, isShort: true)
    take(prefix)
    kind = .nameTime
    return true
  }

  private static func mayEndName(_ byte: UInt8) -> Bool {
    isWhite(byte) || byte == 45 || byte == UInt8(ascii: "|") || byte == UInt8(ascii: ",")
      || byte == 42 || byte == 95 || byte == 0xC2 || byte == 0xB7 || byte == 0xA0
      || byte == UInt8(ascii: ":")
  }

  /// Finds where a clock in the first bytes of a row begins, with its bracket.
  private static func clockStart(_ bytes: [UInt8], _ start: Int, _ limit: Int) -> Int? {
    var position = start + 1
    while position + 1 < limit,
      let colon = firstIndex(of: 58, in: bytes.span, position..<limit - 1)
    {
      position = colon
      if isDigit(bytes[position - 1]), isDigit(bytes[position + 1]) {
        var begin = position - 1
        while begin > start, isDigit(bytes[begin - 1]) { begin -= 1 }
        if begin > start, bytes[begin - 1] == 91 || bytes[begin - 1] == 40 { begin -= 1 }
        if begin > start, bytes[begin - 1] == 92 { begin -= 1 }
        return begin > start ? begin : nil
      }
      position += 1
    }
    return nil
  }

  /// Takes `Q.   text` and `A.   text` of a deposition.
  private mutating func takeQuestion(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    guard start + 2 < end, bytes[start] == 81 || bytes[start] == 65, bytes[start + 1] == 46,
      isWhite(bytes[start + 2])
    else { return false }
    var text = start + 2
    while text < end, isWhite(bytes[text]) { text += 1 }
    label = Label(form: .plain, start: start, end: start + 1, text: text, isShort: true)
    self.text = text
    kind = .label
    isQuestion = true
    return true
  }
}

extension RowHead {
  /// Reads the head of a chat export: a date, a time of the day and a name.
  static func dated(_ bytes: [UInt8], _ start: Int, _ end: Int) -> RowHead? {
    var position = start
    let isBracketed = position < end && bytes[position] == 91
    if isBracketed { position += 1 }
    guard position < end, isDigit(bytes[position]) else { return nil }
    for part in 0..<3 {
      let begin = position
      while position < end, isDigit(bytes[position]) { position += 1 }
      guard position > begin, position - begin <= 4, position < end else { return nil }
      if part < 2 {
        guard bytes[position] == 47 || bytes[position] == 46 || bytes[position] == 45 else {
          return nil
        }
        position += 1
      }
    }
    while position < end, bytes[position] == 44 || isWhite(bytes[position]) { position += 1 }
    guard let clock = Clock(bytes, at: position, limit: end) else { return nil }
    position = clock.end
    position = TimePrefix.skipHalfOfDay(bytes, position, end)
    if isBracketed {
      guard position < end, bytes[position] == 93 else { return nil }
      position += 1
    }
    while position < end, isWhite(bytes[position]) || bytes[position] == 45 { position += 1 }
    var head = RowHead(kind: .dated, text: position)
    head.isOfDay = true
    head.label = LabelScanner.scan(bytes, from: position, to: end)
    if let label = head.label { head.text = label.text }
    return head
  }
}
