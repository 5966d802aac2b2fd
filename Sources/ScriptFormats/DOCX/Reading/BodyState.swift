import ScriptModel

/// What is open and what is finished while a part is read.
///
/// One pass, no tree: what is open is on small stacks, what is finished is in `output`.
struct BodyState {
  /// What the words are collected into.
  var output = DocumentText()
  /// Whether the root was that of a Word document.
  private(set) var isWordDocument = false
  /// How many bytes were kept out because a field's instruction had no end.
  private(set) var bytesInOpenFields = 0
  /// How many symbols had no Unicode character.
  var unknownSymbols = 0
  /// How many documents inside the document were not read.
  private(set) var embeddedCount = 0

  let styles: DocumentStyles
  private let ignoresFieldInstructions: Bool

  var skipDepth = 0
  private var depth = 0
  private var hasRoot = false

  /// The paragraph that is being filled.
  var current = ParagraphInProgress()
  /// The stories around, which a text box interrupts.
  var interrupted: [InterruptedStory] = []
  /// A paragraph whose end mark was deleted: it goes on in the next one.
  var carried: ParagraphInProgress?
  /// Finished paragraphs of text boxes, to follow the paragraph that holds the box.
  var waiting: [ParagraphInProgress] = []

  var run = RunState()
  var runs: [RunState] = []
  private var isCollecting = false
  private var collectsMath = false
  /// Where the text of the open element begins, if blanks at its ends do not count.
  private var trimsFrom: Int?
  private var keepsAllBlanks = false
  private var isInParagraphProperties = false
  private var isInRunProperties = false
  private var isInRowProperties = false
  private var hyperlinkDepth = 0

  /// The fields that are open: whether each is still in its instruction.
  var fields: [Bool] = []
  var instructionDepth = 0

  var tables: [TableState] = []
  var tableCount: Int32 = 0
  var pendingMark: ParagraphMark?
  private var alternatives: [AlternateContent] = []
  private var prefixes: [String: String] = [:]
  var noteStart: Int?

  /// Why the part is refused.
  private(set) var refusal: FormatError?
  private(set) var isRefused = false

  /// Begins a part.
  init(styles: DocumentStyles, ignoresFieldInstructions: Bool) {
    self.styles = styles
    self.ignoresFieldInstructions = ignoresFieldInstructions
  }

  /// Refuses the part.
  mutating func refuse(_ error: FormatError) {
    if !isRefused { refusal = error }
    isRefused = true
  }

  /// Takes characters; `false` where the part is refused.
  mutating func characters(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard isCollecting, skipDepth == 0 else { return true }
    append(bytes)
    return !isRefused
  }

  /// Takes the beginning of an element; `false` where the part is refused.
  mutating func start(_ element: OfficeElement, _ attributes: ElementAttributes) -> Bool {
    if attributes.declaresNamespaces {
      for (prefix, uri) in attributes.declaredNamespaces { prefixes[prefix] = uri }
    }
    if !hasRoot {
      hasRoot = true
      isWordDocument = element == .document
      keepsAllBlanks = attributes.has("space", "preserve")
    }
    if element == .transparent { return true }
    if skipDepth > 0 {
      skipDepth += 1
      return true
    }
    depth += 1
    if depth > PackageLimits.elementDepth {
      refuse(
        FormatError(.bomb, "The document's elements are nested too deep to be a real document"))
      return false
    }
    if element == .skipped {
      skip()
      return true
    }
    startKnown(element, attributes)
    return !isRefused
  }

  /// Takes the end of an element; `false` where the part is refused.
  mutating func end(_ element: OfficeElement) -> Bool {
    if element == .transparent { return true }
    if skipDepth > 0 {
      skipDepth -= 1
      if skipDepth == 0 { depth -= 1 }
      return true
    }
    depth -= 1
    endKnown(element)
    return !isRefused
  }

  /// Passes over the element that just began.
  mutating func skip() { skipDepth = 1 }
}

