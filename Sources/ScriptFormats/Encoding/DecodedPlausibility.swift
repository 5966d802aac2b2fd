/// Judges a decoded text: the higher, the more it looks like something that people write.
struct DecodedPlausibility {
  private enum Script: Equatable { case none, latin, other(Int), ideographic }

  private var total = 0.0
  private var count = 0
  private var latinLetters: [Unicode.Scalar: Int] = [:]
  private var asciiLetters = 0
  private var otherLetters = 0
  private var isInTag = false
  private var previous: Unicode.Scalar = " "
  private var previousScript = Script.none

  /// The mean over the characters beyond ASCII, about 1 for a right guess; `nil` where there is none.
  static func score(_ text: [UInt8]) -> Double? {
    var judge = DecodedPlausibility()
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { judge.take(scalar) }
    judge.take(" ")
    guard judge.count > 0 else { return nil }
    let total = judge.total + judge.latinScore() - judge.strayLetters()
    return total / Double(judge.count)
  }

  /// Passes over `<font …>`, whose letters are in no language.
  private mutating func skipsTag(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "<" { isInTag = true }
    if scalar == ">" || scalar == "\n" { isInTag = false }
    return isInTag
  }

  /// What single letters of another alphabet among many Latin ones cost.
  private func strayLetters() -> Double {
    guard otherLetters > 0 else { return 0 }
    return min(1, Double(asciiLetters) / Double(otherLetters) / 3) * Double(otherLetters)
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    if skipsTag(scalar) { return }
    let script = Self.script(of: scalar)
    switch script {
    case .latin where scalar.value < 0x80: asciiLetters += 1
    case .other: otherLetters += 1
    default: break
    }
    judgeEnd(before: script)
    if script != .none, previousScript != .none { judgeNeighbours(scalar, script) }
    if scalar.value >= 0x80 {
      count += 1
      total += weight(scalar, script)
      if script == .latin { latinLetters[scalar, default: 0] += 1 }
    }
    previous = scalar
    previousScript = script
  }

  /// Letters that stand only at the ends of words, and marks that stand only on a letter.
  private mutating func judgeEnd(before script: Script) {
    let isEnd = script == .none
    switch previous.value {
    case 0x5DA, 0x5DD, 0x5DF, 0x5E3, 0x5E5, 0x3C2: total += isEnd ? 0.5 : -2
    default: break
    }
  }

  private mutating func judgeNeighbours(_ scalar: Unicode.Scalar, _ script: Script) {
    guard scalar.value >= 0x80 || previous.value >= 0x80 else { return }
    if script != previousScript {
      total -= script == .ideographic || previousScript == .ideographic ? 0.7 : 3
    } else if previous.properties.isLowercase, scalar.properties.isUppercase {
      total -= 3
    } else if Self.isThaiMark(scalar), !Self.isThaiConsonant(previous), !Self.isThaiMark(previous) {
      total -= 3
    }
  }

  private func weight(_ scalar: Unicode.Scalar, _ script: Script) -> Double {
    let value = scalar.value
    if LetterStatistics.punctuation.contains(scalar) { return 0.5 }
    switch script {
    case .latin: return 0
    case .ideographic: return ideographWeight(scalar)
    case .other:
      let factor = scalar.properties.isUppercase ? 0.7 : 1
      if LetterStatistics.frequent.contains(scalar) { return 1.2 * factor }
      return LetterStatistics.common.contains(scalar) ? 0.7 * factor : -1.5
    case .none: break
    }
    switch value {
    case 0x80..<0xA0, 0xE000...0xF8FF, 0xFFFD: return -20
    case 0x2500...0x259F: return -5
    case 0xB5, 0xBC...0xBE, 0xB1...0xB3, 0x5F0...0x5F2: return -0.5
    default: return -2
    }
  }

  private func ideographWeight(_ scalar: Unicode.Scalar) -> Double {
    switch scalar.value {
    case 0x3041...0x3096, 0x30A1...0x30FA: return 1.2
    case 0xAC00...0xD7A3: return 0.9
    case 0xFF61...0xFF9F: return -2
    default: return LetterStatistics.ideographs.contains(scalar) ? 1.8 : -0.2
    }
  }

  /// The letters beyond ASCII under the language that fits them best.
  private func latinScore() -> Double {
    let all = latinLetters.values.reduce(0, +)
    guard all > 0 else { return 0 }
    var best = -2.0 * Double(all)
    for language in LetterStatistics.latin {
      var score = language.prior * Double(all)
      for (letter, count) in latinLetters {
        score += Double(count) * (language.letters.contains(letter) ? 1 : -1.5)
      }
      best = max(best, score)
    }
    return best
  }

  private static func script(of scalar: Unicode.Scalar) -> Script {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x1E00...0x1EFF: .latin
    case 0x370...0x3FF, 0x1F00...0x1FFF: .other(1)
    case 0x400...0x52F: .other(2)
    case 0x591...0x5F4: .other(3)
    case 0x620...0x65F, 0x66E...0x6D3: .other(4)
    case 0xE01...0xE4E: .other(5)
    case 0x3041...0x30FA, 0x3400...0x9FFF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF61...0xFF9F,
      0x20000...0x2FFFF:
      .ideographic
    default: .none
    }
  }

  private static func isThaiMark(_ scalar: Unicode.Scalar) -> Bool {
    (0xE34...0xE3A).contains(scalar.value) || (0xE47...0xE4E).contains(scalar.value)
      || scalar.value == 0xE31
  }

  private static func isThaiConsonant(_ scalar: Unicode.Scalar) -> Bool {
    (0xE01...0xE2E).contains(scalar.value)
  }
}
