import ScriptModel

/// How far a copy is from states of a script: the words that only one of the two has.
struct CopyLikeness {
  /// What is compared of a line beside its words.
  private struct Frame: Hashable {
    var start: Milliseconds?
    var speaker: String?
  }

  private let frames: [[UInt8]: [Frame]]
  private let hasTimes: Bool
  private let hasSpeakers: Bool

  init(of document: ScriptDocument) {
    var frames: [[UInt8]: [Frame]] = [:]
    for entry in document.entries {
      let key = Self.key(document.text[entry.text])
      frames[key, default: []].append(
        Frame(start: entry.start, speaker: entry.speaker.map { document.speakers[$0] }))
    }
    self.frames = frames
    hasTimes = document.entries.contains { $0.start != nil }
    hasSpeakers = !document.speakers.isEmpty
  }

  /// Words that only one has count four each, a line with another time or speaker one each.
  func distance(to script: Script) -> Int {
    let names = Dictionary(script.speakers.map { ($0.id, $0.name) }) { first, _ in first }
    var rest = frames
    var unmatched: [[UInt8]] = []
    var distance = 0
    for line in script.lines {
      let key = Self.key(Array(line.text.utf8)[...])
      guard var found = rest[key], !found.isEmpty else {
        unmatched.append(key)
        continue
      }
      let speaker = line.speaker.flatMap { names[$0] }
      let index =
        found.firstIndex { isSame($0, line.start, speaker) } ?? found.startIndex
      let frame = found.remove(at: index)
      rest[key] = found
      if hasTimes, !isSameTime(frame.start, line.start) { distance += 1 }
      if hasSpeakers, frame.speaker != speaker { distance += 1 }
    }
    return distance + 4 * differingWords(unmatched, rest)
  }

  private func isSame(_ frame: Frame, _ start: Milliseconds?, _ speaker: String?) -> Bool {
    (!hasTimes || isSameTime(frame.start, start)) && (!hasSpeakers || frame.speaker == speaker)
  }

  /// Some formats write whole seconds.
  private func isSameTime(_ left: Milliseconds?, _ right: Milliseconds?) -> Bool {
    guard let left, let right else { return left == right }
    return left == right
      || (left.rawValue % 1000 == 0 && left.rawValue == right.rawValue / 1000 * 1000)
  }

  private func differingWords(_ lines: [[UInt8]], _ rest: [[UInt8]: [Frame]]) -> Int {
    var counts: [ArraySlice<UInt8>: Int] = [:]
    for line in lines {
      for word in line.split(separator: 0x20) { counts[word, default: 0] += 1 }
    }
    for (key, frames) in rest where !frames.isEmpty {
      for word in key.split(separator: 0x20) { counts[word, default: 0] -= frames.count }
    }
    return counts.values.reduce(0) { $0 + abs($1) }
  }

  /// A text without markup, its white space made single blanks.
  private static func key(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var key: [UInt8] = []
    key.reserveCapacity(text.count)
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      if byte == 0x3C, let end = tagEnd(text, from: index) {
        index = end
        continue
      }
      if byte == 0x20 || byte == 0x0A || byte == 0x09 {
        if let last = key.last, last != 0x20 { key.append(0x20) }
      } else {
        key.append(byte)
      }
      index += 1
    }
    if key.last == 0x20 { key.removeLast() }
    return key
  }

  /// Where `<b>`, `<i>`, `<u>` or their end tags end.
  private static func tagEnd(_ text: ArraySlice<UInt8>, from start: Int) -> Int? {
    var index = start + 1
    if index < text.endIndex, text[index] == 0x2F { index += 1 }
    guard index + 1 < text.endIndex, [0x62, 0x69, 0x75].contains(text[index]),
      text[index + 1] == 0x3E
    else { return nil }
    return index + 2
  }
}
