import ScriptModel

/// The formats of the run that is open.
struct RunState {
  var style: DocumentStyles.Resolved?
  var bold: Bool?
  var italic: Bool?
  var underline = false
  var vanish: Bool?

  /// What the run's own properties and its character style come to.
  var format: DocumentText.Format {
    var format = style?.format ?? []
    if let bold { if bold { format.insert(.bold) } else { format.remove(.bold) } }
    if let italic { if italic { format.insert(.italic) } else { format.remove(.italic) } }
    if underline { format.insert(.underline) }
    // A label's looks are not markup of its text.
    return format.isDisjoint(with: [.speaker, .time])
      ? format : format.intersection([.speaker, .time])
  }
}

/// A bookmark of our own exports.
struct ParagraphMark {
  var lineID: Line.ID?

  /// The prefix of the names; bookmarks that begin with `_` are not shown to people by Word.
  static let prefix = "_ob"

  /// Reads `_ob` and the id's 32 digits, or `_obx` and anything for a line without one.
  init?(bookmark name: String) {
    guard name.hasPrefix(Self.prefix) else { return nil }
    let rest = name.dropFirst(Self.prefix.count)
    lineID = Line.ID(rest)
    guard lineID != nil || rest.hasPrefix("x") else { return nil }
  }
}

/// A paragraph that is being filled.
struct ParagraphInProgress {
  var isOpen = false
  var text: [UInt8] = []
  var spans: [DocumentText.Span] = []
  var style: DocumentStyles.Resolved?
  var outlineLevel: Int?
  var isListItem = false
  var isMarkDeleted = false
  var isInTextBox = false
  var mark: ParagraphMark?
  var cell: DocumentText.Cell?

  /// Sets the format of what is appended next.
  mutating func setFormat(_ format: DocumentText.Format) {
    if spans.last?.format ?? [] == format { return }
    if let last = spans.last, Int(last.offset) == text.count {
      spans.removeLast()
      if spans.last?.format ?? [] == format { return }
    } else if spans.isEmpty, !text.isEmpty {
      spans.append(DocumentText.Span(offset: 0, format: []))
    }
    spans.append(DocumentText.Span(offset: Int32(clamping: text.count), format: format))
  }
}

/// What a text box interrupts.
struct InterruptedStory {
  var paragraph: ParagraphInProgress
  var carried: ParagraphInProgress?
  var tables: [TableState]
  var run: RunState
  var runs: [RunState]
  var fields: [Bool]
  var instructionDepth: Int
}

/// Where the reader stands in a table.
struct TableState {
  var number: Int32
  var row: Int32 = -1
  var column: Int32 = -1
  var isRowDeleted = false
  var isCellDeleted = false
}

/// An `mc:AlternateContent` (ECMA-376-3, 7.6): one of its branches counts.
struct AlternateContent {
  var isChosen = false

  /// Whether what a namespace defines is looked through here: the shapes that hold text boxes.
  static func isUnderstood(_ uri: String) -> Bool {
    if OfficeElement.namespace(uri) != .other { return true }
    return understood.contains { uri.hasPrefix($0) }
  }

  private static let understood = [
    "http://schemas.microsoft.com/office/word/20",
    "http://schemas.microsoft.com/office/drawing/20",
    "http://schemas.openxmlformats.org/drawingml/2006/",
    "http://purl.oclc.org/ooxml/drawingml/",
    "urn:schemas-microsoft-com:vml",
  ]
}
