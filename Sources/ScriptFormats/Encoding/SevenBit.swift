/// Encodings that write everything with ASCII bytes, and so pass for plain text.
enum SevenBit {
  /// HZ (Chinese newsgroups) or one of ISO-2022, where the text really holds their escapes.
  static func encoding(of bytes: [UInt8]) -> String? {
    if bytes.contains(0x1B) {
      for (mark, name) in [
        ("\u{1B}$)C", "ISO-2022-KR"), ("\u{1B}$)A", "ISO-2022-CN-EXT"),
        ("\u{1B}$B", "ISO-2022-JP"), ("\u{1B}$@", "ISO-2022-JP"), ("\u{1B}(J", "ISO-2022-JP"),
      ] where contains(bytes, Array(mark.utf8)) {
        return isPlausible(bytes, name) ? name : nil
      }
    }
    guard contains(bytes, Array("~{".utf8)), contains(bytes, Array("~}".utf8)) else { return nil }
    return isPlausible(bytes, "HZ") ? "HZ" : nil
  }

  /// glibc has no HZ; it is GB 2312 with the high bits taken off between `~{` and `~}`.
  static func decodeHZ(_ bytes: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var isChinese = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if byte == 0x7E, next == 0x7B || next == 0x7D || next == 0x7E || next == 0x0A {
        if next == 0x7B { isChinese = true }
        if next == 0x7D { isChinese = false }
        if next == 0x7E { result.append(0x7E) }
        index += 2
      } else if isChinese, byte > 0x20 {
        guard next > 0x20, next < 0x7F, byte < 0x78 else { return nil }
        result.append(contentsOf: [byte | 0x80, next | 0x80])
        index += 2
      } else {
        if byte == 0x0A { isChinese = false }
        result.append(byte)
        index += 1
      }
    }
    return result
  }

  private static func isPlausible(_ bytes: [UInt8], _ name: String) -> Bool {
    let isHZ = name == "HZ"
    guard let source = isHZ ? decodeHZ(bytes) : bytes,
      let conversion = CharacterConversion(from: isHZ ? "GB18030" : name),
      let text = conversion.convert(source[...], strictly: true),
      let score = DecodedPlausibility.score(text.bytes)
    else { return false }
    return score > 0.3
  }

  private static func contains(_ bytes: [UInt8], _ mark: [UInt8]) -> Bool {
    guard let first = mark.first else { return false }
    var index = 0
    while let found = bytes[index...].firstIndex(of: first) {
      if bytes[found...].starts(with: mark) { return true }
      index = found + 1
    }
    return false
  }
}
