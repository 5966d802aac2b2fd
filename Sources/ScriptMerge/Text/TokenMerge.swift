/// A three-way merge of one text by its tokens.
///
/// Changes of other words are both applied. Changes of the same words are a conflict, unless one
/// side's change holds the other's. White space follows the tokens that it stands before.
struct TokenMerge {
  /// A stretch of the result: what it is in each of the three texts, and whose tokens it takes.
  struct Piece {
    enum Source { case unchanged, ours, theirs, both, neither, conflict }
    var source: Source
    var base: Range<Int>
    var ours: Range<Int>
    var theirs: Range<Int>
  }

  let base: TokenStream
  let ours: TokenStream
  let theirs: TokenStream
  let table: TokenTable
  private(set) var pieces: [Piece] = []
  /// Whether edits of both sides touch, or have one token between them.
  private(set) var isNearby = false
  /// Whether a change of one side held the other's.
  private(set) var isContained = false

  init(base: TokenStream, ours: TokenStream, theirs: TokenStream, table: TokenTable) {
    self.base = base
    self.ours = ours
    self.theirs = theirs
    self.table = table
  }

  /// Whether some words were changed differently by both sides.
  var hasConflict: Bool { pieces.contains { $0.source == .conflict } }

  /// Finds the pieces.
  mutating func run() {
    var matcher = SequenceMatcher()
    let ourHunks = hunks(to: ours, &matcher)
    let theirHunks = hunks(to: theirs, &matcher)
    var clusters = HunkClusters(ours: ourHunks, theirs: theirHunks)
    var start = (base: 0, ours: 0, theirs: 0)
    while let cluster = clusters.next() {
      add(.unchanged, to: cluster.base.lowerBound, from: &start)
      resolve(cluster, from: &start)
    }
    add(.unchanged, to: base.count, from: &start)
    noteNearbyChanges()
  }

  private func hunks(to side: TokenStream, _ matcher: inout SequenceMatcher) -> [Hunk] {
    let matching = matcher.match(base.tokens, side.tokens, symbols: table.count)
    var hunks = Hunk.list(matching: matching, newCount: side.count)
    Hunk.slideToEnd(&hunks, old: base.tokens, new: side.tokens)
    joinAcrossChance(&hunks)
    return hunks
  }

  /// Joins two replacements that only one mark or character parts: that it is equal is chance.
  private func joinAcrossChance(_ hunks: inout [Hunk]) {
    var joined: [Hunk] = []
    for hunk in hunks {
      if let last = joined.last, !last.old.isEmpty, !last.new.isEmpty, !hunk.old.isEmpty,
        !hunk.new.isEmpty, hunk.old.lowerBound - last.old.upperBound == 1,
        table.tokenClass(of: base.tokens[last.old.upperBound]) != .word
      {
        joined[joined.count - 1] = Hunk(
          old: last.old.lowerBound..<hunk.old.upperBound,
          new: last.new.lowerBound..<hunk.new.upperBound)
      } else {
        joined.append(hunk)
      }
    }
    hunks = joined
  }

  /// Adds unchanged tokens up to a place of the base; the three texts advance together.
  private mutating func add(
    _ source: Piece.Source, to end: Int, from start: inout (base: Int, ours: Int, theirs: Int)
  ) {
    let count = end - start.base
    guard count > 0 else { return }
    pieces.append(
      Piece(
        source: source, base: start.base..<end, ours: start.ours..<start.ours + count,
        theirs: start.theirs..<start.theirs + count))
    start = (end, start.ours + count, start.theirs + count)
  }

  private mutating func resolve(
    _ cluster: HunkCluster, from start: inout (base: Int, ours: Int, theirs: Int)
  ) {
    let whole = Piece(
      source: .conflict, base: cluster.base,
      ours: start.ours..<start.ours + cluster.base.count + growth(cluster.ours),
      theirs: start.theirs..<start.theirs + cluster.base.count + growth(cluster.theirs))
    let source = source(of: whole, cluster)
    if let source {
      pieces.append(
        Piece(source: source, base: whole.base, ours: whole.ours, theirs: whole.theirs))
      start = (whole.base.upperBound, whole.ours.upperBound, whole.theirs.upperBound)
      return
    }
    // They only touch: each change is applied by itself.
    isNearby = true
    for (hunk, isOurs) in cluster.inOrder() {
      add(.unchanged, to: hunk.old.lowerBound, from: &start)
      let (own, other) = (hunk.new.count, hunk.old.count)
      let ourEnd = start.ours + (isOurs ? own : other)
      let theirEnd = start.theirs + (isOurs ? other : own)
      pieces.append(
        Piece(
          source: isOurs ? .ours : .theirs, base: hunk.old, ours: start.ours..<ourEnd,
          theirs: start.theirs..<theirEnd))
      start = (hunk.old.upperBound, ourEnd, theirEnd)
    }
  }

