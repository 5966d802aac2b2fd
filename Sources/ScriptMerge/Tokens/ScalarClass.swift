/// What a Unicode scalar does to the token that is being read.
enum ScalarClass {
  case space, letter, digit, ideograph, punctuation, symbol
  /// Belongs to whatever stands before it: a combining mark, a joiner, a direction mark.
  case extending
  /// One half of a flag.
  case regionalIndicator

  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    if value < 0x80 {
      self = ScalarClass.ofASCII(UInt8(value))
    } else if let known = ScalarClass.ofKnownRange(value) {
      self = known
    } else {
      self = ScalarClass.ofCategory(scalar)
    }
  }

  static func ofASCII(_ byte: UInt8) -> ScalarClass {
    switch byte {
    case 0x30...0x39: .digit
    case 0x41...0x5A, 0x61...0x7A, 0x5F: .letter
    case 0x20, 0x09...0x0D: .space
    default: .punctuation
    }
  }

  private static func ofKnownRange(_ value: UInt32) -> ScalarClass? {
    switch value {
    case 0xA0, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: .space
    case 0x200C...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF,
      0xE0000...0xE01EF, 0xFEFF:
      .extending
    case 0x1F1E6...0x1F1FF: .regionalIndicator
    case 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC, 0x31F0...0x31FF, 0x3400...0x4DBF,
      0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0xFF66...0xFF9D, 0x3005...0x3007:
      .ideograph
    default: nil
    }
  }

  /// Scripts beside the Chinese characters that are written without spaces between words.
  private static func isWrittenWithoutSpaces(_ value: UInt32) -> Bool {
    switch value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: true
    default: false
    }
  }

  private static func ofCategory(_ scalar: Unicode.Scalar) -> ScalarClass {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return .extending
    case .decimalNumber: return isWrittenWithoutSpaces(scalar.value) ? .ideograph : .digit
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber, .otherNumber:
      return isWrittenWithoutSpaces(scalar.value) ? .ideograph : .letter
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return .space
    case .otherSymbol, .modifierSymbol, .mathSymbol, .currencySymbol: return .symbol
    default: return .punctuation
    }
  }
}
