package import ScriptModel

/// Plain text transcripts: every layout that `TranscriptLayout` knows.
package enum TranscriptReader {
  /// Reads valid UTF-8 with any line ends; never fails, what is odd is in the findings.
  package static func read(_ text: [UInt8], options: ReadOptions) -> ScriptDocument {
    ScriptDocument()
  }
}
