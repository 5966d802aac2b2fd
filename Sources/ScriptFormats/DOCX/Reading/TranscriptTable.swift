import ScriptModel

/// A transcript that stands in a table: a row a turn, with columns for time, speaker and text.
enum TranscriptTable {
  /// What a column holds.
  private enum Column { case time, end, speaker, text, other }

  /// Makes the lines of a document that is such a table for the most part; `nil` for others.
  static func document(_ text: DocumentText) -> ScriptDocument? {
    let cells = text.paragraphs.filter { $0.cell != nil }
    guard !cells.isEmpty, cells.allSatisfy({ $0.cell?.depth == 1 }) else { return nil }
    let inside = cells.reduce(0) { $0 + $1.text.count }
    let outside = text.paragraphs.reduce(0) { $0 + ($1.cell == nil ? $1.text.count : 0) }
    guard inside >= outside else { return nil }
    let rows = rows(of: text)
    guard let (columns, hasHeader) = columns(of: rows) else { return nil }
    return document(text, rows: hasHeader ? Array(rows.dropFirst()) : rows, columns: columns)
  }

  private struct Row {
    var cells: [String] = []
  }

  private static func rows(of text: DocumentText) -> [Row] {
    var rows: [Row] = []
    var place: (table: Int32, row: Int32)?
    for paragraph in text.paragraphs {
      guard let cell = paragraph.cell else { continue }
      if place?.table != cell.table || place?.row != cell.row {
        rows.append(Row())
        place = (cell.table, cell.row)
      }
      let column = Int(cell.column)
      guard column >= 0, column < 64 else { continue }
      let last = rows.count - 1
      while rows[last].cells.count <= column { rows[last].cells.append("") }
      let words = String(
        decoding: text.markedUp(paragraph, 0..<paragraph.text.count), as: UTF8.self)
      let old = rows[last].cells[column]
      rows[last].cells[column] = old.isEmpty ? words : words.isEmpty ? old : old + "\n" + words
    }
    return rows
  }

  private static func columns(of rows: [Row]) -> (columns: [Column], hasHeader: Bool)? {
    guard let first = rows.first else { return nil }
    let header = first.cells.map(headerColumn)
    if header.contains(.text), header.contains(.time) || header.contains(.speaker) {
      return (header, true)
    }
    guard rows.count >= 2, (2...3).contains(first.cells.count) else { return nil }
    let timed = rows.count { row in
      row.cells.first.map { times($0) != nil } ?? false
    }
    if timed * 5 >= rows.count * 4 {
      return (first.cells.count == 3 ? [.time, .speaker, .text] : [.time, .text], false)
    }
    return first.cells.count == 2 && namesRepeat(in: rows) ? ([.speaker, .text], false) : nil
  }

  private static func headerColumn(_ cell: String) -> Column {
    let letters = withoutMarkup(cell).lowercased().filter { $0.isLetter || $0 == " " }
    switch letters.trimmingBlanks() {
    case "time", "timecode", "time code", "timestamp", "time stamp", "start", "start time", "in",
      "tc in", "begin", "zeit", "temps", "tiempo":
      return .time
    case "end", "end time", "out", "tc out": return .end
    case "speaker", "speakers", "speaker name", "name", "character", "who", "sprecher",
      "participant":
      return .speaker
    case "text", "transcript", "transcription", "dialogue", "dialog", "utterance", "speech",
      "content", "words", "line", "subtitle":
      return .text
    default: return .other
    }
  }

  /// Whether the first of two columns holds a few short names again and again.
  private static func namesRepeat(in rows: [Row]) -> Bool {
    guard rows.count >= 4 else { return false }
    var names: Set<String> = []
    for row in rows {
      guard row.cells.count == 2, let name = row.cells.first, !name.isEmpty, name.count <= 40,
        name.split(separator: " ").count <= 4
      else { return false }
      names.insert(label(name))
    }
    return names.count * 2 <= rows.count
  }

  private static func document(
    _ text: DocumentText, rows: [Row], columns: [Column]
  ) -> ScriptDocument {
    var document = ScriptDocument()
    for row in rows {
      var words: [String] = []
      var speaker: String?
      var mark: TimeMark?
      for (index, cell) in row.cells.enumerated() where !cell.isEmpty {
        switch index < columns.count ? columns[index] : .other {
        case .time: mark = times(cell) ?? mark
        case .end: if let end = times(cell)?.start { mark?.end = end }
        case .speaker: speaker = label(cell)
        case .text, .other: words.append(cell)
        }
      }
      if words.isEmpty, speaker == nil, mark == nil { continue }
      document.append(
        words.joined(separator: "\n"), speaker: speaker.flatMap { $0.isEmpty ? nil : $0 },
        start: mark?.start, end: mark?.end)
    }
    estimateEnds(of: &document)
    document.metadata.notes = text.paragraphs.filter { $0.cell == nil && !$0.text.isEmpty }
      .map { text.string($0) }
    if !document.metadata.notes.isEmpty {
      document.findings.append(
        Finding(
          severity: .note, code: "around-table",
          message: "\(document.metadata.notes.count) paragraphs around the table were kept as notes"
        ))
    }
    return document
  }

  private static func estimateEnds(of document: inout ScriptDocument) {
    for index in document.entries.indices.dropLast() {
      guard document.entries[index].start != nil, document.entries[index].end == nil,
        let next = document.entries[index + 1].start
      else { continue }
      document.entries[index].end = next
      document.entries[index].endIsEstimated = true
    }
  }

  private static func label(_ cell: String) -> String {
    var name = withoutMarkup(cell).trimmingBlanks()
    if name.hasSuffix(":") || name.hasSuffix("：") { name.removeLast() }
    return name.split { $0.isNewline }.joined(separator: " ").trimmingBlanks()
  }

  /// The time or the two times in a cell; `nil` where it holds anything else.
  private static func times(_ cell: String) -> TimeMark? {
    let plain = withoutMarkup(cell).filter { !"[]()".contains($0) }.trimmingBlanks()
    guard plain.contains(":"), plain.utf8.count <= 64 else { return nil }
    var parts = [Substring(plain)]
    for separator in ["-->", "–", "—", " - ", "\n"] where parts.count == 1 {
      parts = parts[0].split(separator: separator)
    }
    guard parts.count <= 2, let start = parts.first.flatMap({ time($0) }) else { return nil }
    var mark = TimeMark(ScriptDocument.Entry(text: 0..<0, start: start))
    if parts.count == 2 {
      guard let end = time(parts[1]) else { return nil }
      mark?.end = end
    }
    return mark
  }

  private static func time(_ text: Substring) -> Milliseconds? {
    Milliseconds(parsing: String(text).trimmingBlanks())
  }

  private static func withoutMarkup(_ text: String) -> String {
    guard text.contains("<") else { return text }
    let bytes = Array(text.utf8)
    return Markup.runs(of: bytes[...]).map { String(decoding: bytes[$0.text], as: UTF8.self) }
      .joined()
  }
}
