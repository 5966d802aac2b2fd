package import ScriptModel

/// A file that a script is made of, kept whole beside it.
package struct ImportedSource: Sendable {
  /// The file's name: a label, never a path.
  package var name: String
  /// The file's format.
  package var format: FormatName
  /// The encoding that it was decoded from.
  package var encoding: String
  /// The whole file as it came.
  package var bytes: [UInt8]

  /// Creates a source from its parts.
  package init(name: String, format: FormatName, encoding: String, bytes: [UInt8]) {
    self.name = name
    self.format = format
    self.encoding = encoding
    self.bytes = bytes
  }
}

/// What the workspace knows of the file that a script was made of.
package struct SourceRecord: Hashable, Sendable {
  /// The file's name.
  package var name: String
  /// The file's format as it was named at the import.
  package var format: String
  /// The encoding that it was decoded from.
  package var encoding: String
  /// The SHA-256 of the whole file.
  package var sha256: [UInt8]
  /// What was noticed in it.
  package var findings: [Finding]
  /// Headers, footers and comments: what is in it that is no line.
  package var notes: [String]
}
