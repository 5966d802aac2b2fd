import JSONText
import ScriptModel
import Testing
import TestSupport

@testable import ScriptFormats

/// Decodes the texts of the corpora whose encoding is known.
struct EncodingCorpusTests {
  /// Files that are decoded otherwise than the corpora expect, and why.
  private static let explained: [String: String] = [
    "uchardet__en_ascii.txt": "control characters such as ESC are kept out of the text",
    "uchardet__zh_euc-tw.txt":
      "the expected text was decoded as another encoding and is no language",
  ]

  @Test func decodesWhatTheCorporaExpect() throws {
    let files = Corpora.files(in: "txt")
    if files.isEmpty { print("SKIPPED: no corpora beside the project") }
    var right = 0
    var all = 0
    for file in files {
      guard let bytes = Corpora.bytes(of: "txt/" + file),
        let json = Corpora.bytes(of: "expected/txt/" + file + ".json"),
        let expected = try? JSONValue(parsing: json), expected["encoding_only"]?.bool == true,
        let digest = expected["text_sha256"]?.string
      else { continue }
      all += 1
      var findings = FindingList()
      guard let decoded = try? TextDecoding.decode(bytes, encoding: nil, findings: &findings) else {
        Issue.record("\(file): refused")
        continue
      }
      let text = RowEnds.withoutCarriageReturns(decoded.bytes)
      let stripped = String(decoding: text, as: UTF8.self).unicodeScalars
      let blank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
      let head = stripped.drop(while: blank)
      let end = head.lastIndex { !blank($0) }.map { head.index(after: $0) } ?? head.startIndex
      let hash = SHA256.digest(of: Array(String(head[..<end]).utf8)).map { byte in
        String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
      }.joined()
      if hash == digest {
        right += 1
      } else if Self.explained[file] == nil {
        Issue.record("\(file): read as \(decoded.encoding): \(String(head.prefix(80)))")
      }
    }
    print("txt encodings: \(right) of \(all)")
  }
}
