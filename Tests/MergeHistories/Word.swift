/// A word of a history, compared by its bytes: no two of them are other forms of the same.
struct Word: Hashable, Comparable, CustomStringConvertible {
  /// The word itself.
  let description: String

  init(_ text: String) { description = text }

  static func == (left: Word, right: Word) -> Bool {
    left.description.utf8.elementsEqual(right.description.utf8)
  }

  static func < (left: Word, right: Word) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in description.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hasher.combine(hash)
  }
}
