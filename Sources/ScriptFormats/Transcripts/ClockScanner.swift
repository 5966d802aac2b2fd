/// A clock such as `0:05`, `00:00:05.250` or `1:02:03,4` as it stands in a text.
struct Clock {
  /// The milliseconds, the fraction read as a decimal one.
  var milliseconds: Int64
  /// The offset behind it.
  var end: Int
  /// How many digits its fraction has.
  var fractionDigits: Int
  /// What its fraction would be as a bare count of milliseconds: `.90` is 90.
  var countedFraction: Int64
  /// How many parts are before the fraction: 2 or 3.
  var parts: Int

  /// More digits than any clock has, few enough for milliseconds in 64 bits.
  private static let maximumDigits = 9

  /// Reads a clock at an offset, up to `limit`; a sign before it is taken.
  init?(_ bytes: [UInt8], at offset: Int, limit: Int) {
    var position = offset
    let isNegative = position < limit && bytes[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var seconds: Int64 = 0
    parts = 0
    while true {
      var value: Int64 = 0
      let begin = position
      while position < limit, isDigit(bytes[position]), position - begin < Self.maximumDigits {
        value = value * 10 + Int64(bytes[position] - 48)
        position += 1
      }
      let digits = position - begin
      guard digits > 0, parts == 0 || (digits <= 2 && value < 60) else { return nil }
      parts += 1
      seconds = seconds * 60 + value
      guard parts < 3, position + 1 < limit, bytes[position] == UInt8(ascii: ":"),
        isDigit(bytes[position + 1])
      else { break }
      position += 1
    }
    guard parts >= 2 else { return nil }
    milliseconds = seconds * 1000
    fractionDigits = 0
    countedFraction = 0
    end = position
    readFraction(bytes, limit)
    if isNegative { milliseconds = -milliseconds }
    if end < limit, isDigit(bytes[end]) || bytes[end] == UInt8(ascii: ":") { return nil }
  }

  /// Adds `.5` or `,250` to the milliseconds.
  private mutating func readFraction(_ bytes: [UInt8], _ limit: Int) {
    var position = end
    guard position + 1 < limit, bytes[position] == 46 || bytes[position] == 44,
      isDigit(bytes[position + 1])
    else { return }
    position += 1
    var weight: Int64 = 100
    while position < limit, isDigit(bytes[position]) {
      let digit = Int64(bytes[position] - 48)
      milliseconds += digit * weight
      weight /= 10
      fractionDigits += 1
      if fractionDigits <= 3 { countedFraction = countedFraction * 10 + digit }
      position += 1
    }
    end = position
  }
}

/// A time at the beginning of a row, in brackets or bare, with the end where the row has one.
struct TimePrefix {
  /// The start in milliseconds, `Int64.min` where the row has none.
  var start = Int64.min
  /// The end in milliseconds, `Int64.min` where the row has none.
  var end = Int64.min
  /// Whether there is an arrow: a start with an end, or the written lack of one.
  var hasArrow = false
  /// Where the rest of the row begins, behind white space and separators.
  var rest = 0
  /// Whether brackets or parentheses are around it.
  var isBracketed = false
  /// Whether a clock of the day such as `10:02 PM` was read.
  var isOfDay = false