extension BodyState {
  private mutating func startKnown(_ element: OfficeElement, _ attributes: ElementAttributes) {
    switch element {
    case .text: startText(isMath: false, keepsBlanks: attributes.has("space", "preserve"))
    case .mathText: startText(isMath: true, keepsBlanks: true)
    case .run: startRun()
    case .runProperties: isInRunProperties = true
    case .paragraph: startParagraph()
    case .paragraphProperties: isInParagraphProperties = true
    case .tab: appendCharacter("\t")
    case .lineBreak, .carriageReturn: appendCharacter("\n")
    case .noBreakHyphen: appendCharacter("-")
    case .softHyphen: appendCharacter("\u{AD}")
    case .symbol: appendSymbol(attributes)
    case .hyperlink: hyperlinkDepth += 1
    case .fieldCharacter: fieldCharacter(attributes)
    case .bookmark: bookmark(attributes)
    case .embedded:
      embeddedCount += 1
      skip()
    case .alternateContent: alternatives.append(AlternateContent())
    case .choice: startChoice(attributes)
    case .fallback: startFallback()
    default:
      if isInParagraphProperties || isInRunProperties || isInRowProperties || element == .inserted
        || element == .deleted || element == .movedFrom || element == .movedTo
      {
        startProperty(element, attributes)
      } else {
        startStructure(element, attributes)
      }
    }
  }

  private mutating func endKnown(_ element: OfficeElement) {
    switch element {
    case .text, .mathText: endText()
    case .run: run = runs.popLast() ?? RunState()
    case .runProperties: isInRunProperties = false
    case .paragraphProperties: isInParagraphProperties = false
    case .rowProperties: isInRowProperties = false
    case .paragraph: closeParagraph()
    case .hyperlink: hyperlinkDepth = max(0, hyperlinkDepth - 1)
    case .alternateContent: _ = alternatives.popLast()
    case .table: endTable()
    case .cell: endCell()
    case .textBox: endTextBox()
    case .note: endNote()
    case .body, .document:
      finishBlock()
      if element == .document { finishFields() }
    default: break
    }
  }

  private mutating func startProperty(_ element: OfficeElement, _ attributes: ElementAttributes) {
    switch element {
    case .inserted:
      output.insertions += 1
    case .movedTo:
      if !isInParagraphProperties { output.moves += 1 }
    case .deleted:
      output.deletions += 1
      startRemoved()
    case .movedFrom:
      startRemoved()
    case .paragraphStyle: current.style = attributes.string("val").map(styles.style)
    case .outlineLevel:
      current.outlineLevel = attributes.string("val").flatMap { Int($0) }
    case .numbering:
      current.isListItem = true
      skip()
    case .runStyle, .bold, .italic, .underline, .vanish:
      // The properties of a paragraph's mark are not those of its text.
      if isInRunProperties, !isInParagraphProperties { runProperty(element, attributes) }
    default: startStructure(element, attributes)
    }
  }

  private mutating func startRemoved() {
    if isInParagraphProperties {
      if isInRunProperties { current.isMarkDeleted = true }
    } else if isInRowProperties {
      if !tables.isEmpty { tables[tables.count - 1].isRowDeleted = true }
    } else {
      skip()
    }
  }

  private mutating func runProperty(_ element: OfficeElement, _ attributes: ElementAttributes) {
    switch element {
    case .runStyle: run.style = attributes.string("val").map(styles.style)
    case .bold: run.bold = attributes.isOn
    case .italic: run.italic = attributes.isOn
    case .vanish: run.vanish = attributes.isOn
    default: run.underline = !attributes.has("val", "none") && hyperlinkDepth == 0
    }
  }

  private mutating func startStructure(_ element: OfficeElement, _ attributes: ElementAttributes) {
    switch element {
    case .table: startTable()
    case .row: startRow()
    case .cell: startCell()
    case .rowProperties: isInRowProperties = true
    case .cellDeleted: if !tables.isEmpty { tables[tables.count - 1].isCellDeleted = true }
    case .textBox: startTextBox()
    case .note: startNote(attributes)
    default: break
    }
  }

  private mutating func startRun() {
    runs.append(run)
    run = RunState()
  }

  private mutating func startText(isMath: Bool, keepsBlanks: Bool) {
    isCollecting = true
    collectsMath = isMath
    trimsFrom = keepsBlanks || keepsAllBlanks ? nil : current.isOpen ? current.text.count : 0
  }

