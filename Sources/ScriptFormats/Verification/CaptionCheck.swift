import ScriptModel

/// Compares captions, while they are read, with those that were to be written.
///
/// It makes no second document: that halves the time and the memory of checking a long file. It only
/// says yes: where something differs, or may be a speaker's label, the whole file has to be read and
/// compared as one.
struct CaptionCheck {
  private let expected: ScriptDocument
  private let looksForLabels: Bool
  private var next = 0

  /// Begins a comparison; `nil` for documents whose speakers count, which takes the whole file.
  init?(_ expected: ScriptDocument, speakers: ReadOptions.Speakers) {
    guard speakers == .none || expected.speakers.isEmpty else { return nil }
    self.expected = expected
    looksForLabels = speakers == .auto
  }

  /// Whether all captions were there.
  var isAtEnd: Bool { next > 0 && next == expected.entries.count }

  /// Takes the next caption, and tells whether it is as expected.
  ///
  /// - Parameter isShielded: whether the file says that the text begins with no label.
  @inline(__always)
  mutating func takes(
    _ text: Span<UInt8>, start: Int64, end: Int64?, isShielded: Bool
  ) -> Bool {
    guard next < expected.entries.count else { return false }
    let entry = expected.entries[next]
    next += 1
    return entry.start?.rawValue == start && entry.end?.rawValue == end
      && DocumentComparison.sameText(expected.text.span, entry.text, text, 0..<text.count)
      && !(looksForLabels && !isShielded && SpeakerDetection.isLabelled(text))
  }
}
