import JSONText
import Testing

/// Documents by RFC 8259.
struct JSONReaderTests {
  @Test(arguments: [
    "null", "true", "false", "0", "-1.5e+10", "\"\"", "[]", "{}", "[1,[2,{\"a\":null}]]",
    "{\"a\":1,\"a\":2}", "\"é\\n😀\"", "12345678901234567890.000",
  ])
  func whatIsReadIsWrittenAgain(text: String) throws {
    let value = try JSONValue(parsing: Array(text.utf8))
    #expect(String(decoding: value.bytes, as: UTF8.self) == text)
  }

  @Test(arguments: [
    ("", 0), ("[1,]", 3), ("{\"a\" 1}", 5), ("01", 2), ("1.", 2), ("\"a", 2), ("\"\\x\"", 2),
    ("nul", 0),
    ("[1] 2", 4), ("\"\n\"", 1), ("-", 1), ("{a:1}", 1), ("\"\\u12g4\"", 5),
  ])
  func faultsArePlaced(text: String, offset: Int) {
    #expect {
      try JSONValue(parsing: Array(text.utf8))
    } throws: { error in
      (error as? JSONError)?.offset == offset
    }
  }

  @Test func escapesAreDecoded() throws {
    let value = try JSONValue(parsing: Array(#""\u00e9\ud83d\ude00\ud83d\/\b\f\r\t""#.utf8))
    #expect(value.string == "é😀\u{FFFD}/\u{8}\u{C}\r\t")
  }

  @Test func deepNestingIsRefused() {
    let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
  }

  @Test func theLastOfEqualNamesCounts() throws {
    let value = try JSONValue(parsing: Array(#"{"a":1,"a":2.0,"b":"3"}"#.utf8))
    #expect(value["a"]?.integer == 2)
    #expect(value["b"]?.integer == 3)
    #expect(value["c"] == nil)
    #expect(value[0] == nil)
  }

  @Test func controlCharactersAreEscaped() {
    var writer = JSONWriter()
    writer.array { json in
      json.value("\u{1}\"\\\n")
      json.value(Int64.min)
      json.value(true)
    }
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == #"["\u0001\"\\\n",-9223372036854775808,true]"#)
  }
}
