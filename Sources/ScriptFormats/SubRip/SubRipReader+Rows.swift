extension SubRipReader {
  /// Reads a row of nothing but digits with blanks around it; too large a number is `Int64.max`.
  static func number(_ bytes: Span<UInt8>, _ row: Range<Int>) -> Int64? {
    var lower = row.lowerBound
    let last = bytes[row.upperBound - 1]
    var upper = row.upperBound
    if bytes[lower] > 0x39 || bytes[lower] < 0x30 || last > 0x39 || last < 0x30 {
      let trimmed = BlankText.trimmed(bytes, row)
      (lower, upper) = (trimmed.lowerBound, trimmed.upperBound)
    }
    guard lower < upper else { return nil }
    var value: Int64 = 0
    for index in lower..<upper {
      let digit = bytes[index] &- 0x30
      guard digit < 10 else { return nil }
      value = value > 900_000_000_000_000_000 ? .max : value * 10 + Int64(digit)
      if value == .max {
        value = 900_000_000_000_000_001
      }
    }
    return value > 900_000_000_000_000_000 ? .max : value
  }

  static func mayHoldTime(_ bytes: Span<UInt8>, _ row: Range<Int>) -> Bool {
    for index in row where bytes[index] == 0x3A || bytes[index] == 0xEF || bytes[index] == 0x2E {
      return true
    }
    return false
  }
}
