import ScriptModel
import Testing

@Test func hexadecimalDigitsAreReadAsTheyAreWritten() {
  let bytes = (0...255).map { UInt8($0) }
  let text = Hexadecimal.text(bytes)
  #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff") && text.utf8.count == 512)
  #expect(Hexadecimal.bytes(text) == bytes)
  #expect(Hexadecimal.bytes(text.uppercased()) == bytes)
  #expect(Hexadecimal.bytes("") == [])
}

@Test(arguments: ["0", "0g", "00 ", "é0", "0x00"])
func whatIsNotHexadecimalIsNotRead(text: String) {
  #expect(Hexadecimal.bytes(text) == nil)
}
