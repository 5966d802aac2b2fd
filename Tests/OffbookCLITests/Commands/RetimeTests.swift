import Offbook
import ScriptModel
import Testing

@testable import OffbookCLI

@Test(arguments: [
  ("25", 25, 1), ("1.001", 1001, 1000), ("25025/24000", 1001, 960), ("0.5", 1, 2), (".5", 1, 2),
  ("23.5/2", 47, 4),
])
func ratiosAreExact(text: String, numerator: Int64, denominator: Int64) {
  #expect(Ratio(text) == Ratio(numerator, denominator))
}

@Test(arguments: ["", ".", "-1", "1/0", "1/2/3", "x", "1e5", "99999999999999999999", "1/"])
func whatIsNoRatioIsRefused(text: String) {
  #expect(Ratio(text) == nil)
}

private func retiming(_ values: [String: String]) throws -> Retiming {
  try RetimeCommand.retiming(ParsedArguments(values: values))
}

@Test func frameRatesAreTheirFractions() throws {
  let film = try retiming(["from": "25", "to": "23.976"])
  #expect(film.numerator == 1001 && film.denominator == 960)
  let video = try retiming(["from": "29.97", "to": "30", "shift": "-2s"])
  #expect(video.numerator == 1000 && video.denominator == 1001)
  #expect(video.shift == Milliseconds(-2000))
}

@Test(arguments: [
  [:], ["from": "25"], ["to": "25"], ["from": "0", "to": "25"], ["scale": "0"], ["scale": "-1"],
  ["shift": "x"], ["from": "fast", "to": "25"],
])
func retimingWithoutSenseIsWrongUse(values: [String: String]) {
  #expect(throws: UsageError.self) { try retiming(values) }
}

@Test(arguments: [
  ("3", 3, 3), ("3-7", 3, 7), ("3-", 3, Int.max),
])
func lineRangesAreRead(text: String, lower: Int, upper: Int) {
  #expect(LineRange(text)?.lower == lower)
  #expect(LineRange(text)?.upper == upper)
}

@Test(arguments: ["", "0", "7-3", "-3", "a", "@1:30", "3-x"])
func otherWordsAreNoLineRange(text: String) {
  #expect(LineRange(text) == nil)
}
