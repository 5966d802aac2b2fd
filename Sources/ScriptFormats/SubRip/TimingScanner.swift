/// Takes a timing row apart, piece by piece.
struct TimingScanner {
  private let bytes: [UInt8]
  private var position = 0
  private let limit: Int
  var oddities: TimingLine.Oddities = []

  private struct Clock {
    var value: Int64
    var overflowed: Bool
    var parts: Int
    var hasPoint: Bool
  }

  init(_ row: [UInt8]) {
    bytes = row
    limit = row.count
  }

  mutating func timing() -> TimingLine.Reading {
    skipSpace()
    let mark = position
    if let reading = span() { return reading }
    // A number in front of the time: `1 00:00:01,000 --> …`.
    position = mark
    oddities = []
    guard number() != nil, skipSpace() > 0 else { return .other }
    oddities.insert(.indexInFront)
    return span() ?? .other
  }

  private mutating func span() -> TimingLine.Reading? {
    guard let start = clock() else { return nil }
    if start.hasPoint, start.parts == 4, take(0x2C), let end = clock(), end.parts == 4 {
      skipSpace()
      guard position == limit else { return nil }
      oddities.insert(.comma)
      return reading(start, end)
    }
    guard arrow() else { return nil }
    let mark = position
    skipSpace()
    guard let end = clock() else {
      position = mark
      skipSpace()
      guard position == limit else { return nil }
      oddities.insert(.noEnd)
      return reading(start, start)
    }
    return reading(start, end)
  }

  private func reading(_ start: Clock, _ end: Clock) -> TimingLine.Reading {
    if start.overflowed || end.overflowed { return .overflow }
    return .timing(
      TimingLine(
        start: start.value, end: end.value, rest: position..<limit, oddities: oddities))
  }

  /// Reads two to four numbers: hours, minutes, seconds and a fraction.
  private mutating func clock() -> Clock? {
    let isNegative = sign()
    guard let first = number() else { return nil }
    var numbers = [first]
    var separators: [UInt8] = []
    while numbers.count < 4 {
      let mark = (position, oddities)
      guard let separator = separator(), let next = number() else {
        (position, oddities) = mark
        break
      }
      // Only the fraction follows a point, so that SBV's comma between two times stays.
      separators.append(separator)
      numbers.append(next)
      if separator != 0x3A, !(separator == 0x2E && separators.allSatisfy { $0 == 0x2E }) { break }
    }
    return value(of: numbers, separators, isNegative: isNegative)
  }

  private typealias Number = (value: Int64, digits: Int, overflowed: Bool)

  private mutating func value(
    of numbers: [Number], _ separators: [UInt8], isNegative: Bool
  ) -> Clock? {
    guard separators.contains(0x3A) || separators == [0x2E, 0x2E, 0x2E] else { return nil }
    var whole = numbers
    var fraction: Int64 = 0
    let hasPoint = separators.last != 0x3A
    if hasPoint || numbers.count == 4 {
      if !hasPoint { oddities.insert(.colonFraction) }
      fraction = milliseconds(whole.removeLast())
    } else {
      oddities.insert(.noFraction)
    }
    guard whole.count == 2 || whole.count == 3 else { return nil }
    if whole.count == 2 { oddities.insert(.noHours) }
    if isNegative { oddities.insert(.negative) }
    var seconds: Int64 = 0
    var overflowed = false
    for (index, part) in whole.enumerated() {
      if index > 0, part.value > 59 { oddities.insert(.beyondSixty) }
      let (scaled, first) = seconds.multipliedReportingOverflow(by: 60)
      let (sum, second) = scaled.addingReportingOverflow(part.value)
      overflowed = overflowed || first || second || part.overflowed
      seconds = sum
    }
    let (scaled, first) = seconds.multipliedReportingOverflow(by: 1000)
    let (total, second) = scaled.addingReportingOverflow(fraction)
    overflowed = overflowed || first || second
    return Clock(
      value: overflowed ? 0 : (isNegative ? -total : total), overflowed: overflowed,
      parts: numbers.count, hasPoint: hasPoint)
  }

