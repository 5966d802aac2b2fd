package import ScriptModel

/// One thing that a person does to a script; where it acts follows from its numbers and the script,
/// so that any other operation of a history can be left out.
package struct HistoryOperation: Hashable, Sendable {
  /// What is done.
  package enum Kind: Int, CaseIterable, Sendable {
    case replaceWord, insertWord, deleteWord, insertLine, deleteLine, moveLine, moveBlock, split
    case join, shift, shiftAll, stretch, nudge, rename, reassign, mergeSpeakers, setKind, undo
  }

  /// What is done.
  package var kind: Kind
  /// Says where.
  package var place: Int
  /// Says how.
  package var detail: Int
  /// Makes the words, lines and names that it brings its own.
  package var serial: Int

  /// Creates an operation from its parts.
  package init(kind: Kind, place: Int, detail: Int, serial: Int) {
    self.kind = kind
    self.place = place
    self.detail = detail
    self.serial = serial
  }
}

extension HistoryOperation {
  /// Carries the operation out; where it can't be, the script stays as it is.
  package func apply(to script: inout Script, vocabulary: Vocabulary) {
    if kind == .insertLine {
      insertLine(into: &script, vocabulary)
      return
    }
    guard !script.lines.isEmpty else { return }
    let index = place % script.lines.count
    switch kind {
    case .replaceWord, .insertWord, .deleteWord: editWord(of: &script.lines[index], vocabulary)
    case .deleteLine: script.lines.remove(at: index)
    case .moveLine: move(1, in: &script, from: index)
    case .moveBlock: move(1 + detail % 4, in: &script, from: index)
    case .split: split(&script, at: index, vocabulary)
    case .join: join(&script, at: index, vocabulary)
    case .shift, .shiftAll, .stretch, .nudge: retime(&script, at: index)
    case .setKind:
      script.lines[index].kind = Line.Kind.allCases[detail % Line.Kind.allCases.count]
    default: changeSpeakers(of: &script, at: index)
    }
    listSpeakers(of: &script)
  }

  private func editWord(of line: inout Line, _ vocabulary: Vocabulary) {
    var words = Self.words(of: line.text, vocabulary)
    let index = detail % (words.count + (kind == .insertWord ? 1 : 0))
    switch kind {
    case .insertWord: words.insert(vocabulary.word(serial), at: index)
    case .replaceWord: words[index] = vocabulary.word(serial)
    default: if words.count > 1 { words.remove(at: index) }
    }
    line.text = words.joined(separator: vocabulary.separator)
  }

  static func words(of text: String, _ vocabulary: Vocabulary) -> [String] {
    let words =
      vocabulary == .chinese
      ? text.unicodeScalars.map { String(Character($0)) }
      : text.utf8.split(separator: 0x20).map { String(Substring($0)) }
    return words.isEmpty ? [text] : words
  }

  private func insertLine(into script: inout Script, _ vocabulary: Vocabulary) {
    let index = place % (script.lines.count + 1)
    let start = index > 0 ? script.lines[index - 1].end : script.lines.first?.start
    let words = (0..<3).map { vocabulary.word(serial + $0) }
    let line = Line(
      id: Line.ID(high: 2, low: UInt64(serial)),
      speaker: script.speakers.isEmpty ? nil : script.speakers[detail % script.speakers.count].id,
      start: start, end: start, text: words.joined(separator: vocabulary.separator))
    script.lines.insert(line, at: index)
    listSpeakers(of: &script)
  }

  private func move(_ count: Int, in script: inout Script, from index: Int) {
    let end = min(script.lines.count, index + count)
    let block = Array(script.lines[index..<end])
    script.lines.removeSubrange(index..<end)
    script.lines.insert(contentsOf: block, at: detail % (script.lines.count + 1))
  }

  private func split(_ script: inout Script, at index: Int, _ vocabulary: Vocabulary) {
    let words = Self.words(of: script.lines[index].text, vocabulary)
    guard words.count >= 2 else { return }
    let cut = 1 + detail % (words.count - 1)
    var second = script.lines[index]
    second.id = Line.ID(high: 2, low: UInt64(serial))
    second.text = words[cut...].joined(separator: vocabulary.separator)
    script.lines[index].text = words[..<cut].joined(separator: vocabulary.separator)
    if let start = second.start, let end = second.end, start < end {
      let middle = Milliseconds((start.rawValue + end.rawValue) / 2)
      script.lines[index].end = middle
      second.start = middle
    }
    script.lines.insert(second, at: index + 1)
  }

  private func join(_ script: inout Script, at index: Int, _ vocabulary: Vocabulary) {
    guard index + 1 < script.lines.count else { return }
    let second = script.lines.remove(at: index + 1)
    script.lines[index].text += vocabulary.separator + second.text
    script.lines[index].end = second.end
  }

  private func retime(_ script: inout Script, at index: Int) {
    let sign: Int64 = detail % 2 == 0 ? 1 : -1
    switch kind {
    case .nudge:
      let by = Milliseconds(sign * Int64(20 + detail % 300))
      if detail % 3 == 0 {
        script.lines[index].end = script.lines[index].end.map { $0 + by }
      } else {
        script.lines[index].start = script.lines[index].start.map { $0 + by }
      }
    case .stretch:
      for line in script.lines.indices {
        script.lines[line].start = script.lines[line].start.map(stretched)
        script.lines[line].end = script.lines[line].end.map(stretched)
      }
    default:
      let last = kind == .shiftAll ? script.lines.count : min(script.lines.count, index + 4)
      let by = Milliseconds(sign * Int64(100 + detail % 5000))
      for line in (kind == .shiftAll ? 0 : index)..<last {
        script.lines[line].start = script.lines[line].start.map { $0 + by }
        script.lines[line].end = script.lines[line].end.map { $0 + by }
      }
    }
  }

  private func stretched(_ time: Milliseconds) -> Milliseconds {
    let factor = detail % 2 == 0 ? 25.0 / 23.976 : 24.0 / 25.0
    return Milliseconds(Int64((Double(time.rawValue) * factor).rounded()))
  }

  private func changeSpeakers(of script: inout Script, at index: Int) {
    guard !script.speakers.isEmpty else { return }
    let speaker = script.speakers[place % script.speakers.count].id
    let other = script.speakers[detail % script.speakers.count].id
    switch kind {
    case .rename:
      let name = "Name\(serial % 50)"
      guard !script.speakers.contains(where: { $0.name == name }) else { return }
      for position in script.speakers.indices where script.speakers[position].id == speaker {
        script.speakers[position].name = name
      }
    case .reassign: script.lines[index].speaker = other
    case .mergeSpeakers:
      for line in script.lines.indices where script.lines[line].speaker == speaker {
        script.lines[line].speaker = other
      }
    default: break
    }
  }

  private func listSpeakers(of script: inout Script) {
    var names: [Speaker.ID: Speaker] = [:]
    for speaker in script.speakers { names[speaker.id] = speaker }
    var seen: Set<Speaker.ID> = []
    script.speakers = script.lines.compactMap { line in
      line.speaker.flatMap { seen.insert($0).inserted ? names[$0] : nil }
    }
  }
}
