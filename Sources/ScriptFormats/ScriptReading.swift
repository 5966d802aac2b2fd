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
  package static func read(_ bytes: [UInt8], options: ReadOptions) throws(FormatError) -> Result {
    throw FormatError(.unsupported, "Reading is not built yet")
  }
}
