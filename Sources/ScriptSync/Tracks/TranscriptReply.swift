import BackendAPI
import ScriptFormats
import ScriptModel
import ScriptStore

/// The transcript in an agent's reply: in any layout, with prose around it.
struct TranscriptReply {
  /// The turns, without what the agent says around them.
  private(set) var document: ScriptDocument
  /// The format that the turns were found in.
  private let format: FormatName
  private let reply: String

  /// How the names of replies end that scripts were made of.
  static let sourceEnding = " (reply).txt"

  /// Finds the transcript in a reply; `nil` where it holds none.
  ///
  /// The reply is read as each of the forms that it may have: what stands between fences, a text, a
  /// page of Markdown. The form that names speakers for most turns is the one that was meant.
  ///
  /// - Parameter cast: the names of the project's speakers: a reply may write them otherwise.
  init?(_ reply: String, cast: [String] = []) {
    guard !reply.isEmpty else { return nil }
    self.reply = reply
    var best: (reading: Reading, worth: Worth)?
    for reading in Self.readings(of: reply, cast: cast) {
      let worth = Worth(reading.document)
      if worth.isTranscript, best.map({ $0.worth < worth }) ?? true { best = (reading, worth) }
    }
    guard let best else { return nil }
    document = best.reading.document
    format = best.reading.format
    spellNames(cast: cast)
  }

  private mutating func spellNames(cast: [String]) {
    let names = SpelledNames(cast: cast, text: reply).spelled(document.speakers)
    document.speakers = []
    document.speakerIDs = []
    // Two spellings of one name are one speaker.
    let indices = names.map { document.speakerIndex(named: $0) }
    for index in document.entries.indices {
      document.entries[index].speaker = document.entries[index].speaker.map { indices[$0] }
    }
  }

  /// The whole reply, to be kept beside the script that is made of it.
  ///
  /// - Parameter title: what the script is called.
  func source(title: String) -> ImportedSource {
    ImportedSource(
      name: title + Self.sourceEnding, format: format, encoding: "UTF-8", bytes: Array(reply.utf8))
  }

  // MARK: - Forms

  private struct Form {
    var text: String
    var name: String
    /// Whether it is all of a reply, with what the agent says around the script.
    var isWhole = true
  }

  private struct Reading {
    var document: ScriptDocument
    var format: FormatName
  }

  private static func readings(of reply: String, cast: [String]) -> [Reading] {
    let blocks = FencedBlock.blocks(in: reply)
    var readings = forms(of: reply, blocks).compactMap { read($0, cast: cast) }
    let records = [
      ReplyRecords.objects(in: blocks.map(\.text)), ReplyRecords.objects(in: [reply]),
      ReplyRecords.table(in: reply),
    ]
    for document in records.compactMap(\.self) {
      readings.append(Reading(document: document, format: .text))
    }
    return readings
  }

  private static func forms(of reply: String, _ blocks: [FencedBlock]) -> [Form] {
    var forms = blocks.map { block in
      Form(
        text: block.text, name: "reply.\(block.language.isEmpty ? "txt" : block.language)",
        isWhole: false)
    }
    if forms.count > 1, Set(forms.map(\.name)).count == 1 {
      // A long transcript may come in several blocks of one kind.
      forms.insert(
        Form(
          text: forms.map(\.text).joined(separator: "\n\n"), name: forms[0].name, isWhole: false),
        at: 0)
    }
    forms.append(Form(text: reply, name: "reply.txt"))
    forms.append(Form(text: reply, name: "reply.md"))
    if let plain = withoutMarks(reply) { forms.append(Form(text: plain, name: "reply.txt")) }
    return forms
  }

  /// A reply without what Markdown puts around words: lists, quotes, headings, emphasis.
  ///
  /// - Returns: `nil` where nothing of it is there.
  private static func withoutMarks(_ reply: String) -> String? {
    let rows = reply.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let plain = rows.map { row in
      let item = withoutItemMark(row.drop { " >".contains($0) })
      return item.drop { $0 == "#" }.split(separator: "**", omittingEmptySubsequences: false)
        .joined().drop { $0 == " " }
    }
    let text = plain.joined(separator: "\n")
    return text == reply ? nil : text
  }

  private static func withoutItemMark(_ row: Substring) -> Substring {
    let digits = row.prefix { $0.isASCII && $0.isNumber }
    let mark = row.dropFirst(digits.count).first ?? " "
    let text = row.dropFirst(digits.count + 1)
    guard (digits.isEmpty ? "-*+•" : ".)").contains(mark), text.first == " " else { return row }
    return text.drop { $0 == " " }
  }

