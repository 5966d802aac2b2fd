import ScriptModel

/// The times of a line as our own exports show them: `[00:00:05.000 --> 00:00:08.000]`.
///
/// Either time may be missing; `~` stands before an end that was taken from the next start.
struct TimeMark: Equatable {
  var start: Milliseconds?
  var end: Milliseconds?
  var endIsEstimated = false

  /// Takes the times of a line; `nil` where it has none.
  init?(_ entry: ScriptDocument.Entry) {
    start = entry.start
    end = entry.end
    endIsEstimated = entry.endIsEstimated && end != nil
    if start == nil, end == nil { return nil }
  }

  /// Reads a mark; `nil` for anything else, as where a person has written over it.
  init?(_ bytes: [UInt8]) {
    let blanks: Set<UInt8> = [0x20, 0x09, UInt8(ascii: "["), UInt8(ascii: "]")]
    let text = String(decoding: bytes.filter { !blanks.contains($0) }, as: UTF8.self)
    guard !text.isEmpty else { return nil }
    let parts = text.split(separator: ">", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first else { return nil }
    let begin = parts.count == 2 ? (first.hasSuffix("--") ? first.dropLast(2) : first) : first
    if !begin.isEmpty {
      guard let time = Milliseconds(parsing: begin) else { return nil }
      start = time
    }
    guard parts.count == 2 else { return }
    endIsEstimated = parts[1].hasPrefix("~")
    guard let time = Milliseconds(parsing: parts[1].drop { $0 == "~" }) else { return nil }
    end = time
  }

  /// Sets the times of a line.
  func apply(to entry: inout ScriptDocument.Entry) {
    entry.start = start
    entry.end = end
    entry.endIsEstimated = endIsEstimated
  }

  /// The mark as it is shown.
  var description: String {
    var text = "[" + (start?.timecode() ?? "")
    if let end {
      text += (start == nil ? "" : " ") + "--> " + (endIsEstimated ? "~" : "") + end.timecode()
    }
    return text + "]"
  }
}
