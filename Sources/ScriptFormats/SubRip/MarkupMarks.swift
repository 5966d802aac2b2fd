/// Tells rows that hold no markup without looking at their bytes one by one.
struct MarkupMarks {
  private var tag = ByteSearch(0x3C)
  private var override = ByteSearch(0x7B)
  private var escape = ByteSearch(0x5C)

  /// Whether a row needs to be looked at: it has a `<`, a `{` or a `\`.
  @inline(__always)
  mutating func mayHoldMarkup(_ bytes: Span<UInt8>, _ row: Range<Int>) -> Bool {
    tag.occurs(in: bytes, row) || override.occurs(in: bytes, row) || escape.occurs(in: bytes, row)
  }
}
