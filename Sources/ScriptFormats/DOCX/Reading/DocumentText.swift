package import ScriptModel

/// The words of a DOCX in reading order, before anybody asks who says them.
package struct DocumentText: Sendable {
  /// How a stretch of text looks, and what our own exports say that it is.
  package struct Format: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let bold = Format(rawValue: 1)
    package static let italic = Format(rawValue: 2)
    package static let underline = Format(rawValue: 4)
    /// A speaker's label by its character style.
    package static let speaker = Format(rawValue: 8)
    /// A line's times by their character style.
    package static let time = Format(rawValue: 16)
    /// What the text itself holds as markup.
    package static let visible: Format = [.bold, .italic, .underline]
  }

  /// Where a format begins; it lasts to the next span or the end of the paragraph.
  package struct Span: Hashable, Sendable {
    /// UTF-8 offset from the beginning of the paragraph.
    package var offset: Int32
    /// The format from there on.
    package var format: Format
  }

  /// Where a paragraph stands in the innermost table around it.
  package struct Cell: Hashable, Sendable {
    /// The table's number in the document, from 0.
    package var table: Int32
    /// The row and the cell in it, from 0.
    package var row: Int32
    package var column: Int32
    /// How many tables are around the paragraph.
    package var depth: Int32
  }

  /// What a style says that a paragraph is.
  package enum Role: UInt8, Hashable, Sendable {
    case body, heading, title
    /// The styles of our own exports: a turn, one that goes on with its speaker, a direction.
    case line, continued, direction
  }

  /// One paragraph.
  package struct Paragraph: Hashable, Sendable {
    /// Where its text lies in the document's `text`.
    package var text: Range<Int>
    /// Where its formats lie in the document's `spans`.
    package var spans: Range<Int>
    /// What its style says that it is.
    package var role: Role
    /// Whether it is an item of a list.
    package var isListItem: Bool
    /// Whether it is in a text box: its place on the page is free.
    package var isInTextBox: Bool
    /// Whether a bookmark of our own exports is in it.
    package var isMarked: Bool
    /// The line that the bookmark names.
    package var lineID: Line.ID?
    /// Where it stands in a table.
    package var cell: Cell?
  }

  /// The paragraphs in reading order, empty ones included.
  package var paragraphs: [Paragraph] = []
  /// The formats of all paragraphs.
  package var spans: [Span] = []
  /// The text of all paragraphs: plain, with `\n` for a line break and `\t` for a tab.
  package var text: [UInt8] = []
  /// Footnotes, endnotes and comments.
  package var notes: [String] = []
  /// How many insertions, deletions and moves were tracked.
  package var insertions = 0
  package var deletions = 0
  package var moves = 0
  /// Whether styles or bookmarks of our own exports are in it.
  package var isOwnExport = false
  /// What the document says of itself.
  package var metadata = ScriptDocument.Metadata()
  /// What was noticed while reading.
  package var findings: [Finding] = []

  /// Creates a document without paragraphs.
  package init() {}

  /// The plain text of a paragraph.
  package func string(_ paragraph: Paragraph) -> String {
    String(decoding: text[paragraph.text], as: UTF8.self)
  }
}

extension DocumentText {
  /// The text of a part of a paragraph with `<b>`, `<i>` and `<u>`.
  ///
  /// - Parameter range: UTF-8 offsets from the beginning of the paragraph.
  package func markedUp(_ paragraph: Paragraph, _ range: Range<Int>) -> [UInt8] {
    let bytes = text[paragraph.text]
    guard !paragraph.spans.isEmpty else {
      return Array(
        bytes[(bytes.startIndex + range.lowerBound)..<(bytes.startIndex + range.upperBound)])
    }
    var result: [UInt8] = []
    result.reserveCapacity(range.count + 16)
    var open: Format = []
    for index in paragraph.spans {
      let begin = max(Int(spans[index].offset), range.lowerBound)
      let next = index + 1 < paragraph.spans.upperBound ? Int(spans[index + 1].offset) : .max
      let end = min(next, range.upperBound)
      guard begin < end else { continue }
      Markup.change(from: open, to: spans[index].format.intersection(.visible), in: &result)
      open = spans[index].format.intersection(.visible)
      result.append(contentsOf: bytes[(bytes.startIndex + begin)..<(bytes.startIndex + end)])
    }
    Markup.change(from: open, to: [], in: &result)
    return result
  }
}
