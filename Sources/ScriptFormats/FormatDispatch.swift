import ScriptModel

/// Which reader and which writer has which format.
enum FormatDispatch {
  /// Reads decoded text in a format.
  static func read(
    _ bytes: [UInt8], as format: FormatName, options: ReadOptions
  ) throws(FormatError) -> ScriptDocument {
    switch format {
    case .srt: SubRipReader.read(bytes, options: options)
    case .webVTT: WebVTTReader.read(RowEnds.withoutCarriageReturns(bytes), options: options)
    case .json: try ScriptJSONReader.read(bytes)
    case .text: TranscriptReader.read(RowEnds.withoutCarriageReturns(bytes), options: options)
    case .markdown: MarkdownReader.read(RowEnds.withoutCarriageReturns(bytes), options: options)
    case .fountain: FountainReader.read(RowEnds.withoutCarriageReturns(bytes), options: options)
    case .docx: try DocumentReader.read(bytes, options: options)
    }
  }

  /// Whether a format has a second form, in which no text can be taken for something else.
  static func hasGuardedForm(_ format: FormatName) -> Bool {
    format == .text || format == .markdown
  }

  /// Writes in a format that is not captions.
  static func write(
    _ document: ScriptDocument, options: WriteOptions, isGuarded: Bool = false
  ) throws(FormatError) -> [UInt8] {
    switch options.format {
    case .json: return ScriptJSONWriter.write(document)
    case .srt, .webVTT:
      throw FormatError(.unsupported, "\(options.format.title) is written by its own writer")
    case .text: return TranscriptWriter.write(document, options: options, isGuarded: isGuarded)
    case .markdown: return MarkdownWriter.write(document, options: options, isGuarded: isGuarded)
    case .docx: return try DocumentWriter.write(document, options: options)
    case .fountain:
      throw FormatError(
        .unsupported, "Fountain is read only", fix: "Export as TXT, Markdown or DOCX")
    }
  }
}
