import MergeHistories
import ScriptModel

/// A merge whose right result is known: edits of both sides that do not touch each other, or that
/// change the same word.
struct GeneratedCase {
  var base: Script
  var ours: Script
  var theirs: Script
  /// The right result; `nil` where a conflict is right.
  var result: Script?

  /// Common words, so that alignment has to work for it.
  private static let words = [
    "the", "a", "we", "they", "and", "so", "then", "really", "think", "about", "people", "work",
    "time", "there", "going", "said", "yes", "you", "know", "it", "was", "good", "little", "house",
    "river", "meeting", "question", "answer", "budget", "because", "never", "always", "morning",
  ]

  /// Makes a script of some lines in which each side edits a share of the lines, never the same
  /// word, and never words beside each other.
  ///
  /// - Parameter moves: how many lines each side moves as well, to places that nobody touched.
  init(lineCount: Int, percent: Int, seed: UInt64, moves: Int = 0, isConflict: Bool = false) {
    var random = HistoryRandom(seed: seed)
    var texts = (0..<lineCount).map { _ in
      (0..<6 + random.below(9)).map { _ in Self.words[random.below(Self.words.count)] }
    }
    // One line in twenty is short and common, as in real talk.
    for index in texts.indices where random.below(20) == 0 { texts[index] = ["yes"] }
    base = Self.script(texts.indices.map { ($0 + 1, texts[$0]) })
    var (mine, other, merged): ([Row], [Row], [Row]) = ([], [], [])
    var last = Edit.none
    var isUntouched: [Bool] = []
    let conflictLine = isConflict ? texts.indices.first { texts[$0].count >= 6 } : nil
    for (index, words) in texts.enumerated() {
      last = .random(percent, after: last, words.count, &random)
      isUntouched.append(last.isNone && words.count >= 6 && index != conflictLine)
      if index == conflictLine {
        mine.append((index + 1, Self.replaced(words, 2, "left")))
        other.append((index + 1, Self.replaced(words, 2, "right")))
        merged.append((index + 1, words))
        continue
      }
      if index == conflictLine.map({ $0 + 1 }) { last = .none }
      last.apply(to: index + 1, words, &mine, &other, &merged)
    }
    for (line, place, isOurs) in Self.moves(moves, among: isUntouched, &random) {
      Self.move(line, behind: place, in: &merged)
      if isOurs {
        Self.move(line, behind: place, in: &mine)
      } else {
        Self.move(line, behind: place, in: &other)
      }
    }
    ours = Self.script(mine)
    theirs = Self.script(other)
    result = isConflict ? nil : Self.script(merged)
  }

  /// Lines to move and the lines to put them behind: all of them, and their neighbours, untouched and
  /// in no other move.
  private static func moves(
    _ count: Int, among isUntouched: [Bool], _ random: inout HistoryRandom
  ) -> [(line: Int, place: Int, isOurs: Bool)] {
    var isFree = isUntouched
    func isQuiet(_ line: Int) -> Bool {
      line > 0 && line + 1 < isFree.count && isFree[line - 1] && isFree[line] && isFree[line + 1]
    }
    var moves: [(line: Int, place: Int, isOurs: Bool)] = []
    for number in 0..<count * 2 {
      let quiet = isFree.indices.filter(isQuiet)
      guard !quiet.isEmpty else { break }
      let line = quiet[random.below(quiet.count)]
      let places = quiet.filter { abs($0 - line) > 3 }
      guard !places.isEmpty else { break }
      let place = places[random.below(places.count)]
      moves.append((line + 1, place + 1, number % 2 == 0))
      for index in [line - 1, line, line + 1, place - 1, place, place + 1] { isFree[index] = false }
    }
    return moves
  }

  private static func move(_ line: Int, behind place: Int, in rows: inout [Row]) {
    guard let from = rows.firstIndex(where: { $0.number == line }) else { return }
    let row = rows.remove(at: from)
    let target = rows.firstIndex { $0.number == place }
    rows.insert(row, at: target.map { $0 + 1 } ?? rows.count)
  }

  /// A line by its number and its words.
  typealias Row = (number: Int, words: [String])