  private static func read(_ form: Form, cast: [String]) -> Reading? {
    var options = ReadOptions()
    options.fileName = form.name
    options.cast = cast
    let bytes = Array(form.text.utf8)
    // A reply that is no transcript is no failure: the track has the words.
    guard var result = try? ScriptReading.read(bytes, options: options) else { return nil }
    if result.document.entries.contains(where: { $0.speaker == nil }) {
      options.cast += expectedNames(in: result.document)
      if options.cast.count > cast.count,
        let again = try? ScriptReading.read(bytes, options: options),
        labelled(again.document) > labelled(result.document)
      {
        result = again
      }
    }
    cutAround(&result.document)
    if form.isWhole { cutClosing(&result.document) }
    return Reading(document: result.document, format: result.format)
  }

  /// How many turns say who speaks; a label without words is a title of the agent's.
  private static func labelled(_ document: ScriptDocument) -> Int {
    document.entries.count { $0.speaker != nil && !$0.text.isEmpty }
  }

  /// Cuts what the agent says in front of the first turn and behind the last: it is nobody's line.
  private static func cutAround(_ document: inout ScriptDocument) {
    let entries = document.entries
    let hasTimes = entries.contains { $0.start != nil }
    let isTurn = { (index: Int) in
      !entries[index].text.isEmpty
        && (entries[index].speaker != nil || hasTimes && entries[index].start != nil)
    }
    guard var first = entries.indices.first(where: isTurn),
      var last = entries.indices.last(where: isTurn)
    else { return }
    while first > 0, isAside(entries[first - 1], in: document) { first -= 1 }
    while last + 1 < entries.count, isAside(entries[last + 1], in: document) { last += 1 }
    document.entries = Array(entries[first...last])
    document.lineIDs = []
    for index in entries.indices where !(first...last).contains(index) {
      // A label without words, such as `Transcript:`, is the agent's too.
      let label = entries[index].speaker.map { document.speakers[$0] + ":" } ?? ""
      let words = String(decoding: document.text[entries[index].text], as: UTF8.self)
      document.metadata.notes.append(words.isEmpty ? label : words)
    }
  }

  /// A heading, or what stands in brackets: part of the script, though nobody says it.
  private static func isAside(_ entry: ScriptDocument.Entry, in document: ScriptDocument) -> Bool {
    let text = document.text[entry.text]
    guard let first = text.first, let last = text.last else { return false }
    let isBracketed = [(0x5B, 0x5D), (0x28, 0x29)].contains { ($0.0, $0.1) == (first, last) }
    return entry.kind == .heading || isBracketed
  }

  /// Cuts what the agent says behind the script off the last turn.
  ///
  /// Only where it also said something in front, and of all turns the last alone has a second
  /// paragraph, and no third: more may well be a speech.
  private static func cutClosing(_ document: inout ScriptDocument) {
    guard !document.metadata.notes.isEmpty, let last = document.entries.indices.last,
      document.entries.dropLast().allSatisfy({ breaks(in: $0.text, of: document).isEmpty })
    else { return }
    let range = document.entries[last].text
    let ends = breaks(in: range, of: document)
    guard ends.count == 1, let end = ends.first, document.entries.count > 1 else { return }
    document.metadata.notes.append(
      String(decoding: document.text[end + 2..<range.upperBound], as: UTF8.self))
    document.entries[last].text = range.lowerBound..<end
  }

  /// Where paragraphs end within a text.
  private static func breaks(in range: Range<Int>, of document: ScriptDocument) -> [Int] {
    document.text[range].indices.dropLast().filter {
      document.text[$0] == 0x0A && document.text[$0 + 1] == 0x0A
    }
  }

  /// What stands before a colon in most captions: labels were asked for, and each may come once.
  private static func expectedNames(in document: ScriptDocument) -> [String] {
    let longest = 40
    let heads = document.entries.indices.compactMap { index -> String? in
      guard document.entries[index].speaker == nil else { return nil }
      let text = document.string(at: index)
      guard let colon = text.firstIndex(where: { ":：".contains($0) }) else { return nil }
      let head = text[..<colon]
      let isName =
        head.first?.isLetter == true && head.count <= longest && text.last != text[colon]
        && !head.contains { ",;!?\n".contains($0) }
      return isName ? String(head) : nil
    }
    let labels = heads.count + labelled(document)
    return labels * 2 > document.entries.count ? Array(Set(heads)).sorted() : []
  }

  /// How likely a reading is what was meant.
  private struct Worth: Comparable {
    let labelled: Int
    let timed: Int
    /// Less text for as many turns: no prose is glued to them.
    let bytes: Int

    init(_ document: ScriptDocument) {
      labelled = TranscriptReply.labelled(document)
      timed = document.entries.count { $0.start != nil }
      bytes = document.entries.reduce(0) { $0 + $1.text.count }
    }

    var isTranscript: Bool { labelled > 0 || timed > 0 }

    static func < (one: Worth, other: Worth) -> Bool {
      (one.labelled, one.timed, other.bytes) < (other.labelled, other.timed, one.bytes)
    }
  }
}
