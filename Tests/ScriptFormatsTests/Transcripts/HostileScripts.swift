import ScriptModel

@testable import ScriptFormats

/// Makes scripts out of texts and names that look like something else, from a seed.
struct HostileScripts {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func number(below limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }

  private static let pieces = [
    "Hello there.", "# no heading", "- no list", "> no quote", "* star", "_under_ scored",
    "1. first", "12) twelfth", "back\\slash", "**bold** text", "Anna: not a label", "BERT:", "[x]",
    "[Anna] said", "[Name]: no", "[]: empty", "(laughs)", "(ANNA) text", ">> ANNA: loud", "0:05",
    "00:00:05 Speaker 1", "[00:00:05] text", "0:05 --> 0:08", "Anna  0:05", "Anna (00:57):",
    "`code`", "```", "<b>bold</b> and <i>slant</i>", "<u>line</u>", "<b>open", "<b>Anna</b>: hi",
    "<i>(noise)</i>", "---", "===",
    "- - -",
    "مرحبا بالعالم", "你好：世界", "安娜：你好", "👩‍👩‍👧 family", "e\u{301}clair", "a  b", "MARA", "CUT TO:",
    "INT. ROOM - DAY", "ANNA. Speaks", "Anna — speaks", "— Dash", "https://example.org/a:b",
    "&amp; &#32; &lt;", "Transcribed by https://otter.ai", "Transcript", "Here it is:", "\\",
    "\\[0:05\\]",
    "<!-- line -->", "a\u{2028}b", "a\tb", "Q.   Why?", "02/01/2024, 10:01 - Anna: hi",
    "snake_case_x",
    "*", "**", "_", "a*b*c", "***", "x **y", "word* word*", "| a | b |", "~~gone~~", "[a](b_c_d)",
  ]

  private static let names = [
    "Anna", "BERT", "Speaker 1", "SPEAKER_00", "Dr. Ada Moor", "anna lee", "Remember this",
    "A very long name of somebody who speaks", "inaudible", "10:30", "Q", "*star*", "a]b", "[x]",
    "back\\slash", "#", "# Anna", "*", "Ünal Şen", "安娜", "Note", "a:b", "<b>", "under_score_",
    "&amp;",
    "1 two", "-", "(Anna)", "Anna \"Nan\" Lee", "http://x",
  ]

  mutating func text() -> String {
    var text = ""
    for index in 0...number(below: 3) {
      if index > 0 { text += ["\n", "\n\n", " ", "\n\n\n", "\n"][number(below: 5)] }
      text += Self.pieces[number(below: Self.pieces.count)]
    }
    switch number(below: 12) {
    case 0: return " " + text
    case 1: return text + "  "
    case 2: return text + "\n"
    case 3: return "\n" + text
    case 4: return ""
    default: return text
    }
  }

  /// A document of up to eight lines with up to three speakers and, at will, times.
  mutating func document() -> ScriptDocument {
    var document = ScriptDocument()
    let cast = (0..<3).map { _ in Self.names[number(below: Self.names.count)] }
    let hasSpeakers = number(below: 4) > 0
    let hasTimes = number(below: 2) == 0
    var time: Int64 = 0
    for _ in 0...number(below: 8) {
      let speaker = hasSpeakers && number(below: 5) > 0 ? cast[number(below: 3)] : nil
      let kinds: [Line.Kind] = [.dialogue, .dialogue, .dialogue, .dialogue, .heading, .direction]
      var start: Milliseconds?
      var end: Milliseconds?
      if hasTimes, number(below: 6) > 0 {
        time += Int64(number(below: 3) == 0 ? 1000 * number(below: 90) : number(below: 90_000))
        start = Milliseconds(time)
        if number(below: 2) == 0 { end = Milliseconds(time + Int64(number(below: 5000))) }
      }
      document.append(
        text(), kind: kinds[number(below: kinds.count)], speaker: speaker, start: start, end: end)
    }
    return document
  }
}

/// What a line must keep on its way through a file.
struct KeptLine: Hashable, CustomStringConvertible {
  var kind: Line.Kind
  var speaker: String?
  var start: Int64?
  var end: Int64?
  var text: String

  var description: String {
    "\(kind) \(speaker ?? "-") \(start ?? -1) \(end ?? -1) \(text.debugDescription)"
  }

  /// The lines of a document; an end that was only estimated is none.
  static func lines(
    of document: ScriptDocument, speakers: Bool = true, times: Bool
  ) -> [KeptLine] {
    document.entries.indices.map { index in
      let entry = document.entries[index]
      return KeptLine(
        kind: entry.kind,
        speaker: speakers ? entry.speaker.map { document.speakers[$0] } : nil,
        start: times ? entry.start?.rawValue : nil,
        end: times && entry.start == nil ? entry.end?.rawValue : nil,
        text: document.string(at: index))
    }
  }
}
