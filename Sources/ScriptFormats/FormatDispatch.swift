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
    case .text, .markdown, .fountain, .docx:
      throw FormatError(.unsupported, "Reading \(format.title) is not built yet")
    }
  }

  /// Reads a Word document.
  static func readWord(
    _ bytes: [UInt8], options: ReadOptions
  ) throws(FormatError) -> ScriptDocument {
    throw FormatError(.unsupported, "Reading a Word document (DOCX) is not built yet")
  }

  /// Writes in a format that is not captions.
  static func write(
    _ document: ScriptDocument, options: WriteOptions
  ) throws(FormatError) -> [UInt8] {
    switch options.format {
    case .json: ScriptJSONWriter.write(document)
    case .srt, .webVTT:
      throw FormatError(.unsupported, "\(options.format.title) is written by its own writer")
    case .text, .markdown, .docx:
      throw FormatError(.unsupported, "Writing \(options.format.title) is not built yet")
    case .fountain:
      throw FormatError(
        .unsupported, "Fountain is read only", fix: "Export as TXT, Markdown or DOCX")
    }
  }
}
