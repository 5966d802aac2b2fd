internal import ScriptModel

/// The rows of a text, and whether the last one has no `\n`.
struct TextRows {
  /// An entry for each row, its text where it lies in the file.
  private(set) var document = ScriptDocument()
  private(set) var endsInRow = false

  init(_ bytes: [UInt8]) {
    document.text = bytes
    var start = 0
    let span = bytes.span
    for index in 0..<span.count where span[index] == 0x0A {
      document.entries.append(ScriptDocument.Entry(text: start..<index))
      start = index + 1
    }
    endsInRow = start < bytes.count
    if endsInRow { document.entries.append(ScriptDocument.Entry(text: start..<bytes.count)) }
  }
}

/// Text in an unknown encoding as UTF-8, a character for each byte, and back again.
enum SingleByteText {
  static func isUTF8(_ bytes: [UInt8]) -> Bool {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return true
    } catch {
      // That it is not is the answer.
      return false
    }
  }

  static func widened(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte >= 0x80 { result.append(0xC0 | byte >> 6) }
      result.append(byte < 0x80 ? byte : 0x80 | byte & 0x3F)
    }
    return result
  }

  static func narrowed(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var lead: UInt8 = 0
    for byte in bytes {
      if byte >= 0xC0 {
        lead = byte
      } else {
        result.append(byte < 0x80 ? byte : lead << 6 | byte & 0x3F)
      }
    }
    return result
  }
}
