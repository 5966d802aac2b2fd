import ScriptModel

/// Finds the parts of a DOCX and reads them into a text.
struct DocumentPackage {
  let archive: ZipArchive
  /// Whether a damaged part is read as far as it goes instead of refused.
  let salvages: Bool

  /// Reads a file's bytes.
  ///
  /// - Parameter salvages: whether a damaged file is read as far as it goes instead of refused.
  static func read(_ bytes: [UInt8], salvages: Bool) throws(FormatError) -> DocumentText {
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(FormatError) in try read(buffer, salvages: salvages) }
    }
    return try result.get()
  }

  private static func read(
    _ bytes: UnsafeRawBufferPointer, salvages: Bool
  ) throws(FormatError) -> DocumentText {
    let prefix = ZipRepair.prefixLength(bytes)
    guard prefix > 0 || NotZip.looksLikeZip(bytes) else { throw NotZip.refusal(bytes) }
    let content = UnsafeRawBufferPointer(rebasing: bytes[prefix...])
    let archive: ZipArchive
    do throws(ZipArchive.OpenFailure) {
      archive = try ZipArchive(content)
    } catch .noDirectory {
      return try readWithoutDirectory(content, salvages: salvages)
    } catch {
      throw refusal(error)
    }
    var text = try Self(archive: archive, salvages: salvages).text()
    if prefix > 0 {
      text.note(
        .warning, "bytes-before-zip", "\(prefix) bytes before the document were passed over")
    }
    return text
  }

  private static func refusal(_ failure: ZipArchive.OpenFailure) -> FormatError {
    switch failure {
    case .unavailable(let problem): FormatError(.unsupported, "Can't open a DOCX: \(problem)")
    case .noMemory: FormatError(.tooLarge, "There is not enough memory to open the document")
    case .tooManyEntries: FormatError(.bomb, "The zip holds more files than any document does")
    case .noDirectory: damage("the directory at its end is missing or wrong", readable: nil)
    }
  }

  /// The refusal of a damaged file; the fix offers what can be read.
  static func damage(_ what: String, readable: DocumentText?) -> FormatError {
    let count = readable?.filledParagraphCount ?? 0
    let offer =
      count == 0
      ? "Get the document again from where it came from."
      : "Get the document again; or read what is left of it (\(count) "
        + "\(count == 1 ? "paragraph" : "paragraphs")) with '--format docx'."
    return FormatError(.damaged, "The document is damaged: \(what)", fix: offer)
  }

  private static func readWithoutDirectory(
    _ bytes: UnsafeRawBufferPointer, salvages: Bool
  ) throws(FormatError) -> DocumentText {
    let what = "the directory at its end is missing or wrong, as if it was cut off"
    guard let rebuilt = ZipRepair.rebuilt(bytes) else { throw damage(what, readable: nil) }
    let result = rebuilt.withUnsafeBytes { buffer in
      Result { () throws(FormatError) -> DocumentText? in
        // What can't be opened even so is refused for the damage, with nothing to offer.
        guard let archive = try? ZipArchive(buffer) else { return nil }
        return try Self(archive: archive, salvages: true).text()
      }
    }
    let text: DocumentText?
    do throws(FormatError) {
      text = try result.get()
    } catch {
      if error.code == .bomb || error.code == .forbiddenEntity || error.code == .encrypted {
        throw error
      }
      text = nil
    }
    guard salvages, var text, text.filledParagraphCount > 0 else {
      throw damage(what, readable: text)
    }
    text.note(.error, "damaged", "The document is damaged: \(what); what is left of it was read")
    return text
  }
}

extension DocumentPackage {
  /// Reads the main part and what it refers to.
  private func text() throws(FormatError) -> DocumentText {
    let main = try mainPart()
    let related = relationships(of: main)
    var styles = DocumentStyles()
    if let part = related.first(where: { $0.kind == "styles" }) {
      let reader = StylesReader()
      try check(archive.read(part.target, into: reader), of: "styles")
      styles = reader.styles
    }
    styles.resolve()
    var text = try body(main, styles: styles)
    for part in related where ["footnotes", "endnotes", "comments"].contains(part.kind) {
      try addNotes(part, styles: styles, to: &text)
    }
    readProperties(into: &text)
    for name in archive.duplicates where name == ZipArchive.key(main) {
      text.note(.warning, "duplicate-part", "The zip holds the document twice; the first was read")
    }
    return text
  }

  /// The part that the package's relationships, or else its content types, name.
  private func mainPart() throws(FormatError) -> String {
    guard archive.entryCount > 0 else {
      throw FormatError(.notWord, "The file is an empty zip archive, not a DOCX")
    }
    let dangers = archive.declaredDangers()
    if dangers.hasBomb { throw Self.bomb }
    let types = ContentTypesReader()
    let end = archive.read("[Content_Types].xml", into: types)
    if end == .doctype || end == .bomb || end == .encrypted {
      try check(end, of: "list of content types")
    }
    let root = RelationshipsReader(of: "")
    let rootEnd = archive.read("_rels/.rels", into: root)
    if rootEnd == .doctype || rootEnd == .bomb || rootEnd == .encrypted {
      try check(rootEnd, of: "list of relationships")
    }
    let named = root.relationships.first { $0.kind == "officeDocument" }?.target
    if let other = types.otherProgram, types.wordPart == nil { throw Self.notWord(other) }
    let candidates = [named, types.wordPart, "word/document.xml"].compactMap { $0 }
    if let part = candidates.first(where: archive.contains) { return part }
    if dangers.isEncrypted { throw Self.encrypted }
    throw otherPackage()
  }

