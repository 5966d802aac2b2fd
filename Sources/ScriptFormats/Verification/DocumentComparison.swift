import ScriptModel

/// Compares what was to be written with what is read back.
struct DocumentComparison {
  /// How the texts of two lines are compared.
  enum Texts { case exact, rows, words }

  var texts = Texts.exact
  var speakers = true
  /// Whether a line without a name may be one that goes on with the speaker above it.
  var carriesSpeakers = false
  var starts = true
  var ends = true

  /// The indices of the lines that differ; `nil` where the number of lines does.
  func differences(_ expected: ScriptDocument, _ found: ScriptDocument) -> [Int]? {
    guard expected.entries.count == found.entries.count else { return nil }
    var different: [Int] = []
    let left = expected.text.span
    let right = found.text.span
    for index in expected.entries.indices {
      let one = expected.entries[index]
      let other = found.entries[index]
      if !sameText(left, one.text, right, other.text) || !sameTimes(one, other)
        || speakers && !sameSpeaker(expected, index, found)
      {
        different.append(index)
      }
    }
    return different
  }

  private func sameTimes(
    _ one: ScriptDocument.Entry, _ other: ScriptDocument.Entry
  ) -> Bool {
    (!starts || one.start == other.start) && (!ends || one.end == other.end)
  }

  private func sameSpeaker(
    _ expected: ScriptDocument, _ index: Int, _ found: ScriptDocument
  ) -> Bool {
    let name = Self.speaker(of: expected, index)
    let other = Self.speaker(of: found, index)
    if name == other { return true }
    return carriesSpeakers && other == nil && index > 0
      && name == Self.speaker(of: expected, index - 1)
  }

  private static func speaker(of document: ScriptDocument, _ index: Int) -> String? {
    document.entries[index].speaker.flatMap {
      document.speakers.indices.contains($0) ? document.speakers[$0] : nil
    }
  }

  @inline(__always)
  private func sameText(
    _ left: Span<UInt8>, _ one: Range<Int>, _ right: Span<UInt8>, _ other: Range<Int>
  ) -> Bool {
    if one.count == other.count {
      var offset = 0
      while offset < one.count,
        left[one.lowerBound + offset] == right[other.lowerBound + offset]
      { offset += 1 }
      if offset == one.count { return true }
    }
    guard texts != .exact else { return false }
    return Self.shown(left, one) == Self.shown(right, other)
  }

  /// What of a text shows, without white space: breaking rows anew moves only that.
  private static func shown(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    for index in range where bytes[index] > 0x20 { result.append(bytes[index]) }
    return result
  }

  /// All the names and texts of a document in a row, without white space, markup and what marks names.
  static func words(of document: ScriptDocument) -> [UInt8] {
    let marks = Set(":[]<>/*".utf8)
    var result: [UInt8] = []
    for index in document.entries.indices {
      if let name = speaker(of: document, index) {
        result += name.utf8.filter { $0 > 0x20 && !marks.contains($0) }
      }
      result += shown(withoutTags(document.text.span, document.entries[index].text)).filter {
        !marks.contains($0)
      }
    }
    return result
  }

  private static func shown(_ bytes: [UInt8]) -> [UInt8] { shown(bytes.span, 0..<bytes.count) }

  private static func withoutTags(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    var position = range.lowerBound
    while position < range.upperBound {
      let tag = KeptTag.length(bytes, position..<range.upperBound)
      if tag == 0 { result.append(bytes[position]) }
      position += max(tag, 1)
    }
    return result
  }
}
