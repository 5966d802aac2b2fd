/// The rows of a text: where each lies, and a number for what it says.
struct TextRows {
  let bytes: [UInt8]
  /// Where the rows end: each at its `\n`, the last perhaps without one.
  private(set) var ends: [Int] = []
  /// A number for each row; rows that differ in nothing but white space have the same.
  private(set) var numbers: [Int32] = []

  /// How many rows there are.
  var count: Int { ends.count }
  /// Whether the last row has no `\n`.
  var endsInRow: Bool { ends.last == bytes.count && !bytes.isEmpty }

  /// Where a row lies in the bytes.
  func range(of row: Int) -> Range<Int> { (row == 0 ? 0 : ends[row - 1] + 1)..<ends[row] }

  /// Copies a row out.
  func string(at row: Int) -> String { String(decoding: bytes[range(of: row)], as: UTF8.self) }

  /// Numbers the rows of a base.
  init(_ bytes: [UInt8], in table: inout RowTable) {
    self.bytes = bytes
    reserveCapacity(bytes.count / 32)
    let span = bytes.span
    var start = 0
    while start < span.count {
      let end = endOfRow(span, from: start)
      append(table.addToBase(span.extracting(start..<end)), end: end)
      start = end + 1
    }
  }

  /// Numbers the rows of a side. Most are the base's, one behind the other: such a row is compared
  /// with the one that is expected, and nobody has to look where it ends and what it says.
  init(_ bytes: [UInt8], like base: TextRows, in table: inout RowTable) {
    self.bytes = bytes
    reserveCapacity(base.count)
    let (span, baseSpan) = (bytes.span, base.bytes.span)
    var (start, expected) = (0, 0)
    while start < span.count {
      if expected < base.count {
        let row = base.range(of: expected)
        let end = start + row.count
        let isWhole = end < span.count ? span[end] == 0x0A : end == span.count
        if isWhole, hasSameBytes(baseSpan.extracting(row), span.extracting(start..<end)) {
          append(base.numbers[expected], end: end)
          (start, expected) = (end + 1, expected + 1)
          continue
        }
      }
      let end = endOfRow(span, from: start)
      let number = table.number(of: span.extracting(start..<end))
      append(number, end: end)
      // A row that only one place of the base has tells where the side is; else it is one in place
      // of the expected.
      let known = table.onlyRow(of: number)
      (start, expected) = (end + 1, (known >= 0 ? known : expected) + 1)
    }
  }

  private mutating func reserveCapacity(_ count: Int) {
    ends.reserveCapacity(count)
    numbers.reserveCapacity(count)
  }

  private mutating func append(_ number: Int32, end: Int) {
    ends.append(end)
    numbers.append(number)
  }
}

/// Numbers for the rows of a base and of one of its copies.
struct RowTable {
  /// The rows, their white space made even.
  private(set) var texts: TextNumbers
  /// For each number of the base the row that has it; -1 where several have.
  private var rows: [Int32] = [-1]
  private var baseCount: Int32 = 0
  private var plain: [UInt8] = []

  /// Creates an empty table.
  ///
  /// - Parameter byteCount: how long the base is.
  init(expecting byteCount: Int) {
    texts = TextNumbers(base: TokenTable(expecting: byteCount / 64, byteCount: byteCount))
  }

  /// The number of the next row of the base.
  mutating func addToBase(_ row: Span<UInt8>) -> Int32 {
    let number = texts.base.internPlain(row, keepingMarkup: true, by: &plain)
    if Int(number) == rows.count { rows.append(baseCount) } else { rows[Int(number)] = -1 }
    baseCount += 1
    return number
  }

  /// The number of a copy's row.
  mutating func number(of row: Span<UInt8>) -> Int32 {
    if PlainForm.isPlain(row, keepingMarkup: true) { return texts.number(of: row) }
    let plain = PlainForm.of(row, keepingMarkup: true)
    return texts.number(of: plain.span)
  }

  /// The row of the base that alone has a number; -1 where there is none.
  func onlyRow(of number: Int32) -> Int {
    Int(number) < rows.count ? Int(rows[Int(number)]) : -1
  }
}

/// Text in an unknown encoding as UTF-8, a character for each byte, and back again.
enum SingleByteText {
  static func isUTF8(_ bytes: [UInt8]) -> Bool {
    // What is ASCII to its last bytes needs no more than a look at them.
    let start = bytes.withUnsafeBytes { bytes in
      var offset = 0
      while offset + 8 <= bytes.count, EightBytes(bytes, at: offset).isASCII { offset += 8 }
      return offset
    }
    do {
      _ = try UTF8Span(validating: bytes.span.extracting(start..<bytes.count))
      return true
    } catch {
      // That it is not is the answer.
      return false
    }
  }

  static func widened(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte >= 0x80 { result.append(0xC0 | byte >> 6) }
      result.append(byte < 0x80 ? byte : 0x80 | byte & 0x3F)
    }
    return result
  }

  static func narrowed(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var lead: UInt8 = 0
    for byte in bytes {
      if byte >= 0xC0 {
        lead = byte
      } else {
        result.append(byte < 0x80 ? byte : lead << 6 | byte & 0x3F)
      }
    }
    return result
  }
}
