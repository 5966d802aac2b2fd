import ScriptModel
import Testing

@Test func anIdentifierReadsItsOwnText() {
  var generator = IdentifierGenerator(seed: 7)
  for _ in 0..<100 {
    let id: Line.ID = generator.next(at: 1_763_680_000_000)
    #expect(Line.ID(id.description) == id)
    #expect(id.description.utf8.count == 36)
  }
}

@Test(arguments: [
  "", "0193a1c2", "0193a1c2-9f00-7abc-8def-0123456789a", "0193a1c2-9f00-7abc-8def-0123456789abc",
  "0193a1c2-9f00-7abc-8def-0123456789ag",
])
func otherTextIsNoIdentifier(text: String) {
  #expect(Line.ID(text) == nil)
}

@Test func identifiersGrowWithinAMillisecondAndWhenTheClockStepsBack() {
  var generator = IdentifierGenerator(seed: 1)
  var last: Line.ID = generator.next(at: 1_000_000)
  for step in 0..<10_000 {
    let next: Line.ID = generator.next(at: step % 3 == 0 ? 999_000 : 1_000_000)
    #expect(last < next)
    last = next
  }
}

@Test func identifiersCarryVersionVariantAndTime() {
  var generator = IdentifierGenerator(seed: 3)
  let id: Script.ID = generator.next(at: 0x0193_a1c2_9f00)
  #expect(id.high >> 16 == 0x0193_a1c2_9f00)
  #expect(id.high >> 12 & 0xF == 7)
  #expect(id.low >> 62 == 0b10)
}
