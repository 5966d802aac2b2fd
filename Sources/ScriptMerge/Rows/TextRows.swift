internal import ScriptModel

/// The rows of a text, and whether the last one has no `\n`.
struct TextRows {
  /// An entry for each row, its text where it lies in the file.
  private(set) var document = ScriptDocument()
  private(set) var endsInRow = false

  init(_ bytes: [UInt8]) {
    document.text = bytes
    document.entries.reserveCapacity(bytes.count / 32)
    var start = 0
    bytes.withUnsafeBytes { bytes in
      func endRow(at index: Int) {
        document.entries.append(ScriptDocument.Entry(text: start..<index))
        start = index + 1
      }
      var offset = 0
      while offset + 8 <= bytes.count {
        var ends = EightBytes(bytes, at: offset).marks(of: 0x0A)
        while ends != 0 {
          endRow(at: offset + ends.trailingZeroBitCount / 8)
          ends &= ends - 1
        }
        offset += 8
      }
      for index in offset..<bytes.count where bytes[index] == 0x0A { endRow(at: index) }
    }
    endsInRow = start < bytes.count
    if endsInRow { document.entries.append(ScriptDocument.Entry(text: start..<bytes.count)) }
  }
}

/// Text in an unknown encoding as UTF-8, a character for each byte, and back again.
enum SingleByteText {
  static func isUTF8(_ bytes: [UInt8]) -> Bool {
    // What is ASCII to its last bytes needs no more than a look at them.
    let start = bytes.withUnsafeBytes { bytes in
      var offset = 0
      while offset + 8 <= bytes.count, EightBytes(bytes, at: offset).isASCII { offset += 8 }
      return offset
    }
    do {
      _ = try UTF8Span(validating: bytes.span.extracting(start..<bytes.count))
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
