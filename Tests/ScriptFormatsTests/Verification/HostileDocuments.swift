import ScriptModel
import TestSupport

/// Documents made of what trips readers of captions up.
enum HostileDocuments {
  static let pieces = [
    "Hello there.", "Note: this", "ANNA: hi", "[Anna] x", "(MAN) over", ">> BOB: hm", "- Hi!", "1",
    "42",
    "00:00:01,000 --> 00:00:02,000", "00:00:05.000 --> 00:00:06.000 align:start", "0:01 -> 0:02",
    "A --> B", "", " ", "\t", "\u{3000}", "\u{FEFF}1", "<b>bold</b>", "<i>open", "</u>",
    "<B>loud</B>",
    "<font color=\"red\">x</font>", "<v Roger>y", "<div>", "<", "<<", "a < b > c & d", "&amp;",
    "&lt;b&gt;",
    "{\\an8}top", "{\\}", "{\\=}", "{y:i}", "{", "a\\Nb", "\\N", "C:\\New", "שלום, <i>עולם</i>",
    "👨‍👩‍👧‍👦", "e\u{301}",
    "漢字仮名交じり文。", "WEBVTT", "NOTE x", "STYLE", "REGION", "-->", "--> 02:00:10,901", "[]: x",
    "10:30 am",
    "https://x.org", "trailing ", " leading", "\u{2028}", "\u{85}", "#2", "<c></c>",
    "<00:00:01.000>", "]", "：",
    "Ａ：全角", "0:00:05.440,0:00:09.360", "１", "<br>", "<br/>", "♪ la ♪", "\u{200B}",
  ]

  static let names = [
    "Anna", "ANNA", "Bob Lee", "Speaker 1", "SPEAKER_01", "A & B", "x <y> z", "D]E", "O'Neil", "张三",
    "Dr. No",
    "a: b", "Very long name of somebody with many words in it that goes on", "10:30", "שרה", "-",
  ]

  /// A document that follows from a seed.
  static func document(seed: UInt64) -> ScriptDocument {
    var random = SeededGenerator(seed: seed)
    var document = ScriptDocument()
    var clock: Int64 = 0
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let rows = (0..<Int.random(in: 1...4, using: &random)).map { _ in row(using: &random) }
      clock += Int64.random(in: -500...4000, using: &random)
      let hasTimes = Int.random(in: 0..<8, using: &random) > 0
      let name = Bool.random(using: &random) ? names.randomElement(using: &random) : nil
      document.append(
        rows.joined(separator: "\n"), speaker: name,
        start: hasTimes ? Milliseconds(clock) : nil,
        end: hasTimes ? Milliseconds(clock + Int64.random(in: -5...9_000_000, using: &random)) : nil
      )
    }
    return document
  }

  private static func row(using random: inout SeededGenerator) -> String {
    let count = Int.random(in: 1...2, using: &random)
    return (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined(
      separator: Bool.random(using: &random) ? " " : "")
  }
}
