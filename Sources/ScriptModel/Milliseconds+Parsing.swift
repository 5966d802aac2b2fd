extension Milliseconds {
  /// Reads a time as people write it: `90`, `1.5s`, `+250ms`, `-2s`, `1m30s`, `00:01:30,500`, `1:30.5`.
  ///
  /// A bare number is seconds. Digits beyond the millisecond are rounded half up. `nil` for anything
  /// else and for what 64 bits do not hold.
  public init?(parsing text: some StringProtocol) {
    var scanner = TimeScanner(Array(text.utf8))
    guard let value = scanner.time() else { return nil }
    self.init(value)
  }
}

private struct TimeScanner {
  let bytes: [UInt8]
  var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func time() -> Int64? {
    var sign: Int64 = 1
    if next == UInt8(ascii: "+") {
      position += 1
    } else if next == UInt8(ascii: "-") {
      sign = -1
      position += 1
    }
    let start = position
    guard let magnitude = bytes.contains(UInt8(ascii: ":")) ? clock() : units(from: start),
      position == bytes.count
    else { return nil }
    return sign * magnitude
  }

  /// Reads `m:s` or `h:m:s`, the last with a fraction after `.` or `,`.
  private mutating func clock() -> Int64? {
    var parts: [Int64] = []
    while true {
      guard let whole = digits() else { return nil }
      parts.append(whole)
      guard next == UInt8(ascii: ":") else { break }
      position += 1
    }
    guard parts.count == 2 || parts.count == 3, let fraction = fraction() else { return nil }
    guard parts.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
    var seconds: Int64 = 0
    for part in parts {
      let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 60)
      let (sum, overflowOfSum) = scaled.addingReportingOverflow(part)
      if overflow || overflowOfSum { return nil }
      seconds = sum
    }
    return combine(whole: seconds, millisecondsEach: 1000, fraction: fraction)
  }

  /// Reads one or more numbers with units, the largest unit first; one number alone is seconds.
  private mutating func units(from start: Int) -> Int64? {
    var total: Int64 = 0
    var smallest = Int64.max
    while next != nil {
      guard let whole = digits(), let fraction = fraction() else { return nil }
      guard let unit = unit(isOnly: position == bytes.count && smallest == .max), unit < smallest,
        let value = combine(whole: whole, millisecondsEach: unit, fraction: fraction)
      else { return nil }
      smallest = unit
      let (sum, overflow) = total.addingReportingOverflow(value)
      if overflow { return nil }
      total = sum
    }
    return position > start ? total : nil
  }

  private mutating func unit(isOnly: Bool) -> Int64? {
    let start = position
    while let byte = next, byte >= UInt8(ascii: "a"), byte <= UInt8(ascii: "z") { position += 1 }
    switch String(decoding: bytes[start..<position], as: UTF8.self) {
    case "": return isOnly ? 1000 : nil
    case "ms": return 1
    case "s": return 1000
    case "m", "min": return 60_000
    case "h": return 3_600_000
    default: return nil
    }
  }

  private mutating func digits() -> Int64? {
    let start = position
    var value: Int64 = 0
    while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowOfSum) = scaled.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      if overflow || overflowOfSum { return nil }
      value = sum
      position += 1
    }
    return position > start ? value : nil
  }

  /// Reads `.5` or `,500` as millionths, six digits at most counted; 0 where there is none.
  private mutating func fraction() -> Int64? {
    guard next == UInt8(ascii: ".") || next == UInt8(ascii: ",") else { return 0 }
    position += 1
    let start = position
    var millionths: Int64 = 0
    var weight: Int64 = 100_000
    while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      millionths += Int64(byte - UInt8(ascii: "0")) * weight
      weight /= 10
      position += 1
    }
    return position > start ? millionths : nil
  }

  private func combine(whole: Int64, millisecondsEach unit: Int64, fraction: Int64) -> Int64? {
    let (scaled, overflow) = whole.multipliedReportingOverflow(by: unit)
    if overflow { return nil }
    let part = (fraction * unit + 500_000) / 1_000_000
    let (sum, overflowOfSum) = scaled.addingReportingOverflow(part)
    return overflowOfSum ? nil : sum
  }
}
