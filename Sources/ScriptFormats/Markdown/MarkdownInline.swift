/// Text of Markdown to text of a script, and back.
enum MarkdownInline {
  /// Reads the rows of a line: breaks, escapes, entities, emphasis.
  static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    InlineEmphasis.tagged(joined(bytes), underscore: .italic)
  }

  /// A name without its escapes.
  static func plainName(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 == 92 || $0 == 38 }) else { return name }
    return String(
      decoding: InlineEmphasis.unescaped(Array(name.utf8)), as: UTF8.self)
  }

  /// Joins rows: a backslash at the end breaks, a list or a quote keeps its rows, prose is joined.
  private static func joined(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard bytes.contains(10) else { return Array(bytes) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = bytes.startIndex
    var isLiteral = false
    while position < bytes.endIndex {
      var end = position
      while end < bytes.endIndex, bytes[end] != 10 { end += 1 }
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
    }
    return result
  }

  // MARK: Writing

  /// Writes a text so that it is read back as it is.
  ///
  /// - Parameters:
  ///   - paragraphs: whether a blank row in the text may be one in the file.
  ///   - oneRow: whether line breaks must be written as entities, as in a heading.
  static func encoded(_ text: ArraySlice<UInt8>, paragraphs: Bool, oneRow: Bool = false) -> [UInt8]
  {
    let plain = encodedRows(text, paragraphs, oneRow, hidesHeads: false)
    if let stars = MarkdownTags.starred(plain), decoded(stars[...]).elementsEqual(text) {
      return stars
    }
    return plain
  }

  private static func encodedRows(
    _ text: ArraySlice<UInt8>, _ paragraphs: Bool, _ oneRow: Bool, hidesHeads: Bool
  ) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count + text.count / 8)
    let rows = text.split(separator: 10, omittingEmptySubsequences: false)
    for (index, row) in rows.enumerated() {
      if index > 0 {
        if oneRow {
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
          output.append(contentsOf: [92, 10])
        }
      }
      output.append(contentsOf: encodedRow(row))
    }
    return output
  }

  private static func encodedRow(_ row: ArraySlice<UInt8>) -> [UInt8] {
    guard let first = row.first, let last = row.last else { return [] }
    var output: [UInt8] = []
    var body = row
    if isWhite(first) {
      output.append(contentsOf: "&#\(first);".utf8)
      body = body.dropFirst()
    }
    var tail: [UInt8] = []
    if isWhite(last), !body.isEmpty {
      tail = Array("&#\(last);".utf8)
      body = body.dropLast()
    }
    let content = escapedContent(body, atRowStart: output.isEmpty)
    output.append(contentsOf: content)
    output.append(contentsOf: tail)
    return hidingHead(output)
  }

  private static func escapedContent(_ body: ArraySlice<UInt8>, atRowStart: Bool) -> [UInt8] {
    var output: [UInt8] = []
    var isNumber = atRowStart
    for position in body.indices {
      let byte = body[position]
      let isFirst = atRowStart && position == body.startIndex
      let before = position > body.startIndex ? body[position - 1] : 32
      let after = position + 1 < body.endIndex ? body[position + 1] : 32
      switch byte {
      case 42, 92, 96: output.append(92)
      case 95 where !isWord(before) || !isWord(after): output.append(92)
      case 38 where after == 35 || isLetter(after): output.append(92)
      case 35, 45, 43, 62, 61, 124, 126, 58:
        if isFirst { output.append(92) }
      case 46, 41:
        if isNumber, !isFirst { output.append(92) }
      default: break
      }
      if !isDigit(byte) { isNumber = false }
      output.append(byte)
    }
    return output
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte >= 0x80
  }

  /// Writes the colons with a backslash where a row would be read as a label or a time.
  private static func hidingHead(_ row: [UInt8]) -> [UInt8] {
    guard hasHead(row) else { return row }
    var escaped: [UInt8] = []
    for byte in row {
      if byte == 58 { escaped.append(92) }
      escaped.append(byte)
    }
    guard hasHead(escaped), let first = String(decoding: row, as: UTF8.self).unicodeScalars.first
    else { return escaped }
    if row[0] == 92, row.count > 1 {
      return Array("&#\(row[1]);".utf8) + row.dropFirst(2)
    }
    return Array("&#\(first.value);".utf8)
      + row.dropFirst(String(first).utf8.count)
  }

  private static func hasHead(_ row: [UInt8]) -> Bool {
    guard !row.isEmpty else { return false }
    let range = TextRow(start: 0, end: row.count, number: 1, indent: 0, marks: [])
    return RowHead(row, range, boldEnd: nil, counted: false) != nil
      || (row[0] == 60 && MarkdownGrammar.isLineMark(row, range))
      || (row.count > 2 && (row[0] == 40 || row[0] == 91 || row[0] == 60 && row[1] == 33))
  }
}

/// `<b>` and `<i>` to asterisks, where that is read back.
enum MarkdownTags {
  /// Replaces the tags of a written text; `nil` where it has none.
  static func starred(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.contains(60) else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var position = 0
    var changed = false
    while position < bytes.count {
      if bytes[position] == 60, let (mark, length) = tag(bytes, position) {
        output.append(contentsOf: mark)
        position += length
        changed = true
      } else {
        output.append(bytes[position])
        position += 1
      }
    }
    return changed ? output : nil
  }

  private static func tag(_ bytes: [UInt8], _ offset: Int) -> (mark: [UInt8], length: Int)? {
    var position = offset + 1
    if position < bytes.count, bytes[position] == 47 { position += 1 }
    guard position + 1 < bytes.count, bytes[position + 1] == 62 else { return nil }
    if bytes[position] == 98 { return ([42, 42], position + 2 - offset) }
    if bytes[position] == 105 { return ([42], position + 2 - offset) }
    return nil
  }
}
