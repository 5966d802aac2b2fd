package import ScriptModel

/// Transcripts in Markdown with or without YAML front matter.
package enum MarkdownReader {
  /// Reads valid UTF-8 with any line ends; never fails, what is odd is in the findings.
  package static func read(_ text: [UInt8], options: ReadOptions) -> ScriptDocument {
    ScriptDocument()
  }
}
