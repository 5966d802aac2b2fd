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
  /// - Throws: `FormatError` with code `verification` where what would be read back differs.
  package static func write(
    _ document: ScriptDocument, options: WriteOptions
  ) throws(FormatError) -> Result {
    throw FormatError(.unsupported, "Writing is not built yet")
  }
}
