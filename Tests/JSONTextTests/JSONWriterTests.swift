import JSONText
import Testing

@Test(arguments: [
  (Int64.min, "-9223372036854775808"), (-10, "-10"), (-1, "-1"), (0, "0"), (9, "9"), (10, "10"),
  (90_061_001, "90061001"), (Int64.max, "9223372036854775807"),
])
func integersAreWrittenInDecimal(value: Int64, text: String) {
  var writer = JSONWriter()
  writer.value(value)
  #expect(writer.bytes == Array(text.utf8))
}

@Test(arguments: [
  ("", "\"\""), ("plain", "\"plain\""), ("\"", "\"\\\"\""), ("a\\b", "\"a\\\\b\""),
  ("one\ntwo\t\r", "\"one\\ntwo\\t\\r\""), ("\u{1}x", "\"\\u0001x\""),
  ("café 天气 🎬", "\"café 天气 🎬\""),
])
func textIsQuotedWithItsEscapes(text: String, quoted: String) {
  var writer = JSONWriter()
  writer.value(text)
  let bytes = Array(text.utf8)
  var other = JSONWriter()
  other.string(utf8: bytes.span)
  #expect(writer.bytes == Array(quoted.utf8))
  #expect(other.bytes == writer.bytes)
}
