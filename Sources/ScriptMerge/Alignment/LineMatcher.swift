internal import ScriptModel

/// Finds for each entry of a document the line of the base that it is.
///
/// Ids that the document holds come first, then equal texts in the same order, then equal texts
/// that moved, then similar lines within the gaps, splits and joins among them, then similar lines
/// that moved.
struct LineMatcher {
  /// For each entry of the document what it is.
  private(set) var matches: [LineMatch]

  private let base: LineFeatures
  private let document: LineFeatures
  /// For each line of the base whether an entry is it, or has taken it in.
  private var isTaken: [Bool]
  private var similarity: Similarity

  init(
    document source: ScriptDocument, base lines: inout AlignmentBase,
    capabilities: DocumentCapabilities, table: inout TokenTable
  ) {
    base = lines.features(markup: capabilities.holdsMarkup)
    document = LineFeatures(of: source, capabilities, in: &lines.texts)
    matches = [LineMatch](repeating: .new, count: document.count)
    isTaken = [Bool](repeating: false, count: base.count)
    similarity = Similarity(left: base, right: document, texts: lines.texts)
    takeIDs(of: source, in: lines.script)
    let gaps = matchEqualTexts(symbols: lines.texts.count)
    matchEqualTextsElsewhere(symbols: lines.texts.count, &table)
    for gap in gaps { matchSimilar(gap, &table) }
    matchSimilarElsewhere(&table)
    if capabilities.pairsByPlace { matchByPlace(gaps) }
  }

  private mutating func take(_ line: Int, as entry: Int) {
    matches[entry] = LineMatch(base: Int32(truncatingIfNeeded: line))
    isTaken[line] = true
  }

  private mutating func takeIDs(of source: ScriptDocument, in script: Script) {
    guard source.lineIDs.count == document.count else { return }
    var indices: [Line.ID: Int] = [:]
    indices.reserveCapacity(script.lines.count)
    for (index, line) in script.lines.enumerated() { indices[line.id] = index }
    for (entry, id) in source.lineIDs.enumerated() {
      if let id, let line = indices[id], !isTaken[line] { take(line, as: entry) }
    }
  }

  /// Matches equal texts in the same order and gives the stretches between them.
  private mutating func matchEqualTexts(symbols: Int) -> [Gap] {
    let lines = base.textKeys.indices.filter { !isTaken[$0] }
    let entries = document.textKeys.indices.filter { matches[$0].base < 0 }
    guard !lines.isEmpty, !entries.isEmpty else { return [] }
    var matcher = SequenceMatcher()
    let matching = matcher.match(
      lines.map { base.textKeys[$0] }, entries.map { document.textKeys[$0] }, symbols: symbols)
    for (line, entry) in matching.enumerated() where entry >= 0 {
      take(lines[line], as: entries[Int(entry)])
    }
    return Hunk.list(matching: matching, newCount: entries.count).map { hunk in
      Gap(lines: Array(lines[hunk.old]), entries: Array(entries[hunk.new]))
    }
  }

  /// Matches equal texts of some length that occur once among the rest of each side.
  private mutating func matchEqualTextsElsewhere(symbols: Int, _ table: inout TokenTable) {
    let lines = base.textKeys.indices.filter { !isTaken[$0] }
    let entries = document.textKeys.indices.filter { matches[$0].base < 0 }
    guard !lines.isEmpty, !entries.isEmpty else { return }
    var places: [Int32: (line: Int, lines: Int, entries: Int)] = [:]
    for line in lines { places[base.textKeys[line], default: (line, 0, 0)].lines += 1 }
    for entry in entries { places[document.textKeys[entry]]?.entries += 1 }
    let isUnique = uniqueTexts(symbols: symbols)
    for entry in entries {
      guard let place = places[document.textKeys[entry]], place.lines == 1, place.entries == 1,
        isUnique[Int(document.textKeys[entry])]
          || similarity.bag(right: entry, in: &table).count >= Self.wordsOfMovedLine
      else { continue }
      take(place.line, as: entry)
    }
  }