  /// Whether a time may begin with a byte: a digit, a sign, a bracket, or marks in front of one.
  @inline(__always)
  static func mayBegin(with byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "*"),
      UInt8(ascii: "\\"):
      true
    default: false
    }
  }

  /// Reads a time at an offset.
  ///
  /// - Parameter counted: whether fractions are bare counts of milliseconds (`.90` is 90 ms).
  init?(_ bytes: [UInt8], at offset: Int, limit: Int, counted: Bool = false) {
    var position = offset
    let emphasis = Self.run(of: UInt8(ascii: "*"), in: bytes, at: position, limit: limit)
    position += emphasis
    let escaped = position < limit && bytes[position] == UInt8(ascii: "\\")
    if escaped { position += 1 }
    var closing: UInt8 = 0
    if position < limit, bytes[position] == UInt8(ascii: "[") { closing = UInt8(ascii: "]") }
    if position < limit, bytes[position] == UInt8(ascii: "(") { closing = UInt8(ascii: ")") }
    guard !escaped || closing != 0 else { return nil }
    isBracketed = closing != 0
    if isBracketed { position += 1 }
    guard position < limit, isDigit(bytes[position]) || bytes[position] == UInt8(ascii: "-") else {
      return nil
    }
    if let clock = Clock(bytes, at: position, limit: limit) {
      start = Self.value(of: clock, counted: counted)
      position = Self.skipHalfOfDay(bytes, clock.end, limit)
      isOfDay = position > clock.end
    } else if !(isBracketed && bytes[position] == UInt8(ascii: "-")) {
      return nil
    }
    guard readEnd(bytes, &position, limit, counted) else { return nil }
    if isBracketed {
      if position < limit, bytes[position] == UInt8(ascii: "\\") { position += 1 }
      guard position < limit, bytes[position] == closing else { return nil }
      position += 1
    }
    position += Self.run(of: UInt8(ascii: "*"), in: bytes, at: position, limit: limit)
    guard position >= limit || Self.mayFollow(bytes[position], bracketed: isBracketed) else {
      return nil
    }
    rest = Self.skipSeparators(bytes, position, limit)
  }

  /// Reads ` --> 0:05` or, inside brackets, ` - 0:05`; `false` where what follows is no time.
  private mutating func readEnd(
    _ bytes: [UInt8], _ position: inout Int, _ limit: Int, _ counted: Bool
  ) -> Bool {
    var next = position
    while next < limit, isWhite(bytes[next]) { next += 1 }
    guard let arrow = Self.arrow(bytes, at: next, limit: limit) else {
      return start != .min
    }
    var value = arrow.end
    while value < limit, isWhite(bytes[value]) { value += 1 }
    if let clock = Clock(bytes, at: value, limit: limit) {
      end = Self.value(of: clock, counted: counted)
      hasArrow = true
      position = clock.end
    } else if arrow.isReal, isBracketed {
      hasArrow = true
      position = value
    } else {
      return start != .min
    }
    return true
  }

  /// Skips ` PM` in capitals, which phones set off with a narrow no-break space.
  static func skipHalfOfDay(_ bytes: [UInt8], _ offset: Int, _ limit: Int) -> Int {
    var position = offset
    while position < limit, isWhite(bytes[position]) || bytes[position] >= 0x80 { position += 1 }
    guard position + 1 < limit, bytes[position + 1] == UInt8(ascii: "M"),
      bytes[position] == UInt8(ascii: "A") || bytes[position] == UInt8(ascii: "P")
    else { return offset }
    return position + 2
  }

  private static func value(of clock: Clock, counted: Bool) -> Int64 {
    guard counted, clock.fractionDigits < 3 else { return clock.milliseconds }
    return clock.milliseconds / 1000 * 1000 + clock.countedFraction
  }

  /// Finds `-->`, or a dash that may stand between two times.
  private static func arrow(
    _ bytes: [UInt8], at offset: Int, limit: Int
  ) -> (end: Int, isReal: Bool)? {
    var position = offset
    while position < limit, bytes[position] == UInt8(ascii: "-") { position += 1 }
    if position - offset >= 1, position < limit, bytes[position] == UInt8(ascii: ">") {
      return (position + 1, true)
    }
    if position - offset == 1 { return (position, false) }
    if offset + 2 < limit, bytes[offset] == 0xE2, bytes[offset + 1] == 0x80,
      bytes[offset + 2] == 0x93 || bytes[offset + 2] == 0x94
    {
      return (offset + 3, false)
    }
    return nil
  }

  private static func run(of byte: UInt8, in bytes: [UInt8], at offset: Int, limit: Int) -> Int {
    var position = offset
    while position < limit, bytes[position] == byte, position - offset < 3 { position += 1 }
    return position - offset
  }

  /// A bare time ends at white space or a separator; `10:30am` and `2:1,` are words of a text.
  private static func mayFollow(_ byte: UInt8, bracketed: Bool) -> Bool {
    isWhite(byte) || byte == UInt8(ascii: "|") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ":") || byte == 0xC2 || bracketed
  }

  private static func skipSeparators(_ bytes: [UInt8], _ offset: Int, _ limit: Int) -> Int {
    var position = offset
    while position < limit, isWhite(bytes[position]) { position += 1 }
    let before = position
    if position < limit, bytes[position] == UInt8(ascii: "|") || bytes[position] == 58 {
      position += 1
    } else if position + 1 < limit, bytes[position] == 0xC2, bytes[position + 1] == 0xB7 {
      position += 2
    } else if position + 1 < limit, bytes[position] == UInt8(ascii: "-"),
      isWhite(bytes[position + 1])
    {
      position += 1
    }
    guard position > before else { return before }
    while position < limit, isWhite(bytes[position]) { position += 1 }
    return position
  }
}
