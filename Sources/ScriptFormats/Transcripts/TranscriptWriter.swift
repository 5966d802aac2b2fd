package import ScriptModel

/// Plain text: `Anna: text`, with times on request `[00:00:05] Anna: text`.
package enum TranscriptWriter {
  /// Writes every line so that `TranscriptReader` reads the same lines back.
  package static func write(_ document: ScriptDocument, options: WriteOptions) -> [UInt8] {
    []
  }
}
