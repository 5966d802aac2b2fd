/// Tells rows that begin with neither a name nor a time, which most do, without taking them apart.
///
/// A head has a colon, ASCII or full-width, where a name may end, or one of few bytes in front.
struct HeadMarks {
  private var colon = ByteSearch(UInt8(ascii: ":"))
  private var fullWidth = ByteSearch(0xEF)

  /// Whether `RowHead` may find a head in a row, which may not be empty.
  @inline(__always)
  mutating func mayHaveHead(_ bytes: Span<UInt8>, _ row: Range<Int>) -> Bool {
    let first = bytes[row.lowerBound]
    if TimePrefix.mayBegin(with: first) || first == UInt8(ascii: ">")
      || first == UInt8(ascii: "_") || Self.isQuestion(bytes, row)
    {
      return true
    }
    let name =
      row.lowerBound..<min(row.upperBound, row.lowerBound + Label.maximumBytesOfOffice + 1)
    return colon.occurs(in: bytes, name) || fullWidth.occurs(in: bytes, name)
  }

  /// `Q.` and `A.` of a deposition.
  @inline(__always)
  private static func isQuestion(_ bytes: Span<UInt8>, _ row: Range<Int>) -> Bool {
    let first = bytes[row.lowerBound]
    return (first == UInt8(ascii: "Q") || first == UInt8(ascii: "A")) && row.count > 2
      && bytes[row.lowerBound + 1] == UInt8(ascii: ".")
  }
}
