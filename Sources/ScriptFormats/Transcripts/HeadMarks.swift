/// Tells rows that begin with neither a name nor a time, which most do, without taking them apart.
///
/// A head has a colon, ASCII or full-width, where a name may end, or one of few bytes in front.
struct HeadMarks {
  private var colon = ByteSearch(UInt8(ascii: ":"))
  private var fullWidth = ByteSearch(0xEF)

  /// Whether `RowHead` may find a head in a row, which may not be empty.
  @inline(__always)
  mutating func mayHaveHead(_ bytes: Span<UInt8>, _ row: Range<Int>) -> Bool {
    let inner = Self.behindEmphasis(bytes, row)
    guard inner < row.upperBound else { return true }
    let first = bytes[inner]
    if TimePrefix.mayBegin(with: first) || first == UInt8(ascii: ">")
      || Self.isQuestion(bytes, row)
    {
      return true
    }
    let name = row.lowerBound..<min(row.upperBound, inner + Self.longestName)
    return colon.occurs(in: bytes, name) || fullWidth.occurs(in: bytes, name)
  }

  /// The bytes up to the colon behind a name and the marks that may end its emphasis.
  private static let longestName = Label.maximumBytesOfOffice + 4

  /// Where the marks of emphasis end that a name or a time may stand in.
  @inline(__always)
  private static func behindEmphasis(_ bytes: Span<UInt8>, _ row: Range<Int>) -> Int {
    let mark = bytes[row.lowerBound]
    guard mark == UInt8(ascii: "*") || mark == UInt8(ascii: "_") else { return row.lowerBound }
    var inner = row.lowerBound
    while inner < row.upperBound, bytes[inner] == mark, inner - row.lowerBound < 3 { inner += 1 }
    return inner
  }

  /// `Q.` and `A.` of a deposition.
  @inline(__always)
  private static func isQuestion(_ bytes: Span<UInt8>, _ row: Range<Int>) -> Bool {
    let first = bytes[row.lowerBound]
    return (first == UInt8(ascii: "Q") || first == UInt8(ascii: "A")) && row.count > 2
      && bytes[row.lowerBound + 1] == UInt8(ascii: ".")
  }
}
