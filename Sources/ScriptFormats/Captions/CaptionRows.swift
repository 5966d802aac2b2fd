import ScriptModel

/// Breaks the texts of captions into rows of a limited length.
enum CaptionRows {
  /// Characters that no row begins with: closing marks, small kana, sound marks (kinsoku).
  private static let neverFirst = Set("、。，．！？：；）」』】〉》・ー々…ぁぃぅぇぉっゃゅょァィゥェォッャュョ!?,.)".unicodeScalars)
  /// Characters that no row ends with: opening marks.
  private static let neverLast = Set("（「『【〈《(".unicodeScalars)

  /// Breaks rows that are longer than a number of characters; words stay whole, CJK breaks anywhere.
  static func wrap(_ document: inout ScriptDocument, to length: Int) {
    guard length > 0 else { return }
    var text: [UInt8] = []
    text.reserveCapacity(document.text.count + document.text.count / 16)
    for index in document.entries.indices {
      let start = text.count
      let source = String(decoding: document.text[document.entries[index].text], as: UTF8.self)
      text.append(contentsOf: wrapped(source, to: length).utf8)
      document.entries[index].text = start..<text.count
    }
    document.text = text
  }

  static func wrapped(_ text: String, to length: Int) -> String {
    if width(text[...]) <= length { return text }
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
    if rows.allSatisfy({ width($0) <= length }) { return text }
    return rows.map { wrappedRow($0, to: length) }.joined(separator: "\n")
  }

  private static func wrappedRow(_ row: Substring, to length: Int) -> String {
    var result = ""
    var used = 0
    for piece in pieces(row) {
      let size = width(piece.text[...])
      if used > 0, used + size + (piece.followsSpace ? 1 : 0) > length {
        result += "\n"
        used = 0
      } else if piece.followsSpace, used > 0 {
        result += " "
        used += 1
      }
      result += piece.text
      used += size
    }
    return result
  }

  private struct Piece {
    var text: String
    var followsSpace: Bool
  }

  /// The words of a row, and each CJK character as a piece of its own with the marks that cling to it.
  private static func pieces(_ row: Substring) -> [Piece] {
    var pieces: [Piece] = []
    for word in row.split(separator: " ") {
      var followsSpace = true
      var current = ""
      for character in word {
        let scalar = character.unicodeScalars.first ?? " "
        let clings =
          neverFirst.contains(scalar)
          || (current.unicodeScalars.last.map(neverLast.contains) ?? false)
        let previous = current.unicodeScalars.last
        let breaks = isCJK(scalar) || (previous.map(isCJK) ?? false)
        if breaks, !clings, !current.isEmpty {
          pieces.append(Piece(text: current, followsSpace: followsSpace))
          (current, followsSpace) = ("", false)
        }
        current.append(character)
      }
      pieces.append(Piece(text: current, followsSpace: followsSpace))
    }
    return pieces
  }

  private static func isCJK(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3000...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFFEF, 0x20000...0x3FFFF: true
    default: false
    }
  }

  /// The characters that show: tags do not count.
  private static func width(_ text: Substring) -> Int {
    guard text.utf8.contains(0x3C) else { return text.count }
    var rest = text
    var count = 0
    while let open = rest.firstIndex(of: "<") {
      count += rest[..<open].count
      rest = rest[open...]
      let bytes = Array(rest.prefix(4).utf8)
      let tag = KeptTag.length(bytes.span, 0..<bytes.count)
      count += tag == 0 ? 1 : 0
      rest = rest.dropFirst(max(tag, 1))
    }
    return count + rest.count
  }
}
