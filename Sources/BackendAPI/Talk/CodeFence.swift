/// The row of backticks around a text in a message.
package enum CodeFence {
  /// A fence that is longer than any row of backticks in a text, and three at least.
  package static func around(_ text: [UInt8]) -> String {
    let text = text.span
    var longest = 0
    var count = 0
    for index in text.indices {
      count = text[index] == UInt8(ascii: "`") ? count + 1 : 0
      longest = max(longest, count)
    }
    return String(repeating: "`", count: max(3, longest + 1))
  }
}
