/// Character references of HTML, those that captions use.
enum CharacterReference {
  private static let names: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    "lrm": "\u{200E}", "rlm": "\u{200F}", "shy": "\u{AD}", "hellip": "…", "mdash": "—",
    "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«",
    "raquo": "»", "copy": "©", "reg": "®", "trade": "™", "deg": "°", "euro": "€", "pound": "£",
    "iexcl": "¡", "iquest": "¿", "middot": "·", "bull": "•", "times": "×", "eacute": "é",
    "egrave": "è", "agrave": "à", "ccedil": "ç", "auml": "ä", "ouml": "ö", "uuml": "ü",
    "szlig": "ß", "ntilde": "ñ", "aacute": "á", "iacute": "í", "oacute": "ó", "uacute": "ú",
  ]

  /// Decodes the reference at the beginning of a range; an unknown one is its `&` as text.
  static func decode(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (text: [UInt8], length: Int) {
    let literal = (text: [UInt8(ascii: "&")], length: 1)
    let limit = min(range.upperBound, range.lowerBound + 12)
    guard let end = firstIndex(of: 0x3B, in: bytes, range.lowerBound..<limit),
      let scalar = scalar(WebVTTReader.string(bytes, range.lowerBound + 1..<end))
    else { return literal }
    return (Array(String(Character(scalar)).utf8), end + 1 - range.lowerBound)
  }

  private static func scalar(_ name: String) -> Unicode.Scalar? {
    guard name.hasPrefix("#") else { return names[name] }
    let digits = name.dropFirst()
    let value =
      digits.first == "x" || digits.first == "X"
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    // Control characters are in no text.
    guard let value, value >= 0x20 && value != 0x7F || value == 0x0A || value == 0x09 else {
      return nil
    }
    return Unicode.Scalar(value)
  }
}
