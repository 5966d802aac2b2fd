import ScriptModel

/// The rules for the text of a line and how it is cut and joined.
enum LineText {
  /// Makes line ends `\n` and refuses what no line may hold.
  static func checked(_ text: String) throws(StoreError) -> String {
    var scalars = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in text.unicodeScalars {
      defer { afterReturn = scalar == "\r" }
      if scalar == "\n", afterReturn { continue }
      if scalar == "\r" {
        scalars.append("\n")
      } else if scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || scalar.value == 0x7F {
        let code = String(scalar.value, radix: 16, uppercase: true)
        let zeros = String(repeating: "0", count: 4 - min(code.count, 4))
        throw StoreError(
          .invalidValue, "The text of a line can't have control characters in it",
          fix: "Take out the character U+\(zeros)\(code).")
      } else {
        scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// Finds the only occurrence of words in the visible text, as an offset in UTF-8 to cut at.
  static func onlyOffset(of words: String, in text: String) throws(StoreError) -> Int {
    let wanted = Array(words.utf8)
    let bytes = Array(text.utf8)
    guard !wanted.isEmpty else {
      throw StoreError(.invalidValue, "The words to cut before are missing")
    }
    let kept = SearchText.keptOffsets(of: bytes)
    var found: [Int] = []
    for start in stride(from: 0, through: kept.count - wanted.count, by: 1)
    where wanted.indices.allSatisfy({ bytes[kept[start + $0]] == wanted[$0] }) {
      found.append(start)
    }
    guard let first = found.first else {
      throw StoreError(
        .notFound, "The words '\(words)' are not in the line", fix: "Check their spelling and case."
      )
    }
    guard found.count == 1 else {
      throw StoreError(
        .ambiguous, "The words '\(words)' are \(found.count) times in the line",
        fix: "Give more words, or the number of characters to cut after.")
    }
    return cut(behind: first, kept: kept, bytes: bytes)
  }

  /// The offset in UTF-8 behind so many visible characters; `nil` where there are fewer.
  static func offset(afterVisible count: Int, in text: String) -> Int? {
    let bytes = Array(text.utf8)
    let kept = SearchText.keptOffsets(of: bytes)
    let visible = String(decoding: kept.map { bytes[$0] }, as: UTF8.self)
    guard count > 0,
      let end = visible.index(visible.startIndex, offsetBy: count, limitedBy: visible.endIndex)
    else { return nil }
    return cut(
      behind: visible.utf8.distance(from: visible.startIndex, to: end), kept: kept, bytes: bytes)
  }

  /// Where to cut behind so many visible bytes: end tags there stay in front, other tags go behind.
  private static func cut(behind count: Int, kept: [Int], bytes: [UInt8]) -> Int {
    guard count > 0, count <= kept.count else { return 0 }
    var offset = kept[count - 1] + 1
    let next = count < kept.count ? kept[count] : bytes.count
    while offset < next, offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "/") {
      offset += 4
    }
    return min(offset, next)
  }

  /// Cuts a text in two, without the white space around the cut; tags that are open are closed
  /// in front of the cut and opened again behind it.
  static func halves(_ text: String, at offset: Int) throws(StoreError) -> (String, String) {
    let bytes = Array(text.utf8)
    let cut = min(max(0, offset), bytes.count)
    let first = trimmed(bytes[..<cut])
    let second = trimmed(bytes[cut...])
    let open = Markup.openTags(in: bytes[..<cut])
    guard !Markup.isEmpty(first), !Markup.isEmpty(second) else {
      throw StoreError(.invalidValue, "There is nothing on one side of the cut")
    }
    let ends = open.reversed().map { "</\($0)>" }.joined()
    let starts = open.map { "<\($0)>" }.joined()
    return (
      String(decoding: first, as: UTF8.self) + ends,
      starts + String(decoding: second, as: UTF8.self)
    )
  }

  /// Puts texts together with a space, or with nothing between scripts that have none.
  static func joined(_ first: String, _ second: String) -> String {
    guard let left = lastVisible(first), let right = firstVisible(second) else {
      return first.isEmpty ? second : first + (second.isEmpty ? "" : " " + second)
    }
    let isTight = SearchText.isUnspaced(left) && SearchText.isUnspaced(right)
    // Hangul is written with spaces, though it is searched by pairs.
    let isHangul = isHangul(left) || isHangul(right)
    let isClosed = isFullWidthMark(left) && (SearchText.isUnspaced(right) || isFullWidthMark(right))
    return first + ((isTight && !isHangul) || isClosed ? "" : " ") + second
  }

  /// Times for the two parts of a line, shared out by the length of their texts.
  static func cutTime(
    start: Milliseconds?, end: Milliseconds?, first: String, second: String
  ) -> Milliseconds? {
    guard let start, let end, end > start else { return nil }
    let left = Int64(first.unicodeScalars.count)
    let whole = left + Int64(second.unicodeScalars.count)
    guard whole > 0 else { return nil }
    let span = end - start
    let share = span.rawValue.multipliedFullWidth(by: left)
    let part = whole.dividingFullWidth(share).quotient
    return start + Milliseconds(part)
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isSpace: (UInt8) -> Bool = { $0 <= 0x20 }
    let front = bytes.drop(while: isSpace)
    return front.prefix(front.lastIndex { !isSpace($0) }.map { $0 + 1 - front.startIndex } ?? 0)
  }

  private static func lastVisible(_ text: String) -> Unicode.Scalar? {
    Markup.plain(text).unicodeScalars.last
  }

  private static func firstVisible(_ text: String) -> Unicode.Scalar? {
    Markup.plain(text).unicodeScalars.first
  }

  private static func isHangul(_ scalar: Unicode.Scalar) -> Bool {
    (0xAC00...0xD7FF).contains(scalar.value) || (0x1100...0x11FF).contains(scalar.value)
      || (0x3130...0x318F).contains(scalar.value)
  }

  private static func isFullWidthMark(_ scalar: Unicode.Scalar) -> Bool {
    (0x3000...0x303F).contains(scalar.value) || (0xFF00...0xFF65).contains(scalar.value)
  }
}
