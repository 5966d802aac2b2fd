package import ScriptModel

/// The way in: bytes of any supported format to a document.
package enum ScriptReading {
  /// A document with how it was read.
  package struct Result: Sendable {
    /// The script and the findings.
    package var document: ScriptDocument
    /// The format that the content was found to be in.
    package var format: FormatName
    /// The encoding that it was decoded from, as iconv spells it, such as `UTF-8`.
    package var encoding: String
  }

  /// Tells the format by content (the name only breaks ties), decodes and reads.
  ///
  /// - Throws: `FormatError` where nothing can be read; what can be read in part is, with findings.
  package static func read(
    _ bytes: consuming [UInt8], options: ReadOptions
  ) throws(FormatError) -> Result {
    guard !bytes.isEmpty else { throw FormatError(.empty, "The file is empty") }
    if options.format == .docx { return try document(bytes, options: options, findings: []) }
    switch FileSignature.kind(of: bytes) {
    case .archive: return try archive(bytes, options: options)
    case .refused(let error): throw error
    case nil: break
    }
    var findings = FindingList()
    if options.encoding == nil, UnicodeForm.detect(bytes) == nil,
      let error = FileSignature.binary(bytes)
    {
      throw error
    }
    let decoded = try TextDecoding.decode(
      consume bytes, encoding: options.encoding, findings: &findings)
    guard !BlankText.isBlankText(decoded.bytes) else {
      throw FormatError(.empty, "The file has no text")
    }
    let named = FormatDetection.format(ofName: options.fileName)
    let format: FormatName
    if let asked = options.format {
      format = asked
    } else {
      format = try FormatDetection.format(of: decoded.bytes, named: named)
      if let named { reportName(named, isNot: format, to: &findings) }
    }
    var document = try text(decoded.bytes, as: format, options: options)
    document.findings = findings.summarized() + document.findings
    return Result(document: document, format: format, encoding: decoded.encoding)
  }

  private static func archive(
    _ bytes: [UInt8], options: ReadOptions
  ) throws(FormatError) -> Result {
    if let format = options.format {
      throw FormatError(
        .binary, "The file is a zip archive, not \(format.title)",
        fix: "Leave '--format' out to have it read as a Word document")
    }
    var findings = FindingList()
    if let named = FormatDetection.format(ofName: options.fileName) {
      reportName(named, isNot: .docx, to: &findings)
    }
    return try document(bytes, options: options, findings: findings.findings)
  }

  private static func document(
    _ bytes: [UInt8], options: ReadOptions, findings: [Finding]
  ) throws(FormatError) -> Result {
    var document = try DocumentReader.read(bytes, options: options)
    document.findings = findings + document.findings
    return Result(document: document, format: .docx, encoding: "UTF-8")
  }

  private static func text(
    _ bytes: [UInt8], as format: FormatName, options: ReadOptions
  ) throws(FormatError) -> ScriptDocument {
    let document = try FormatDispatch.read(bytes, as: format, options: options)
    if document.entries.isEmpty,
      format == .srt || format == .webVTT && !bytes.starts(with: "WEBVTT".utf8)
    {
      throw FormatError(
        .unknownFormat, "No caption with a time is in the file",
        fix: "'--format txt' reads it as plain text")
    }
    return document
  }

  private static func reportName(
    _ named: FormatName, isNot format: FormatName, to findings: inout FindingList
  ) {
    guard named != format else { return }
    findings.add(
      .warning, "wrong-extension",
      "The name says \(named.title), but the content is \(format.title) and was read so")
  }
}

extension FormatName {
  /// The name of the format in a sentence.
  var title: String {
    switch self {
    case .srt: "SubRip (SRT)"
    case .markdown: "Markdown"
    case .text: "plain text"
    case .webVTT: "WebVTT"
    case .docx: "a Word document (DOCX)"
    case .json: "JSON"
    case .fountain: "Fountain"
    }
  }
}
