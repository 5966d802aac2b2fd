import ScriptModel

/// Tells and mends UTF-8.
enum UTF8Repair {
  /// What bytes are as UTF-8.
  enum Judgement {
    case ascii, valid
    /// Mostly valid: a file that was cut or joined inside a character, or mixed with something else.
    case damaged
    case other
  }

  /// The byte order mark of UTF-8.
  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The bytes without the marks at their beginning; editors that save carelessly leave two.
  static func withoutMarks(_ bytes: consuming [UInt8]) -> [UInt8] {
    var length = 0
    while bytes[min(length, bytes.count)...].starts(with: mark) { length += 3 }
    if length > 0 { bytes.removeFirst(length) }
    return bytes
  }

  static func judge(_ bytes: [UInt8]) -> Judgement {
    if isASCII(bytes.span) { return .ascii }
    if isValid(bytes.span) { return .valid }
    var valid = 0
    var invalid = 0
    var position = 0
    while position < bytes.count {
      if bytes[position] < 0x80 {
        position += 1
        continue
      }
      let (length, isWhole) = sequence(bytes.span, at: position)
      if isWhole {
        valid += 1
      } else if position + length < bytes.count {
        invalid += 1
      }
      position += length
    }
    return valid > 0 && valid >= 4 * invalid ? .damaged : .other
  }

  /// Replaces each maximal invalid part by U+FFFD, as Unicode recommends (3.9, U+FFFD Substitution).
  static func repair(
    _ bytes: consuming [UInt8], findings: inout FindingList
  ) -> TextDecoding.Result {
    if isValid(bytes.span) { return TextDecoding.Result(bytes: bytes, encoding: "UTF-8") }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 16)
    var line = 1
    var column = 1
    var position = 0
    while position < bytes.count {
      let (length, isWhole) = sequence(bytes.span, at: position)
      if isWhole {
        result.append(contentsOf: bytes[position..<position + length])
      } else {
        findings.add(
          .warning, "invalid-utf8", line: line, column: column,
          "Bytes that are not UTF-8 became U+FFFD")
        result.append(contentsOf: [0xEF, 0xBF, 0xBD])
      }
      column += 1
      if bytes[position] == 0x0A { (line, column) = (line + 1, 1) }
      position += length
    }
    return TextDecoding.Result(bytes: result, encoding: "UTF-8")
  }

  /// Whether all of it is UTF-8.
  ///
  /// Eight bytes of ASCII are passed over at once, also between other letters: the standard library's
  /// validation takes such a text letter by letter from the first that is not ASCII.
  private static func isValid(_ bytes: Span<UInt8>) -> Bool {
    let words = bytes.bytes
    var position = 0
    while position < bytes.count {
      if position + 8 <= bytes.count,
        words.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
          & 0x8080_8080_8080_8080 == 0
      {
        position += 8
        continue
      }
      let (length, isWhole) = sequence(bytes, at: position)
      guard isWhole else { return false }
      position += length
    }
    return true
  }

  private static func isASCII(_ bytes: Span<UInt8>) -> Bool {
    var position = 0
    while position < bytes.count {
      let end = min(position + 4096, bytes.count)
      let bits = bytes.extracting(position..<end).withUnsafeBufferPointer { part in
        part.reduce(UInt8(0)) { $0 | $1 }
      }
      if bits >= 0x80 { return false }
      position = end
    }
    return true
  }

  /// The length of the character, or of the maximal invalid part, at a position (Unicode, table 3-7).
  @inline(__always)
  private static func sequence(
    _ bytes: Span<UInt8>, at position: Int
  ) -> (length: Int, isWhole: Bool) {
    let lead = bytes[position]
    let count: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0..<0x80: return (1, true)
    case 0xC2...0xDF: count = 2
    case 0xE0: (count, second) = (3, 0xA0...0xBF)
    case 0xED: (count, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: count = 3
    case 0xF0: (count, second) = (4, 0x90...0xBF)
    case 0xF4: (count, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: count = 4
    default: return (1, false)
    }
    var length = 1
    while length < count {
      guard position + length < bytes.count,
        (length == 1 ? second : 0x80...0xBF).contains(bytes[position + length])
      else { return (length, false) }
      length += 1
    }
    return (count, true)
  }
}
