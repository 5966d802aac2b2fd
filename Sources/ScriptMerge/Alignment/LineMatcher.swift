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
  /// Whether entries have ids of their own.
  private var hasIDs = false
  /// How many different texts the lines and the entries have.
  private let symbolCount: Int

  init(
    document source: ScriptDocument, base lines: inout AlignmentBase,
    capabilities: DocumentCapabilities, table: inout TokenTable
  ) {
    let base = lines.features(markup: capabilities.holdsMarkup)
    let document = LineFeatures(of: source, capabilities, in: &lines.texts)
    self.init(document, base: base, texts: TextNumbers(base: lines.texts))
    takeIDs(of: source, in: lines.script)
    match(pairsByPlace: capabilities.pairsByPlace, &table)
  }

  /// Matches rows of text: a row in place of one other is that row.
  init(rows: TextRows, base: TextRows, texts: TextNumbers) {
    self.init(LineFeatures(of: rows), base: LineFeatures(of: base), texts: texts)
    var table = TokenTable()
    match(pairsByPlace: true, &table)
  }

  private init(_ document: LineFeatures, base: LineFeatures, texts: TextNumbers) {
    self.base = base
    self.document = document
    matches = [LineMatch](repeating: .new, count: document.count)
    isTaken = [Bool](repeating: false, count: base.count)
    symbolCount = texts.count
    similarity = Similarity(left: base, right: document, texts: texts)
  }

  private mutating func match(pairsByPlace: Bool, _ table: inout TokenTable) {
    let gaps = matchEqualTexts()
    matchEqualTextsElsewhere(&table)
    for gap in gaps { matchSimilar(gap, &table) }
    matchSimilarElsewhere(&table)
    if pairsByPlace { matchByPlace(gaps) }
  }

  private mutating func take(_ line: Int, as entry: Int) {
    matches[entry] = LineMatch(base: Int32(truncatingIfNeeded: line))
    isTaken[line] = true
  }

  private mutating func takeIDs(of source: ScriptDocument, in script: Script) {
    guard source.lineIDs.count == document.count else { return }
    hasIDs = true
    var indices: [Line.ID: Int] = [:]
    indices.reserveCapacity(script.lines.count)
    for (index, line) in script.lines.enumerated() { indices[line.id] = index }
    for (entry, id) in source.lineIDs.enumerated() {
      if let id, let line = indices[id], !isTaken[line] { take(line, as: entry) }
    }
  }

  /// Matches equal texts in the same order and gives the stretches between them.
  private mutating func matchEqualTexts() -> [Gap] {
    if hasIDs { return matchEqualTexts(of: freeLines(), freeEntries()) }
    guard base.count > 0, document.count > 0 else { return [] }
    var matcher = SequenceMatcher()
    let matching = matcher.match(base.textKeys, document.textKeys, symbols: symbolCount)
    for (line, entry) in matching.enumerated() where entry >= 0 { take(line, as: Int(entry)) }
    return Hunk.list(matching: matching, newCount: document.count).map { hunk in
      Gap(lines: hunk.old, entries: hunk.new)
    }
  }

  /// Matches the equal texts of some lines and entries.
  private mutating func matchEqualTexts(of lines: [Int], _ entries: [Int]) -> [Gap] {
    guard !lines.isEmpty, !entries.isEmpty else { return [] }
    var matcher = SequenceMatcher()
    let matching = matcher.match(
      lines.map { base.textKeys[$0] }, entries.map { document.textKeys[$0] }, symbols: symbolCount)
    for (line, entry) in matching.enumerated() where entry >= 0 {
      take(lines[line], as: entries[Int(entry)])
    }
    return Hunk.list(matching: matching, newCount: entries.count).map { hunk in
      Gap(lines: Gap.range(lines[hunk.old]), entries: Gap.range(entries[hunk.new]))
    }
  }

  /// The lines that no entry is as yet.
  private func freeLines() -> [Int] { isTaken.indices.filter { !isTaken[$0] } }

  /// The entries that are no line as yet.
  private func freeEntries() -> [Int] { matches.indices.filter { matches[$0].base < 0 } }

  /// Matches equal texts of some length that occur once among the rest of each side.
  private mutating func matchEqualTextsElsewhere(_ table: inout TokenTable) {
    let lines = freeLines()
    let entries = freeEntries()
    guard !lines.isEmpty, !entries.isEmpty else { return }
    let places = onlyPlaces(lines, of: base.textKeys)
    let isAlone = onlyPlaces(entries, of: document.textKeys)
    let (whole, wholeDocument) = (
      onlyPlaces(base.textKeys.indices, of: base.textKeys),
      onlyPlaces(document.textKeys.indices, of: document.textKeys)
    )
    for entry in entries {
      let key = Int(document.textKeys[entry])
      guard places[key] >= 0, isAlone[key] >= 0 else { continue }
      // Short lines are the same line as well where each side has them once.
      let isUnique = whole[key] >= 0 && wholeDocument[key] >= 0
      if isUnique || similarity.bag(right: entry, in: &table).count >= Self.wordsOfMovedLine {
        take(Int(places[key]), as: entry)
      }
    }
  }

  /// For each text the only one of some places that has it; less than 0 where there is none.
  private func onlyPlaces(_ places: some Sequence<Int>, of keys: [Int32]) -> [Int32] {
    var result = [Int32](repeating: -1, count: symbolCount)
    var onlyPlace = result.mutableSpan
    for place in places {
      let key = Int(keys[place])
      onlyPlace[key] = onlyPlace[key] == -1 ? Int32(truncatingIfNeeded: place) : -2
    }
    return result
  }

  /// Shorter lines ("Yes.") are not looked for elsewhere.
  private static let wordsOfMovedLine = 4

  private mutating func matchSimilar(_ gap: Gap, _ table: inout TokenTable) {
    if gap.lines.isEmpty || gap.entries.isEmpty { return }
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
      for entry in gap.entries where matches[entry] == .new {
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
    let entries = freeEntries().filter { matches[$0].splitFrom < 0 }
    let lines = entries.isEmpty ? [] : freeLines()
    guard !lines.isEmpty, !entries.isEmpty else { return }
    var linesOfWord = RareWords()
    for line in lines { linesOfWord.add(similarity.bag(left: line, in: &table), of: line) }
    for entry in entries {
      let bag = similarity.bag(right: entry, in: &table)
      guard bag.count >= Self.wordsOfMovedLine else { continue }
      var best = (score: Similarity.movedThreshold - 1, line: -1)
      linesOfWord.forEachLine(with: bag) { line in
        guard !isTaken[line] else { return }
        let score = WordBag.similarity(similarity.bag(left: line, in: &table), bag)
        // Of several that are equally alike the first is taken.
        if score > best.score || score == best.score && line < best.line { best = (score, line) }
      }
      if best.line >= 0 { take(best.line, as: entry) }
    }
  }
}

