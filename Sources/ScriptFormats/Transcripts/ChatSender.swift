/// The sender of a message in the saved chat of a meeting, as Zoom writes it behind the time.
///
/// `10:01:02 From Anna Lee to Everyone:` with the message below, and `From Anna Lee : message`.
enum ChatSender {
  private static let lead = Array("From ".utf8)
  private static let receiver = Array(" to ".utf8)

  /// Reads the sender in a row from behind its time; `nil` for anything else.
  static func label(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Label? {
    guard begins(bytes, start, end, lead) else { return nil }
    var first = start + lead.count
    while first < end, isWhite(bytes[first]) { first += 1 }
    var colon = first
    while colon < end, bytes[colon] != UInt8(ascii: ":") { colon += 1 }
    guard colon < end, colon + 1 == end || isWhite(bytes[colon + 1]) else { return nil }
    var last = first
    while last < colon, !begins(bytes, last, colon, receiver) { last += 1 }
    let hasReceiver = last < colon
    // Without a receiver Zoom sets the colon off; `From Paris: …` is a sentence.
    guard hasReceiver || isWhite(bytes[colon - 1]) else { return nil }
    while last > first, isWhite(bytes[last - 1]) { last -= 1 }
    guard last > first else { return nil }
    var text = colon + 1
    while text < end, isWhite(bytes[text]) { text += 1 }
    return Label(form: .parenthesised, start: first, end: last, text: text, isShort: true)
  }

  private static func begins(
    _ bytes: [UInt8], _ start: Int, _ end: Int, _ word: [UInt8]
  ) -> Bool {
    guard start + word.count <= end else { return false }
    for index in word.indices where bytes[start + index] != word[index] { return false }
    return true
  }
}
