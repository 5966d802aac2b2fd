/// The text of the caption that is being read.
///
/// As long as its rows stand in the file as they are in the text, it is a stretch of the file and
/// nothing is copied. Markup that is left out and rows that end in CR make it a text of its own.
struct CaptionText {
  private var stretch = 0..<0
  /// The text where it is not a stretch of the file: see `makeOwn`.
  var own: [UInt8] = []
  private var isOwn = false

  /// The bytes so far.
  var count: Int { isOwn ? own.count : stretch.count }

  /// Begins anew with a row that has no markup.
  @inline(__always)
  mutating func begin(with row: Range<Int>) {
    stretch = row
    isOwn = false
  }

  /// Begins anew with nothing.
  mutating func beginEmpty() { begin(with: 0..<0) }

  /// Adds a row without markup behind a number of blank rows.
  @inline(__always)
  mutating func append(_ bytes: Span<UInt8>, _ row: Range<Int>, blanks: Int) {
    // So few bytes between two rows can only be the ends of them.
    if !isOwn, row.lowerBound == stretch.upperBound + 1 + blanks {
      stretch = stretch.lowerBound..<row.upperBound
    } else {
      breakRow(bytes, blanks: blanks)
      bytes.extracting(row).withUnsafeBufferPointer { own.append(contentsOf: $0) }
    }
  }

  /// Ends the last row, and leaves a number of rows blank.
  mutating func breakRow(_ bytes: Span<UInt8>, blanks: Int) {
    makeOwn(bytes)
    for _ in 0...blanks { own.append(0x0A) }
  }

  /// Cuts off what is behind a number of bytes.
  @inline(__always)
  mutating func truncate(to count: Int) {
    if isOwn {
      own.removeLast(own.count - count)
    } else {
      stretch = stretch.lowerBound..<stretch.lowerBound + count
    }
  }

  /// Copies what there is out of the file, so that `own` can be changed.
  mutating func makeOwn(_ bytes: Span<UInt8>) {
    guard !isOwn else { return }
    own.removeAll(keepingCapacity: true)
    bytes.extracting(stretch).withUnsafeBufferPointer { own.append(contentsOf: $0) }
    isOwn = true
  }

  /// Hands the bytes out.
  @inline(__always)
  func withBytes<Result>(
    _ bytes: Span<UInt8>, _ body: (Span<UInt8>) -> Result
  ) -> Result {
    isOwn ? body(own.span) : body(bytes.extracting(stretch))
  }
}
