/// Tells rows that are written as they are without looking at their bytes one by one.
struct MarkdownMarks {
  /// Tells rows that begin with no name and no time.
  var heads = HeadMarks()
  private var star = ByteSearch(0x2A)
  private var underscore = ByteSearch(0x5F)
  private var escape = ByteSearch(0x5C)
  private var entity = ByteSearch(0x26)
  private var code = ByteSearch(0x60)
  private var tag = ByteSearch(0x3C)

  /// Whether a row has a byte that may need a backslash or an entity wherever it stands.
  @inline(__always)
  mutating func mayHoldMarks(_ bytes: Span<UInt8>, _ row: Range<Int>) -> Bool {
    star.occurs(in: bytes, row) || underscore.occurs(in: bytes, row)
      || escape.occurs(in: bytes, row) || entity.occurs(in: bytes, row)
      || code.occurs(in: bytes, row) || tag.occurs(in: bytes, row)
  }
}
