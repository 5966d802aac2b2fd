import ScriptModel

extension BodyState {
  /// Begins a paragraph.
  mutating func startParagraph() {
    if tables.last?.isCellDeleted ?? false { return skip() }
    // A paragraph right inside a paragraph occurs in broken files only: the rest is another one.
    if current.isOpen { closeParagraph() }
    openParagraph()
  }

  /// Opens a paragraph, going on with one whose mark was deleted.
  mutating func openParagraph() {
    if let carried {
      current = carried
      current.isMarkDeleted = false
      current.style = nil
      current.outlineLevel = nil
      current.isListItem = false
      self.carried = nil
    } else {
      current = ParagraphInProgress()
    }
    current.isOpen = true
    current.isInTextBox = !interrupted.isEmpty
    current.cell = tables.last.map { table in
      DocumentText.Cell(
        table: table.number, row: table.row, column: table.column, depth: Int32(tables.count))
    }
    if let mark = pendingMark, current.mark == nil {
      current.mark = mark
      pendingMark = nil
    }
  }

  /// Ends the paragraph that is open.
  mutating func closeParagraph() {
    guard current.isOpen else { return }
    current.isOpen = false
    if current.isMarkDeleted {
      carried = current
    } else {
      finish(current)
    }
    current = ParagraphInProgress()
  }

  /// Gives out what goes on nowhere: at the end of a cell, a text box or the document.
  mutating func finishBlock() {
    closeParagraph()
    guard let rest = carried else { return }
    carried = nil
    if !rest.text.isEmpty { finish(rest) }
  }

  private mutating func finish(_ paragraph: ParagraphInProgress) {
    guard interrupted.isEmpty else {
      waiting.append(paragraph)
      return
    }
    emit(paragraph)
    for box in waiting { emit(box) }
    waiting.removeAll()
  }

  private mutating func emit(_ paragraph: ParagraphInProgress) {
    if output.paragraphs.count >= PackageLimits.paragraphCount {
      refuse(FormatError(.bomb, "The document has more than a million paragraphs"))
      return
    }
    let textStart = output.text.count
    let spanStart = output.spans.count
    output.text.append(contentsOf: paragraph.text)
    output.spans.append(contentsOf: paragraph.spans)
    let style = paragraph.style ?? styles.defaultParagraph
    var role = style.role
    if let level = paragraph.outlineLevel, role == .body || role == .heading {
      role = (0...8).contains(level) ? .heading : .body
    }
    if paragraph.mark != nil || [.line, .continued, .direction].contains(role) {
      output.isOwnExport = true
    }
    output.paragraphs.append(
      DocumentText.Paragraph(
        text: textStart..<output.text.count, spans: spanStart..<output.spans.count, role: role,
        isListItem: paragraph.isListItem, isInTextBox: paragraph.isInTextBox,
        isMarked: paragraph.mark != nil, lineID: paragraph.mark?.lineID, cell: paragraph.cell))
  }

  /// Notes a bookmark of our own exports for this paragraph, or for the next where none is open.
  mutating func bookmark(_ attributes: ElementAttributes) {
    guard let mark = attributes.string("name").flatMap(ParagraphMark.init(bookmark:)) else {
      return
    }
    if !current.isOpen {
      pendingMark = mark
    } else if current.mark == nil {
      current.mark = mark
    }
  }
}

// MARK: - Tables

extension BodyState {
  /// Begins a table.
  mutating func startTable() {
    if tables.last?.isCellDeleted ?? false { return skip() }
    finishBlock()
    tables.append(TableState(number: tableCount))
    tableCount += 1
  }

  /// Ends a table.
  mutating func endTable() {
    finishBlock()
    _ = tables.popLast()
  }

  /// Begins a row.
  mutating func startRow() {
    guard let last = tables.indices.last else { return }
    tables[last].row += 1
    tables[last].column = -1
    tables[last].isRowDeleted = false
  }

  /// Begins a cell.
  mutating func startCell() {
    guard let last = tables.indices.last else { return }
    if tables[last].isRowDeleted { return skip() }
    tables[last].column += 1
    tables[last].isCellDeleted = false
  }

  /// Ends a cell.
  mutating func endCell() {
    finishBlock()
    if let last = tables.indices.last { tables[last].isCellDeleted = false }
  }
}

// MARK: - Text boxes and notes

extension BodyState {
  /// Interrupts the story for that of a text box.
  mutating func startTextBox() {
    interrupted.append(
      InterruptedStory(
        paragraph: current, carried: carried, tables: tables, run: run, runs: runs, fields: fields,
        instructionDepth: instructionDepth))
    current = ParagraphInProgress()
    carried = nil
    tables = []
    run = RunState()
    runs = []
    fields = []
    instructionDepth = 0
  }

  /// Goes on with the story around a text box.
  mutating func endTextBox() {
    finishBlock()
    guard let story = interrupted.popLast() else { return }
    current = story.paragraph
    carried = story.carried
    tables = story.tables
    run = story.run
    runs = story.runs
    fields = story.fields
    instructionDepth = story.instructionDepth
    if interrupted.isEmpty, !current.isOpen {
      for box in waiting { emit(box) }
      waiting.removeAll()
    }
  }

  /// Begins a footnote, an endnote or a comment.
  mutating func startNote(_ attributes: ElementAttributes) {
    // The lines between text and notes are stored as notes of a type.
    if let type = attributes.string("type"), type != "normal" { return skip() }
    finishBlock()
    noteStart = output.paragraphs.count
  }

  /// Ends a note: its paragraphs become one text.
  mutating func endNote() {
    finishBlock()
    guard let start = noteStart else { return }
    noteStart = nil
    let rows = output.paragraphs[start...].map { output.string($0) }
    let text = rows.joined(separator: "\n").trimmingBlanks()
    if !text.isEmpty { output.notes.append(text) }
    output.paragraphs.removeSubrange(start...)
  }
}

extension String {
  /// The text without blanks, tabs and line breaks at its ends.
  func trimmingBlanks() -> String {
    let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    let bytes = Array(utf8)
    guard let first = bytes.firstIndex(where: { !blanks.contains($0) }),
      let last = bytes.lastIndex(where: { !blanks.contains($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
