/// A token that no printing, reflection or interpolation shows.
package struct Secret: Hashable, Sendable {
  /// The token itself; for the `Authorization` header and the token's own file, nothing else.
  package let revealed: String

  /// Takes a token, white space around it dropped; `nil` for one that no header can carry.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
    guard let first = bytes.firstIndex(where: { !isSpace($0) }),
      let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return nil }
    let token = bytes[first...last]
    guard token.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    revealed = String(decoding: token, as: UTF8.self)
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// A word in place of the token.
  package var description: String { "(secret)" }
  /// A word in place of the token.
  package var debugDescription: String { "(secret)" }
  /// A mirror without children, so that `dump` shows nothing either.
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
