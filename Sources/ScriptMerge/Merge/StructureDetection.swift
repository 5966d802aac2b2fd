internal import ScriptModel

/// What one side split and joined, recognised by where the words of its lines have gone.
struct StructureDetection {
  /// For each new node the line of the base that it was split off, or -1.
  private(set) var ownerOfNew: [Int32]
  /// For each line of the base whether this side made it one with the line before it.
  private(set) var isJoinedToPrevious: [Bool]
  /// Whether anything was split or joined.
  private(set) var isEmpty = true

  private let base: [Line]
  private let side: [Line]
  private let nodes: [Int32]
  private let places: [Int32]
  private let baseCount: Int

  init(
    base: [Line], side: [Line], nodes: [Int32], places: [Int32], index: NodeIndex,
    isChanged: [Bool], origins: LineOrigins, table: inout TokenTable
  ) {
    self.base = base
    self.side = side
    self.nodes = nodes
    self.places = places
    baseCount = index.baseCount
    ownerOfNew = [Int32](repeating: -1, count: index.count - index.baseCount)
    isJoinedToPrevious = [Bool](repeating: false, count: index.baseCount)
    if !origins.parts.isEmpty { takeKnownParts(origins.parts) }
    findSplits(isChanged, &table)
    findJoins(isChanged, &table)
    findMovedParts(isChanged, &table)
    if !origins.joins.isEmpty { takeKnownJoins(origins.joins) }
  }

  private mutating func takeKnownParts(_ parts: [Line.ID: Line.ID]) {
    var lines: [Line.ID: Int] = [:]
    for (index, line) in base.enumerated() { lines[line.id] = index }
    for (place, node) in nodes.enumerated() where Int(node) >= baseCount {
      guard let owner = parts[side[place].id].flatMap({ lines[$0] }) else { continue }
      ownerOfNew[Int(node) - baseCount] = Int32(truncatingIfNeeded: owner)
      isEmpty = false
    }
  }

  /// Joins that somebody has recorded, as far as only lines that are gone lie in between.
  private mutating func takeKnownJoins(_ joins: [Line.ID: Line.ID]) {
    for line in 0..<baseCount where places[line] < 0 {
      guard let target = joins[base[line].id] else { continue }
      var before = line - 1
      while before >= 0, places[before] < 0, base[before].id != target { before -= 1 }
      guard before >= 0, base[before].id == target else { continue }
      for joined in before + 1...line { isJoinedToPrevious[joined] = true }
      isEmpty = false
    }
  }

  /// A part that one side recognises is one for both: edits may have made it hard to see.
  static func shareOwners(_ ours: inout Self, _ theirs: inout Self) {
    for (node, other) in theirs.ownerOfNew.enumerated() {
      let mine = ours.ownerOfNew[node]
      ours.ownerOfNew[node] = mine < 0 ? other : other < 0 ? mine : min(mine, other)
    }
    theirs.ownerOfNew = ours.ownerOfNew
  }

  /// The line of the base that a new node was split off, or -1.
  func owner(of node: Int) -> Int { node < baseCount ? -1 : Int(ownerOfNew[node - baseCount]) }

  private mutating func findSplits(_ isChanged: [Bool], _ table: inout TokenTable) {
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
    let now = bag(side[Int(places[line])].text, &table)
    var missing = WordBag.difference(bag(base[line].text, &table), now)
    for (count, place) in run.enumerated() {
      let part = bag(side[Int(places[Int(nodes[place])])].text, &table)
      let rest = WordBag.difference(missing, part)
      let common = missing.count - rest.count
      let isPart =
        common * 2 >= part.count || common >= 2 && common * 10 >= missing.count * 6
      let isFree = ownerOfNew[Int(nodes[place]) - baseCount] < 0
      guard common > 0, isPart, isFree else { return count }
      missing = rest
      ownerOfNew[Int(nodes[place]) - baseCount] = Int32(truncatingIfNeeded: line)
      isEmpty = false
    }
    return run.count
  }

  /// Finds parts of lines elsewhere, by the words that their lines lack; a line that was taken out
  /// and put in anew is a part of itself.
  private mutating func findMovedParts(_ isChanged: [Bool], _ table: inout TokenTable) {
    let rest = nodes.indices.filter {
      Int(nodes[$0]) >= baseCount && ownerOfNew[Int(nodes[$0]) - baseCount] < 0
    }
    guard !rest.isEmpty else { return }
    var missing: [Int: [Int32]] = [:]
    var linesOfWord: [Int32: [Int]] = [:]
    for line in 0..<baseCount where isChanged[line] || isGone(line) {
      var lost = bag(base[line].text, &table)
      if places[line] >= 0 {
        lost = WordBag.difference(lost, bag(side[Int(places[line])].text, &table))
      }
      missing[line] = lost
      for word in lost { linesOfWord[word, default: []].append(line) }
    }
    for place in rest {
      let part = bag(side[place].text, &table)
      let candidates = part.flatMap { (linesOfWord[$0] ?? []).prefix(8) }
      guard
        let line = candidates.min(by: { left, right in
          let shared = (
            WordBag.common(missing[left] ?? [], part), WordBag.common(missing[right] ?? [], part)
          )
          return shared.0 == shared.1 ? left < right : shared.0 > shared.1
        }), let lost = missing[line], isPart(place, part, of: line, lost)
      else { continue }
      missing[line] = WordBag.difference(lost, part)
      ownerOfNew[Int(nodes[place]) - baseCount] = Int32(truncatingIfNeeded: line)
      isEmpty = false
    }
  }