  static func replaced(_ words: [String], _ index: Int, _ word: String) -> [String] {
    var words = words
    words[index] = word
    return words
  }

  private static func script(_ rows: [Row]) -> Script {
    Script(
      id: Script.ID(high: 1, low: 1), projectID: Project.ID(high: 1, low: 1), title: "Generated",
      lines: rows.map { row in
        Line(
          id: Line.ID(high: 7, low: UInt64(row.number)),
          start: Milliseconds(Int64(row.number) * 3000),
          end: Milliseconds(Int64(row.number) * 3000 + 2500),
          text: row.words.joined(separator: " "))
      })
  }

  /// A script as rows, as the other tools see it.
  static func rows(_ script: Script) -> [UInt8] {
    var bytes: [UInt8] = []
    for line in script.lines {
      bytes.append(contentsOf: line.text.utf8)
      bytes.append(0x0A)
    }
    return bytes
  }
}

/// What is done to one line of a generated case; no two edits touch each other.
enum Edit {
  case none, word(ours: Bool, theirs: Bool), insert(ours: Bool), delete(ours: Bool)

  var isNone: Bool { if case .none = self { true } else { false } }

  /// Lines are put in and taken out only where the line before was left alone.
  static func random(
    _ percent: Int, after last: Edit, _ count: Int, _ random: inout HistoryRandom
  ) -> Edit {
    guard count >= 6 else { return .none }
    let (ours, theirs) = (random.below(100) < percent, random.below(100) < percent)
    guard ours || theirs else { return .none }
    let kind = random.below(5)
    if ours != theirs, kind < 2, case .none = last {
      return kind == 0 ? .insert(ours: ours) : .delete(ours: ours)
    }
    if case .none = last { return .word(ours: ours, theirs: theirs) }
    if case .word = last { return .word(ours: ours, theirs: theirs) }
    return .none
  }

  func apply(
    to number: Int, _ words: [String], _ mine: inout [GeneratedCase.Row],
    _ other: inout [GeneratedCase.Row], _ merged: inout [GeneratedCase.Row]
  ) {
    let row: GeneratedCase.Row = (number, words)
    let new: GeneratedCase.Row = (
      number + 10_000_000, ["inserted", "i\(number)", "by", "j\(number)", "alone"]
    )
    switch self {
    case .none:
      mine.append(row)
      other.append(row)
      merged.append(row)
    case .word(let ours, let theirs):
      var both = words
      if ours { both[1] = "o\(number)" }
      if theirs { both[4] = "t\(number)" }
      mine.append((number, ours ? GeneratedCase.replaced(words, 1, both[1]) : words))
      other.append((number, theirs ? GeneratedCase.replaced(words, 4, both[4]) : words))
      merged.append((number, both))
    case .insert(let ours):
      mine += ours ? [row, new] : [row]
      other += ours ? [row] : [row, new]
      merged += [row, new]
    case .delete(let ours):
      if !ours { mine.append(row) }
      if ours { other.append(row) }
    }
  }
}

/// A merge of one structural operation against one correction of a word: never a conflict.
struct StructuralCase {
  var operation: HistoryOperation.Kind
  var base: Script
  var ours: Script
  var theirs: Script

  static let operations: [HistoryOperation.Kind] = [
    .shift, .shiftAll, .stretch, .rename, .split, .join, .moveLine,
  ]

  init(_ operation: HistoryOperation.Kind, seed: UInt64) {
    var random = HistoryRandom(seed: seed)
    self.operation = operation
    var history = MergeHistory(seed: seed)
    history.vocabulary = .latin
    history.lineCount = 6 + random.below(30)
    history.hasTimes = true
    base = history.base
    let place = random.below(base.lines.count)
    history.sides = [
      [HistoryOperation(kind: operation, place: place, detail: random.below(999), serial: 50_000)],
      [
        HistoryOperation(
          kind: .replaceWord, place: place, detail: random.below(99), serial: 60_000)
      ],
    ]
    ours = history.copy(0, of: base)
    theirs = history.copy(1, of: base)
  }
}