  /// Takes the digits behind the point as a part of a second; what is below 1 ms is cut off.
  private mutating func milliseconds(_ number: Number) -> Int64 {
    switch number.digits {
    case 1:
      oddities.insert(.shortFraction)
      return number.value * 100
    case 2:
      oddities.insert(.shortFraction)
      return number.value * 10
    case 3: return number.value
    default:
      oddities.insert(.longFraction)
      guard !number.overflowed else { return 0 }
      var value = number.value
      for _ in 3..<number.digits { value /= 10 }
      return value
    }
  }

  private mutating func number() -> Number? {
    var value: Int64 = 0
    var digits = 0
    var overflowed = false
    while let digit = digit() {
      let (scaled, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = scaled.addingReportingOverflow(digit)
      overflowed = overflowed || first || second
      value = overflowed ? 0 : sum
      digits += 1
    }
    return digits > 0 ? (value, digits, overflowed) : nil
  }

  private mutating func digit() -> Int64? {
    guard position < limit else { return nil }
    let byte = bytes[position]
    if byte >= 0x30, byte <= 0x39 {
      position += 1
      return Int64(byte - 0x30)
    }
    // U+FF10 to U+FF19, full-width digits.
    if byte == 0xEF, position + 2 < limit, bytes[position + 1] == 0xBC,
      (0x90...0x99).contains(bytes[position + 2])
    {
      defer { position += 3 }
      oddities.insert(.fullWidth)
      return Int64(bytes[position + 2] - 0x90)
    }
    return nil
  }

  private mutating func separator() -> UInt8? {
    let before = skipSpace()
    guard position < limit else { return nil }
    var found: UInt8?
    switch bytes[position] {
    case 0x3A, 0x3B: (found, position) = (0x3A, position + 1)
    case 0x2E, 0x2C: (found, position) = (bytes[position], position + 1)
    case 0xEF where take(0xEF, 0xBC, 0x9A): found = 0x3A  // U+FF1A
    case 0xEF where take(0xEF, 0xBC, 0x8C) || take(0xEF, 0xBC, 0x8E): found = 0x2C
    default: break
    }
    guard let found else { return nil }
    if before + skipSpace() > 0 { oddities.insert(.spaces) }
    return found
  }

  private mutating func sign() -> Bool {
    if take(0x2D) || take(0xE2, 0x88, 0x92) {
      skipSpace()
      return true
    }
    _ = take(0x2B)
    return false
  }

  private mutating func arrow() -> Bool {
    skipSpace()
    let start = position
    var dashes = 0
    while position < limit {
      if take(0x2D) || take(0x3D) || take(0xE2, 0x80, 0x93) || take(0xE2, 0x80, 0x94)
        || take(0xE2, 0x88, 0x92)
      {
        dashes += 1
      } else if skipSpace() == 0 {
        break
      }
    }
    let isArrow = take(0xE2, 0x86, 0x92)
    guard isArrow || dashes > 0 && (take(0x3E) || take(0xEF, 0xBC, 0x9E) || takeEntity()) else {
      return false
    }
    while take(0x3E) {}
    let length = position - start
    if length != 3 || bytes[start] != 0x2D || bytes[start + 1] != 0x2D {
      oddities.insert(.arrow)
    }
    return true
  }

  /// Takes `&gt;`, which pages that escape a whole file leave behind.
  private mutating func takeEntity() -> Bool {
    guard take(0x26) else { return false }
    if take(0x67, 0x74, 0x3B) { return true }
    position -= 1
    return false
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < limit, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func take(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    guard position + 2 < limit, bytes[position] == first, bytes[position + 1] == second,
      bytes[position + 2] == third
    else { return false }
    position += 3
    return true
  }

  @discardableResult
  private mutating func skipSpace() -> Int {
    let start = position
    while position < limit {
      let length = BlankText.length(bytes.span, at: position, limit: limit)
      if length == 0 { break }
      position += length
    }
    return position - start
  }
}
