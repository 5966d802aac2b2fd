/// Takes secrets out of lines that are meant for a log.
enum Redaction {
  /// The beginnings of the service's tokens.
  private static let tokenBeginnings = ["nmv_", "clm_"].map { Array($0.utf8) }
  private static let bearer = Array("bearer ".utf8)

  /// The text without queries, without the rest of tokens, and without what follows `Bearer`.
  static func redacted(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if let beginning = tokenBeginnings.first(where: { bytes[place...].starts(with: $0) }) {
        result += beginning + "…".utf8
        place += beginning.count
        while place < bytes.count, isOfToken(bytes[place]) { place += 1 }
      } else if bytes[place...].prefix(bearer.count).map({ $0 | 0x20 }) == bearer {
        result += Array(bytes[place..<(place + bearer.count)]) + "…".utf8
        place += bearer.count
        while place < bytes.count, bytes[place] > 0x20 { place += 1 }
      } else if bytes[place] == UInt8(ascii: "?") {
        result += "?…".utf8
        while place < bytes.count, bytes[place] > 0x20 { place += 1 }
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isOfToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    // What stands in tokens of other makers, and the escapes of an address.
    default: "_-.~+/=%".utf8.contains(byte)
    }
  }
}
