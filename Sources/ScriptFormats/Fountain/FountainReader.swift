package import ScriptModel

/// Fountain: a screenplay in plain text.
package enum FountainReader {
  /// Reads valid UTF-8 with any line ends; never fails, what is odd is in the findings.
  package static func read(_ text: [UInt8], options: ReadOptions) -> ScriptDocument {
    ScriptDocument()
  }
}
