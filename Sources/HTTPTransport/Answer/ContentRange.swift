/// The range of a partial answer (RFC 9110, 14.4).
struct ContentRange: Hashable, Sendable {
  /// The place of the first byte.
  var first: Int64
  /// The place of the last byte.
  var last: Int64
  /// The size of the whole; `nil` where the server does not know it.
  var whole: Int64?

  /// Reads `bytes 5-9/10` or `bytes 5-9/*`; `nil` for anything else, and for ranges that can't be.
  init?(_ text: String) {
    let words = text.split(separator: " ", maxSplits: 1)
    guard words.count == 2, words[0].lowercased() == "bytes" else { return nil }
    let halves = words[1].split(separator: "/", omittingEmptySubsequences: false)
    let ends = halves.first?.split(separator: "-", omittingEmptySubsequences: false) ?? []
    guard halves.count == 2, ends.count == 2, let first = Self.number(ends[0]),
      let last = Self.number(ends[1]), first <= last, last < .max
    else { return nil }
    let size = halves[1].filter { $0 != " " }
    if size != "*" {
      guard let whole = Self.number(Substring(size)), whole > last else { return nil }
      self.whole = whole
    }
    self.first = first
    self.last = last
  }

  private static func number(_ text: Substring) -> Int64? {
    let digits = text.filter { $0 != " " }
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int64(digits)
  }
}
