/// Writes numbers and times as digits, straight into bytes.
enum ClockDigits {
  /// Appends `00:01:30,500`, with more digits of hours where needed and `-` before zero.
  @inline(__always)
  static func append(_ milliseconds: Int64, point: UInt8, to bytes: inout [UInt8]) {
    if milliseconds < 0 { bytes.append(0x2D) }
    let value = milliseconds.magnitude
    let seconds = value / 1000
    let hours = seconds / 3600
    if hours < 100 { two(UInt32(hours), to: &bytes) } else { number(hours, to: &bytes) }
    bytes.append(0x3A)
    let rest = UInt32(seconds % 3600)
    two(rest / 60, to: &bytes)
    bytes.append(0x3A)
    two(rest % 60, to: &bytes)
    bytes.append(point)
    let fraction = UInt32(value % 1000)
    bytes.append(0x30 + UInt8(fraction / 100))
    two(fraction % 100, to: &bytes)
  }

  @inline(__always)
  private static func two(_ value: UInt32, to bytes: inout [UInt8]) {
    bytes.append(0x30 + UInt8(truncatingIfNeeded: value / 10))
    bytes.append(0x30 + UInt8(truncatingIfNeeded: value % 10))
  }

  /// Appends a number without leading zeros.
  static func number(_ value: UInt64, to bytes: inout [UInt8]) {
    var divisor: UInt64 = 1
    while value / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      bytes.append(0x30 + UInt8(truncatingIfNeeded: value / divisor % 10))
      divisor /= 10
    }
  }
}