  private func growth(_ hunks: [Hunk]) -> Int {
    hunks.reduce(0) { $0 + $1.new.count - $1.old.count }
  }

  /// What is to be done with a cluster as a whole; `nil` where its changes only touch.
  private mutating func source(of whole: Piece, _ cluster: HunkCluster) -> Piece.Source? {
    if cluster.theirs.isEmpty { return .ours }
    if cluster.ours.isEmpty { return .theirs }
    if ours.tokens[whole.ours] == theirs.tokens[whole.theirs] { return .both }
    let containment = Containment(base: base, ours: ours, theirs: theirs)
    if containment.ours(cluster.ours, holds: cluster.theirs) {
      isContained = true
      return .ours
    }
    if containment.theirs(cluster.theirs, holds: cluster.ours) {
      isContained = true
      return .theirs
    }
    if cluster.onlyTouches, !cluster.junctions().contains(where: isInsideWord) { return nil }
    if cluster.isOnlyDeletion { return .neither }
    return .conflict
  }

  /// Whether a place of the base lies between two characters of a script without spaces.
  private func isInsideWord(_ place: Int) -> Bool {
    guard place > 0, place < base.count, base.gaps[place] == 0 else { return false }
    return table.tokenClass(of: base.tokens[place - 1]) == .ideograph
      && table.tokenClass(of: base.tokens[place]) == .ideograph
  }

  private mutating func noteNearbyChanges() {
    var last: (source: Piece.Source, end: Int)?
    for piece in pieces where piece.source == .ours || piece.source == .theirs {
      if let last, last.source != piece.source, piece.base.lowerBound - last.end <= 1 {
        isNearby = true
      }
      last = (piece.source, piece.base.upperBound)
    }
  }
}

/// Whether the changes of one side hold those of the other: their words stand in it unbroken.
private struct Containment {
  let base: TokenStream
  let ours: TokenStream
  let theirs: TokenStream

  func ours(_ larger: [Hunk], holds smaller: [Hunk]) -> Bool {
    holds(larger, ours.tokens, smaller, theirs.tokens)
  }

  func theirs(_ larger: [Hunk], holds smaller: [Hunk]) -> Bool {
    holds(larger, theirs.tokens, smaller, ours.tokens)
  }

  private func holds(
    _ larger: [Hunk], _ largerTokens: [Int32], _ smaller: [Hunk], _ smallerTokens: [Int32]
  ) -> Bool {
    var searchStart = larger.first?.new.lowerBound ?? 0
    for hunk in smaller {
      guard
        let host = larger.first(where: {
          $0.old.lowerBound <= hunk.old.lowerBound && hunk.old.upperBound <= $0.old.upperBound
        })
      else { return false }
      // Two insertions at one place are a question of order, which nobody has answered.
      if hunk.isInsertion && host.isInsertion { return false }
      // To delete words and to replace them are two answers to them.
      if hunk.isDeletion, !host.isDeletion, host.old == hunk.old { return false }
      if hunk.isDeletion {
        // Words that the larger change kept are not to come back by it.
        if find(base.tokens[hunk.old], in: largerTokens[host.new]) != nil { return false }
        continue
      }
      let rest = largerTokens[max(searchStart, host.new.lowerBound)..<host.new.upperBound]
      guard let place = find(smallerTokens[hunk.new], in: rest) else { return false }
      searchStart = place + hunk.new.count
    }
    return true
  }

  /// Where some tokens stand unbroken among others.
  private func find(_ wanted: ArraySlice<Int32>, in tokens: ArraySlice<Int32>) -> Int? {
    var place = tokens.startIndex
    while place + wanted.count <= tokens.endIndex {
      if tokens[place..<place + wanted.count] == wanted { return place }
      place += 1
    }
    return nil
  }
}
