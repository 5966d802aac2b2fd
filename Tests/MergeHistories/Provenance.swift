package import ScriptMerge
package import ScriptModel

/// Follows each word through a merge: none is lost, none comes from nowhere, none comes twice.
package struct Provenance {
  private let base: [Word: Int]
  private let ours: [Word: Int]
  private let theirs: [Word: Int]
  private let result: [Word: Int]
  private let conflicts: [Word: Int]
  private let baseHomes: [Word: Line.ID]
  private let ourHomes: [Word: Line.ID]
  private let theirHomes: [Word: Line.ID]
  private let mayRestructure: Bool
  private let vocabulary: Vocabulary

  /// Counts the words of a merge.
  ///
  /// - Parameter mayRestructure: whether words may have gone to other lines in a way that the merge
  ///   can't follow: then a deletion need not reach them there, and they stay.
  package init(
    base: Script, ours: Script, theirs: Script, outcome: MergeOutcome, vocabulary: Vocabulary,
    mayRestructure: Bool = false
  ) {
    self.mayRestructure = mayRestructure
    self.vocabulary = vocabulary
    self.base = Self.count(base.lines.map(\.text), vocabulary)
    self.ours = Self.count(ours.lines.map(\.text), vocabulary)
    self.theirs = Self.count(theirs.lines.map(\.text), vocabulary)
    result = Self.count(outcome.script.lines.map(\.text), vocabulary)
    conflicts = Self.count(
      outcome.conflicts.filter { $0.field == .text || $0.field == .existence }
        .flatMap { [$0.ours, $0.theirs].compactMap(\.self) }, vocabulary)
    baseHomes = Self.homes(base, vocabulary)
    ourHomes = Self.homes(ours, vocabulary)
    theirHomes = Self.homes(theirs, vocabulary)
  }

  /// The line that each word stands in.
  private static func homes(_ script: Script, _ vocabulary: Vocabulary) -> [Word: Line.ID] {
    var homes: [Word: Line.ID] = [:]
    for line in script.lines {
      for word in HistoryOperation.words(of: line.text, vocabulary) { homes[Word(word)] = line.id }
    }
    return homes
  }

  static func count(_ texts: [String], _ vocabulary: Vocabulary) -> [Word: Int] {
    var counts: [Word: Int] = [:]
    for text in texts {
      for row in text.utf8.split(separator: 0x0A) {
        for word in HistoryOperation.words(of: String(Substring(row)), vocabulary)
        where word != " " {
          counts[Word(word), default: 0] += 1
        }
      }
    }
    return counts
  }

  /// What is wrong with the first word that broke a rule; `nil` where all is well.
  package func violation() -> String? {
    for word in Set(base.keys).union(ours.keys).union(theirs.keys).union(result.keys).sorted() {
      let (old, mine, other) = (base[word] ?? 0, ours[word] ?? 0, theirs[word] ?? 0)
      let (now, kept) = (result[word] ?? 0, conflicts[word] ?? 0)
      if now > 0, old + mine + other == 0 { return "'\(word)' comes from nowhere" }
      if old == 0, mine + other > 0, now + kept == 0 { return "inserted '\(word)' is lost" }
      if old == 0, now > mine + other { return "inserted '\(word)' is there \(now) times" }
      guard old == 1, mine <= 1, other <= 1 else { continue }
      if mine == 1, other == 1, now == 0, kept == 0 { return "untouched '\(word)' is lost" }
      // A line that is deleted and put in anew, and edited here, is there in both forms.
      if now > 1, kept == 0 { return "'\(word)' is there \(now) times" }
      if mine + other < 2, now > 0, kept == 0, mustBeGone(word) {
        return "deleted '\(word)' is back"
      }
    }
    return nil
  }

  /// Whether a deletion has to reach a word: where the side that still has it left it in its line.
  private func mustBeGone(_ word: Word) -> Bool {
    let home = ourHomes[word] ?? theirHomes[word]
    if home == nil || !mayRestructure { return true }
    return home == baseHomes[word]
  }
}
