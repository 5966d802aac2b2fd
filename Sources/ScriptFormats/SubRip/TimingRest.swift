import ScriptModel

/// What follows the times in a timing row, and what is odd about the row.
enum TimingRest {
  /// Whether words say where a caption is shown.
  ///
  /// `X1:117 X2:587 Y1:458 Y2:495` comes from SubRip itself, `align:start position:0%` from WebVTT.
  static func isPlacement(_ words: String) -> Bool {
    let parts = words.split { $0 == " " || $0 == "\t" }
    return !parts.isEmpty
      && parts.allSatisfy { part in
        guard let colon = part.firstIndex(of: ":") else { return false }
        let name = part[..<colon]
        return !name.isEmpty && colon != part.indices.last
          && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      }
  }

  /// Whether a last row is the beginning of a timing row: digits, colons, points, an arrow.
  static func isFragment(_ row: ArraySlice<UInt8>) -> Bool {
    let marks = row.filter { $0 != 0x20 && $0 != 0x0A }
    return marks.first.map { (0x30...0x39).contains($0) } == true && marks.contains(0x3A)
      && marks.allSatisfy { (0x30...0x3A).contains($0) || [0x2C, 0x2E, 0x2D, 0x3E].contains($0) }
  }

  private static let messages:
    [(oddity: TimingLine.Oddities, severity: Finding.Severity, code: String, message: String)] = [
      (.noHours, .note, "time-without-hours", "A time without hours is minutes and seconds"),
      (.noFraction, .note, "time-without-milliseconds", "A time without milliseconds"),
      (.shortFraction, .note, "short-milliseconds", "One or two digits are parts of a second"),
      (.longFraction, .warning, "long-milliseconds", "Digits beyond the millisecond are cut off"),
      (.colonFraction, .warning, "colon-milliseconds", "':' stands before the milliseconds"),
      (.negative, .warning, "negative-time", "A time before zero is kept as written"),
      (.arrow, .warning, "unusual-arrow", "The arrow between the times is not '-->'"),
      (.spaces, .warning, "space-in-time", "Spaces inside a time are passed over"),
      (.fullWidth, .warning, "full-width-time", "Full-width digits or signs in a time"),
      (.indexInFront, .warning, "number-before-time", "The number stands in the row of the times"),
      (.comma, .warning, "comma-between-times", "A comma stands between the times, as in SBV"),
      (.beyondSixty, .warning, "beyond-sixty", "Minutes or seconds are beyond 59"),
    ]

  /// Adds a finding for each oddity.
  static func report(
    _ oddities: TimingLine.Oddities, line: Int, to findings: inout FindingList
  ) {
    guard !oddities.isEmpty else { return }
    for entry in messages where oddities.contains(entry.oddity) {
      findings.add(entry.severity, entry.code, line: line, column: 1, entry.message)
    }
  }
}

/// Columns as people count them.
enum ScalarColumn {
  /// The column of an offset in its row, counted in Unicode scalars from 1.
  static func of(_ offset: Int, from rowStart: Int, in bytes: Span<UInt8>) -> Int {
    var column = 1
    for index in rowStart..<offset where bytes[index] & 0xC0 != 0x80 { column += 1 }
    return column
  }
}
