import ScriptModel
import Testing

@testable import ScriptFormats

@Suite struct TranscriptRoundTripTests {
  @Test(arguments: [WriteOptions.Speakers.every, .change, .none], [false, true])
  func whatIsWrittenIsReadBack(_ speakers: WriteOptions.Speakers, _ times: Bool) throws {
    var failures = 0
    for seed in UInt64(1)...1500 {
      var scripts = HostileScripts(seed: seed)
      let document = scripts.document()
      var options = WriteOptions(format: .text)
      options.speakers = speakers
      options.times = times
      let bytes = try ScriptWriting.write(document, options: options).bytes
      let back = TranscriptReader.read(bytes, options: ReadOptions())
      let wanted = KeptLine.lines(of: document, speakers: speakers != .none, times: times)
      let got = KeptLine.lines(of: back, times: times)
      if wanted != got, failures < 5 {
        failures += 1
        Issue.record(
          "Seed \(seed):\n\(wanted)\n\(got)\n\(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }

  @Test func namesAndEndsAreWrittenAsPeopleDo() throws {
    var document = ScriptDocument()
    document.append("Hello.", speaker: "Anna", start: Milliseconds(5000), end: Milliseconds(6500))
    document.append("Hi.", speaker: "Bert", start: Milliseconds(7250))
    document.append("So.", speaker: "Anna")
    document.append("Nobody.", speaker: nil)
    document.append("Part one", kind: .heading)
    document.append("A door slams.", kind: .direction)
    document.append("Yes.", speaker: "Anna")
    var options = WriteOptions(format: .text)
    #expect(
      String(
        decoding: try ScriptWriting.write(document, options: options).bytes, as: UTF8.self)
          == """
          Anna: Hello.
          [Bert]: Hi.
          Anna: So.
          []: Nobody.

          # Part one

          (A door slams.)

          Anna: Yes.

          """)
    options.times = true
    #expect(
      String(
        decoding: try ScriptWriting.write(document, options: options).bytes, as: UTF8.self
      )
      .hasPrefix(
        "[00:00:05 --> 00:00:06.500] Anna: Hello.\n[00:00:07.250] [Bert]: Hi.\nAnna: So.\n")
    )
  }
}