  private mutating func endText() {
    isCollecting = false
    // Without xml:space="preserve" blanks at the ends are not part of the text, as in Word.
    guard let start = trimsFrom else { return }
    while current.text.count > start, let last = current.text.last, Self.isBlank(last) {
      current.text.removeLast()
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}

// MARK: - Text

extension BodyState {
  /// Whether what stands here is shown; opens a paragraph for text that stands in none.
  private mutating func isVisible(byteCount: Int) -> Bool {
    if isHidden { return false }
    if instructionDepth > 0 {
      bytesInOpenFields += byteCount
      return false
    }
    if !current.isOpen { openParagraph() }
    return true
  }

  private var isHidden: Bool {
    if let vanish = run.vanish { return vanish }
    // Hidden is a property that two styles turn into its opposite (ECMA-376-1, 17.7.3).
    let byParagraph = (current.style ?? styles.defaultParagraph).isHidden
    return byParagraph != (run.style?.isHidden ?? false)
  }

  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    var bytes = bytes[...]
    if let start = trimsFrom, current.isOpen ? current.text.count <= start : true {
      while let first = bytes.first, Self.isBlank(first) { bytes.removeFirst() }
    }
    guard !bytes.isEmpty, isVisible(byteCount: bytes.count) else { return }
    current.setFormat(collectsMath ? [] : run.format)
    let start = current.text.count
    current.text.append(contentsOf: bytes)
    for index in start..<current.text.count where current.text[index] < 0x20 {
      if current.text[index] == UInt8(ascii: "\n") {
        // A line end of the file is a blank; a break is an element or a character reference.
        current.text[index] = UInt8(ascii: " ")
      } else if current.text[index] == UInt8(ascii: "\r") {
        current.text[index] = UInt8(ascii: "\n")
      }
    }
    if output.text.count + current.text.count > PackageLimits.textSize {
      refuse(FormatError(.tooLarge, "The document holds more than 256 MB of text"))
    }
  }

  /// Appends one character of the run.
  mutating func appendCharacter(_ character: Unicode.Scalar) {
    guard !runs.isEmpty, !isInParagraphProperties, isVisible(byteCount: 1) else { return }
    current.setFormat(run.format)
    current.text.append(contentsOf: UTF8.encode(character) ?? UTF8.EncodedScalar())
  }

  private mutating func appendSymbol(_ attributes: ElementAttributes) {
    guard let code = attributes.string("char").flatMap({ UInt32($0, radix: 16) }) else { return }
    let symbol = SymbolFonts.character(code, font: attributes.string("font") ?? "")
    if symbol == nil { unknownSymbols += 1 }
    appendCharacter(symbol ?? "\u{FFFD}")
  }
}

// MARK: - Fields and alternatives

extension BodyState {
  private mutating func fieldCharacter(_ attributes: ElementAttributes) {
    if attributes.has("fldCharType", "begin") {
      fields.append(true)
      instructionDepth += ignoresFieldInstructions ? 0 : 1
    } else if let isInstruction = fields.last {
      if isInstruction { instructionDepth = max(0, instructionDepth - 1) }
      if attributes.has("fldCharType", "separate") {
        fields[fields.count - 1] = false
      } else {
        fields.removeLast()
      }
      if instructionDepth == 0 { bytesInOpenFields = 0 }
    }
    // Form fields hold their settings in here.
    skip()
  }

  private mutating func finishFields() {
    if instructionDepth == 0 { bytesInOpenFields = 0 }
  }

  private mutating func startChoice(_ attributes: ElementAttributes) {
    guard let last = alternatives.indices.last else { return }
    let required = (attributes.string("Requires") ?? "").split { $0.isWhitespace }
    let isUnderstood = required.allSatisfy { prefix in
      AlternateContent.isUnderstood(prefixes[String(prefix)] ?? "")
    }
    if alternatives[last].isChosen || !isUnderstood { return skip() }
    alternatives[last].isChosen = true
  }

  private mutating func startFallback() {
    if alternatives.last?.isChosen ?? false { skip() }
  }
}
