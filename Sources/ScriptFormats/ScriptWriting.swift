package import ScriptModel

/// The way out: a document to bytes of any supported format.
package enum ScriptWriting {
  /// The bytes of a file with what they do not hold.
  package struct Result: Sendable {
    /// The whole file.
    package var bytes: [UInt8]
    /// What the format can't hold, a few words each, such as `12 end times`.
    package var lost: [String]
  }

  /// Writes a document, reads the bytes again and compares.
  ///
  /// Captions are written in plain forms first; lines that do not read back equal get the safer forms of
  /// `CaptionLabels`, until all do.
  /// - Throws: `FormatError` with code `verification` where what would be read back differs.
  package static func write(
    _ document: ScriptDocument, options: WriteOptions
  ) throws(FormatError) -> Result {
    let prepared = ExportPreparation(document, options: options)
    switch options.format {
    case .srt, .webVTT: return try captions(prepared, options)
    case .json: return try lossless(document, options)
    case .text, .markdown, .docx, .fountain: return try prose(prepared, options)
    }
  }

  private static func captions(
    _ prepared: ExportPreparation, _ options: WriteOptions
  ) throws(FormatError) -> Result {
    let document = prepared.document
    var labels = CaptionLabels(document, mode: options.speakers)
    var comparison = DocumentComparison()
    comparison.speakers = options.speakers != .none
    while true {
      let bytes =
        options.format == .srt
        ? SubRipWriter.write(document, options: options, labels: &labels)
        : WebVTTWriter.write(document, options: options, labels: &labels)
      if options.format == .srt,
        SubRipReader.isRead(document, outOf: bytes, options: reading(options))
      {
        return Result(bytes: bytes, lost: prepared.lost)
      }
      let found = try readBack(bytes, options)
      guard let different = comparison.differences(document, found) else {
        throw failure(
          "\(grouped(found.entries.count)) captions instead of \(grouped(document.entries.count))")
      }
      if different.isEmpty {
        return Result(bytes: bytes, lost: prepared.lost)
      }
      guard labels.secure(different, in: document) else {
        return try speakersAsText(bytes, found, different, prepared, comparison)
      }
    }
  }

  /// Accepts names that a file of captions can't hold as names, as long as every word is there.
  private static func speakersAsText(
    _ bytes: [UInt8], _ found: ScriptDocument, _ different: [Int], _ prepared: ExportPreparation,
    _ comparison: DocumentComparison
  ) throws(FormatError) -> Result {
    var timesAlone = comparison
    timesAlone.speakers = false
    timesAlone.texts = .none
    guard timesAlone.differences(prepared.document, found) == [] else {
      throw failure("the times of some lines differ")
    }
    var lenient = comparison
    lenient.speakers = false
    let sameTexts = lenient.differences(prepared.document, found)?.isEmpty ?? false
    guard
      sameTexts
        || DocumentComparison.words(of: prepared.document) == DocumentComparison.words(of: found)
    else { throw failure("line \(grouped((different.first ?? 0) + 1)) differs") }
    let what = "speakers of \(counted(different.count, "line")) that do not read back as written"
    return Result(bytes: bytes, lost: prepared.lost + [what])
  }

  private static func lossless(
    _ document: ScriptDocument, _ options: WriteOptions
  ) throws(FormatError) -> Result {
    let bytes = try FormatDispatch.write(document, options: options)
    let found = try ScriptJSONReader.read(bytes)
    guard DocumentComparison().differences(document, found) == [],
      zip(document.entries, found.entries).allSatisfy({ $0.kind == $1.kind })
    else { throw failure("a line differs") }
    guard document.metadata == found.metadata else {
      throw failure("the title or another fact about the script differs")
    }
    return Result(bytes: bytes, lost: [])
  }

  /// Writes as people write by hand where that reads back equal, else in the format's guarded form.
  ///
  /// What even that can't hold is counted in `lost`, but no word may be missing.
  private static func prose(
    _ prepared: ExportPreparation, _ options: WriteOptions
  ) throws(FormatError) -> Result {
    let document = prepared.document
    var isGuarded = false
    while true {
      let bytes = try FormatDispatch.write(document, options: options, isGuarded: isGuarded)
      if options.format == .markdown,
        MarkdownCheck.isRead(document, outOf: bytes, options: options),
        isToldByContent(bytes, options.format)
      {
        return Result(bytes: bytes, lost: prepared.lost)
      }
      var found = try readBack(bytes, options)
      let differences = ProseDifferences(document, found, options)
      let isTold = isToldByContent(bytes, options.format)
      if differences.isEmpty, isTold {
        return Result(bytes: bytes, lost: prepared.lost + differences.lost)
      }
      if !isGuarded, FormatDispatch.hasGuardedForm(options.format) {
        isGuarded = true
        found = ScriptDocument()
        continue
      }
      guard
        differences.keepsWords
          || DocumentComparison.words(of: document) == DocumentComparison.words(of: found)
      else { throw failure("some words differ") }
      let format = isTold ? [] : ["the format: the text looks like another, so name it on import"]
      return Result(bytes: bytes, lost: prepared.lost + differences.lost + format)
    }
  }

  /// Whether the file is taken for what it is when nobody names its format.
  ///
  /// A text whose lines hold the times of captions would be read as captions.
  private static func isToldByContent(_ bytes: [UInt8], _ format: FormatName) -> Bool {
    guard format == .text || format == .markdown, !bytes.isEmpty else { return true }
    // A refusal is an answer too: the file is told for something that is no script.
    return (try? FormatDetection.format(of: bytes, named: format)) == format
  }

  private static func readBack(
    _ bytes: [UInt8], _ options: WriteOptions
  ) throws(FormatError) -> ScriptDocument {
    let reading = reading(options)
    if options.format == .docx { return try ScriptReading.read(bytes, options: reading).document }
    return try FormatDispatch.read(bytes, as: options.format, options: reading)
  }

  /// How what was written is read again.
  private static func reading(_ options: WriteOptions) -> ReadOptions {
    var reading = ReadOptions()
    reading.format = options.format
    // Captions without names are read as text alone; other formats must not show names by chance.
    let isCaptions = options.format == .srt || options.format == .webVTT
    reading.speakers = isCaptions && options.speakers == .none ? .none : .auto
    return reading
  }

  private static func failure(_ what: String) -> FormatError {
    FormatError(
      .verification, "What was written does not read back equal: \(what)",
      fix: "Export as JSON, which holds everything, and report this")
  }
}
