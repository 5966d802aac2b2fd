/// Takes the markup of SubRip rows apart: what is kept, what is left out, what is text.
///
/// `<b>`, `<i>`, `<u>` stay in lower case without attributes. Other tags that players know are left out;
/// any other `<word>` is text, for that is how people write it. ASS overrides `{\…}` are left out.
struct SubRipMarkup {
  /// Stands before what would be misread: an ASS override that does nothing, so players hide it.
  ///
  /// At the beginning of a caption it says: no speaker, whatever the text looks like.
  static let shield: StaticString = "{\\}"
  /// At the beginning of a file: a caption without a name goes on with the speaker before it.
  static let continuation: StaticString = "{\\=}"

  /// Tags that players honour and a script has no room for.
  private static let droppedTags: Set<String> = [
    "font", "s", "strike", "del", "span", "c", "v", "ruby", "rt", "lang",
  ]

  private(set) var droppedTagCount = 0
  private(set) var droppedOverrideCount = 0
  /// The name in the first `<v Name>`, which WebVTT converters leave behind.
  private(set) var voice: String?
  /// Whether a continuation mark was met.
  private(set) var hasContinuation = false

  /// Makes ready for the next row.
  mutating func forgetVoice() { voice = nil }

  /// Appends a row without its markup.
  mutating func append(_ bytes: Span<UInt8>, _ row: Range<Int>, to text: inout [UInt8]) {
    var position = row.lowerBound
    var copied = position
    while position < row.upperBound {
      let byte = bytes[position]
      guard byte == 0x3C || byte == 0x7B || byte == 0x5C else {
        position += 1
        continue
      }
      Self.copy(bytes, copied..<position, to: &text)
      switch byte {
      case 0x3C: position = tag(bytes, position..<row.upperBound, to: &text)
      case 0x7B: position = override(bytes, position..<row.upperBound, to: &text)
      case _ where position + 1 < row.upperBound && bytes[position + 1] == 0x4E:
        text.append(0x0A)
        position += 2
      default:
        text.append(byte)
        position += 1
      }
      copied = position
    }
    Self.copy(bytes, copied..<row.upperBound, to: &text)
  }

  @inline(__always)
  private static func copy(_ bytes: Span<UInt8>, _ range: Range<Int>, to text: inout [UInt8]) {
    bytes.extracting(range).withUnsafeBufferPointer { text.append(contentsOf: $0) }
  }

  private mutating func tag(
    _ bytes: Span<UInt8>, _ rest: Range<Int>, to text: inout [UInt8]
  ) -> Int {
    guard let tag = MarkupTag(bytes, rest) else {
      text.append(0x3C)
      return rest.lowerBound + 1
    }
    switch tag.name {
    case "b", "i", "u":
      text.append(contentsOf: (tag.isEnd ? "</\(tag.name)>" : "<\(tag.name)>").utf8)
    case "br":
      text.append(0x0A)
    case _ where Self.droppedTags.contains(tag.name):
      droppedTagCount += 1
      if tag.name == "v", !tag.isEnd, voice == nil {
        let name = WebVTTPayload.decoded(tag.annotation(bytes))
        if !name.isEmpty { voice = name }
      }
    default:
      text.append(0x3C)
      return rest.lowerBound + 1
    }
    return tag.end
  }

  private mutating func override(
    _ bytes: Span<UInt8>, _ rest: Range<Int>, to text: inout [UInt8]
  ) -> Int {
    let start = rest.lowerBound
    guard start + 1 < rest.upperBound, bytes[start + 1] == 0x5C,
      let close = firstIndex(
        of: 0x7D, in: bytes, start + 2..<min(rest.upperBound, start + 2 + MarkupTag.longest))
    else {
      text.append(0x7B)
      return start + 1
    }
    if close == start + 3, bytes[start + 2] == 0x3D {
      hasContinuation = true
    } else if close > start + 2 {
      droppedOverrideCount += 1
    }
    return close + 1
  }
}

/// A tag `<name …>` or `</name>` that is closed in its row.
struct MarkupTag {
  /// A longer tag is text: so a row of opening marks takes no time that grows with its square.
  static let longest = 4096

  /// The name in lower case.
  var name: String
  /// Whether it is an end tag.
  var isEnd: Bool
  /// What stands between the name and `>`.
  var attributes: Range<Int>
  /// The offset behind `>`.
  var end: Int

  /// Reads a tag at the beginning of a range; `nil` where none is.
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var position = range.lowerBound + 1
    guard position < range.upperBound else { return nil }
    isEnd = bytes[position] == 0x2F
    if isEnd { position += 1 }
    var letters: [UInt8] = []
    while position < range.upperBound, letters.count <= 8 {
      let byte = bytes[position] | 0x20
      guard byte >= 0x61, byte <= 0x7A else { break }
      letters.append(byte)
      position += 1
    }
    guard !letters.isEmpty, position < range.upperBound,
      [0x20, 0x09, 0x2E, 0x2F, 0x3E].contains(bytes[position]),
      let close = firstIndex(
        of: 0x3E, in: bytes, position..<min(range.upperBound, position + Self.longest))
    else { return nil }
    name = String(decoding: letters, as: UTF8.self)
    attributes = position..<close
    end = close + 1
  }

  /// What follows the classes of a WebVTT tag, such as `Anna Lee` of `<v.loud Anna Lee>`.
  func annotation(_ bytes: Span<UInt8>) -> String {
    var lower = attributes.lowerBound
    while lower < attributes.upperBound, bytes[lower] != 0x20, bytes[lower] != 0x09 { lower += 1 }
    let range = BlankText.trimmed(bytes, lower..<attributes.upperBound)
    return bytes.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}
