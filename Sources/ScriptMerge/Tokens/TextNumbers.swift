/// Numbers for texts of which a base has most: those that it has not are added without a copy of it.
struct TextNumbers {
  /// The texts of the base, which many may share.
  var base: TokenTable
  private var added = TokenTable()

  init(base: TokenTable) { self.base = base }

  /// How many numbers there are.
  var count: Int { base.count + added.count - 1 }

  /// The number of a text, which is added where it is new.
  mutating func number(of text: Span<UInt8>) -> Int32 {
    if let known = base.number(of: text) { return known }
    // The empty text is the base's: the first that is added has number 1 there.
    let number = added.intern(text, 0..<text.count, as: .punctuation)
    return Int32(truncatingIfNeeded: base.count) + number - 1
  }

  func bytes(of number: Int32) -> ArraySlice<UInt8> {
    let place = Int(number) - base.count
    return place < 0
      ? base.bytes(of: number) : added.bytes(of: Int32(truncatingIfNeeded: place + 1))
  }
}
