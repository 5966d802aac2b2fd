import ScriptMerge
import ScriptModel

extension DocumentCapabilities {
  /// Tells by format and by content what a copy holds, so that nothing is deleted by its absence.
  init(of document: ScriptDocument, format: FormatName, base: Script) {
    self.init()
    holdsTimes = document.entries.contains { $0.start != nil }
    holdsEndTimes = document.entries.contains { $0.end != nil && !$0.endIsEstimated }
    holdsSpeakers = document.entries.contains { $0.speaker != nil } || !base.hasSpeakers
    holdsKinds = format != .srt && format != .webVTT
    if format == .text || format == .fountain {
      holdsMarkup = document.entries.contains { Self.hasMarkup(document.text, $0.text) }
    }
    if format == .srt || format == .webVTT {
      holdsRows = !Self.isWrappedAnew(document, base)
    } else if format != .json {
      holdsRows = document.entries.contains { document.text[$0.text].contains(0x0A) }
    }
    if holdsTimes, format != .json { timeStep = Self.step(of: document, base) }
  }

  /// One second where all times of the copy are whole ones and those of the base are not.
  private static func step(of document: ScriptDocument, _ base: Script) -> Int64 {
    func isWhole(_ time: Milliseconds?) -> Bool { (time?.rawValue ?? 0) % 1000 == 0 }
    let isCoarse = document.entries.allSatisfy { entry in
      isWhole(entry.start) && (entry.endIsEstimated || isWhole(entry.end))
    }
    let isFine = base.lines.contains { !isWhole($0.start) || !isWhole($0.end) }
    return isCoarse && isFine ? 1000 : 1
  }

  /// Whether an export or a player broke the rows of most captions elsewhere, their words the same.
  private static func isWrappedAnew(_ document: ScriptDocument, _ base: Script) -> Bool {
    func words(_ text: [UInt8]) -> [UInt8] { text.map { $0 == 0x0A ? 0x20 : $0 } }
    var rows: [[UInt8]: [UInt8]] = [:]
    for line in base.lines {
      let text = Array(line.text.utf8)
      rows[words(text)] = text
    }
    var counts = (same: 0, other: 0)
    for entry in document.entries {
      let text = Array(document.text[entry.text])
      guard let known = rows[words(text)], text.contains(0x0A) || known.contains(0x0A) else {
        continue
      }
      if known == text { counts.same += 1 } else { counts.other += 1 }
    }
    return counts.other >= fewestWrapped && counts.other > counts.same
  }

  /// Fewer captions with other rows than this may be the work of a person.
  private static let fewestWrapped = 3

  private static func hasMarkup(_ text: [UInt8], _ line: Range<Int>) -> Bool {
    for index in line.dropLast(2) where text[index] == 0x3C && text[index + 2] == 0x3E {
      if [0x62, 0x69, 0x75].contains(text[index + 1]) { return true }
    }
    return false
  }
}

extension Script {
  fileprivate var hasSpeakers: Bool { lines.contains { $0.speaker != nil } }
}
