import Testing

@testable import ScriptMerge

struct EightBytesTests {
  @Test(arguments: UInt8.min...UInt8.max)
  func aByteIsSeenAtEachPlaceAmongOthers(byte: UInt8) {
    for others: UInt8 in [0x20, 0x40, 0x5B, 0x61, 0x7F, 0xC1, 0xFF] {
      for place in 0..<8 {
        var bytes = [UInt8](repeating: others, count: 8)
        bytes[place] = byte
        bytes.withUnsafeBytes { bytes in
          let eight = EightBytes(bytes, at: 0)
          #expect(eight.hasCapital == (0x41...0x5A).contains(byte))
          #expect(eight.hasControl == (byte < 0x20))
          #expect(eight.isASCII == (byte < 0x80 && others < 0x80))
          #expect(eight.marks(of: byte) >> UInt64(place * 8 + 7) & 1 == 1)
        }
      }
    }
  }

  @Test(arguments: [
    "", "one", "ONE TWO three", "Ein Über-Wort im Satz", "x.Y", "12345678Z", "!?", "?! …",
  ])
  func wordsAreTheSameInCapitals(text: String) {
    var table = TokenTable()
    let lower = String(
      decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    let bag = WordBag.of(text.utf8.span, in: &table)
    #expect(bag == WordBag.of(lower.utf8.span, in: &table))
    #expect(bag.isEmpty == text.isEmpty)
  }
}
