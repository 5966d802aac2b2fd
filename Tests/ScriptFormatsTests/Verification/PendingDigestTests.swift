import ScriptModel
import Testing

@testable import ScriptFormats

@Test(arguments: [0, 1, 65_535, 65_536, 1_000_000])
func aDigestOnAnotherThreadIsTheSame(count: Int) {
  let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
  let digest = PendingDigest(of: bytes)
  #expect(digest.value() == SHA256.digest(of: bytes))
  #expect(digest.value() == SHA256.digest(of: bytes))
  // One that nobody asks for ends its thread all the same.
  _ = PendingDigest(of: bytes)
}

@Test(arguments: [FormatName.srt, .webVTT, .text])
func anExportTellsTheDigestOfItsBytesOnRequest(format: FormatName) throws {
  var document = ScriptDocument()
  for index in 0..<2000 {
    document.append(
      "Words number \(index) of the talk", speaker: "Anna",
      start: Milliseconds(Int64(index) * 1000), end: Milliseconds(Int64(index) * 1000 + 900))
  }
  var options = WriteOptions(format: format)
  #expect(try ScriptWriting.write(document, options: options).sha256 == nil)
  options.digests = true
  let written = try ScriptWriting.write(document, options: options)
  #expect(written.sha256 == SHA256.digest(of: written.bytes))
}
