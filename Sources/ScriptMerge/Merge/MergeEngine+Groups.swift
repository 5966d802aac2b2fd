internal import ScriptModel

extension MergeEngine {
  /// A line of the result that a group of split and joined lines gives.
  struct Part {
    var node: Int
    var text: String
  }

  /// Finds what each side split and joined; `nil` where both have all the lines of the base alone.
  mutating func recogniseStructures() -> (ours: StructureDetection, theirs: StructureDetection)? {
    let isComplete =
      nodes.count == nodes.baseCount && !nodes.inOurs.contains(-1) && !nodes.inTheirs.contains(-1)
    if isComplete { return nil }
    var ourStructure = StructureDetection(
      base: base.lines, side: ours.lines, nodes: nodes.ours, places: nodes.inOurs, index: nodes,
      isChanged: isTextChangedInOurs, isExcerpt: options.isExcerpt, origins: origins, table: &table)
    var theirStructure = StructureDetection(
      base: base.lines, side: theirs.lines, nodes: nodes.theirs, places: nodes.inTheirs,
      index: nodes, isChanged: isTextChangedInTheirs, isExcerpt: options.isExcerpt,
      origins: origins, table: &table)
    StructureDetection.shareOwners(&ourStructure, &theirStructure)
    owners = ourStructure.ownerOfNew
    return (ourStructure, theirStructure)
  }

  /// Merges the lines that a side split or joined: their words as one text, then cut again.
  mutating func mergeGroups(_ structures: (ours: StructureDetection, theirs: StructureDetection)?) {
    guard let (ourStructure, theirStructure) = structures else { return }
    for node in nodes.baseCount..<nodes.count {
      let owner = Int(owners[node - nodes.baseCount])
      if owner >= 0 { partOwners[nodes.id(of: node)] = base.lines[owner].id }
    }
    let groups = LineGroup.all(
      ours: ourStructure, theirs: theirStructure, nodes: nodes, table: &table)
    guard !groups.isEmpty else { return }
    var placed: [[Int32]] = []
    var groupOfNode = [Int32](repeating: -1, count: nodes.count)
    for group in groups {
      let parts = merge(group)
      let all = Set(group.members + group.ours + group.theirs)
      for node in all { isInGroup[node] = true }
      setFields(of: parts, group)
      forward(group.members, parts, of: group)
      guard parts.contains(where: { !nodes.isNew($0.node) }), isOrderedByWords(group) else {
        continue
      }
      for node in all { groupOfNode[node] = Int32(truncatingIfNeeded: placed.count) }
      placed.append(parts.map { Int32(truncatingIfNeeded: $0.node) })
    }
    if !placed.isEmpty { nodes.place(placed, groupOfNode: groupOfNode) }
  }

  /// Whether the parts of a group stand in the order of their words: where no side moved them apart.
  /// Else the order of the side that did so holds.
  private func isOrderedByWords(_ group: LineGroup) -> Bool {
    let isCutByBoth =
      group.ours.contains { nodes.isNew($0) && nodes.inTheirs[$0] < 0 }
      && group.theirs.contains { nodes.isNew($0) && nodes.inOurs[$0] < 0 }
    return isRun(group.ours, nodes.inOurs, nodes.ours, acrossNew: isCutByBoth)
      && isRun(group.theirs, nodes.inTheirs, nodes.theirs, acrossNew: isCutByBoth)
  }

  /// Whether nodes stand one behind the other on a side, new lines between them left aside if so wished.
  private func isRun(
    _ group: [Int], _ places: [Int32], _ side: [Int32], acrossNew: Bool
  ) -> Bool {
    zip(group, group.dropFirst()).allSatisfy { node, next in
      let (place, follower) = (Int(places[node]), Int(places[next]))
      if place + 1 == follower { return true }
      return acrossNew && place < follower
        && side[(place + 1)..<follower].allSatisfy { nodes.isNew(Int($0)) }
    }
  }

  /// Whether a side has other lines or other texts for a group.
  func isChanged(_ group: LineGroup, _ side: Side) -> Bool {
    let parts = side == .ours ? group.ours : group.theirs
    let changes = side == .ours ? isTextChangedInOurs : isTextChangedInTheirs
    return parts != group.members || group.members.contains { changes[$0] }
  }

