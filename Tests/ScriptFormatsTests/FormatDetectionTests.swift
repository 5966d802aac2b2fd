import ScriptFormats
import ScriptModel
import Testing

/// Content tells the format; what is no script is refused by name.
struct FormatDetectionTests {
  private static let captions = "1\n00:00:01,000 --> 00:00:02,000\nOne\n"

  @Test(arguments: [
    ("a.srt", captions, FormatName.srt, false), ("a.txt", captions, .srt, true),
    ("a", captions, .srt, false),
    ("a.vtt", captions, .srt, true),
    ("a.srt", "WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n", .webVTT, true),
    ("a.txt", "{\"offbook\":1,\"lines\":[]}", .json, true),
  ])
  func contentWinsAndSaysSo(
    name: String, file: String, format: FormatName, isReported: Bool
  ) throws {
    var options = ReadOptions()
    options.fileName = name
    let result = try ScriptReading.read(Array(file.utf8), options: options)
    #expect(result.format == format)
    #expect(result.document.findings.contains { $0.code == "wrong-extension" } == isReported)
  }

  @Test(arguments: [
    ("", FormatError.Code.empty), (" \n\n", .empty), ("{\\rtf1 x", .unsupported),
    ("%PDF-1.7", .unsupported),
    ("<!DOCTYPE html><p>", .unsupported), ("{0}{25}Hello", .unsupported),
    ("[Script Info]\n", .unsupported),
    ("OggS\u{0}", .binary), ("SQLite format 3\u{0}", .binary), ("a\u{0}\u{1}\u{2}\u{3}b", .binary),
    ("{\"offbook\":1,", .invalidJSON), ("{\"offbook\":2,\"lines\":[]}", .unsupported),
  ])
  func whatIsNoScriptIsRefused(file: String, code: FormatError.Code) {
    #expect {
      try ScriptReading.read(Array(file.utf8), options: ReadOptions())
    } throws: { error in
      (error as? FormatError)?.code == code
    }
  }

  @Test func noCaptionsInAFileOfCaptionsIsRefused() {
    var options = ReadOptions()
    options.fileName = "a.srt"
    #expect(throws: FormatError.self) {
      try ScriptReading.read(Array("Nothing here.\n".utf8), options: options)
    }
  }

  @Test func anUnknownEncodingNamesNearOnes() {
    var options = ReadOptions()
    options.encoding = "windows-125x"
    #expect {
      try ScriptReading.read(Array(Self.captions.utf8), options: options)
    } throws: { error in
      let error = error as? FormatError
      return error?.code == .unknownEncoding && error?.fix?.contains("'WINDOWS-1252'") == true
    }
  }
}
