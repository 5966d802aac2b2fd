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
  /// Whether a line in place of one other is that line, however little its words are like it.
  ///
  /// So it is with the rows of a file, of which nothing else tells what they are.
  package var pairsByPlace = false

  /// Creates the capabilities of a format that holds everything.
  package init() {}
}
