import ScriptModel
import TestSupport
import Testing

@testable import ScriptFormats

/// The check of Markdown while it is read says yes only where reading the whole file gives the same.
@Suite struct MarkdownCheckTests {
  /// Written as people write by hand, which does not always read back equal, and then damaged.
  @Test(arguments: [WriteOptions.Speakers.every, .change, .none], [0, 1, 6])
  func yesIsWhatTheWholeFileSaysToo(_ speakers: WriteOptions.Speakers, hostility: Int) {
    var options = WriteOptions(format: .markdown)
    options.speakers = speakers
    var yes = 0
    for seed in UInt64(1)...3000 {
      var scripts = HostileScripts(seed: seed)
      let document = scripts.document(hostility: hostility)
      var bytes = MarkdownWriter.write(document, options: options, isGuarded: false)
      for _ in 0..<scripts.number(below: 3) { scripts.damage(&bytes) }
      guard MarkdownCheck.isRead(document, outOf: bytes, options: options) else { continue }
      yes += 1
      let found = MarkdownReader.read(bytes, options: ReadOptions())
      let differences = ProseDifferences(document, found, options)
      #expect(
        differences.isEmpty && differences.lost == [],
        "Seed \(seed): \(differences.lost)\n\(String(decoding: bytes, as: UTF8.self))")
    }
    #expect(speakers == .change ? yes == 0 : yes > 100)
  }

  /// What is written most is recognised, so that large files are not read twice.
  @Test(arguments: [
    "one row", "two\nrows", "10 words", "a *star* and a_b", "half: and half", "ends with \\",
    "<b>bold</b> and <i>slant</i>", "(laughs)", "# no heading", "Anna: no label", "5:00", "`code`",
    "- no list", "a\n\nb", "a ", " a", "café\n10:30\n你好：世界", "&amp; & co",
  ])
  func plainScriptsAreRecognised(text: String) throws {
    for speaker in ["Anna", "inaudible", "Dr. [x]", nil] {
      var document = ScriptDocument()
      document.metadata.title = "A title: with a colon"
      document.metadata.notes = ["a note"]
      if speaker != nil { document.append("First.", speaker: "Bert") }
      for _ in 0..<5 { document.append(text, speaker: speaker) }
      document.append("Last.", speaker: speaker)
      let options = WriteOptions(format: .markdown)
      let bytes = MarkdownWriter.write(document, options: options, isGuarded: false)
      #expect(
        MarkdownCheck.isRead(document, outOf: bytes, options: options),
        "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test(arguments: [
    ("**Anna:** one", "**Anna:** two"), ("**Anna:**", "**Bert:**"), ("one\\", "one"),
    ("rows", "rows \n"), ("rows", "rows\\"), ("**Anna:** one", "**Anna:** 0:05"), ("one", "# one"),
    ("rows", "---"), ("rows", "0:05"), ("rows", "```"), ("rows", "<!-- line -->"),
    ("**Anna:** last", "**Anna:** last\n\nTranscribed by https://otter.ai"),
    ("**Anna:** last", ""), ("**Anna:** last", "**Anna:** last\n\n**Anna:** more"),
    ("---\n\n**Bert:**", "---\n\nHello there.\n\n**Bert:**"),
  ])
  func whatDiffersIsNotRecognised(old: String, new: String) {
    var document = ScriptDocument()
    document.metadata.title = "Title"
    document.append("first", speaker: "Bert")
    document.append("one\nof rows", speaker: "Anna")
    document.append("last", speaker: "Anna")
    let options = WriteOptions(format: .markdown)
    let bytes = MarkdownWriter.write(document, options: options, isGuarded: false)
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = text.split(separator: old, omittingEmptySubsequences: false)
    #expect(parts.count > 1)
    #expect(MarkdownCheck.isRead(document, outOf: bytes, options: options))
    let damaged = Array(parts.joined(separator: new).utf8)
    #expect(!MarkdownCheck.isRead(document, outOf: damaged, options: options))
  }

  /// Rows with numbers are lines of a page only where most rows have them.
  @Test func numberedRowsAreLeftToTheWhole() {
    var document = ScriptDocument()
    for number in 1...5 { document.append("\(number)  words") }
    let options = WriteOptions(format: .markdown)
    let bytes = MarkdownWriter.write(document, options: options, isGuarded: false)
    #expect(!MarkdownCheck.isRead(document, outOf: bytes, options: options))
  }
}

extension HostileScripts {
  /// A document of plain lines; of twelve lines, so many as `hostility` look like something else.
  mutating func document(hostility: Int) -> ScriptDocument {
    let hostile = document()
    var document = ScriptDocument()
    for index in hostile.entries.indices {
      let isHostile = number(below: 12) < hostility
      let plain = ["Hello there.", "So it is\nand was.", "Café, tea", "1 or 2", "a\n\nb"]
      let text = isHostile ? hostile.string(at: index) : plain[number(below: plain.count)]
      let name = hostile.entries[index].speaker.map { hostile.speakers[$0] }
      let isNamed = number(below: 12) < hostility
      document.append(
        text, kind: isHostile ? hostile.entries[index].kind : .dialogue,
        speaker: name.map { isNamed ? $0 : ["Anna", "Bert Lee"][number(below: 2)] })
    }
    return document
  }

  /// Puts a piece that looks like something at any place, or takes some bytes out.
  mutating func damage(_ bytes: inout [UInt8]) {
    var place = number(below: bytes.count + 1)
    if number(below: 2) == 0 {
      // Most of what means anything does so at the beginning of a row.
      while place > 0, bytes[place - 1] != 10 { place -= 1 }
    }
    switch number(below: 3) {
    case 0: bytes.removeSubrange(place..<min(bytes.count, place + number(below: 4)))
    case 1: bytes.insert(contentsOf: text().utf8, at: place)
    default:
      let pieces = ["\n", "\n\n", "\r\n", " ", "\\", "**", "**Anna:** ", ":", "[", "1  ", "\\\n"]
      bytes.insert(contentsOf: pieces[number(below: pieces.count)].utf8, at: place)
    }
  }
}
