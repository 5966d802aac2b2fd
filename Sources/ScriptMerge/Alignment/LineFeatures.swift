internal import ScriptModel

/// What the lines of one side look like to the alignment.
struct LineFeatures {
  /// A number for the whole text, its white space and markup made even.
  var textKeys: [Int32] = []
  /// A number for the name of the speaker; 0 where nobody is named.
  var speakerKeys: [Int32] = []
  /// The starts in ms; `Int64.min` where there is none.
  var starts: [Int64] = []
  /// The texts behind each other, markup taken out where the format has none.
  private var bytes: [UInt8] = []
  /// Where each text ends in `bytes`.
  private var ends: [Int] = []

  /// How many lines there are.
  var count: Int { textKeys.count }

  mutating func reserveCapacity(_ count: Int) {
    textKeys.reserveCapacity(count)
    speakerKeys.reserveCapacity(count)
    starts.reserveCapacity(count)
    ends.reserveCapacity(count)
    bytes.reserveCapacity(count * 48)
  }

  /// The text of a line.
  func text(_ index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  mutating func append(
    _ text: Span<UInt8>, speakerKey: Int32, start: Milliseconds?, markup: Bool,
    in table: inout TokenTable
  ) {
    let lower = bytes.count
    PlainForm.append(text, keepingMarkup: markup, to: &bytes)
    textKeys.append(table.intern(bytes.span, lower..<bytes.count, as: .punctuation))
    speakerKeys.append(speakerKey)
    starts.append(start?.rawValue ?? .min)
    ends.append(bytes.count)
  }
}

/// A text with each run of white space as one space, none at the ends, and no markup if so wished.
enum PlainForm {
  static func of(_ bytes: [UInt8], keepingMarkup: Bool) -> [UInt8] {
    var result: [UInt8] = []
    append(bytes.span, keepingMarkup: keepingMarkup, to: &result)
    return result
  }

  static func append(_ bytes: Span<UInt8>, keepingMarkup: Bool, to result: inout [UInt8]) {
    if isPlain(bytes, keepingMarkup: keepingMarkup) {
      bytes.withUnsafeBufferPointer { result.append(contentsOf: $0) }
      return
    }
    let start = result.count
    var awaitsSpace = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        awaitsSpace = result.count > start
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
  }

  /// Whether a text is in this form as it stands, as most are.
  private static func isPlain(_ bytes: Span<UInt8>, keepingMarkup: Bool) -> Bool {
    var isAfterSpace = true
    for index in 0..<bytes.count {
      let byte = bytes[index]
      if byte == 0x20 {
        if isAfterSpace { return false }
        isAfterSpace = true
      } else {
        if byte <= 0x0D, byte >= 0x09 { return false }
        if !keepingMarkup, byte == UInt8(ascii: "<") { return false }
        isAfterSpace = false
      }
    }
    return !isAfterSpace || bytes.isEmpty
  }

  private static func tagEnd(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
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
