/// The words that a changed line lost and those that came in, read from where its texts differ.
struct WordChange {
  /// The words that are gone, in ascending numbers.
  let lost: [Int32]
  /// The words that came in, in ascending numbers.
  let extra: [Int32]

  init(from old: String, to new: String, in table: inout TokenTable) {
    let (before, after) = Self.middles(Array(old.utf8), Array(new.utf8))
    let oldBag = WordBag.of(before, in: &table)
    let newBag = WordBag.of(after, in: &table)
    lost = WordBag.difference(oldBag, newBag)
    extra = WordBag.difference(newBag, oldBag)
  }

  /// What differs of two texts, out to the next blank: so that no word is cut.
  private static func middles(
    _ old: [UInt8], _ new: [UInt8]
  ) -> (old: ArraySlice<UInt8>, new: ArraySlice<UInt8>) {
    let blank = UInt8(ascii: " ")
    let shorter = min(old.count, new.count)
    var start = 0
    var index = 0
    while index < shorter, old[index] == new[index] {
      index += 1
      if old[index - 1] == blank { start = index }
    }
    var end = 0
    index = 0
    while index < shorter - start, old[old.count - 1 - index] == new[new.count - 1 - index] {
      index += 1
      if old[old.count - index] == blank { end = index }
    }
    return (old[start..<(old.count - end)], new[start..<(new.count - end)])
  }
}