  /// For each text whether each side has it once: short lines among them are the same line as well.
  private func uniqueTexts(symbols: Int) -> [Bool] {
    var lines = [Int32](repeating: 0, count: symbols)
    var entries = lines
    for key in base.textKeys { lines[Int(key)] += 1 }
    for key in document.textKeys { entries[Int(key)] += 1 }
    return (0..<symbols).map { lines[$0] == 1 && entries[$0] == 1 }
  }

  /// Shorter lines ("Yes.") are not looked for elsewhere.
  private static let wordsOfMovedLine = 4

  private mutating func matchSimilar(_ gap: Gap, _ table: inout TokenTable) {
    let lines = gap.lines.filter { !isTaken[$0] }
    let entries = gap.entries.filter { matches[$0].base < 0 }
    guard !lines.isEmpty, !entries.isEmpty else { return }
    if lines.count == 1, entries.count == 1, similarity.isMostlySame(lines[0], entries[0]) {
      take(lines[0], as: entries[0])
      return
    }
    var alignment = GapAlignment(lines: lines, entries: entries)
    for step in alignment.steps(&similarity, &table) {
      switch step {
      case .same(let line, let entry): take(line, as: entry)
      case .split(let line, let parts):
        guard let first = parts.first else { continue }
        take(line, as: first)
        for part in parts.dropFirst() {
          matches[part].splitFrom = Int32(truncatingIfNeeded: line)
        }
      case .join(let parts, let entry):
        guard let first = parts.first else { continue }
        for part in parts { isTaken[part] = true }
        matches[entry] = LineMatch(
          base: Int32(truncatingIfNeeded: first),
          joinedCount: Int32(truncatingIfNeeded: parts.count - 1))
      }
    }
  }

  /// Matches a line and an entry that are alone between the same neighbours.
  private mutating func matchByPlace(_ gaps: [Gap]) {
    for gap in gaps {
      guard let first = gap.entries.first, let last = gap.entries.last else { continue }
      for entry in first...last where matches[entry] == .new {
        let (before, after) = (entry - 1, entry + 1)
        let start = before < 0 ? 0 : endOfMatch(before)
        let end = after == matches.count ? base.count : Int(matches[after].base)
        if start >= 0, end == start + 1, !isTaken[start] { take(start, as: entry) }
      }
    }
  }

  /// The line of the base behind those that an entry is; -1 where it is none.
  private func endOfMatch(_ entry: Int) -> Int {
    let match = matches[entry]
    return match.base < 0 ? -1 : Int(match.base) + Int(match.joinedCount) + 1
  }

  /// A second look: similar lines that stand elsewhere, found by a word that few lines have.
  private mutating func matchSimilarElsewhere(_ table: inout TokenTable) {
    let lines = base.textKeys.indices.filter { !isTaken[$0] }
    let entries = document.textKeys.indices.filter {
      matches[$0].base < 0 && matches[$0].splitFrom < 0
    }
    guard !lines.isEmpty, !entries.isEmpty else { return }
    var linesOfWord: [Int32: [Int]] = [:]
    for line in lines {
      var last: Int32 = -1
      for word in similarity.bag(left: line, in: &table) where word != last {
        linesOfWord[word, default: []].append(line)
        last = word
      }
    }
    for entry in entries {
      let bag = similarity.bag(right: entry, in: &table)
      guard bag.count >= Self.wordsOfMovedLine else { continue }
      var best = (score: Similarity.movedThreshold - 1, line: -1)
      for word in Set(bag) {
        guard let candidates = linesOfWord[word], candidates.count <= 8 else { continue }
        for line in candidates where !isTaken[line] {
          let score = WordBag.similarity(similarity.bag(left: line, in: &table), bag)
          // The set's order differs from run to run: the least line of the best is taken.
          if score > best.score || score == best.score && line < best.line { best = (score, line) }
        }
      }
      if best.line >= 0 { take(best.line, as: entry) }
    }
  }
}

/// Lines and entries that stand between the same neighbours.
struct Gap {
  var lines: [Int]
  var entries: [Int]
}
