import ScriptModel

/// The part of a text around the first words that a search found in it.
struct Snippet {
  private var pieces: [(text: String, isMatch: Bool)] = []

  /// - Parameter mostColumns: the columns of the part, marks aside.
  init(_ hit: SearchHit, mostColumns: Int) {
    let bytes = Array(hit.text.utf8)
    var position = 0
    for match in hit.matches {
      let lower = min(max(match.lowerBound, position), bytes.count)
      let upper = min(max(match.upperBound, lower), bytes.count)
      append(bytes[position..<lower], isMatch: false)
      append(bytes[lower..<upper], isMatch: true)
      position = upper
    }
    append(bytes[position...], isMatch: false)
    shorten(to: mostColumns)
  }

  /// The text with what was found marked.
  func marked(_ mark: (String) -> String) -> String {
    pieces.map { $0.isMatch ? mark($0.text) : $0.text }.joined()
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>, isMatch: Bool) {
    guard !bytes.isEmpty else { return }
    pieces.append((VisibleText.row(String(decoding: bytes, as: UTF8.self)), isMatch))
  }

  /// Keeps of what stands before the first match a third of the columns, or what the rest leaves
  /// free, and cuts the end.
  private mutating func shorten(to mostColumns: Int) {
    let total = pieces.reduce(0) { $0 + TextWidth.columns(of: $1.text) }
    guard total > mostColumns else { return }
    if let first = pieces.first, !first.isMatch, pieces.count > 1 {
      let rest = total - TextWidth.columns(of: first.text)
      pieces[0].text = Self.end(
        of: first.text, columns: max(mostColumns / 3, mostColumns - rest))
    }
    var room = mostColumns
    for index in pieces.indices {
      let columns = TextWidth.columns(of: pieces[index].text)
      if columns > room {
        pieces[index].text = TextWidth.truncated(pieces[index].text, to: max(1, room))
        pieces.removeSubrange((index + 1)...)
        return
      }
      room -= columns
    }
  }

  private static func end(of text: String, columns: Int) -> String {
    if TextWidth.columns(of: text) <= columns { return text }
    var kept: [Character] = []
    var used = 1
    for character in text.reversed() {
      used += TextWidth.columns(of: character)
      if used > columns { break }
      kept.append(character)
    }
    let end = kept.reversed()
    // A cut inside a word is moved to its end, unless the text is written without spaces.
    guard let space = end.firstIndex(of: " "), end.index(after: space) < end.endIndex else {
      return "…" + String(end)
    }
    return "…" + String(end[end.index(after: space)...])
  }
}