  private func otherPackage() -> FormatError {
    if archive.contains("content.xml") || archive.contains("mimetype") {
      return Self.notWord("an OpenDocument file (such as .odt) or an e-book")
    }
    if archive.contains("xl/workbook.xml") { return Self.notWord("an Excel workbook") }
    if archive.contains("ppt/presentation.xml") {
      return Self.notWord("a PowerPoint presentation")
    }
    return FormatError(
      .notWord, "The file is a zip archive without a Word document in it",
      fix: "If there is a document inside the archive, unpack it first.")
  }

  private func relationships(of part: String) -> [Relationship] {
    let folder = part.lastIndex(of: "/").map { String(part[...$0]) } ?? ""
    let name = part.dropFirst(folder.count)
    let reader = RelationshipsReader(of: part)
    // Without its relationships a document still has its text: styles and notes are missing.
    _ = archive.read(folder + "_rels/" + name + ".rels", into: reader)
    return reader.relationships
  }

  private func body(_ part: String, styles: DocumentStyles) throws(FormatError) -> DocumentText {
    var reader = BodyReader(styles: styles)
    var end = archive.read(part, into: reader)
    let isFieldOpen = reader.state.bytesInOpenFields > 0
    if isFieldOpen {
      reader = BodyReader(styles: styles, ignoresFieldInstructions: true)
      end = archive.read(part, into: reader)
    }
    var text = reader.takeOutput()
    let isWhole = try complete(end, text: &text)
    guard reader.state.isWordDocument || !isWhole else {
      throw FormatError(.notWord, "The file's main part is not a Word document")
    }
    if isFieldOpen {
      text.note(.warning, "open-field", "A field has no end; what follows it was read as text")
    }
    if reader.state.unknownSymbols > 0 {
      text.note(
        .warning, "unknown-symbol",
        "\(reader.state.unknownSymbols) symbols have no Unicode character and became \u{FFFD}")
    }
    if reader.state.embeddedCount > 0 {
      text.note(
        .warning, "embedded-document",
        "\(reader.state.embeddedCount) documents inside the document were not read")
    }
    text.noteTrackedChanges()
    return text
  }

  /// Whether the main part was read whole; throws unless damage is to be put up with.
  private func complete(_ end: PartEnd, text: inout DocumentText) throws(FormatError) -> Bool {
    let what: String
    switch end {
    case .complete: return true
    case .checksum:
      text.note(
        .error, "wrong-checksum", "The document's checksum is wrong: some of its words may be too")
      return true
    case .damaged: what = "its text can't be unpacked to the end"
    case .malformed(let line, let column):
      what = "its XML is wrong at line \(line), column \(column)"
    default:
      try check(end, of: "text")
      return true
    }
    guard salvages, text.filledParagraphCount > 0 else {
      throw Self.damage(what, readable: text)
    }
    text.note(.error, "damaged", "The document is damaged: \(what); what comes before was read")
    return false
  }

  private func addNotes(
    _ part: Relationship, styles: DocumentStyles, to text: inout DocumentText
  ) throws(FormatError) {
    let reader = BodyReader(styles: styles)
    let end = archive.read(part.target, into: reader)
    if end == .doctype || end == .bomb { try check(end, of: part.kind) }
    if end != .complete, end != .missing {
      text.note(.warning, "damaged-notes", "The document's \(part.kind) could not be read whole")
    }
    text.notes.append(contentsOf: reader.takeOutput().notes)
  }

  /// Refuses what no part may be; damage of a part that only helps is put up with.
  private func check(_ end: PartEnd, of what: String) throws(FormatError) {
    switch end {
    case .complete, .checksum, .missing, .damaged, .malformed: break
    case .encrypted: throw Self.encrypted
    case .bomb: throw Self.bomb
    case .unknownCompression:
      throw FormatError(
        .unsupported, "The document's \(what) is packed in a way that is not supported",
        fix: "Open it in a word processor and save it again.")
    case .doctype:
      throw FormatError(
        .forbiddenEntity, "The document's \(what) declares entities, which no DOCX may",
        fix: "Don't trust this file: it is made to do harm.")
    case .refused(let error): throw error
    }
  }

  private static let bomb = FormatError(
    .bomb, "The file unpacks to far more than a document holds: it looks like a zip bomb",
    fix: "Don't trust this file.")
  private static let encrypted = FormatError(
    .encrypted, "The zip archive is encrypted with a password",
    fix: "Unpack it with the password first.")

  private static func notWord(_ what: String) -> FormatError {
    FormatError(
      .notWord, "The file is \(what), not a DOCX", fix: "Save it as .docx, or export its text.")
  }
}
