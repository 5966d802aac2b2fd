/// Tells UTF-16 and UTF-32 by their byte order mark, or by the zeros that plain text leaves.
enum UnicodeForm {
  /// The name as iconv spells it and the length of the mark; `nil` where it is something else.
  static func detect(_ bytes: [UInt8]) -> (name: String, markLength: Int)? {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return ("UTF-32LE", 4) }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return ("UTF-32BE", 4) }
    if bytes.starts(with: [0xFF, 0xFE]) { return ("UTF-16LE", 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return ("UTF-16BE", 2) }
    return withoutMark(bytes).map { ($0, 0) }
  }

  /// How many bytes at the beginning are looked at.
  private static let sampleSize = 1 << 13

  private static func withoutMark(_ bytes: [UInt8]) -> String? {
    let sample = bytes.prefix(sampleSize)
    guard sample.count >= 8 else { return nil }
    let zeros = sample.count { $0 == 0 }
    guard zeros * 20 >= sample.count else { return nil }
    var plain = [0, 0, 0, 0]
    let quads = sample.count / 4
    for quad in 0..<quads {
      let part = (0..<4).map { sample[quad * 4 + $0] }
      if part[1] == 0, part[2] == 0, part[3] == 0, isPlain(part[0]) { plain[0] += 1 }
      if part[0] == 0, part[1] == 0, part[2] == 0, isPlain(part[3]) { plain[1] += 1 }
      for half in [0, 2] {
        if part[half + 1] == 0, isPlain(part[half]) { plain[2] += 1 }
        if part[half] == 0, isPlain(part[half + 1]) { plain[3] += 1 }
      }
    }
    if plain[0] * 2 > quads { return "UTF-32LE" }
    if plain[1] * 2 > quads { return "UTF-32BE" }
    if plain[2] * 5 > quads, plain[2] > plain[3] * 8 { return "UTF-16LE" }
    if plain[3] * 5 > quads, plain[3] > plain[2] * 8 { return "UTF-16BE" }
    return nil
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
