import ScriptModel
import Testing

@testable import ScriptFormats

@Suite struct MarkdownRoundTripTests {
  @Test(arguments: [WriteOptions.Speakers.every, .change, .none], [false, true])
  func whatIsWrittenIsReadBack(_ speakers: WriteOptions.Speakers, _ times: Bool) throws {
    var failures = 0
    for seed in UInt64(1)...1500 {
      var scripts = HostileScripts(seed: seed)
      let document = scripts.document()
      var options = WriteOptions(format: .markdown)
      options.speakers = speakers
      options.times = times
      let bytes = try ScriptWriting.write(document, options: options).bytes
      let back = MarkdownReader.read(bytes, options: ReadOptions())
      let wanted = KeptLine.lines(of: document, speakers: speakers != .none, times: times)
      let got = KeptLine.lines(of: back, times: times)
      if wanted != got, failures < 5 {
        failures += 1
        Issue.record(
          "Seed \(seed):\n\(wanted)\n\(got)\n\(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }
}
