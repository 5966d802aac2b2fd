internal import ScriptModel

/// What the lines of one side look like to the alignment.
struct LineFeatures {
  /// A number for the whole text, its white space and markup made even.
  var textKeys: [Int32] = []
  /// A number for the name of the speaker; 0 where nobody is named.
  var speakerKeys: [Int32] = []
  /// The starts in ms; `Int64.min` where there is none.
  var starts: [Int64] = []
  /// The texts as bytes, markup taken out where the format has none.
  var texts: [[UInt8]] = []

  /// How many lines there are.
  var count: Int { textKeys.count }

  mutating func append(
    _ bytes: [UInt8], speakerKey: Int32, start: Milliseconds?, markup: Bool,
    in table: inout TokenTable
  ) {
    let text = PlainForm.of(bytes, keepingMarkup: markup)
    textKeys.append(table.intern(text.span, 0..<text.count, as: .punctuation))
    speakerKeys.append(speakerKey)
    starts.append(start?.rawValue ?? .min)
    texts.append(text)
  }
}

/// A text with each run of white space as one space, none at the ends, and no markup if so wished.
enum PlainForm {
  static func of(_ bytes: [UInt8], keepingMarkup: Bool) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var awaitsSpace = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        awaitsSpace = !result.isEmpty
        index += 1
      } else if !keepingMarkup, let end = tagEnd(bytes, index) {
        index = end
      } else {
        if awaitsSpace { result.append(0x20) }
        awaitsSpace = false
        result.append(byte)
        index += 1
      }
    }
    return result
  }

  static func tagEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
    guard bytes[start] == UInt8(ascii: "<") else { return nil }
    let letter = start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "/") ? 2 : 1
    guard start + letter + 1 < bytes.count, bytes[start + letter + 1] == UInt8(ascii: ">") else {
      return nil
    }
    switch bytes[start + letter] {
    case UInt8(ascii: "b"), UInt8(ascii: "i"), UInt8(ascii: "u"): return start + letter + 2
    default: return nil
    }
  }
}
