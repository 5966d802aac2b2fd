package import ScriptModel

/// Markdown: YAML front matter, then `**Anna:** text` with a blank line between turns.
package enum MarkdownWriter {
  /// Writes every line so that `MarkdownReader` reads the same lines back.
  package static func write(_ document: ScriptDocument, options: WriteOptions) -> [UInt8] {
    []
  }
}
