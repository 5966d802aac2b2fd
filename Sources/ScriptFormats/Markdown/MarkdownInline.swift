/// Text of Markdown to text of a script, and back.
enum MarkdownInline {
  /// Reads the rows of a line: breaks, escapes, entities, emphasis.
  static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    InlineEmphasis.tagged(joined(bytes), underscore: .italic)
  }

  /// Whether a text is read as it stands: it has no second row, escape, entity or emphasis.
  @inline(__always)
  static func isLiteral(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    !containsByte(in: bytes, range) {
      same($0, 10) | same($0, 42) | same($0, 95) | same($0, 92) | same($0, 38)
    }
  }

  /// Whether what a line has in a file is decoded as a text.
  ///
  /// Rows that only break are compared where they stand; all others are decoded first.
  ///
  /// - Parameter marks: what was found in `text` so far.
  static func decodes(
    _ bytes: Span<UInt8>, _ range: Range<Int>, to text: Span<UInt8>, _ wanted: Range<Int>,
    marks: inout MarkdownMarks
  ) -> Bool {
    if breaks(bytes, range, to: text, wanted, &marks) { return true }
    let raw = bytes.extracting(range).withUnsafeBufferPointer { Array($0) }
    let decoded = decoded(raw[...])
    return DocumentComparison.sameText(decoded.span, 0..<decoded.count, text, wanted)
  }

  /// Whether rows are those of a text that holds no mark, with a backslash at the end of all but the
  /// last.
  @inline(__always)
  private static func breaks(
    _ bytes: Span<UInt8>, _ range: Range<Int>, to text: Span<UInt8>, _ wanted: Range<Int>,
    _ marks: inout MarkdownMarks
  ) -> Bool {
    guard !marks.mayHoldMarks(text, wanted) else { return false }
    var position = range.lowerBound
    var compared = wanted.lowerBound
    while let end = firstIndex(of: 10, in: text, compared..<wanted.upperBound) {
      let next = position + (end - compared)
      guard next + 1 < range.upperBound, bytes[next] == 92, bytes[next + 1] == 10,
        DocumentComparison.sameText(bytes, position..<next, text, compared..<end)
      else { return false }
      position = next + 2
      compared = end + 1
    }
    return DocumentComparison.sameText(
      bytes, position..<range.upperBound, text, compared..<wanted.upperBound)
  }

  /// A name without its escapes.
  static func plainName(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 == 92 || $0 == 38 }) else { return name }
    return String(
      decoding: InlineEmphasis.unescaped(Array(name.utf8)), as: UTF8.self)
  }

  /// Joins rows: a backslash at the end breaks, a list or a quote keeps its rows, prose is joined.
  private static func joined(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let firstBreak = bytes.withUnsafeBufferPointer { firstIndex(of: 10, in: $0.span, 0..<$0.count) }
    guard let firstBreak else { return Array(bytes) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = bytes.startIndex
    var end = bytes.startIndex + firstBreak
    var isLiteral = false
    while position < bytes.endIndex {
      let row = bytes[position..<end]
      var backslashes = 0
      while backslashes < row.count, row[row.endIndex - 1 - backslashes] == 92 { backslashes += 1 }
      if row.starts(with: [96, 96, 96]) { isLiteral.toggle() }
      let next = end + 1
      if end == bytes.endIndex {
        result.append(contentsOf: row)
      } else if backslashes % 2 == 1 {
        result.append(contentsOf: row.dropLast())
        result.append(10)
      } else {
        result.append(contentsOf: row)
        let isParagraph = row.isEmpty || next >= bytes.endIndex || bytes[next] == 10
        let keeps = isParagraph || isLiteral || MarkdownGrammar.beginsBlock(bytes[next...])
        result.append(keeps ? 10 : 32)
      }
      position = next
      if position < bytes.endIndex { end = bytes[position...].firstIndex(of: 10) ?? bytes.endIndex }
    }
    return result
  }

  // MARK: Writing

  /// Writes a text so that it is read back as it is.
  ///
  /// - Parameters:
  ///   - paragraphs: whether a blank row in the text may be one in the file.
  ///   - oneRow: whether line breaks must be written as entities, as in a heading.
  ///   - marks: what was found in `bytes` so far.
  static func write(
    _ bytes: [UInt8], _ range: Range<Int>, paragraphs: Bool, oneRow: Bool = false,
    marks: inout MarkdownMarks, to output: inout [UInt8]
  ) {
    if !oneRow, writePlainRows(bytes, range, &marks, to: &output) { return }
    let start = output.count
    writeRows(bytes, range, paragraphs, oneRow, to: &output)
    guard firstIndex(of: 60, in: output.span, start..<output.count) != nil,
      let stars = MarkdownTags.starred(Array(output[start...])), !misleads(stars),
      decodes(stars.span, 0..<stars.count, to: bytes.span, range, marks: &marks)
    else { return }
    output.removeLast(output.count - start)
    output.append(contentsOf: stars)
  }

  /// Writes a text whose rows all stand as they are, as most do; `false` where one does not.
  private static func writePlainRows(
    _ bytes: [UInt8], _ range: Range<Int>, _ marks: inout MarkdownMarks, to output: inout [UInt8]
  ) -> Bool {
    let text = bytes.span
    let start = output.count
    var position = range.lowerBound
    while true {
      let end = firstIndex(of: 10, in: text, position..<range.upperBound) ?? range.upperBound
      let row = position..<end
      guard mayStandInFront(text, row), !marks.mayHoldMarks(text, row),
        !marks.heads.mayHaveHead(text, row) || !hasHead(bytes, row)
      else { break }
      // Not as a slice, which would count references once more for each row.
      text.extracting(row).withUnsafeBufferPointer { output.append(contentsOf: $0) }
      if end == range.upperBound { return true }
      output.append(92)
      output.append(10)
      position = end + 1
    }
    output.removeLast(output.count - start)
    return false
  }

  /// Whether a row neither begins nor ends with what is something else there.
  @inline(__always)
  private static func mayStandInFront(_ bytes: Span<UInt8>, _ row: Range<Int>) -> Bool {
    guard !row.isEmpty, !isWhite(bytes[row.upperBound - 1]) else { return false }
    let first = bytes[row.lowerBound]
    return isLetter(first) || first >= 0x80
  }

  /// Whether nothing in a row needs a backslash or an entity, wherever in a row it stands.
  @inline(__always)
  private static func isWrittenAsIs(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    mayStandInFront(bytes, range)
      && !containsByte(in: bytes, range) {
        same($0, 10) | same($0, 42) | same($0, 95) | same($0, 92) | same($0, 38) | same($0, 96)
          | same($0, 60)
      }
  }

  /// Tells rows that asterisks would turn into a label, a list or a direction.
  private static func misleads(_ bytes: [UInt8]) -> Bool {
    var marks = HeadMarks()
    for row in rows(of: bytes.span, 0..<bytes.count) where !row.isEmpty {
      let isDirection =
        row.count > 1 && bytes[row.lowerBound] == 42 && bytes[row.lowerBound + 1] == 40
      if isDirection || MarkdownGrammar.beginsBlock(bytes[row])
        || MarkdownGrammar.isLineMark(bytes, TextRow(row))
        || marks.mayHaveHead(bytes.span, row) && hasHead(bytes, row)
      {
        return true
      }
    }
    return false
  }

  private static func writeRows(
    _ bytes: [UInt8], _ text: Range<Int>, _ paragraphs: Bool, _ oneRow: Bool,
    to output: inout [UInt8]
  ) {
    let rows = rows(of: bytes.span, text)
    for (index, row) in rows.enumerated() {
      if index > 0 {
        if oneRow || (index == rows.count - 1 && row.isEmpty) {
          output.append(contentsOf: "&#10;".utf8)
        } else if paragraphs, row.isEmpty, index + 1 < rows.count, !rows[index - 1].isEmpty,
          !rows[index + 1].isEmpty
        {
          output.append(10)
          continue
        } else if paragraphs, rows[index - 1].isEmpty, index >= 2, !row.isEmpty,
          !rows[index - 2].isEmpty
        {
          output.append(10)
        } else {
          output.append(92)
          output.append(10)
        }
      }
      if isWrittenAsIs(bytes.span, row), !hasHead(bytes, row) {
        output.append(contentsOf: bytes[row])
      } else {
        writeRow(bytes[row], to: &output)
      }
    }
  }

  private static func rows(of bytes: Span<UInt8>, _ text: Range<Int>) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    rows.reserveCapacity(4)
    var start = text.lowerBound
    while let end = firstIndex(of: 10, in: bytes, start..<text.upperBound) {
      rows.append(start..<end)
      start = end + 1
    }
    rows.append(start..<text.upperBound)
    return rows
  }

  private static func writeRow(_ row: ArraySlice<UInt8>, to output: inout [UInt8]) {
    guard let first = row.first, let last = row.last else { return }
    let start = output.count
    var body = row
    if isWhite(first) {
      output.append(contentsOf: "&#\(first);".utf8)
      body = body.dropFirst()
    }
    let hasTail = isWhite(last) && !body.isEmpty
    if hasTail { body = body.dropLast() }
    if body.withUnsafeBufferPointer({ isWrittenAsIs($0.span, 0..<$0.count) }) {
      output.append(contentsOf: body)
    } else {
      escape(body, atRowStart: !isWhite(first), to: &output)
    }
    if hasTail { output.append(contentsOf: "&#\(last);".utf8) }
    guard hasHead(output, start..<output.count) else { return }
    let written = Array(output[start...])
    output.removeLast(written.count)
    output.append(contentsOf: hidingHead(written))
  }

  private static func escape(
    _ body: ArraySlice<UInt8>, atRowStart: Bool, to output: inout [UInt8]
  ) {
    var isNumber = atRowStart
    var written = body.startIndex
    for position in body.indices {
      let byte = body[position]
      let isFirst = atRowStart && position == body.startIndex
      let needsEscape =
        switch byte {
        case 42, 92, 96: true
        case 95:
          position == body.startIndex || !isWord(body[position - 1])
            || position + 1 == body.endIndex || !isWord(body[position + 1])
        case 38:
          position + 1 < body.endIndex
            && (body[position + 1] == 35 || isLetter(body[position + 1]))
        case 35, 45, 43, 62, 61, 124, 126, 58: isFirst
        case 46, 41: isNumber && !isFirst
        default: false
        }
      if needsEscape {
        output.append(contentsOf: body[written..<position])
        output.append(92)
        written = position
      }
      if !isDigit(byte) { isNumber = false }
    }
    output.append(contentsOf: body[written...])
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte >= 0x80
  }

  /// Writes the colons of a row that would be read as a label or a time with a backslash.
  private static func hidingHead(_ row: [UInt8]) -> [UInt8] {
    var escaped: [UInt8] = []
    for byte in row {
      if byte == 58, escaped.last != 92 { escaped.append(92) }
      escaped.append(byte)
    }
    if !hasHead(escaped) { return escaped }
    if InlineEmphasis.isPunctuation(row[0]), row[0] != 92, row[0] != 38 {
      if !hasHead([92] + row) { return [92] + row }
      if !hasHead([92] + escaped) { return [92] + escaped }
    }
    // An entity begins no label and no time.
    let isEscape = row[0] == 92 && row.count > 1
    let rest = isEscape ? row.dropFirst() : row[...]
    guard row[0] != 38, let first = String(decoding: rest, as: UTF8.self).unicodeScalars.first
    else { return escaped }
    return Array("&#\(first.value);".utf8) + rest.dropFirst(String(first).utf8.count)
  }

  private static func hasHead(_ row: [UInt8]) -> Bool { hasHead(row, 0..<row.count) }

  private static func hasHead(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard !range.isEmpty else { return false }
    let row = TextRow(range)
    return RowHead(bytes, row, boldEnd: nil, counted: false) != nil
      || MarkdownGrammar.isLineMark(bytes, row)
  }
}

/// `<b>` and `<i>` to asterisks, where that is read back.
enum MarkdownTags {
  /// Replaces the tags of a written text; `nil` where it has none.
  static func starred(_ bytes: [UInt8]) -> [UInt8]? {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var written = 0
    var position = 0
    while let bracket = firstIndex(of: 60, in: bytes.span, position..<bytes.count) {
      position = bracket + 1
      guard let (mark, length) = tag(bytes, bracket) else { continue }
      output.append(contentsOf: bytes[written..<bracket])
      output.append(contentsOf: mark)
      position = bracket + length
      written = position
    }
    guard written > 0 else { return nil }
    output.append(contentsOf: bytes[written...])
    return output
  }

  private static func tag(_ bytes: [UInt8], _ offset: Int) -> (mark: [UInt8], length: Int)? {
    var position = offset + 1
    if position < bytes.count, bytes[position] == 47 { position += 1 }
    guard position + 1 < bytes.count, bytes[position + 1] == 62 else { return nil }
    if bytes[position] == 98 { return (bold, position + 2 - offset) }
    if bytes[position] == 105 { return (slanted, position + 2 - offset) }
    return nil
  }

  private static let bold: [UInt8] = [42, 42]
  private static let slanted: [UInt8] = [42]
}
