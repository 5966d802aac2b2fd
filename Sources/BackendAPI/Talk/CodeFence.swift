/// The row of backticks around a text in a message.
package enum CodeFence {
  /// A fence that is longer than any row of backticks in a text, and three at least.
  package static func around(_ text: some Sequence<UInt8>) -> String {
    var longest = 0
    var count = 0
    for byte in text {
      count = byte == UInt8(ascii: "`") ? count + 1 : 0
      longest = max(longest, count)
    }
    return String(repeating: "`", count: max(3, longest + 1))
  }
}
