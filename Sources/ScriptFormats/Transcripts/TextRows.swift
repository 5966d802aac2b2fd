import ScriptModel

/// One row with something in it: where it lies, and what is known from its surroundings.
struct TextRow {
  /// What stands out about a row before its content is looked at.
  struct Marks: OptionSet {
    let rawValue: UInt8
    /// A blank row, or the start of the text, is before it.
    static let afterBlank = Marks(rawValue: 1)
    /// It begins a paragraph of its container: after a blank row, or a paragraph of a document.
    static let paragraph = Marks(rawValue: 2)
    /// The container says that it is a heading.
    static let heading = Marks(rawValue: 4)
    /// The container says that it is a direction.
    static let direction = Marks(rawValue: 8)
    /// It begins with a bold run, which ends at `TextRow.boldEnd`.
    static let bold = Marks(rawValue: 16)
    /// It begins a line whose id is known.
    static let identified = Marks(rawValue: 32)
  }

  /// Where its content begins, behind white space.
  var start: Int
  /// Where its content ends, before white space.
  var end: Int
  /// The number of the row in its file, from 1.
  var number: Int
  /// How many bytes of white space lead, up to 255.
  var indent: UInt8
  /// What stands out.
  var marks: Marks
  /// The index of what the row begins with, such as a label or a time; -1 for plain text.
  var head: Int32 = -1
}

extension TextRow {
  /// A row of which nothing but its place is known.
  init(_ range: Range<Int>) {
    self.init(start: range.lowerBound, end: range.upperBound, number: 1, indent: 0, marks: [])
  }
}

/// A text cut at its line ends, blank rows left out.
struct TextRows {
  var bytes: [UInt8]
  var rows: [TextRow] = []
  /// The ends of bold runs and the ids of lines, by index of the row; only documents have them.
  var boldEnds: [Int: Int] = [:]
  var lineIDs: [Int: Line.ID] = [:]

  /// Cuts a file at CR, LF and CRLF.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    rows.reserveCapacity(bytes.count / 48)
    let span = bytes.span
    let count = span.count
    // Most files have no CR: then one vectorised search finds the end of each row.
    let hasReturns = firstIndex(of: 13, in: span, 0..<count) != nil
    var position = count >= 3 && span[0] == 0xEF && span[1] == 0xBB && span[2] == 0xBF ? 3 : 0
    var number = 1
    var marks: TextRow.Marks = [.afterBlank, .paragraph]
    while position < count {
      let begin = position
      while position < count, isWhite(span[position]) { position += 1 }
      let start = position
      if hasReturns {
        while position < count, span[position] != 10, span[position] != 13 { position += 1 }
      } else {
        position = firstIndex(of: 10, in: span, position..<count) ?? count
      }
      var end = position
      while end > start, isWhite(span[end - 1]) { end -= 1 }
      if end > start {
        rows.append(
          TextRow(
            start: start, end: end, number: number, indent: UInt8(clamping: start - begin),
            marks: marks))
        marks = []
      } else {
        marks = [.afterBlank, .paragraph]
      }
      if position + 1 < count, span[position] == 13, span[position + 1] == 10 { position += 1 }
      position += 1
      number += 1
    }
  }

  /// Joins the paragraphs of a document; their line breaks become rows.
  init(_ paragraphs: [TranscriptParagraph]) {
    bytes = []
    bytes.reserveCapacity(paragraphs.reduce(0) { $0 + $1.text.count + 1 })
    var afterBlank = true
    for paragraph in paragraphs {
      let base = bytes.count
      bytes.append(contentsOf: paragraph.text)
      let found = append(paragraph, from: base, afterBlank: afterBlank)
      afterBlank = !found
      bytes.append(10)
    }
  }

  private mutating func append(
    _ paragraph: TranscriptParagraph, from base: Int, afterBlank: Bool
  ) -> Bool {
    var marks: TextRow.Marks = afterBlank ? [.afterBlank, .paragraph] : [.paragraph]
    if paragraph.style == .heading { marks.insert(.heading) }
    if paragraph.style == .direction { marks.insert(.direction) }
    var position = base
    var isFirst = true
    let hasReturns = firstIndex(of: 13, in: bytes.span, base..<bytes.count) != nil
    while position < bytes.count {
      var start = position
      var end =
        hasReturns
        ? bytes[start...].firstIndex { $0 == 10 || $0 == 13 } ?? bytes.count
        : firstIndex(of: 10, in: bytes.span, start..<bytes.count) ?? bytes.count
      position = end + 1
      while start < end, isWhite(bytes[start]) { start += 1 }
      while end > start, isWhite(bytes[end - 1]) { end -= 1 }
      guard end > start else { continue }
      if isFirst {
        if paragraph.boldPrefixLength > 0 {
          marks.insert(.bold)
          boldEnds[rows.count] = min(end, base + paragraph.boldPrefixLength)
        }
        if let id = paragraph.lineID {
          marks.insert(.identified)
          lineIDs[rows.count] = id
        }
      }
      rows.append(
        TextRow(start: start, end: end, number: paragraph.row, indent: 0, marks: marks))
      isFirst = false
      marks.subtract([.afterBlank, .paragraph, .bold, .identified])
    }
    return !isFirst
  }
}

/// Tells a space or a tab.
@inline(__always)
func isWhite(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

/// Tells `0` to `9`.
@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

/// Tells an ASCII letter.
@inline(__always)
func isLetter(_ byte: UInt8) -> Bool { (byte | 32) &- 97 < 26 }
