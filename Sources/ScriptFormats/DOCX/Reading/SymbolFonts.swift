/// The characters of Microsoft's symbol fonts as Unicode has them.
enum SymbolFonts {
  /// The Unicode character of a code in a font; `nil` where there is none or it is not known.
  ///
  /// - Parameter code: as `w:sym` has it, with or without the private use area's F000.
  static func character(_ code: UInt32, font: String) -> Unicode.Scalar? {
    let index = code >= 0xF000 && code <= 0xF0FF ? code - 0xF000 : code
    switch font.lowercased() {
    case "symbol": return lookUp(index, in: symbol, from: 0x20)
    case "wingdings": return wingdings[index]
    case "wingdings 2": return wingdings2[index]
    case "wingdings 3": return wingdings3[index]
    case "webdings": return webdings[index]
    default:
      // Another font's code is a Unicode character, unless it is a private one.
      guard !(0xE000...0xF8FF).contains(code), code >= 0x20 else { return nil }
      return Unicode.Scalar(code)
    }
  }

  private static func lookUp(
    _ index: UInt32, in table: [Unicode.Scalar], from first: UInt32
  ) -> Unicode.Scalar? {
    guard index >= first, Int(index - first) < table.count else { return nil }
    let character = table[Int(index - first)]
    return character == "\u{FFFD}" ? nil : character
  }

  /// The font Symbol from 0x20 (Adobe's encoding of it), U+FFFD where Unicode has nothing.
  private static let symbol: [Unicode.Scalar] = Array(
    (" !∀#∃%&∋()∗+,−./0123456789:;<=>?"
      + "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
      + "\u{203E}αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼\u{FFFD}"
      + String(repeating: "\u{FFFD}", count: 32)
      + "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
      + "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
      + "◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\u{FFFD}⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭").unicodeScalars)

  /// The common ones of Wingdings: hands, faces, bullets, arrows, boxes, ticks.
  private static let wingdings: [UInt32: Unicode.Scalar] = [
    0x20: " ", 0x21: "✏", 0x22: "✂", 0x23: "✁", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⌛",
    0x37: "⌨", 0x3E: "✇", 0x3F: "✍", 0x41: "✌", 0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟",
    0x4A: "☺", 0x4C: "☹", 0x4E: "☠", 0x4F: "⚐", 0x51: "✈", 0x52: "☼", 0x54: "❄", 0x56: "✞",
    0x58: "✠", 0x59: "✡", 0x5A: "☪", 0x5B: "☯", 0x5C: "ॐ", 0x5D: "☸", 0x5E: "♈", 0x5F: "♉",
    0x60: "♊", 0x61: "♋", 0x62: "♌", 0x63: "♍", 0x64: "♎", 0x65: "♏", 0x66: "♐", 0x67: "♑",
    0x68: "♒", 0x69: "♓", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒",
    0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "⌧", 0x79: "⍓", 0x7A: "⌘",
    0x7B: "❀", 0x7C: "✿", 0x7D: "❝", 0x7E: "❞", 0x80: "⓪", 0x81: "①", 0x82: "②", 0x83: "③",
    0x84: "④", 0x85: "⑤", 0x86: "⑥", 0x87: "⑦", 0x88: "⑧", 0x89: "⑨", 0x8A: "⑩", 0x8B: "⓿",
    0x8C: "❶", 0x8D: "❷", 0x8E: "❸", 0x8F: "❹", 0x90: "❺", 0x91: "❻", 0x92: "❼", 0x93: "❽",
    0x94: "❾", 0x95: "❿", 0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA4: "◉", 0xA5: "◎",
    0xA7: "▪", 0xA8: "◻", 0xAA: "✦", 0xAB: "★", 0xAC: "✶", 0xAD: "✴", 0xAE: "✹", 0xAF: "✵",
    0xB1: "⌖", 0xB2: "⟡", 0xB3: "⌑", 0xB5: "✪", 0xB6: "✰", 0xD5: "⌫", 0xD6: "⌦", 0xD8: "➢",
    0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE3: "↖", 0xE4: "↗", 0xE5: "↙",
    0xE6: "↘", 0xE7: "←", 0xE8: "➔", 0xE9: "↑", 0xEA: "↓", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧",
    0xF2: "⇩", 0xF3: "⬄", 0xF4: "⇳", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
  ]

  /// Ticks, crosses and boxes of Wingdings 2.
  private static let wingdings2: [UInt32: Unicode.Scalar] = [
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x96: "●", 0x97: "●",
    0x98: "●", 0x99: "○", 0x9F: "■", 0xA0: "■", 0xA1: "□", 0xA3: "□", 0xAE: "◆", 0xAF: "◇",
  ]

  /// Arrows and triangles of Wingdings 3.
  private static let wingdings3: [UInt32: Unicode.Scalar] = [
    0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓", 0x6A: "↖", 0x6B: "↗", 0x6C: "↙", 0x6D: "↘",
    0x6E: "↔", 0x6F: "↕", 0x70: "▲", 0x71: "▼", 0x72: "△", 0x73: "▽", 0x74: "◀", 0x75: "▶",
    0x76: "◁", 0x77: "▷",
  ]

  /// Ticks and boxes of Webdings.
  private static let webdings: [UInt32: Unicode.Scalar] = [
    0x33: "◀", 0x34: "▶", 0x35: "▲", 0x36: "▼", 0x61: "✔", 0x63: "□", 0x67: "■", 0x6E: "●",
    0x72: "✖", 0xFC: "✓",
  ]
}
