import ScriptModel
import Testing

@Test(arguments: [
  ("90", 90_000), ("1.5s", 1500), ("+250ms", 250), ("-2s", -2000), ("1m30s", 90_000),
  ("00:01:30,500", 90_500), ("1:30.5", 90_500), ("0", 0), ("-0.25", -250), ("2h", 7_200_000),
  ("100:00:00", 360_000_000), ("1h2m3s4ms", 3_723_004), ("0.0005s", 1), ("90s", 90_000),
])
func timesAreReadAsPeopleWriteThem(text: String, milliseconds: Int64) {
  #expect(Milliseconds(parsing: text) == Milliseconds(milliseconds))
}

@Test(arguments: [
  "", "-", "s", "1x", "1:60", "1:2:3:4", "1:", ":1", "1s1m", "1.s", "1 s", "5s5", "1e3", "--1",
  "9223372036854775807", "9999999999999:00:00",
])
func otherTextIsNoTime(text: String) {
  #expect(Milliseconds(parsing: text) == nil)
}

@Test(arguments: [
  (0, "00:00:00.000", "0:00"), (90_500, "00:01:30.500", "1:30"),
  (360_000_001, "100:00:00.001", "100:00:00"), (-1500, "-00:00:01.500", "-0:01"),
  (Int64.min, "-2562047788015:12:55.808", "-2562047788015:12:55"),
])
func timesAreWritten(milliseconds: Int64, timecode: String, clock: String) {
  #expect(Milliseconds(milliseconds).timecode() == timecode)
  #expect(Milliseconds(milliseconds).clock == clock)
}

@Test func sumsStayInRange() {
  #expect(Milliseconds(.max) + Milliseconds(1) == Milliseconds(.max))
  #expect(Milliseconds(.min) - Milliseconds(1) == Milliseconds(.min))
  #expect(Milliseconds(.min) + Milliseconds(-1) == Milliseconds(.min))
}
