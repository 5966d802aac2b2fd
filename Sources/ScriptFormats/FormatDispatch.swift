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

  /// Writes in a format that is not captions.
  static func write(
    _ document: ScriptDocument, options: WriteOptions
  ) throws(FormatError) -> [UInt8] {
    switch options.format {
    case .json: ScriptJSONWriter.write(document)
    case .srt, .webVTT:
      throw FormatError(.unsupported, "\(options.format.title) is written by its own writer")
    case .text: TranscriptWriter.write(document, options: options)
    case .markdown: MarkdownWriter.write(document, options: options)
    case .docx: try DocumentWriter.write(document, options: options)
    case .fountain:
      throw FormatError(
        .unsupported, "Fountain is read only", fix: "Export as TXT, Markdown or DOCX")
    }
  }
}
