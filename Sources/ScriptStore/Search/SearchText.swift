/// The words of a line as the search index sees them.
enum SearchText {
  /// The tags that a text may hold, in the order in which the view `searchable_line` takes them out.
  private static let tags = ["<b>", "</b>", "<i>", "</i>", "<u>", "</u>"].map { Array($0.utf8) }

  /// Takes the markup out, just as the view `searchable_line` does.
  static func withoutMarkup(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: "<")) else { return text }
    return keptOffsets(of: text).map { text[$0] }
  }

  /// The offsets of the bytes that are left once the markup is out.
  static func keptOffsets(of text: [UInt8]) -> [Int] {
    var kept = Array(text.indices)
    guard text.contains(UInt8(ascii: "<")) else { return kept }
    for tag in tags {
      var next: [Int] = []
      next.reserveCapacity(kept.count)
      var position = 0
      while position < kept.count {
        if text[kept[position]] == tag[0], position + tag.count <= kept.count,
          (1..<tag.count).allSatisfy({ text[kept[position + $0]] == tag[$0] })
        {
          position += tag.count
        } else {
          next.append(kept[position])
          position += 1
        }
      }
      kept = next
    }
    return kept
  }

  /// Writes a text for the table `line_pair`; `nil` where no script in it lacks spaces.
  ///
  /// A run of such characters becomes its pairs of neighbours and its last character, so that a
  /// phrase of pairs finds a word of any length and a prefix finds a single character.
  static func pairs(of text: [UInt8]) -> [UInt8]? {
    guard text.contains(where: { $0 >= 0xE0 }) else { return nil }
    var result: [UInt8] = []
    var found = false
    var run: [Unicode.Scalar] = []
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
    for scalar in scalars {
      if isUnspaced(scalar) {
        found = true
        run.append(scalar)
      } else {
        appendPairs(of: run, to: &result, withLast: true)
        run.removeAll(keepingCapacity: true)
        result.append(contentsOf: String(scalar).utf8)
      }
    }
    appendPairs(of: run, to: &result, withLast: true)
    return found ? result : nil
  }

  /// Appends the pairs of a run with spaces around them.
  static func appendPairs(
    of run: [Unicode.Scalar], to result: inout [UInt8], withLast: Bool
  ) {
    guard let last = run.last else { return }
    result.append(UInt8(ascii: " "))
    for index in run.indices.dropLast() {
      result.append(contentsOf: String(run[index]).utf8)
      result.append(contentsOf: String(run[index + 1]).utf8)
      result.append(UInt8(ascii: " "))
    }
    if withLast {
      result.append(contentsOf: String(last).utf8)
      result.append(UInt8(ascii: " "))
    }
  }

  /// Whether a character belongs to a script that is written without spaces between words.
  ///
  /// Hangul has spaces, but its particles stick to the words that people look for.
  static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x0E00: false
    case 0x0E00...0x109F: scalar.value < 0x0FFF || scalar.value >= 0x1000  // Thai to Myanmar
    case 0x1100...0x11FF, 0x1780...0x17FF: true  // Hangul letters; Khmer
    case 0x3005...0x3007, 0x3021...0x3029, 0x3031...0x3035, 0x303B: true  // ideographic marks
    case 0x3041...0x30FA, 0x30FC...0x318F, 0x31A0...0x31BF, 0x31F0...0x31FF: true
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA960...0xA97F, 0xAC00...0xD7FF: true
    case 0xF900...0xFAFF, 0xFF66...0xFFDC: true
    case 0x1B000...0x1B16F, 0x20000...0x3FFFF: true
    default: false
    }
  }
}
