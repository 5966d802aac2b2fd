import CUchardet

/// Tells the encoding of a text that is not UTF-8 and has no byte order mark.
///
/// Each encoding in use that allows all the bytes is tried; the text that looks most like a language
/// wins, with uchardet's guess counted in. uchardet alone fails on short files.
enum EncodingGuess {
  /// In the order of preference where texts are equally plausible.
  private static let candidates = [
    "WINDOWS-1252", "WINDOWS-1251", "WINDOWS-1250", "GB18030", "BIG5-HKSCS", "CP932", "EUC-JP",
    "CP949",
    "WINDOWS-1254", "WINDOWS-1253", "WINDOWS-1255", "WINDOWS-1256", "WINDOWS-1257", "CP874",
    "KOI8-R", "KOI8-U", "ISO-8859-2", "ISO-8859-15", "ISO-8859-5", "ISO-8859-6", "ISO-8859-7",
    "ISO-8859-8", "ISO-8859-9", "ISO-8859-11", "CP866", "CP850", "MACINTOSH", "MAC-CYRILLIC",
    "ISO-8859-3", "ISO-8859-4", "ISO-8859-13", "CP852", "CP437", "EUC-TW", "ISO-8859-1",
    "MAC-CENTRALEUROPE", "CP855", "CP737", "CP857", "CP862", "CP775", "ISO-8859-10", "ISO-8859-16",
  ]

  /// How many bytes of rows with characters beyond ASCII are looked at.
  private static let sampleSize = 1 << 15
  private static let guessBonus = 0.25

  /// The name of the most plausible encoding as iconv spells it; `nil` where none fits.
  static func encoding(of bytes: [UInt8]) -> String? {
    let sample = rowsBeyondASCII(of: bytes)
    let guess = uchardetGuess(bytes)
    var best: (name: String, score: Double)?
    for name in candidates + (candidates.contains(guess) || guess.isEmpty ? [] : [guess]) {
      guard let conversion = CharacterConversion(from: name),
        let text = conversion.convert(sample[...], strictly: true)
          ?? conversion.convert(sample.dropLast(), strictly: true),
        var score = DecodedPlausibility.score(text.bytes)
      else { continue }
      if name == guess { score += guessBonus }
      if score > (best?.score ?? -.infinity) + 1e-9 { best = (name, score) }
    }
    return best?.name
  }

  private static func rowsBeyondASCII(of bytes: [UInt8]) -> [UInt8] {
    var sample: [UInt8] = []
    for row in bytes.lazy.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      guard row.contains(where: { $0 >= 0x80 }) else { continue }
      sample.append(contentsOf: row.prefix(sampleSize))
      sample.append(0x0A)
      if sample.count >= sampleSize { break }
    }
    return sample
  }

  private static func uchardetGuess(_ bytes: [UInt8]) -> String {
    var name = [CChar](repeating: 0, count: 64)
    let part = bytes.prefix(1 << 20)
    let found = part.withUnsafeBytes { buffer in
      offbook_uchardet_guess(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, &name, name.count)
    }
    guard found == 1 else { return "" }
    let letters = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return canonical(String(decoding: letters, as: UTF8.self).uppercased())
  }

  /// uchardet's names of encodings that others contain.
  private static func canonical(_ name: String) -> String {
    switch name {
    case "ISO-8859-1", "ASCII": "WINDOWS-1252"
    case "GB2312", "GBK": "GB18030"
    case "BIG5": "BIG5-HKSCS"
    case "SHIFT_JIS": "CP932"
    case "EUC-KR", "UHC": "CP949"
    case "TIS-620": "CP874"
    case "IBM866": "CP866"
    case "IBM855": "CP855"
    default: name
    }
  }
}
