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
  init(lineCount: Int, percent: Int, seed: UInt64, isConflict: Bool = false) {
    var random = HistoryRandom(seed: seed)
    var texts = (0..<lineCount).map { _ in
      (0..<6 + random.below(9)).map { _ in Self.words[random.below(Self.words.count)] }
    }
    // One line in twenty is short and common, as in real talk.
    for index in texts.indices where random.below(20) == 0 { texts[index] = ["yes"] }
    base = Self.script(texts)
    var (mine, other, merged) = (texts, texts, texts)
    for index in texts.indices where texts[index].count >= 6 {
      if random.below(100) < percent {
        mine[index][1] = "o\(index)"
        merged[index][1] = mine[index][1]
      }
      if random.below(100) < percent {
        other[index][4] = "t\(index)"
        merged[index][4] = other[index][4]
      }
    }
    if isConflict, let index = texts.indices.first(where: { texts[$0].count >= 6 }) {
      mine[index][2] = "left"
      other[index][2] = "right"
    }
    ours = Self.script(mine)
    theirs = Self.script(other)
    result = isConflict ? nil : Self.script(merged)
  }

  private static func script(_ texts: [[String]]) -> Script {
    Script(
      id: Script.ID(high: 1, low: 1), projectID: Project.ID(high: 1, low: 1), title: "Generated",
      lines: texts.enumerated().map { index, words in
        Line(
          id: Line.ID(high: 7, low: UInt64(index + 1)),
          start: Milliseconds(Int64(index) * 3000), end: Milliseconds(Int64(index) * 3000 + 2500),
          text: words.joined(separator: " "))
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
