package import ScriptModel

/// The value of an `order` conflict: lines, one behind the other, and the line that they are behind.
package struct LinePlacement: Hashable, Sendable {
  /// The line that they stand behind; `nil` at the beginning of the script.
  package var anchor: Line.ID?
  /// The lines in their order.
  package var lines: [Line.ID]

  /// Creates a placement from its parts.
  package init(anchor: Line.ID?, lines: [Line.ID]) {
    self.anchor = anchor
    self.lines = lines
  }

  /// Reads a value; `nil` where it is none.
  ///
  /// - Parameter line: the conflict's line: the one that is meant where the value names none.
  package init?(_ text: String, of line: Line.ID) {
    let words = text.split(separator: " ")
    var ids: [Line.ID] = []
    for word in words.dropFirst() {
      guard let id = Line.ID(String(word)) else { return nil }
      ids.append(id)
    }
    lines = ids.isEmpty ? [line] : ids
    guard let first = words.first, first != "-" else { return }
    guard let id = Line.ID(String(first)) else { return nil }
    anchor = id
  }

  /// The value: ids between blanks, the anchor first, or `-`. Of a single line the anchor alone,
  /// empty for the beginning.
  package var text: String {
    if lines.count == 1 { return anchor?.description ?? "" }
    return ([anchor?.description ?? "-"] + lines.map(\.description)).joined(separator: " ")
  }
}

/// The value of a `timing` conflict: the times of every line of a range.
package struct RangeTimes: Hashable, Sendable {
  /// The times of one line.
  package struct Row: Hashable, Sendable {
    /// The line.
    package var line: Line.ID
    /// Its start; `nil` for none.
    package var start: Milliseconds?
    /// Its end; `nil` for none.
    package var end: Milliseconds?
  }

  /// The lines of the range in their order, those without any time left out.
  package private(set) var rows: [Row] = []

  /// Takes the times of lines.
  package init(of lines: some Sequence<Line>) {
    for line in lines where line.start != nil || line.end != nil {
      rows.append(Row(line: line.id, start: line.start, end: line.end))
    }
  }

  /// Reads a value; `nil` where it is none.
  package init?(_ text: String) {
    for row in text.split(separator: "\n") {
      let words = row.split(separator: " ")
      guard words.count == 3, let line = Line.ID(String(words[0])),
        let start = Self.time(words[1]), let end = Self.time(words[2])
      else { return nil }
      rows.append(Row(line: line, start: start, end: end))
    }
    if rows.isEmpty { return nil }
  }

  private static func time(_ word: Substring) -> Milliseconds?? {
    word == "-" ? .some(nil) : Int64(word).map { .some(Milliseconds($0)) }
  }

  /// The value: a row for each line with its id, start and end in ms, or `-`.
  package var text: String {
    rows.map { row in
      let (start, end) = (row.start?.rawValue.description, row.end?.rawValue.description)
      return "\(row.line) \(start ?? "-") \(end ?? "-")"
    }.joined(separator: "\n")
  }

  /// The first start and the last end; `nil` where no line has a time.
  package var bounds: (start: Milliseconds, end: Milliseconds)? {
    guard let start = rows.lazy.compactMap({ $0.start ?? $0.end }).first,
      let end = rows.reversed().lazy.compactMap({ $0.end ?? $0.start }).first
    else { return nil }
    return (start, end)
  }
}