/// Lines and entries that stand between the same neighbours; those that are matched already may be
/// among them.
struct Gap {
  var lines: Range<Int>
  var entries: Range<Int>

  /// From the first to the last of ascending places.
  static func range(_ places: ArraySlice<Int>) -> Range<Int> {
    guard let first = places.first, let last = places.last else { return 0..<0 }
    return first..<last + 1
  }
}

/// The lines in which a word stands, as long as these are few.
private struct RareWords {
  /// Words of more lines than this tell nothing.
  private static let mostLines = 8

  private struct Place {
    var line: Int
    /// The place before it of the same word; -1 for none.
    var next: Int32
  }

  private var places: [Place] = []
  /// For each word in how many lines it is, and the last of its places.
  private var words: [(count: Int32, last: Int32)] = []

  /// Adds the words of a line, in ascending numbers.
  mutating func add(_ bag: [Int32], of line: Int) {
    guard let greatest = bag.last else { return }
    while words.count <= Int(greatest) { words.append((0, -1)) }
    var previous: Int32 = -1
    for word in bag where word != previous {
      previous = word
      let known = words[Int(word)]
      words[Int(word)].count += 1
      guard known.count < Self.mostLines else { continue }
      words[Int(word)].last = Int32(truncatingIfNeeded: places.count)
      places.append(Place(line: line, next: known.last))
    }
  }

  /// Gives the lines that have a rare word of a bag, some of them more than once.
  func forEachLine(with bag: [Int32], _ body: (Int) -> Void) {
    var previous: Int32 = -1
    for word in bag where word != previous && Int(word) < words.count {
      previous = word
      guard words[Int(word)].count <= Self.mostLines else { continue }
      var place = words[Int(word)].last
      while place >= 0 {
        body(places[Int(place)].line)
        place = places[Int(place)].next
      }
    }
  }
}
