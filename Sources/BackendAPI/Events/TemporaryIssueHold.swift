/// Holds back the service's note of a temporary issue while good words may still follow it.
///
/// The service ends some answers that went well with "I encountered a temporary issue …": at the end
/// of good words it is dropped, alone it is the answer, and in the middle it is part of the words.
struct TemporaryIssueHold {
  private static let phrase = Array("i encountered a temporary issue".utf8)
  /// The note is a sentence or two; what is longer says something else.
  private static let longestNote = 400

  private var held: [UInt8] = []
  private var hasPassed = false

  /// Takes new words and gives those that can be shown now.
  mutating func pass(_ words: String) -> String {
    if held.isEmpty, Self.noteStart(in: words.utf8.span) == words.utf8.count {
      hasPassed = hasPassed || words.utf8.contains { $0 > 0x20 }
      return words
    }
    held += Array(words.utf8)
    let start = Self.noteStart(in: held.span)
    if held.count - start > Self.longestNote || start == held.count { return release(held.count) }
    return release(start)
  }

  /// Gives what is left to show; a note after good words is not.
  mutating func finish() -> String {
    let start = Self.noteStart(in: held.span)
    let isNote = held[start...].count >= Self.phrase.count
    let words = hasPassed && isNote ? release(start) : release(held.count)
    held = []
    return words
  }

  private mutating func release(_ count: Int) -> String {
    // White space before a note is held with it, so that none is left at the end.
    var end = count
    if count < held.count {
      while end > 0, held[end - 1] <= 0x20 { end -= 1 }
    }
    if end > 0 { hasPassed = hasPassed || held[..<end].contains { $0 > 0x20 } }
    defer { held.removeFirst(end) }
    return String(decoding: held[..<end], as: UTF8.self)
  }

  /// Where the words end with the phrase and what follows it, or with the beginning of the phrase.
  private static func noteStart(in bytes: Span<UInt8>) -> Int {
    for start in max(0, bytes.count - longestNote - 1)..<bytes.count {
      guard lowercase(bytes[start]) == phrase[0], start == 0 || !isLetter(bytes[start - 1]) else {
        continue
      }
      var length = 0
      while length < phrase.count, start + length < bytes.count,
        lowercase(bytes[start + length]) == phrase[length]
      {
        length += 1
      }
      if length == phrase.count || start + length == bytes.count { return start }
    }
    return bytes.count
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// A reply without the note at its end, where good words stand before it.
  static func withoutTrailingIssue(_ text: String) -> String {
    var hold = TemporaryIssueHold()
    let shown = hold.pass(text)
    return shown + hold.finish()
  }
}
