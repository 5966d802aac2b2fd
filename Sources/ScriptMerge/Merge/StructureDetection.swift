internal import ScriptModel

/// What one side split and joined, recognised by where the words of its lines have gone.
struct StructureDetection {
  /// For each new node the line of the base that it is a part of, or -1.
  private(set) var ownerOfNew: [Int32]
  /// For each line of the base the node of this side that took its words in, or -1.
  private(set) var joinedInto: [Int32]
  /// Whether anything was split or joined.
  private(set) var isEmpty = true

  let base: [Line]
  let side: [Line]
  let nodes: [Int32]
  let places: [Int32]
  let baseCount: Int
  private let isChanged: [Bool]
  private let isExcerpt: Bool
  private var changes: [Int: WordChange] = [:]
  private var bags: [Int: [Int32]] = [:]
  /// How often each word is in the base, counted where a single word has to tell a line.
  private var wordCounts: [Int32: Int]?

  init(
    base: [Line], side: [Line], nodes: [Int32], places: [Int32], index: NodeIndex,
    isChanged: [Bool], isExcerpt: Bool, origins: LineOrigins, table: inout TokenTable
  ) {
    self.isExcerpt = isExcerpt
    self.base = base
    self.side = side
    self.nodes = nodes
    self.places = places
    self.isChanged = isChanged
    baseCount = index.baseCount
    ownerOfNew = [Int32](repeating: -1, count: index.count - index.baseCount)
    joinedInto = [Int32](repeating: -1, count: index.baseCount)
    if !origins.parts.isEmpty { takeKnownParts(origins.parts) }
    findSplits(&table)
    findJoins(&table)
    findPartsElsewhere(&table)
    findJoinsElsewhere(&table)
    if !origins.joins.isEmpty { takeKnownJoins(origins.joins) }
  }

  /// A part that one side recognises is one for both: edits may have made it hard to see.
  static func shareOwners(_ ours: inout Self, _ theirs: inout Self) {
    for (node, other) in theirs.ownerOfNew.enumerated() {
      let mine = ours.ownerOfNew[node]
      ours.ownerOfNew[node] = mine < 0 ? other : other < 0 ? mine : min(mine, other)
    }
    theirs.ownerOfNew = ours.ownerOfNew
  }

  /// The line of the base that a new node is a part of, or -1.
  func owner(of node: Int) -> Int { node < baseCount ? -1 : Int(ownerOfNew[node - baseCount]) }

  /// The line of the base that a line which is gone went into, or -1.
  func target(of line: Int) -> Int {
    let node = Int(joinedInto[line])
    return node < baseCount ? node : owner(of: node)
  }

  private mutating func own(_ node: Int, by line: Int) {
    ownerOfNew[node - baseCount] = Int32(truncatingIfNeeded: line)
    isEmpty = false
  }

  private mutating func join(_ line: Int, into node: Int) {
    joinedInto[line] = Int32(truncatingIfNeeded: node)
    isEmpty = false
  }

  // MARK: - What is known

  private mutating func takeKnownParts(_ parts: [Line.ID: Line.ID]) {
    let lines = baseLines()
    for (place, node) in nodes.enumerated() where Int(node) >= baseCount {
      if let owner = parts[side[place].id].flatMap({ lines[$0] }) { own(Int(node), by: owner) }
    }
  }

  private mutating func takeKnownJoins(_ joins: [Line.ID: Line.ID]) {
    var present: [Line.ID: Int] = [:]
    for (place, node) in nodes.enumerated() { present[side[place].id] = Int(node) }
    for line in 0..<baseCount where places[line] < 0 && joinedInto[line] < 0 {
      guard let node = joins[base[line].id].flatMap({ present[$0] }) else { continue }
      if node < baseCount || owner(of: node) >= 0 { join(line, into: node) }
    }
  }

