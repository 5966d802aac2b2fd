import ScriptModel

/// How the speakers of captions are written, so that they read back.
///
/// Begins with the plainest forms. What does not read back equal is written in the next safer form:
/// `Anna: text`, then `[Anna]: text`, then `<v Anna>text`; a text that looks like a label is shielded.
///
/// With `--speakers=change` a name stands only where the speaker changes. So that this reads back, the
/// file says so once: SubRip by `{\=}` before its first caption's text, WebVTT by `speakers=change` in the
/// export's NOTE. Only in such files a caption without a name goes on with the speaker above it; one that
/// nobody says, after one that somebody says, is shielded. In all other files no name means no speaker.
struct CaptionLabels {
  enum Form: UInt8 {
    case plain, bracket, voice

    var safer: Form { self == .plain ? .bracket : .voice }
  }

  /// How a caption begins.
  enum Opening {
    case bare, shielded
    case name(Int, Form)
  }

  private let mode: WriteOptions.Speakers
  private var forms: [Form]
  private var forced: Set<Int> = []
  private var current: Int?

  init(_ document: ScriptDocument, mode: WriteOptions.Speakers) {
    self.mode = mode
    forms = Array(repeating: .plain, count: document.speakers.count)
  }

  /// Whether the file must say that captions without a name go on with the last one.
  var continues: Bool { mode == .change }

  /// Begins at the first caption again.
  mutating func rewind() { current = nil }

  /// Tells how the next caption begins.
  mutating func opening(of entry: ScriptDocument.Entry, at index: Int) -> Opening {
    guard mode != .none else { return .bare }
    let previous = current
    current = entry.speaker
    guard let speaker = entry.speaker, forms.indices.contains(speaker) else {
      let endsTurn = mode == .change && previous != nil
      return endsTurn || forced.contains(index) ? .shielded : .bare
    }
    if mode == .change, previous == speaker, !forced.contains(index) { return .bare }
    return .name(speaker, forms[speaker])
  }

  /// Makes the form of captions that did not read back safer; `false` where none is left.
  mutating func secure(_ indices: [Int], in document: ScriptDocument) -> Bool {
    let wrong = Set(indices)
    var hasChanged = false
    var raised: Set<Int> = []
    var headIsWrong = false
    var previous: Int?
    for index in document.entries.indices {
      let speaker = document.entries[index].speaker
      let goesOn =
        mode == .change && speaker != nil && speaker == previous && !forced.contains(index)
      previous = speaker
      if !goesOn { headIsWrong = wrong.contains(index) }
      guard wrong.contains(index) else { continue }
      if goesOn, headIsWrong { continue }
      if let speaker, !goesOn, forms.indices.contains(speaker), forms[speaker] != .voice {
        guard raised.insert(speaker).inserted else { continue }
        forms[speaker] = forms[speaker].safer
        hasChanged = true
      } else if forced.insert(index).inserted {
        hasChanged = true
      }
    }
    return hasChanged
  }
}
