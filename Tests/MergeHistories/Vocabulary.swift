/// Words that no other edit makes, in several scripts, so that each can be followed.
package enum Vocabulary: Int, CaseIterable, Sendable {
  case latin, chinese, arabic, emoji

  /// A word for a serial number; the same number gives the same word.
  package func word(_ serial: Int) -> String {
    switch self {
    case .latin:
      serial % 7 == 3 ? "d'" + letters(serial, from: 0x61, 26) : letters(serial, from: 0x61, 26)
    case .chinese: character(0x4E00 + serial * 7 % 20_000)
    case .arabic: letters(serial, from: 0x0628, 19)
    case .emoji: family(serial)
    }
  }

  /// What stands between two words.
  package var separator: String { self == .chinese ? "" : " " }

  private func character(_ value: Int) -> String {
    Unicode.Scalar(UInt32(value)).map { String(Character($0)) } ?? "?"
  }

  private func letters(_ serial: Int, from first: Int, _ count: Int) -> String {
    var rest = serial + count * count
    var text = ""
    while rest > 0 {
      text += character(first + rest % count)
      rest /= count
    }
    return text
  }

  /// Two faces joined by a zero-width joiner, the first with a tone of skin.
  private func family(_ serial: Int) -> String {
    let first = character(0x1F466 + serial % 8)
    let second = character(0x1F400 + serial / 8 % 200)
    let third = serial >= 1600 ? "\u{200D}" + character(0x1F300 + serial / 1600 % 200) : ""
    return first + "\u{1F3FD}\u{200D}" + second + third
  }
}
