/// Finds values in a document without reading them: by brackets and quotation marks alone.
///
/// It takes the document for sound: what is found in another one is no value, so whoever finds
/// something either parses it or compares it with bytes that were parsed before.
public enum JSONScan {
  /// The place of the value that names lead to, of equal names the last; `nil` where there is none.
  public static func place(of names: [String], in bytes: [UInt8]) -> Range<Int>? {
    let none: [UInt8] = []
    return place(of: names, in: bytes.span, known: none.span)
  }

  /// As `place(of:in:)`, where the value is a known one, letter for letter; else `nil`.
  ///
  /// - Parameter known: an object or an array: what begins so is no other.
  public static func place(
    of known: [UInt8], at names: [String], in bytes: [UInt8]
  ) -> Range<Int>? {
    guard let place = place(of: names, in: bytes.span, known: known.span),
      place.count == known.count, matches(known.span, at: place.lowerBound, in: bytes.span)
    else { return nil }
    return place
  }

  /// The document with only the first element of each array that is a member of a name.
  public static func cutting(_ name: String, in bytes: [UInt8]) -> [UInt8] {
    let quoted = Array("\"\(name)\"".utf8)
    return cutting(quoted.span, in: bytes.span)
  }

  private static func place(
    of names: [String], in bytes: Span<UInt8>, known: Span<UInt8>
  ) -> Range<Int>? {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    var start = skippingSpace(
      from: matches(mark.span, at: 0, in: bytes) ? mark.count : 0, in: bytes)
    var found: Range<Int>?
    for name in names {
      let quoted = Array("\"\(name)\"".utf8)
      found = member(quoted.span, from: start, in: bytes, known: known)
      guard let found else { return nil }
      start = found.lowerBound
    }
    return found
  }

  /// The value of the last member of a quoted name, of the object that begins at a place.
  private static func member(
    _ name: Span<UInt8>, from start: Int, in bytes: Span<UInt8>, known: Span<UInt8>
  ) -> Range<Int>? {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "{") else { return nil }
    var found: Range<Int>?
    var position = start + 1
    while true {
      position = skippingSpace(from: position, in: bytes)
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return found }
      let isNamed = matches(name, at: position, in: bytes)
      position = skippingSpace(from: end(ofStringFrom: position, in: bytes), in: bytes)
      guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else { return nil }
      let value = skippingSpace(from: position + 1, in: bytes)
      position =
        !known.isEmpty && matches(known, at: value, in: bytes)
        ? value + known.count : end(ofValueFrom: value, in: bytes)
      if isNamed { found = value..<position }
      position = skippingSpace(from: position, in: bytes)
      guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { return found }
      position += 1
    }
  }

  private static func cutting(_ name: Span<UInt8>, in bytes: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var copied = 0
    var position = 0
    func copy(to end: Int) {
      bytes.extracting(copied..<end).withUnsafeBufferPointer { result.append(contentsOf: $0) }
    }
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "\"") else {
        position += 1
        continue
      }
      let isNamed = matches(name, at: position, in: bytes)
      position = end(ofStringFrom: position, in: bytes)
      guard isNamed else { continue }
      // Only a member's name has a colon behind it.
      let colon = skippingSpace(from: position, in: bytes)
      guard colon < bytes.count, bytes[colon] == UInt8(ascii: ":") else { continue }
      let value = skippingSpace(from: colon + 1, in: bytes)
      guard value < bytes.count, bytes[value] == UInt8(ascii: "[") else { continue }
      let first = skippingSpace(from: value + 1, in: bytes)
      copy(to: end(ofValueFrom: first, in: bytes))
      position = end(ofValueFrom: value, in: bytes)
      copied = max(first, position - 1)
    }
    copy(to: bytes.count)
    return result
  }

  /// The place behind a value: behind its last bracket or quotation mark, or before what ends a word.
  private static func end(ofValueFrom start: Int, in bytes: Span<UInt8>) -> Int {
    var depth = 0
    var position = start
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position = end(ofStringFrom: position, in: bytes)
        if depth == 0 { return position }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth <= 1 { return depth == 0 ? position : position + 1 }
        depth -= 1
      case UInt8(ascii: ","), 0x20, 0x0A, 0x0D, 0x09:
        if depth == 0 { return position }
      default: break
      }
      position += 1
    }
    return bytes.count
  }

  private static func end(ofStringFrom start: Int, in bytes: Span<UInt8>) -> Int {
    var position = start + 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") { return position + 1 }
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return bytes.count
  }

  private static func skippingSpace(from start: Int, in bytes: Span<UInt8>) -> Int {
    var position = start
    while position < bytes.count, isSpace(bytes[position]) { position += 1 }
    return position
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private static func matches(_ text: Span<UInt8>, at place: Int, in bytes: Span<UInt8>) -> Bool {
    guard text.count <= bytes.count - place else { return false }
    let found = bytes.extracting(place..<(place + text.count))
    for index in text.indices where found[index] != text[index] { return false }
    return true
  }
}
