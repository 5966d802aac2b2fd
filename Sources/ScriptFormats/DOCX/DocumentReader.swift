package import ScriptModel

/// The way in for DOCX.
package enum DocumentReader {
  /// Reads a DOCX into lines, speakers and times.
  ///
  /// A damaged file is refused with an offer, unless `options.format` insists on DOCX: then what
  /// can be read is, with a finding of severity `error`.
  ///
  /// - Throws: `FormatError` where the file is no DOCX, or is damaged, encrypted or hostile.
  package static func read(
    _ bytes: [UInt8], options: ReadOptions
  ) throws(FormatError) -> ScriptDocument {
    let text = try text(of: bytes, options: options)
    return text.isOwnExport ? OwnExport.document(text) : TranscriptInput.document(text, options)
  }

  /// Reads a DOCX into its paragraphs.
  ///
  /// - Throws: `FormatError` where the file is no DOCX, or is damaged, encrypted or hostile.
  package static func text(
    of bytes: [UInt8], options: ReadOptions
  ) throws(FormatError) -> DocumentText {
    try DocumentPackage.read(bytes, salvages: options.format == .docx)
  }
}