  /// Whether a line is gone from this side and its words are in no other line.
  private func isGone(_ line: Int) -> Bool {
    places[line] < 0 && !isJoinedToPrevious[line]
      && !(line + 1 < baseCount && isJoinedToPrevious[line + 1])
  }

  /// Whether a new line has the words that a line elsewhere lost.
  private func isPart(_ place: Int, _ part: [Int32], of line: Int, _ lost: [Int32]) -> Bool {
    if places[line] < 0 {
      return part.count >= 2 && WordBag.similarity(lost, part) >= Similarity.movedThreshold
    }
    return part.count >= Self.wordsOfMovedPart && !replacesLine(place)
      && WordBag.common(lost, part) * 10 >= part.count * 6
  }

  /// Whether a new line stands where this side took a line of the base out.
  private func replacesLine(_ place: Int) -> Bool {
    var before = place - 1
    while before >= 0, Int(nodes[before]) >= baseCount { before -= 1 }
    let next = before < 0 ? 0 : Int(nodes[before]) + 1
    return next < baseCount && places[next] < 0
  }

  /// Shorter parts ("Yes.") are not looked for elsewhere.
  private static let wordsOfMovedPart = 2

  /// Puts the parts of a line in the order in which their words stand in its text of the base.
  func ordered(_ parts: [Int], of line: Int, _ table: inout TokenTable) -> [Int] {
    guard parts.count > 1 else { return parts }
    let words = TokenStream(base[line].text, in: &table).tokens
    let keys = parts.map { part in
      let text = TokenStream(side[Int(places[part])].text, in: &table).tokens
      return text.lazy.compactMap { words.firstIndex(of: $0) }.first ?? -1
    }
    // A part of new words alone says nothing of its place: then the side's order holds.
    if keys.contains(-1) { return parts }
    return parts.indices.sorted { left, right in
      keys[left] == keys[right] ? left < right : keys[left] < keys[right]
    }.map { parts[$0] }
  }

  private mutating func findJoins(_ isChanged: [Bool], _ table: inout TokenTable) {
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
        let taken = countJoined(Array(line..<end), into: line - 1, &table)
        for joined in line..<line + taken { isJoinedToPrevious[joined] = true }
        start += taken
      }
      if end < baseCount, start < end, isChanged[end] {
        let taken = countJoined((start..<end).reversed(), into: end, &table)
        for joined in end - taken..<end { isJoinedToPrevious[joined + 1] = true }
      }
      line = end
    }
  }

  private mutating func countJoined(
    _ run: [Int], into line: Int, _ table: inout TokenTable
  ) -> Int {
    var extra = WordBag.difference(
      bag(side[Int(places[line])].text, &table), bag(base[line].text, &table))
    for (count, joined) in run.enumerated() {
      let part = bag(base[joined].text, &table)
      let rest = WordBag.difference(extra, part)
      var common = extra.count - rest.count
      guard common > 0 else { return count }
      common += takeRest(of: joined, behind: line, WordBag.difference(part, extra), &table)
      guard common * 2 >= part.count else { return count }
      extra = rest
      isEmpty = false
    }
    return run.count
  }

  /// The part of a joined line that was cut off again: a new line behind the one it went into.
  private mutating func takeRest(
    of joined: Int, behind line: Int, _ missing: [Int32], _ table: inout TokenTable
  ) -> Int {
    let place = Int(places[line]) + 1
    guard !missing.isEmpty, place < nodes.count, Int(nodes[place]) >= baseCount else { return 0 }
    let owner = Int(ownerOfNew[Int(nodes[place]) - baseCount])
    guard owner < 0 || owner == joined else { return 0 }
    let part = bag(side[place].text, &table)
    let common = WordBag.common(missing, part)
    guard common * 10 >= part.count * 6 else { return 0 }
    ownerOfNew[Int(nodes[place]) - baseCount] = Int32(truncatingIfNeeded: joined)
    return common
  }

  private func bag(_ text: String, _ table: inout TokenTable) -> [Int32] {
    WordBag.of(Array(text.utf8), in: &table)
  }
}
