/// A point or a span of time in whole milliseconds.
public struct Milliseconds: Hashable, Comparable, Sendable, RawRepresentable {
  /// The milliseconds; negative ones are kept, since real files have them.
  public var rawValue: Int64

  /// Creates a time from a count of milliseconds.
  public init(rawValue: Int64) { self.rawValue = rawValue }

  /// Creates a time from a count of milliseconds.
  public init(_ milliseconds: Int64) { rawValue = milliseconds }

  /// Whether the left is earlier, or shorter.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// Adds two times; beyond the range of 64 bits the result is the nearest that fits.
  public static func + (left: Self, right: Self) -> Self {
    let (sum, overflow) = left.rawValue.addingReportingOverflow(right.rawValue)
    return Self(overflow ? (right.rawValue < 0 ? .min : .max) : sum)
  }

  /// Subtracts two times; beyond the range of 64 bits the result is the nearest that fits.
  public static func - (left: Self, right: Self) -> Self {
    let (difference, overflow) = left.rawValue.subtractingReportingOverflow(right.rawValue)
    return Self(overflow ? (right.rawValue < 0 ? .max : .min) : difference)
  }
}

extension Milliseconds {
  /// Writes hours (two digits or more), minutes, seconds and milliseconds, such as `00:01:30,500`.
  ///
  /// - Parameter separator: what stands before the milliseconds: `,` in SRT, `.` in WebVTT.
  public func timecode(separator: Character = ".") -> String {
    let magnitude = rawValue.magnitude
    let sign = rawValue < 0 ? "-" : ""
    let hours = magnitude / 3_600_000
    let minutes = magnitude / 60_000 % 60
    let seconds = magnitude / 1000 % 60
    return sign + padded(hours, to: 2) + ":" + padded(minutes, to: 2) + ":"
      + padded(seconds, to: 2) + String(separator) + padded(magnitude % 1000, to: 3)
  }

  /// Writes whole seconds for people, such as `0:05`, `1:30` or `1:00:05`; parts are cut off.
  public var clock: String {
    let magnitude = rawValue.magnitude
    let sign = rawValue < 0 ? "-" : ""
    let hours = magnitude / 3_600_000
    let minutes = magnitude / 60_000 % 60
    let seconds = padded(magnitude / 1000 % 60, to: 2)
    return hours == 0
      ? "\(sign)\(minutes):\(seconds)" : "\(sign)\(hours):\(padded(minutes, to: 2)):\(seconds)"
  }

  private func padded(_ value: UInt64, to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
