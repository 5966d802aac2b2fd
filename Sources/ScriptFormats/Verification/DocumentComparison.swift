import ScriptModel

/// Compares what was to be written with what is read back.
struct DocumentComparison {
  /// How the texts of two lines are compared.
  enum Texts { case exact, none }

  var texts = Texts.exact
  var speakers = true

  /// The indices of the lines that differ; `nil` where the number of lines does.
  func differences(_ expected: ScriptDocument, _ found: ScriptDocument) -> [Int]? {
    guard expected.entries.count == found.entries.count else { return nil }
    var different: [Int] = []
    let left = expected.text.span
    let right = found.text.span
    let names = NameMap(expected.speakers, found.speakers)
    for index in expected.entries.indices {
      let one = expected.entries[index]
      let other = found.entries[index]
      if one.start != other.start || one.end != other.end
        || texts == .exact && !Self.sameText(left, one.text, right, other.text)
        || speakers && !names.isSame(one.speaker, other.speaker)
      {
        different.append(index)
      }
    }
    return different
  }

  private static func speaker(of document: ScriptDocument, _ index: Int) -> String? {
    document.entries[index].speaker.flatMap {
      document.speakers.indices.contains($0) ? document.speakers[$0] : nil
    }
  }

  /// Whether two stretches are the same bytes.
  @inline(__always)
  static func sameText(
    _ left: Span<UInt8>, _ one: Range<Int>, _ right: Span<UInt8>, _ other: Range<Int>
  ) -> Bool {
    one.count == other.count
      && left.extracting(one).withUnsafeBytes { left in
        right.extracting(other).withUnsafeBytes { right in isEqual(left, right) }
      }
  }

  /// Whether a stretch begins with some bytes.
  @inline(__always)
  static func begins(_ bytes: Span<UInt8>, _ range: Range<Int>, with start: [UInt8]) -> Bool {
    start.count <= range.count
      && sameText(
        bytes, range.lowerBound..<range.lowerBound + start.count, start.span, 0..<start.count)
  }

  /// What of a text shows, without white space: breaking rows anew moves only that.
  static func shown(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
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

  static func shown(_ bytes: [UInt8]) -> [UInt8] { shown(bytes.span, 0..<bytes.count) }

  static func withoutTags(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
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

/// The speakers of one document in another, by name: each name is compared once.
struct NameMap {
  private let expected: [Int]
  private let found: [Int]

  init(_ expected: [String], _ found: [String]) {
    var numbers: [String: Int] = [:]
    func number(_ name: String) -> Int {
      if let number = numbers[name] { return number }
      numbers[name] = numbers.count
      return numbers.count - 1
    }
    self.expected = expected.map(number)
    self.found = found.map(number)
  }

  /// Whether a speaker of the one and a speaker of the other have the same name, or neither is any.
  @inline(__always)
  func isSame(_ one: Int?, _ other: Int?) -> Bool {
    Self.number(one, expected) == Self.number(other, found)
  }

  @inline(__always)
  private static func number(_ speaker: Int?, _ numbers: [Int]) -> Int {
    guard let speaker, numbers.indices.contains(speaker) else { return -1 }
    return numbers[speaker]
  }
}
