package import ScriptModel

/// A generated history: a script, and what two or more people did to their copies of it.
package struct MergeHistory: Sendable {
  /// The seed that it comes from.
  package var seed: UInt64
  /// The script of its words.
  package var vocabulary: Vocabulary
  /// How many lines the common base has.
  package var lineCount: Int
  /// Whether lines have times.
  package var hasTimes: Bool
  /// Whether each second side lost its ids on the way.
  package var losesIDs: Bool
  /// What was done to each copy.
  package var sides: [[HistoryOperation]]

  /// Generates the history of a seed.
  package init(seed: UInt64) {
    var random = HistoryRandom(seed: seed)
    self.seed = seed
    vocabulary = Vocabulary.allCases[random.below(Vocabulary.allCases.count)]
    let isLong = random.below(20) == 0
    lineCount = isLong ? 20 + random.below(180) : 1 + random.below(12)
    hasTimes = random.below(4) != 0
    losesIDs = random.below(4) == 0
    let sideCount = random.below(3) == 0 ? 3 + random.below(3) : 2
    sides = (0..<sideCount).map { side in
      (0..<random.below(isLong ? 20 : 6)).map { step in
        HistoryOperation(
          kind: HistoryOperation.Kind.allCases[random.below(HistoryOperation.Kind.allCases.count)],
          place: random.below(1 << 20), detail: random.below(1 << 20),
          serial: 10_000 + side * 1000 + step * 10)
      }
    }
  }

  /// The script that all copies were made from.
  package var base: Script {
    let speakers = (0..<3).map {
      Speaker(id: Speaker.ID(high: 3, low: UInt64($0 + 1)), name: "Speaker \($0 + 1)")
    }
    var serial = 0
    var time: Int64 = 0
    var random = HistoryRandom(seed: seed ^ 0xBA5E)
    let lines = (0..<lineCount).map { index in
      let words = (0..<2 + random.below(7)).map { _ in
        serial += 1
        return vocabulary.word(serial)
      }
      let start = time
      time += Int64(800 + random.below(4000))
      return Line(
        id: Line.ID(high: 1, low: UInt64(index + 1)),
        speaker: index < 3 ? speakers[index].id : speakers[random.below(3)].id,
        start: hasTimes ? Milliseconds(start) : nil, end: hasTimes ? Milliseconds(time) : nil,
        text: words.joined(separator: vocabulary.separator))
    }
    return Script(
      id: Script.ID(high: 4, low: 1), projectID: Project.ID(high: 5, low: 1), title: "History",
      speakers: Array(speakers.prefix(lineCount)), lines: lines)
  }

  /// A copy after what was done to it.
  package func copy(_ side: Int, of base: Script) -> Script {
    var script = base
    var earlier: [Script] = []
    for operation in sides[side] {
      if operation.kind == .undo {
        if let before = earlier.popLast() { script = before }
        continue
      }
      earlier.append(script)
      operation.apply(to: &script, vocabulary: vocabulary)
    }
    return script
  }
}
