package import ScriptModel

/// Transcripts in Markdown with or without YAML front matter.
package enum MarkdownReader {
  /// Reads valid UTF-8 with any line ends; never fails, what is odd is in the findings.
  package static func read(_ text: [UInt8], options: ReadOptions) -> ScriptDocument {
    let matter = FrontMatter(text)
    var rows = TextRows(text)
    if matter.end > 0 {
      rows.rows.removeAll { $0.start < matter.end }
      if !rows.rows.isEmpty { rows.rows[0].marks.formUnion([.afterBlank, .paragraph]) }
    }
    var options = options
    options.cast.append(contentsOf: matter.speakers)
    if let document = FencedTranscript.read(rows, flavour: .markdown, options: options) {
      return merged(document, matter)
    }
    prepareHeadings(&rows)
    var document = TranscriptReader.read(rows, flavour: .markdown, options: options)
    decode(&document)
    return merged(document, matter)
  }

  private static func merged(_ document: ScriptDocument, _ matter: FrontMatter) -> ScriptDocument {
    var document = document
    var metadata = matter.metadata
    metadata.notes += document.metadata.notes
    metadata.duration = metadata.duration ?? document.metadata.duration
    document.metadata = metadata
    return document
  }

  /// Marks underlined headings, and takes `### 00:00:15 · Speaker 1` for the head of a turn.
  private static func prepareHeadings(_ rows: inout TextRows) {
    var dropped: [Int] = []
    for index in rows.rows.indices {
      let row = rows.rows[index]
      let lead = rows.bytes[row.start]
      if lead == UInt8(ascii: "#") {
        takeTurnHeading(&rows, index)
      } else if lead == UInt8(ascii: "=") || lead == UInt8(ascii: "-"), index > 0,
        !row.marks.contains(.paragraph), rows.rows[index - 1].marks.contains(.paragraph),
        row.end - row.start >= 2,
        rows.bytes[row.start..<row.end].allSatisfy({ $0 == lead })
      {
        rows.rows[index - 1].marks.insert(.heading)
        dropped.append(index)
        if index + 1 < rows.rows.count { rows.rows[index + 1].marks.insert(.paragraph) }
      }
    }
    for index in dropped.reversed() { rows.rows.remove(at: index) }
  }

  private static func takeTurnHeading(_ rows: inout TextRows, _ index: Int) {
    var row = rows.rows[index]
    let begin = row.start
    while row.start < row.end, rows.bytes[row.start] == UInt8(ascii: "#") { row.start += 1 }
    guard row.start - begin <= 6, row.start < row.end, isWhite(rows.bytes[row.start]) else {
      return
    }
    while row.start < row.end, isWhite(rows.bytes[row.start]) { row.start += 1 }
    guard row.start < row.end else { return }
    // A heading ends its paragraph, with or without a blank row behind it.
    rows.rows[index].marks.insert(.paragraph)
    if index + 1 < rows.rows.count { rows.rows[index + 1].marks.insert(.paragraph) }
    if let head = RowHead(rows.bytes, row, boldEnd: nil, counted: false),
      head.kind == .nameTime
        || (head.kind == .timed
          && (head.label != nil || RowHead.wholeName(rows.bytes, head.text, row.end) != nil))
    {
      rows.rows[index].start = row.start
      if index + 1 < rows.rows.count { rows.rows[index + 1].marks.remove(.paragraph) }
    }
  }

  private static func decode(_ document: inout ScriptDocument) {
    guard
      document.entries.contains(where: { !MarkdownInline.isLiteral(document.text.span, $0.text) })
    else { return }
    var text: [UInt8] = []
    text.reserveCapacity(document.text.count)
    for index in document.entries.indices {
      let offset = text.count
      let range = document.entries[index].text
      if MarkdownInline.isLiteral(document.text.span, range) {
        text.append(contentsOf: document.text[range])
      } else {
        text.append(contentsOf: MarkdownInline.decoded(document.text[range]))
      }
      document.entries[index].text = offset..<text.count
    }
    document.text = text
  }
}
