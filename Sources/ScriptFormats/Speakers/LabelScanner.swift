/// What may be a speaker's name at the beginning of a row, with where the text goes on.
struct Label {
  /// How the name is marked as one.
  enum Form: UInt8 {
    /// `Anna: text`.
    case plain
    /// `[Anna]: text` or `[]: text`: always a label.
    case explicit
    /// `[Anna] text`.
    case bracketed
    /// `(ANNA) text`.
    case parenthesised
    /// `**Anna:** text`.
    case emphasised
    /// `**Anna**: text`.
    case emphasisedOutside
  }

  var form: Form
  /// Whether the name keeps the limits of a label: 4 words and 40 characters.
  var isShort: Bool
  /// Where the name begins.
  var start: Int { Int(startOffset) }
  /// Where the name ends; equal to `start` for none.
  var end: Int { Int(endOffset) }
  /// Where the text begins.
  var text: Int {
    get { Int(textOffset) }
    set { textOffset = Int32(clamping: newValue) }
  }
  // No text that is read has 2 GiB: most rows of a long one have a label, which is kept.
  private var startOffset: Int32
  private var endOffset: Int32
  private var textOffset: Int32

  init(form: Form, start: Int, end: Int, text: Int, isShort: Bool) {
    self.form = form
    self.isShort = isShort
    startOffset = Int32(clamping: start)
    endOffset = Int32(clamping: end)
    textOffset = Int32(clamping: text)
  }

  static let maximumWords = 4
  static let maximumCharacters = 40
  /// An office with a name in parentheses, as parliaments print it, may be longer than a label.
  static let maximumBytesOfOffice = 160
}