  private func baseLines() -> [Line.ID: Int] {
    Dictionary(base.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: - Beside their lines

  private mutating func findSplits(_ table: inout TokenTable) {
    var place = 0
    while place < nodes.count {
      guard Int(nodes[place]) >= baseCount else {
        place += 1
        continue
      }
      var end = place
      while end < nodes.count, Int(nodes[end]) >= baseCount { end += 1 }
      var run = Array(place..<end)
      if place > 0, isChanged[Int(nodes[place - 1])] {
        let taken = takeParts(run, of: Int(nodes[place - 1]), &table)
        run.removeFirst(taken)
      }
      if end < nodes.count, isChanged[Int(nodes[end])] {
        _ = takeParts(run.reversed(), of: Int(nodes[end]), &table)
      }
      place = end
    }
  }

  /// Takes new lines, from the nearest on, for parts of a line as long as its words are in them.
  private mutating func takeParts(_ run: [Int], of line: Int, _ table: inout TokenTable) -> Int {
    guard !run.isEmpty else { return 0 }
    var missing = change(of: line, &table).lost
    for (count, place) in run.enumerated() {
      let part = bag(at: place, &table)
      let rest = WordBag.difference(missing, part)
      let common = missing.count - rest.count
      let isPart = common * 2 >= part.count || common >= 2 && common * 10 >= missing.count * 6
      guard common > 0, isPart, owner(of: Int(nodes[place])) < 0 else { return count }
      missing = rest
      own(Int(nodes[place]), by: line)
    }
    return run.count
  }

  private mutating func findJoins(_ table: inout TokenTable) {
    var line = 0
    while line < baseCount {
      guard places[line] < 0 else {
        line += 1
        continue
      }
      var end = line
      while end < baseCount, places[end] < 0 { end += 1 }
      var start = line
      if line > 0, isChanged[line - 1] {
        start += joinRun(Array(line..<end), into: line - 1, &table)
      }
      if end < baseCount, start < end, isChanged[end] {
        _ = joinRun((start..<end).reversed(), into: end, &table)
      }
      line = end
    }
  }

  /// Joins lines that are gone, from the nearest on, to a line as long as their words are in it.
  private mutating func joinRun(_ run: [Int], into line: Int, _ table: inout TokenTable) -> Int {
    var extra = change(of: line, &table).extra
    for (count, joined) in run.enumerated() {
      let part = bag(of: joined, &table)
      let rest = WordBag.difference(extra, part)
      var common = extra.count - rest.count
      guard common > 0 else { return count }
      common += takeRest(of: joined, behind: line, WordBag.difference(part, extra), &table)
      guard common * 2 >= part.count else { return count }
      extra = rest
      join(joined, into: line)
    }
    return run.count
  }

  /// The parts of a joined line that were cut off again: new lines behind the one it went into.
  private mutating func takeRest(
    of joined: Int, behind line: Int, _ missing: [Int32], _ table: inout TokenTable
  ) -> Int {
    var (missing, found) = (missing, 0)
    var place = Int(places[line]) + 1
    while !missing.isEmpty, place < nodes.count, Int(nodes[place]) >= baseCount {
      let owner = owner(of: Int(nodes[place]))
      let part = bag(at: place, &table)
      let rest = WordBag.difference(missing, part)
      let common = missing.count - rest.count
      guard owner < 0 || owner == joined, common * 10 >= part.count * 6 else { break }
      own(Int(nodes[place]), by: joined)
      missing = rest
      found += common
      place += 1
    }
    return found
  }

  // MARK: - Elsewhere

  /// Finds parts of lines elsewhere, by the words that their lines lack; a line that was taken out
  /// and put in anew is a part of itself.
  private mutating func findPartsElsewhere(_ table: inout TokenTable) {
    let rest = nodes.indices.filter { Int(nodes[$0]) >= baseCount && owner(of: Int(nodes[$0])) < 0 }
    guard !rest.isEmpty else { return }
    let parts = rest.map { bag(at: $0, &table) }
    var missing = WordPlaces(for: parts, among: table)
    for line in 0..<baseCount {
      if places[line] >= 0 {
        if isChanged[line] { missing.add(line, change(of: line, &table).lost) }
      } else if joinedInto[line] < 0 {
        missing.add(line, bag(of: line, &table))
      }
    }
    for (place, part) in zip(rest, parts) {
      guard let line = missing.best(for: part), let lost = missing.words[line],
        isPart(part, of: line, lost, &table)
      else { continue }
      missing.words[line] = WordBag.difference(lost, part)
      own(Int(nodes[place]), by: line)
    }
  }

  /// Whether a new line has the words that a line elsewhere lost.
  private mutating func isPart(
    _ part: [Int32], of line: Int, _ lost: [Int32], _ table: inout TokenTable
  ) -> Bool {
    let isAlike =
      places[line] < 0
      ? WordBag.common(lost, part) * 1000 >= part.count * Similarity.movedThreshold
      : WordBag.common(lost, part) * 10 >= part.count * 6
    return isAlike && isTelling(part, &table)
  }

  /// Finds lines that are gone in lines elsewhere: the words that came in there are theirs.
  private mutating func findJoinsElsewhere(_ table: inout TokenTable) {
    let remade = Set(ownerOfNew)
    let gone = (0..<baseCount).filter {
      places[$0] < 0 && joinedInto[$0] < 0 && !remade.contains(Int32(truncatingIfNeeded: $0))
    }
    guard !gone.isEmpty else { return }
    var extra = WordPlaces(for: gone.map { bag(of: $0, &table) }, among: table)
    for (place, node) in nodes.enumerated() {
      let node = Int(node)
      if node >= baseCount {
        let owner = owner(of: node)
        let words = bag(at: place, &table)
        extra.add(node, owner < 0 ? words : WordBag.difference(words, bag(of: owner, &table)))
      } else if isChanged[node] {
        extra.add(node, change(of: node, &table).extra)
      }
    }
    for line in gone {
      let words = bag(of: line, &table)
      guard let node = extra.best(for: words), let there = extra.words[node] else { continue }
      let common = WordBag.common(there, words)
      guard common * 1000 >= words.count * Similarity.movedThreshold, isTelling(words, &table)
      else { continue }
      extra.words[node] = WordBag.difference(there, words)
      if node >= baseCount, owner(of: node) < 0 {
        own(node, by: line)
      } else {
        join(line, into: node)
      }
    }
  }

  /// Whether words are enough to know a line by in the whole script: "Yes." is not.
  private mutating func isTelling(_ words: [Int32], _ table: inout TokenTable) -> Bool {
    guard words.count < 2 else { return true }
    guard !isExcerpt, let word = words.first else { return false }
    if wordCounts == nil {
      var counts: [Int32: Int] = [:]
      for line in base.indices {
        for word in bag(of: line, &table) { counts[word, default: 0] += 1 }
      }
      wordCounts = counts
    }
    return wordCounts?[word] == 1
  }

  // MARK: - Words

  private mutating func change(of line: Int, _ table: inout TokenTable) -> WordChange {
    if let known = changes[line] { return known }
    let change = WordChange(from: base[line].text, to: side[Int(places[line])].text, in: &table)
    changes[line] = change
    return change
  }

  private mutating func bag(of line: Int, _ table: inout TokenTable) -> [Int32] {
    if let known = bags[line] { return known }
    let bag = WordBag.of(base[line].text.utf8.span, in: &table)
    bags[line] = bag
    return bag
  }

  private func bag(at place: Int, _ table: inout TokenTable) -> [Int32] {
    WordBag.of(side[place].text.utf8.span, in: &table)
  }
}
