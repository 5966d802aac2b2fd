/// The row of a SubRip caption that says from when to when it is shown.
struct TimingLine {
  /// How a row departs from `00:00:01,000 --> 00:00:02,500`.
  struct Oddities: OptionSet {
    let rawValue: UInt16

    /// `00:01,000`: go-astisub, ExoPlayer's samples and voice recorders leave the hours out.
    static let noHours = Oddities(rawValue: 1 << 0)
    /// `00:00:01`: hand-typed files and some speech recognisers.
    static let noFraction = Oddities(rawValue: 1 << 1)
    /// `1,5` and `1,50`: tenths and hundredths, from converters that cut trailing zeros.
    static let shortFraction = Oddities(rawValue: 1 << 2)
    /// `28:41,1000`: encoders that round 999.6 ms up without a carry.
    static let longFraction = Oddities(rawValue: 1 << 3)
    /// `00:00:01:500`: converters from SMPTE time codes.
    static let colonFraction = Oddities(rawValue: 1 << 4)
    /// `-00:00:01,000`: gaupol and retiming scripts that shift below zero.
    static let negative = Oddities(rawValue: 1 << 5)
    /// `->`, `—>`, `-- >`, `→`: Mentalist.fr, word processors' autocorrection, machine translation.
    static let arrow = Oddities(rawValue: 1 << 6)
    /// `00: 00: 01, 000`: machine translation of whole files.
    static let spaces = Oddities(rawValue: 1 << 7)
    /// `０：００：０１`: translated by hand with a CJK input method.
    static let fullWidth = Oddities(rawValue: 1 << 8)
    /// `1 00:00:01,000 --> …`: exports that join the number and the time.
    static let indexInFront = Oddities(rawValue: 1 << 9)
    /// `0:00:05.440,0:00:09.360`: YouTube's SBV saved as `.srt`.
    static let comma = Oddities(rawValue: 1 << 10)
    /// `00:61:75,000`: minutes or seconds beyond 59.
    static let beyondSixty = Oddities(rawValue: 1 << 11)
    /// `00:00:05,000 -->`: the end is missing.
    static let noEnd = Oddities(rawValue: 1 << 12)
  }

  /// What a row turned out to be.
  enum Reading {
    case other
    case timing(TimingLine)
    /// A timing row whose numbers do not fit in 64 bits of milliseconds.
    case overflow
  }

  var start: Int64
  var end: Int64
  /// What follows the end time, in the buffer.
  var rest: Range<Int>
  var oddities: Oddities = []
}

extension TimingLine {
  /// The bytes of a row such as `00:00:01,000 --> 00:00:02,500`.
  static let canonicalLength = 29

  /// Reads `00:00:01,000 --> 00:00:02,500` with `,` or `.`, and nothing behind it.
  @inline(__always)
  static func canonical(
    _ bytes: Span<UInt8>, _ line: Range<Int>
  ) -> (start: Int64, end: Int64)? {
    guard line.count == canonicalLength else { return nil }
    // Checked once and not at each of the 29 bytes: a tenth of the time of reading a file.
    return bytes.extracting(line).withUnsafeBufferPointer { row in
      guard row[12] == 0x20, row[13] == 0x2D, row[14] == 0x2D, row[15] == 0x3E, row[16] == 0x20,
        let start = canonicalClock(row, 0), let end = canonicalClock(row, 17)
      else { return nil }
      return (start, end)
    }
  }

  @inline(__always)
  private static func canonicalClock(_ row: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int64? {
    guard row[at + 2] == 0x3A, row[at + 5] == 0x3A, row[at + 8] == 0x2C || row[at + 8] == 0x2E
    else { return nil }
    var largest: UInt32 = 0
    @inline(__always) func digit(_ offset: Int) -> UInt32 {
      let value = UInt32(row[at + offset] &- 0x30)
      largest = max(largest, value)
      return value
    }
    let hours = digit(0) &* 10 &+ digit(1)
    let minutes = digit(3) &* 10 &+ digit(4)
    let seconds = digit(6) &* 10 &+ digit(7)
    let fraction = digit(9) &* 100 &+ digit(10) &* 10 &+ digit(11)
    guard largest < 10, minutes < 60, seconds < 60 else { return nil }
    return Int64((hours &* 3600 &+ minutes &* 60 &+ seconds) &* 1000 &+ fraction)
  }

  /// Whether a row can be a timing row at all, told by its first byte.
  @inline(__always)
  static func mayBegin(with byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x2D, 0x2B, 0x20, 0x09, 0xE2, 0xEF, 0xE3, 0xC2: true
    default: false
    }
  }

  /// Reads a timing row with every tolerance.
  static func parse(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Reading {
    guard let first = line.first, mayBegin(with: bytes[first]) else { return .other }
    let row = bytes.extracting(line).withUnsafeBufferPointer { Array($0) }
    var scanner = TimingScanner(row)
    let reading = scanner.timing()
    guard case .timing(var timing) = reading else { return reading }
    timing.rest = timing.rest.lowerBound + line.lowerBound..<line.upperBound
    return .timing(timing)
  }
}
