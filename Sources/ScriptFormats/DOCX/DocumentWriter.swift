package import ScriptModel

/// The way out to DOCX.
///
/// A paragraph a line: times on request and the speaker's label in character styles of their own,
/// then the text. A bookmark named after the line's id lets an edited copy find its way back.
package enum DocumentWriter {
  /// Writes a document; equal documents give equal bytes.
  ///
  /// Characters that XML 1.0 can't hold are left out.
  ///
  /// - Throws: `FormatError` where libzip is missing or memory runs out.
  package static func write(
    _ document: ScriptDocument, options: WriteOptions
  ) throws(FormatError) -> [UInt8] {
    var body = BodyWriter(document: document, options: options)
    body.write()
    let metadata = document.metadata
    return try ZipWriter.pack([
      ("[Content_Types].xml", Array(DocumentParts.contentTypes.utf8)),
      ("_rels/.rels", Array(DocumentParts.relationships.utf8)),
      ("word/document.xml", body.bytes),
      ("word/_rels/document.xml.rels", Array(DocumentParts.documentRelationships.utf8)),
      ("word/styles.xml", Array(DocumentParts.styles(language: metadata.language).utf8)),
      ("docProps/core.xml", Array(DocumentParts.coreProperties(metadata).utf8)),
      ("docProps/custom.xml", Array(DocumentParts.customProperties(metadata).utf8)),
    ])
  }
}
