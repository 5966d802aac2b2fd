/// Writes numbers and times as digits into a small buffer that goes to the output at once.
///
/// A time takes at most 26 bytes, a number at most 20: the heads of captions fit in `capacity`.
struct ClockDigits: ~Copyable {
  /// Room for a number, two times, an arrow and the ends of rows.
  static let capacity = 96

  private let buffer: UnsafeMutableRawBufferPointer
  private var count = 0

  init() { buffer = .allocate(byteCount: Self.capacity, alignment: 1) }

  deinit { buffer.deallocate() }

  /// Hands what was written to the output and begins anew.
  @inline(__always)
  mutating func flush(to bytes: inout [UInt8]) {
    bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    count = 0
  }

  /// Appends a byte; what does not fit is left out.
  @inline(__always)
  mutating func append(_ byte: UInt8) {
    guard hasRoom(1) else { return }
    put(byte)
  }

  /// Appends ` --> `.
  @inline(__always)
  mutating func arrow() {
    guard hasRoom(5) else { return }
    put(0x20)
    put(0x2D)
    put(0x2D)
    put(0x3E)
    put(0x20)
  }

  /// Appends `00:01:30,500`, with more digits of hours where needed and `-` before zero.
  @inline(__always)
  mutating func time(_ milliseconds: Int64, point: UInt8) {
    guard hasRoom(26) else { return }
    if milliseconds < 0 { put(0x2D) }
    let value = milliseconds.magnitude
    let seconds = value / 1000
    let hours = seconds / 3600
    if hours < 100 { two(UInt32(truncatingIfNeeded: hours)) } else { number(hours) }
    put(0x3A)
    let rest = UInt32(truncatingIfNeeded: seconds % 3600)
    two(rest / 60)
    put(0x3A)
    two(rest % 60)
    put(point)
    let fraction = UInt32(truncatingIfNeeded: value % 1000)
    put(0x30 + UInt8(truncatingIfNeeded: fraction / 100))
    two(fraction % 100)
  }

  /// Appends a number without leading zeros.
  @inline(__always)
  mutating func number(_ value: UInt64) {
    var length = 1
    var power: UInt64 = 10
    while length < 20, value >= power {
      length += 1
      power = length < 20 ? power &* 10 : power
    }
    guard hasRoom(length) else { return }
    var rest = value
    for offset in stride(from: length - 1, through: 0, by: -1) {
      buffer[count + offset] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += length
  }

  @inline(__always)
  private mutating func two(_ value: UInt32) {
    put(0x30 + UInt8(truncatingIfNeeded: value / 10))
    put(0x30 + UInt8(truncatingIfNeeded: value % 10))
  }

  @inline(__always)
  private func hasRoom(_ length: Int) -> Bool { count + length <= Self.capacity }

  /// Appends a byte that there is room for.
  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    buffer[count] = byte
    count += 1
  }
}
