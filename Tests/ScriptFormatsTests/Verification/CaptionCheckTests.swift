import ScriptModel
import Testing

@testable import ScriptFormats

private let written = """
  1
  00:00:01,000 --> 00:00:02,000
  one <i>word</i>
  and more

  2
  00:00:03,000 --> 00:00:04,500
  two

  3
  00:00:05,000 --> 00:00:06,000

  """

/// The check of captions while they are read says yes to the very captions and to nothing else.
struct CaptionCheckTests {
  private var document: ScriptDocument { SubRipReader.read(Array(written.utf8), options: options) }
  private let options = ReadOptions()

  @Test(arguments: [
    ("", ""), ("\n", "\r\n"), ("00:00:03,000", "00:00:03.000"), ("<i>", "<I>"),
    ("two", "{\\an8}two"),
  ])
  func whatReadsBackTheSameIsRecognised(old: String, new: String) {
    #expect(SubRipReader.isRead(document, outOf: replacing(old, new), options: options))
  }

  @Test(arguments: [
    ("two", "too"), ("two", "two\nthree"), ("and more", "and  more"), (",500", ",501"),
    ("00:00:03", "00:00:02"), ("two", ""), ("<i>", "<b>"), ("two", "<v Ann>two"),
    ("3\n00:00:05,000 --> 00:00:06,000\n", ""), ("\n2\n00:00:03,000 --> 00:00:04,500\n", ""),
    ("two", "two\n\n4\n00:00:04,600 --> 00:00:04,700\nx"), ("00:00:05,000 -->", "00:00:05,000"),
  ])
  func whatDiffersIsNot(old: String, new: String) {
    #expect(!SubRipReader.isRead(document, outOf: replacing(old, new), options: options))
  }

  /// A label may be taken or not, by what the whole file shows: that is left to the whole.
  @Test func whatMayBeALabelIsLeftToTheWhole() {
    var document = ScriptDocument()
    document.append("Anna: hello", start: Milliseconds(0), end: Milliseconds(1000))
    let bytes = Array("1\n00:00:00,000 --> 00:00:01,000\nAnna: hello\n".utf8)
    #expect(!SubRipReader.isRead(document, outOf: bytes, options: options))
    var unlabelled = options
    unlabelled.speakers = .none
    #expect(SubRipReader.isRead(document, outOf: bytes, options: unlabelled))
  }

  private func replacing(_ old: String, _ new: String) -> [UInt8] {
    guard !old.isEmpty else { return Array(written.utf8) }
    let parts = written.split(separator: old, omittingEmptySubsequences: false)
    return Array(parts.joined(separator: new).utf8)
  }
}
