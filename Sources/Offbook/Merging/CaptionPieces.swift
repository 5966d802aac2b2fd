/// A file of captions cut into pieces: what stands in front, and the bytes of each caption.
struct CaptionPieces {
  /// The bytes of a caption: where its number, its times, and what follows stand.
  struct Piece {
    /// The row with the number; empty where there is none.
    var number: Range<Int>
    /// From the row with the times to the end, with the blank rows behind.
    var rest: Range<Int>
  }

  let bytes: [UInt8]
  /// What stands before the first caption, such as `WEBVTT` and its notes.
  let head: Range<Int>
  let pieces: [Piece]

  /// Cuts at the rows with an arrow; a row of digits above belongs to its caption.
  ///
  /// - Parameter hasNames: whether another row above, behind a blank one, is the caption's name.
  init(_ bytes: [UInt8], hasNames: Bool) {
    self.bytes = bytes
    let rows = Self.rows(of: bytes)
    var starts: [(number: Int?, times: Int)] = []
    for index in rows.indices where Self.hasArrow(bytes, rows[index]) {
      let isName =
        hasNames && index > 1 && !Self.isBlank(bytes, rows[index - 1])
        && Self.isBlank(bytes, rows[index - 2])
      let above =
        index > 0 && (isName || Self.isNumber(bytes, rows[index - 1])) ? index - 1 : nil
      let isFree = above.map { row in starts.last.map { $0.times < row } ?? true } ?? false
      starts.append((isFree ? above : nil, index))
    }
    var pieces: [Piece] = []
    for (position, start) in starts.enumerated() {
      let next = position + 1 < starts.count ? starts[position + 1] : nil
      let end = next.map { rows[$0.number ?? $0.times].lowerBound } ?? bytes.count
      let times = rows[start.times].lowerBound
      pieces.append(
        Piece(
          number: (start.number.map { rows[$0].lowerBound } ?? times)..<times, rest: times..<end))
    }
    self.pieces = pieces
    head = 0..<(pieces.first?.number.lowerBound ?? bytes.count)
  }

  /// Whether the captions are numbered one by one from 1.
  var isNumbered: Bool {
    pieces.enumerated().allSatisfy { index, piece in
      let number = bytes[piece.number].filter { $0 != 0x0D && $0 != 0x0A && $0 != 0x20 }
      return String(decoding: number, as: UTF8.self) == String(index + 1)
    }
  }

  private static func rows(of bytes: [UInt8]) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    // A byte order mark stays in front whatever caption comes first.
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A {
      rows.append(start..<(index + 1))
      start = index + 1
    }
    if start < bytes.count { rows.append(start..<bytes.count) }
    return rows
  }

  private static func hasArrow(_ bytes: [UInt8], _ row: Range<Int>) -> Bool {
    guard row.count > 5 else { return false }
    var index = row.lowerBound
    while index + 2 < row.upperBound {
      if bytes[index] == 0x2D, bytes[index + 1] == 0x2D, bytes[index + 2] == 0x3E { return true }
      index += 1
    }
    return false
  }

  private static func isBlank(_ bytes: [UInt8], _ row: Range<Int>) -> Bool {
    bytes[row].allSatisfy { $0 == 0x0D || $0 == 0x0A || $0 == 0x20 || $0 == 0x09 }
  }

  private static func isNumber(_ bytes: [UInt8], _ row: Range<Int>) -> Bool {
    let content = bytes[row].drop { $0 == 0x20 }
    let digits = content.prefix { (0x30...0x39).contains($0) }
    return !digits.isEmpty && digits.count < 10
      && content[digits.endIndex...].allSatisfy { $0 == 0x0D || $0 == 0x0A || $0 == 0x20 }
  }
}
