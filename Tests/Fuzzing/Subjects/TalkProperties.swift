import BackendAPI

/// What holds of telling content from instructions, and of routing what a person types.
enum TalkProperties {
  static func check(_ input: [UInt8]) throws(Violation) {
    let text = String(decoding: input, as: UTF8.self)
    var choices = Choices(input)
    let whole = reading([text])
    let largest = 2 * text.utf8.count + 8
    try require(whole.shown.utf8.count <= largest, "\(whole.shown.utf8.count) bytes are shown")
    try require(isSubsequence(whole.shown, of: text), "words are shown that nobody said")
    let pieces = choices.pieces(of: Array(text.utf8))
    let cut = reading(strings(pieces))
    try require(cut.shown == whole.shown, "'\(cut.shown)' instead of '\(whole.shown)'")
    try require(cut.actions == whole.actions, "\(cut.actions) instead of \(whole.actions)")
    let all = GUITalk.reading(of: text)
    try require(whole.shown.hasPrefix(all.shown), "a reading of all shows something else")
    let route = TalkRouting.route(text)
    try require(
      TalkRouting.route("  " + text + "\n") == route, "white space around a text routes it anew")
    if text.utf8.count > 400 {
      _ = TalkRouting.route(text, isFile: { $0.isEmpty })
    }
  }

  private static func reading(_ pieces: [String]) -> GUITalk.Reading {
    var talk = GUITalk()
    var whole = GUITalk.Reading()
    for reading in pieces.map({ talk.feed($0) }) + [talk.finish()] {
      whole.shown += reading.shown
      for action in reading.actions where whole.actions.last != action {
        whole.actions.append(action)
      }
    }
    return whole
  }

  /// Pieces as text: a character that is cut waits for its rest.
  private static func strings(_ pieces: [[UInt8]]) -> [String] {
    var strings: [String] = []
    var rest: [UInt8] = []
    for piece in pieces {
      rest += piece
      var end = rest.count
      while end > 0, !isWhole(rest[..<end]) { end -= 1 }
      strings.append(String(decoding: rest[..<end], as: UTF8.self))
      rest.removeFirst(end)
    }
    return strings + [String(decoding: rest, as: UTF8.self)]
  }

  private static func isWhole(_ bytes: ArraySlice<UInt8>) -> Bool {
    // Only the last three bytes can belong to a character that goes on.
    var start = bytes.endIndex
    while start > bytes.startIndex, bytes.endIndex - start < 4 {
      start -= 1
      if bytes[start] & 0xC0 != 0x80 { break }
    }
    return String(validating: bytes[start...], as: UTF8.self) != nil
  }

  /// Whether all letters of a part stand in the whole in their order; of a sentence that is cut the
  /// full stop is new.
  private static func isSubsequence(_ part: String, of whole: String) -> Bool {
    var rest = whole.unicodeScalars[...]
    for scalar in part.unicodeScalars where scalar > " " && scalar != "." && scalar != "。" {
      guard let place = rest.firstIndex(of: scalar) else { return false }
      rest = rest[rest.index(after: place)...]
    }
    return true
  }
}