  private mutating func merge(_ group: LineGroup) -> [Part] {
    if !isChanged(group, .theirs) { return parts(of: group.ours, .ours) }
    if !isChanged(group, .ours) { return parts(of: group.theirs, .theirs) }
    if group.ours.isEmpty || group.theirs.isEmpty { return mergeDeleted(group) }
    if group.isDisputed {
      return keepSide(parts(of: group.ours, .ours), parts(of: group.theirs, .theirs), group)
    }
    let baseText = JoinedStream(group.members.map { base.lines[$0].text }, in: &table)
    let ourText = JoinedStream(parts(of: group.ours, .ours).map(\.text), in: &table)
    let theirText = JoinedStream(parts(of: group.theirs, .theirs).map(\.text), in: &table)
    var merge = TokenMerge(
      base: baseText.stream, ours: ourText.stream, theirs: theirText.stream, table: table)
    merge.run()
    var cutter = GroupCutter(
      group: group, nodes: nodes, base: baseText, ours: ourText, theirs: theirText)
    let mine = cutter.cut(merge.result(keeping: .ours), table)
    for (gone, kept) in cutter.forwardings { forwardings[gone] = kept }
    guard merge.hasConflict else {
      if merge.isNearby, let first = mine.first {
        notes.append(MergeNote(kind: .mergedNearby, lineID: nodes.id(of: first.node)))
      }
      return mine
    }
    return keepSide(mine, cutter.cut(merge.result(keeping: .theirs), table), group)
  }

  private mutating func keepSide(_ mine: [Part], _ theirs: [Part], _ group: LineGroup) -> [Part] {
    let (different, differentThere) = (
      Self.parts(of: mine, not: theirs), Self.parts(of: theirs, not: mine)
    )
    let keepsOurs =
      options.keeping.choice(
        ours: mine.map(\.text).joined(separator: "\n"),
        theirs: theirs.map(\.text).joined(separator: "\n")) == .ours
    let (kept, other) = keepsOurs ? (different, differentThere) : (differentThere, different)
    if let node = kept.first?.node ?? other.first?.node {
      let old = group.members.map { base.lines[$0].text }.joined(separator: "\n")
      addConflict(
        nodes.id(of: node), .text, base: old, ours: Self.text(of: different),
        theirs: Self.text(of: differentThere))
    }
    return keepsOurs ? mine : theirs
  }

  /// The parts that the other side does not have, or not with these words.
  private static func parts(of parts: [Part], not others: [Part]) -> [Part] {
    parts.filter { part in !others.contains { $0.node == part.node && $0.text == part.text } }
  }

  /// All that a conflict has to show of a side, so that no word of it is lost.
  private static func text(of parts: [Part]) -> String? {
    parts.isEmpty ? nil : parts.map(\.text).joined(separator: "\n")
  }

  func parts(of nodes: [Int], _ side: Side) -> [Part] {
    nodes.compactMap { node in
      let line = side == .ours ? ourLine(node) : theirLine(node)
      return line.map { Part(node: node, text: $0.text) }
    }
  }

  /// One side deleted all of it: it stays where the other changed words, and not for a mere split.
  private mutating func mergeDeleted(_ group: LineGroup) -> [Part] {
    let side: Side = group.ours.isEmpty ? .theirs : .ours
    let left = parts(of: side == .ours ? group.ours : group.theirs, side)
    let before = JoinedStream(group.members.map { base.lines[$0].text }, in: &table)
    let after = JoinedStream(left.map(\.text), in: &table)
    let first = nodes.id(of: group.members[0])
    if left.isEmpty || before.stream.tokens == after.stream.tokens {
      notes.append(MergeNote(kind: .deletedThoughMoved, lineID: first))
      return []
    }
    let text = left.map(\.text).joined(separator: "\n")
    addConflict(
      first, .existence, base: group.members.map { base.lines[$0].text }.joined(separator: "\n"),
      ours: side == .ours ? text : nil, theirs: side == .theirs ? text : nil)
    return left
  }

  /// Later edits of a line that is gone into another find that one.
  private mutating func forward(_ members: [Int], _ parts: [Part], of group: LineGroup) {
    for member in members where !parts.contains(where: { $0.node == member }) {
      let id = nodes.id(of: member)
      if forwardings[id] == nil, let target = target(of: member, parts, group) {
        forwardings[id] = nodes.id(of: target.node)
      }
    }
  }

