/// Finds where the words of a query stand in a line's text.
struct MatchFinder {
  let query: SearchQuery

  /// Reads the marks U+0001 and U+0002 that the index put around the words in the text without
  /// markup, and gives their places in the text with markup.
  static func ranges(marked: [UInt8], text: [UInt8]) -> [Range<Int>] {
    let kept = SearchText.keptOffsets(of: text)
    var ranges: [Range<Int>] = []
    var position = 0
    var start: Int?
    for byte in marked {
      if byte == 1, position < kept.count, text[kept[position]] != 1 {
        start = position
      } else if byte == 2, position == kept.count || text[kept[position]] != 2 {
        if let first = start, first < position {
          ranges.append(kept[first]..<(kept[position - 1] + 1))
        }
        start = nil
      } else if position < kept.count {
        position += 1
      }
    }
    return ranges
  }

  /// Looks for the terms themselves, ASCII letter case aside; for lines that pairs found.
  func ranges(in text: [UInt8]) -> [Range<Int>] {
    let kept = SearchText.keptOffsets(of: text)
    let visible = kept.map { folded(text[$0]) }
    var found: [Range<Int>] = []
    for term in query.terms {
      let wanted = term.text.utf8.map { folded($0) }
      guard let first = wanted.first else { continue }
      var start = 0
      while start + wanted.count <= visible.count {
        if visible[start] == first,
          visible[start..<(start + wanted.count)].elementsEqual(wanted)
        {
          found.append(kept[start]..<(kept[start + wanted.count - 1] + 1))
          start += wanted.count
        } else {
          start += 1
        }
      }
    }
    return merged(found)
  }

  private func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

  private func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound < last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }
}
