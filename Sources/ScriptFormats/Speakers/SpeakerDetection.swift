package import ScriptModel

/// The rules by which a label at the beginning of a text is a speaker and not text.
package enum SpeakerDetection {
  /// Moves labels from the beginnings of texts into the speakers of the entries.
  ///
  /// Looks at entries that have no speaker yet. What looks like a label and is not taken gets a
  /// finding `possible-label`.
  package static func apply(to document: inout ScriptDocument, cast: [String]) {
  }

  /// Tells whether `name: text` is read back as a speaker where the name occurs so often.
  package static func isRecognized(_ name: String, occurrences: Int) -> Bool {
    false
  }
}