  /// The part that a line which is gone went into: its own, else that of the line before it.
  func target(of member: Int, _ parts: [Part], _ group: LineGroup) -> Part? {
    let place = group.members.firstIndex(of: member) ?? 0
    for line in group.members[...place].reversed() {
      if let part = parts.last(where: { origin(of: $0.node, group) == line }) { return part }
    }
    return parts.first
  }
}

/// Cuts the merged words of a group into lines again.
struct GroupCutter {
  private let group: LineGroup
  private let nodes: NodeIndex
  private let base: JoinedStream
  private let ours: JoinedStream
  private let theirs: JoinedStream
  /// Parts that both sides cut off at one place: the id that is gone, and the one that is kept.
  private(set) var forwardings: [(gone: Line.ID, kept: Line.ID)] = []

  init(
    group: LineGroup, nodes: NodeIndex, base: JoinedStream, ours: JoinedStream,
    theirs: JoinedStream
  ) {
    self.group = group
    self.base = base
    self.nodes = nodes
    self.ours = ours
    self.theirs = theirs
  }

  mutating func cut(_ merged: MergedTokens, _ table: TokenTable) -> [MergeEngine.Part] {
    var cuts: [(node: Int, place: Int)] = [(firstNode(), 0)]
    for node in group.ours.dropFirst() + group.theirs.dropFirst() {
      guard isKept(node), !cuts.contains(where: { $0.node == node }) else { continue }
      cuts.append((node, place(of: node, merged)))
    }
    cuts.sort { ($0.place, nodes.id(of: $0.node)) < ($1.place, nodes.id(of: $1.node)) }
    var parts: [MergeEngine.Part] = []
    var index = 0
    while index < cuts.count {
      var next = index + 1
      while next < cuts.count, cuts[next].place == cuts[index].place { next += 1 }
      let end = next < cuts.count ? cuts[next].place : merged.stream.count
      let kept = keptNode(cuts[index..<next].map(\.node))
      if cuts[index].place < end {
        let edges = edges(of: kept)
        parts.append(
          MergeEngine.Part(
            node: kept,
            text: TokenText.text(
              of: merged.stream, cuts[index].place..<end, in: table, leading: edges.leading,
              trailing: edges.trailing)))
      }
      index = next
    }
    // Where both sides together took all words out, a line stays without any.
    if parts.isEmpty { parts.append(MergeEngine.Part(node: keptNode(cuts.map(\.node)), text: "")) }
    return parts
  }

  /// The line that the group begins with: as one side changed it, else the lesser id.
  private mutating func firstNode() -> Int {
    let (old, mine, other) = (group.members[0], group.ours[0], group.theirs[0])
    if other == old || mine == other { return mine }
    if mine == old { return other }
    return keptNode([mine, other])
  }

  private mutating func keptNode(_ candidates: [Int]) -> Int {
    let ordered = candidates.sorted {
      (nodes.isNew($0) ? 1 : 0, nodes.id(of: $0)) < (nodes.isNew($1) ? 1 : 0, nodes.id(of: $1))
    }
    for node in ordered.dropFirst() where nodes.isNew(node) {
      forwardings.append((nodes.id(of: node), nodes.id(of: ordered[0])))
    }
    return ordered[0]
  }

  /// Whether a cut stays: no side has joined the line to the one before it.
  private func isKept(_ node: Int) -> Bool {
    nodes.isNew(node) || nodes.inOurs[node] >= 0 && nodes.inTheirs[node] >= 0
  }

  /// Where a line begins in the merged words: where the side has it that moved its beginning.
  ///
  /// Where both moved it, the line begins with the first word of either.
  private func place(of node: Int, _ merged: MergedTokens) -> Int {
    let old = group.members.firstIndex(of: node).map { merged.placeOfBase[base.starts[$0]] }
    let mine = group.ours.firstIndex(of: node).map { merged.placeOfOurs[ours.starts[$0]] }
    let other = group.theirs.firstIndex(of: node).map { merged.placeOfTheirs[theirs.starts[$0]] }
    guard let mine, let other else { return mine ?? other ?? 0 }
    return mine == old ? other : other == old ? mine : min(mine, other)
  }

  private func edges(of node: Int) -> (leading: Int32, trailing: Int32) {
    if let index = group.ours.firstIndex(of: node) { return ours.edges[index] }
    if let index = group.theirs.firstIndex(of: node) { return theirs.edges[index] }
    return (0, 0)
  }
}
