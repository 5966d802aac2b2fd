package import ScriptModel

/// A paragraph of a transcript that a word processor holds, as `TranscriptLayout` takes it.
package struct TranscriptParagraph: Hashable, Sendable {
  /// What the document says that a paragraph is.
  package enum Style: String, Hashable, Sendable {
    /// Body text: a label, a time, a name, or what is said.
    case normal
    /// A title of a part.
    case heading
    /// A paragraph that is known to be a direction.
    case direction
  }

  /// The text in UTF-8 with `\n` where the paragraph has a line break and `\t` for a tab.
  package var text: [UInt8]
  /// What the document says that it is.
  package var style: Style
  /// How many bytes at the beginning of `text` are bold: a label run; 0 for none.
  package var boldPrefixLength: Int
  /// The id of the line that begins here, where the document holds one; begins a line of its own.
  package var lineID: Line.ID?
  /// The number of the paragraph in its document, from 1, for findings.
  package var row: Int

  /// Creates a paragraph from its parts.
  package init(
    text: [UInt8], style: Style = .normal, boldPrefixLength: Int = 0, lineID: Line.ID? = nil,
    row: Int
  ) {
    self.text = text
    self.style = style
    self.boldPrefixLength = boldPrefixLength
    self.lineID = lineID
    self.row = row
  }
}

/// The way in for paragraphs: the layouts of transcripts told by their shapes over the whole text.
package enum TranscriptLayout {
  /// Tells the layout of the paragraphs and reads the turns.
  ///
  /// `lineIDs` of the result is filled where a paragraph has an id, and empty where none has.
  package static func read(
    paragraphs: [TranscriptParagraph], options: ReadOptions
  ) -> ScriptDocument {
    TranscriptReader.read(TextRows(paragraphs), flavour: .document, options: options)
  }
}
