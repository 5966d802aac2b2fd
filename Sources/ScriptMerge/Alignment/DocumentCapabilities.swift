/// What a document's format can hold: what is missing from it was not deleted.
package struct DocumentCapabilities: Hashable, Sendable {
  /// Whether lines have starts.
  package var holdsTimes = true
  /// Whether lines have ends of their own.
  package var holdsEndTimes = true
  /// Whether lines name their speakers.
  package var holdsSpeakers = true
  /// Whether headings and directions differ from dialogue.
  package var holdsKinds = true
  /// Whether `<b>`, `<i>` and `<u>` are kept.
  package var holdsMarkup = true
  /// Whether the rows of a line's text are kept.
  package var holdsRows = true
  /// The step that times are written in, in ms: 1000 where a format has whole seconds.
  package var timeStep: Int64 = 1

  /// Creates the capabilities of a format that holds everything.
  package init() {}
}