/// Finds labels in bytes.
enum LabelScanner {
  /// Reads the label that a row begins with; `nil` where it begins with none.
  static func scan(_ bytes: [UInt8], from start: Int, to end: Int) -> Label? {
    guard start < end else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "["): return bracketed(bytes, start, end, UInt8(ascii: "]"))
    case UInt8(ascii: "("): return bracketed(bytes, start, end, UInt8(ascii: ")"))
    case UInt8(ascii: "*"), UInt8(ascii: "_"): return emphasised(bytes, start, end)
    default: return plain(bytes, start, end)
    }
  }

  /// Reads `Name:`; what follows the colon is white space, the end, or text that is no number.
  static func plain(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Label? {
    guard mayHoldColon(bytes, start, end), let name = nameEnd(bytes, start, end), name.stop < end
    else { return nil }
    var text = name.stop
    if bytes[text] == UInt8(ascii: ":") {
      text += 1
      guard text == end || mayFollowColon(bytes[text]) else { return nil }
    } else if isFullWidthColon(bytes, text, end) {
      text += 3
    } else {
      return nil
    }
    while text < end, isWhite(bytes[text]) { text += 1 }
    return Label(
      form: .plain, start: start, end: name.end, text: text, isShort: name.isShort)
  }

  /// Whether a colon, ASCII or full-width, is where a name may end: most rows have none.
  @inline(__always)
  private static func mayHoldColon(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    let range = start..<min(end, start + Label.maximumBytesOfOffice + 1)
    return firstIndex(of: UInt8(ascii: ":"), in: bytes.span, range) != nil
      || firstIndex(of: 0xEF, in: bytes.span, range) != nil
  }

  /// The extent of a name: up to the colon or whatever else no name holds.
  static func nameEnd(
    _ bytes: [UInt8], _ start: Int, _ end: Int
  ) -> (end: Int, stop: Int, isShort: Bool)? {
    guard start < end, isLetter(bytes[start]) || bytes[start] >= 0xC3 else { return nil }
    let limit = min(end, start + Label.maximumBytesOfOffice)
    var position = start
    var words = 1
    var characters = 0
    var wordStart = start
    var depth = 0
    var contentEnd = start
    while position < limit {
      let byte = bytes[position]
      if isLetter(byte) {
        // Nearly all of a name, so asked for first.
        characters += 1
        position += 1
        contentEnd = position
        continue
      }
      if byte == UInt8(ascii: ":") && depth == 0 { break }
      if byte >= 0x80 {
        if isFullWidthColon(bytes, position, end) { break }
        if isForbidden(bytes, position, end) { return nil }
        if byte & 0xC0 != 0x80 { characters += 1 }
      } else if isWhite(byte) {
        if byte == 9 { break }
        if position + 1 < limit, !isWhite(bytes[position + 1]), bytes[position + 1] != 58 {
          words += 1
          wordStart = position + 1
        }
        characters += 1
        position += 1
        continue
      } else {
        guard isInName(bytes, position, wordStart, &depth) else { return nil }
        characters += 1
      }
      position += 1
      contentEnd = position
    }
    guard contentEnd > start, depth == 0, position < limit || limit == end else { return nil }
    let isShort = words <= Label.maximumWords && characters <= Label.maximumCharacters
    return (contentEnd, position, isShort)
  }

  /// Tells whether a byte may be in a name: a letter, a dot of an abbreviation, parentheses.
  @inline(__always)
  private static func isInName(
    _ bytes: [UInt8], _ position: Int, _ wordStart: Int, _ depth: inout Int
  ) -> Bool {
    let byte = bytes[position]
    if byte == UInt8(ascii: "(") {
      depth += 1
    } else if byte == UInt8(ascii: ")") {
      depth -= 1
    } else if byte == UInt8(ascii: ".") {
      return mayEndAbbreviation(bytes, wordStart, position)
    } else {
      return isNameByte(byte)
    }
    return true
  }

  private static func bracketed(
    _ bytes: [UInt8], _ start: Int, _ end: Int, _ closing: UInt8
  ) -> Label? {
    guard let nameEnd = closingBracket(bytes, start, end, closing) else { return nil }
    var position = nameEnd + 1
    let hasColon = position < end && bytes[position] == UInt8(ascii: ":")
    if hasColon {
      position += 1
      guard position == end || isWhite(bytes[position]) else { return nil }
    } else {
      guard position < end, isWhite(bytes[position]) || isFullWidthColon(bytes, position, end)
      else { return nil }
      if isFullWidthColon(bytes, position, end) { position += 3 }
    }
    while position < end, isWhite(bytes[position]) { position += 1 }
    if hasColon, closing == UInt8(ascii: "]") {
      return Label(
        form: .explicit, start: start + 1, end: nameEnd, text: position, isShort: true)
    }
    guard position < end, let name = self.nameEnd(bytes, start + 1, nameEnd),
      name.stop == nameEnd, name.isShort
    else { return nil }
    let form: Label.Form = closing == UInt8(ascii: "]") ? .bracketed : .parenthesised
    return Label(form: form, start: start + 1, end: name.end, text: position, isShort: true)
  }

  private static func closingBracket(
    _ bytes: [UInt8], _ start: Int, _ end: Int, _ closing: UInt8
  ) -> Int? {
    var position = start + 1
    let limit = min(end, start + maximumBytesInBrackets)
    while position < limit, bytes[position] != closing {
      if bytes[position] == UInt8(ascii: "\\") { position += 1 }
      position += 1
    }
    return position < limit ? position : nil
  }

  /// Enough for any name of a person; a label's own limits do not hold in brackets.
  private static let maximumBytesInBrackets = 2000

  private static func emphasised(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Label? {
    let mark = bytes[start]
    var inner = start
    while inner < end, bytes[inner] == mark, inner - start < 3 { inner += 1 }
    let width = inner - start
    if inner < end, bytes[inner] == UInt8(ascii: "[") {
      guard let close = closingBracket(bytes, inner, end, UInt8(ascii: "]")), close + 1 < end,
        bytes[close + 1] == UInt8(ascii: ":"), closes(bytes, close + 2, end, mark, width)
      else { return nil }
      let label = Label(form: .explicit, start: inner + 1, end: close, text: 0, isShort: true)
      return outside(label, bytes, close + 2 + width, end, form: .explicit)
    }
    guard let name = nameEnd(bytes, inner, end) else {
      // A run such as `**Name**` stops at the mark, which no name holds.
      return emphasisedName(bytes, inner, end, mark, width)
    }
    guard name.stop < end, bytes[name.stop] == 58, closes(bytes, name.stop + 1, end, mark, width)
    else { return emphasisedName(bytes, inner, end, mark, width) }
    let label = Label(
      form: .emphasised, start: inner, end: name.end, text: 0, isShort: name.isShort)
    return outside(label, bytes, name.stop + 1 + width, end, form: .emphasised)
  }

  /// Reads `**Name**:`, and `**Name** ` before a time, which the caller looks for at `text`.
  private static func emphasisedName(
    _ bytes: [UInt8], _ inner: Int, _ end: Int, _ mark: UInt8, _ width: Int
  ) -> Label? {
    var close = inner
    while close < end, bytes[close] != mark { close += 1 }
    guard close > inner, closes(bytes, close, end, mark, width),
      let name = nameEnd(bytes, inner, close), name.stop == close
    else { return nil }
    var text = close + width
    guard text < end else { return nil }
    if bytes[text] == UInt8(ascii: ":") {
      text += 1
    } else if isFullWidthColon(bytes, text, end) {
      text += 3
    } else {
      return nil
    }
    let label = Label(
      form: .emphasisedOutside, start: inner, end: name.end, text: 0, isShort: name.isShort)
    return outside(label, bytes, text, end, form: .emphasisedOutside)
  }

  private static func outside(
    _ label: Label, _ bytes: [UInt8], _ offset: Int, _ end: Int, form: Label.Form
  ) -> Label {
    var text = offset
    while text < end, isWhite(bytes[text]) { text += 1 }
    var label = label
    label.form = form
    label.text = text
    return label
  }

  private static func closes(
    _ bytes: [UInt8], _ offset: Int, _ end: Int, _ mark: UInt8, _ width: Int
  ) -> Bool {
    guard offset + width <= end else { return false }
    for position in offset..<offset + width where bytes[position] != mark { return false }
    return true
  }
}

extension LabelScanner {
  static func isFullWidthColon(_ bytes: [UInt8], _ offset: Int, _ end: Int) -> Bool {
    offset + 2 < end && bytes[offset] == 0xEF && bytes[offset + 1] == 0xBC
      && bytes[offset + 2] == 0x9A
  }

  /// Tells punctuation of a sentence beyond ASCII: `…`, `—`, quotes, `。`, `，`, `！`, `？`, `¿`, `¡`.
  private static func isForbidden(_ bytes: [UInt8], _ offset: Int, _ end: Int) -> Bool {
    let byte = bytes[offset]
    if byte == 0xC2, offset + 1 < end {
      return bytes[offset + 1] == 0xBF || bytes[offset + 1] == 0xA1
    }
    guard offset + 2 < end else { return false }
    let second = bytes[offset + 1]
    let third = bytes[offset + 2]
    if byte == 0xE2, second == 0x80 {
      return third == 0xA6 || third == 0x94 || third == 0x9C || third == 0x9D || third == 0x98
        || third == 0xA8 || third == 0xA9
    }
    if byte == 0xE3, second == 0x80 { return third <= 0x95 && third != 0x80 && third != 0x85 }
    if byte == 0xEF, second == 0xBC { return [0x81, 0x8C, 0x8E, 0x9B, 0x9F].contains(third) }
    return false
  }

  /// `Dr.`, `A.` and `hon.` may have a dot; the last word of a sentence may not.
  private static func mayEndAbbreviation(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    let length = end - start
    guard length > 0 else { return false }
    return length <= 3 || (length <= 5 && !(bytes[start] >= 97 && bytes[start] <= 122))
      || (end > start && isDigit(bytes[end - 1]))
  }

  @inline(__always)
  private static func isNameByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == 39 || byte == 45 || byte == 95 || byte == 38
      || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "|")
  }

  private static func mayFollowColon(_ byte: UInt8) -> Bool {
    isWhite(byte) || byte >= 0x80 || (byte >= 65 && byte <= 90) || byte == 34 || byte == 39
      || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "*")
      || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "\\")
  }
}
