internal import ScriptModel

/// Merges the order of lines: every line of the base has a slot, moves go to the slots of lines
/// that stayed, and new lines follow the line that they were put behind, wherever it goes.
struct OrderMerge {
  /// What one side did to the order.
  struct SideOrder {
    /// For each node the new node that follows it in this side, or -1; index 0 is the beginning.
    var newAfter: [Int32]
    /// For each node of the base the slot that it was moved behind; -2 where it stayed.
    var slot: [Int32]
    /// The nodes that were moved, in this side's order.
    var moved: [Int32] = []
    /// For each node of the base the node before it in this side, -1 for none.
    var previous: [Int32]
    /// For each node of the base the first of the parts that this side cut off before it, or -1.
    var leading: [Int32]

    /// Reads the order of a side.
    ///
    /// - Parameters:
    ///   - preferred: for each node of the base whether it had best stay; `nil` for no preference.
    ///   - owners: for each new node the line of the base that it was cut off, or -1.
    init(
      nodes: [Int32], index: NodeIndex, preferring preferred: [Bool]? = nil, owners: [Int32] = []
    ) {
      newAfter = [Int32](repeating: -1, count: index.count + 1)
      slot = [Int32](repeating: -2, count: index.baseCount)
      previous = [Int32](repeating: -1, count: index.baseCount)
      leading = previous
      let kept = nodes.filter { $0 < index.baseCount }
      let stays = Self.staying(kept, index, preferring: preferred)
      var position = 0
      var lastStaying: Int32 = -1
      var last: Int32 = -1
      var lead: Int32 = -1
      for (place, node) in nodes.enumerated() {
        if index.isNew(Int(node)) {
          if lead < 0, Self.leads(nodes, place, index, owners) {
            lead = node
          } else {
            newAfter[Int(last) + 1] = node
          }
        } else {
          previous[Int(node)] = last
          leading[Int(node)] = lead
          lead = -1

          if stays[position] {
            lastStaying = node
          } else {
            slot[Int(node)] = lastStaying
            moved.append(node)
          }
          position += 1
        }
        last = node
      }
    }

    /// Which lines stayed: of those that both sides have the most, and of the rest what fits between.
    ///
    /// So it makes no difference to the others whether a line that the other side deleted is there.
    private static func staying(
      _ kept: [Int32], _ index: NodeIndex, preferring preferred: [Bool]?
    ) -> [Bool] {
      var isShared = [Bool](repeating: false, count: kept.count)
      var values: [Int32] = []
      values.reserveCapacity(kept.count)
      for (place, node) in kept.enumerated() {
        guard index.inOurs[Int(node)] >= 0, index.inTheirs[Int(node)] >= 0 else { continue }
        isShared[place] = true
        values.append(node)
      }
      let members =
        preferred.map { LongestIncreasingRun.members(of: values, preferring: $0) }
        ?? LongestIncreasingRun.members(of: values)
      guard members.count < kept.count else { return members }
      var stays = isShared
      var position = 0
      for place in kept.indices where isShared[place] {
        stays[place] = members[position]
        position += 1
      }
      addFitting(kept, isShared, to: &stays)
      return stays
    }

    /// Lets lines that only this side has stay where they fit between those that stay.
    private static func addFitting(
      _ kept: [Int32], _ isShared: [Bool], to stays: inout [Bool]
    ) {
      var start = 0
      var least: Int32 = -1
      for end in 0...kept.count where end == kept.count || stays[end] {
        let most = end < kept.count ? kept[end] : Int32.max
        // Most that stay stand one behind the other.
        if start == end {
          (start, least) = (end + 1, most)
          continue
        }
        let fitting = (start..<end).filter {
          !isShared[$0] && kept[$0] > least && kept[$0] < most
        }
        let members = LongestIncreasingRun.members(of: fitting.map { kept[$0] })
        for (place, isMember) in zip(fitting, members) where isMember { stays[place] = true }
        (start, least) = (end + 1, most)
      }
    }

    /// Whether the new lines from here on are parts of the line of the base that follows them.
    private static func leads(
      _ nodes: [Int32], _ place: Int, _ index: NodeIndex, _ owners: [Int32]
    ) -> Bool {
      guard !owners.isEmpty else { return false }
      let owner = owners[Int(nodes[place]) - index.baseCount]
      guard owner >= 0 else { return false }
      let next = nodes[place...].first { !index.isNew(Int($0)) }
      return next == owner
    }
  }

  /// Lines that stand together in the base and that both sides moved, to different places.
  struct Disagreement {
    var nodes: [Int32]
    var ours: Int32
    var theirs: Int32
  }

  /// New lines that both sides put in at one place.
  struct Meeting {
    var ours: Int32
    var theirs: Int32
  }

  private(set) var order: [Int32] = []
  private(set) var disagreements: [Disagreement] = []
  private(set) var meetings: [Meeting] = []
  let ours: SideOrder
  let theirs: SideOrder
  private let index: NodeIndex
  private let keeping: KeptSide
  private var isOut: [Bool]

  /// Merges the orders.
  ///
  /// - Parameter owners: for each new node the line of the base that it was cut off, or -1.
  init(index: NodeIndex, keeping: KeptSide, owners: [Int32]) {
    self.index = index
    self.keeping = keeping
    let mine = SideOrder(nodes: index.orderOfOurs, index: index, owners: owners)
    let other = SideOrder(nodes: index.orderOfTheirs, index: index, owners: owners)
    if mine.moved.isEmpty || other.moved.isEmpty {
      (ours, theirs) = (mine, other)
    } else {
      // Several lines may as well be the ones that stay: those that stay on both sides.
      ours = SideOrder(
        nodes: index.orderOfOurs, index: index, preferring: other.slot.map { $0 == -2 },
        owners: owners)
      theirs = SideOrder(
        nodes: index.orderOfTheirs, index: index, preferring: mine.slot.map { $0 == -2 },
        owners: owners)
    }
    isOut = [Bool](repeating: false, count: index.count)
    order.reserveCapacity(index.count)
    run()
  }

  private mutating func run() {
    var groups: [Int32: (ours: [Int32], theirs: [Int32])] = [:]
    let oursWin = settleDisagreements()
    for node in ours.moved where theirs.slot[Int(node)] == -2 || oursWin.contains(node) {
      groups[ours.slot[Int(node)], default: ([], [])].ours.append(node)
    }
    // A move that both made to the same place is in both, so that no side has the say.
    for node in theirs.moved
    where ours.slot[Int(node)] == theirs.slot[Int(node)] || ours.slot[Int(node)] == -2
      || !oursWin.contains(node)
    {
      groups[theirs.slot[Int(node)], default: ([], [])].theirs.append(node)
    }
    emitFollowers(of: -1)
    emitMoved(groups[-1])
    for node in 0..<Int32(truncatingIfNeeded: index.baseCount) {
      if ours.slot[Int(node)] == -2, theirs.slot[Int(node)] == -2 { emit(node) }
      if !groups.isEmpty { emitMoved(groups[node]) }
    }
  }

  /// Finds the lines that both moved, and those of them that go where ours has them.
  private mutating func settleDisagreements() -> Set<Int32> {
    var oursWin: Set<Int32> = []
    for node in ours.moved.sorted() where theirs.slot[Int(node)] != -2 {
      let (mine, other) = (ours.slot[Int(node)], theirs.slot[Int(node)])
      if mine == other {
        oursWin.insert(node)
        continue
      }
      let (ourAnchor, theirAnchor) = (anchor(mine)?.description, anchor(other)?.description)
      if keeping.choice(ours: ourAnchor, theirs: theirAnchor) == .ours { oursWin.insert(node) }
      if let last = disagreements.last, last.ours == mine, last.theirs == other,
        last.nodes.last == node - 1
      {
        disagreements[disagreements.count - 1].nodes.append(node)
      } else {
        disagreements.append(Disagreement(nodes: [node], ours: mine, theirs: other))
      }
    }
    return oursWin
  }

  /// The line of a slot; `nil` for the beginning.
  private func anchor(_ slot: Int32) -> Line.ID? { slot < 0 ? nil : index.id(of: Int(slot)) }

  /// What the three sides have of lines that both moved, as values of a conflict.
  func texts(of disagreement: Disagreement) -> (base: String, ours: String, theirs: String) {
    let nodes = disagreement.nodes
    let members = Set(nodes)
    return (
      text(nodes, behind: (nodes.first ?? 0) - 1),
      text(ours.moved.filter(members.contains), behind: disagreement.ours),
      text(theirs.moved.filter(members.contains), behind: disagreement.theirs)
    )
  }

  private func text(_ nodes: [Int32], behind slot: Int32) -> String {
    LinePlacement(anchor: anchor(slot), lines: nodes.map { index.id(of: Int($0)) }).text
  }

  private mutating func emitMoved(_ group: (ours: [Int32], theirs: [Int32])?) {
    guard let group else { return }
    var (first, second) = (group.ours, group.theirs)
    let (mine, other) = (
      group.ours.map { index.id(of: Int($0)) }, group.theirs.map { index.id(of: Int($0)) }
    )
    if !other.isEmpty, other.lexicographicallyPrecedes(mine) { swap(&first, &second) }
    for node in first { emit(node) }
    for node in second { emit(node) }
  }

  private mutating func emitFollowers(of node: Int32) {
    var stack: [Int32] = []
    pushFollowers(of: node, to: &stack)
    drain(&stack)
  }

  private mutating func emit(_ node: Int32) {
    if standsAlone(node) {
      if !isOut[Int(node)] {
        isOut[Int(node)] = true
        order.append(node)
      }
      return
    }
    var stack = [node]
    drain(&stack)
  }

  /// Whether no side put anything in before or behind a node, as with most.
  private func standsAlone(_ node: Int32) -> Bool {
    let place = Int(node)
    return ours.newAfter[place + 1] < 0 && theirs.newAfter[place + 1] < 0
      && !(place < index.baseCount && hasLeading(place))
  }

  private func hasLeading(_ line: Int) -> Bool {
    ours.leading[line] >= 0 || theirs.leading[line] >= 0
  }

  private mutating func drain(_ stack: inout [Int32]) {
    while let node = stack.popLast() {
      if isOut[Int(node)] { continue }
      if Int(node) < index.baseCount, pushLeading(node, to: &stack) { continue }
      isOut[Int(node)] = true
      order.append(node)
      pushFollowers(of: node, to: &stack)
    }
  }

  /// Puts the parts that were cut off before a line in front of it; `false` where there are none.
  private func pushLeading(_ node: Int32, to stack: inout [Int32]) -> Bool {
    guard hasLeading(Int(node)) else { return false }
    // The last of the stack comes out first: the lesser id, whichever side it is of.
    let parts = [theirs.leading[Int(node)], ours.leading[Int(node)]]
      .filter { $0 >= 0 && !isOut[Int($0)] }
      .sorted { index.id(of: Int($0)) > index.id(of: Int($1)) }
    guard !parts.isEmpty else { return false }
    stack.append(node)
    stack += parts
    return true
  }

  private mutating func pushFollowers(of node: Int32, to stack: inout [Int32]) {
    let (mine, other) = (ours.newAfter[Int(node) + 1], theirs.newAfter[Int(node) + 1])
    if mine < 0 || other < 0 || mine == other {
      if mine >= 0 { stack.append(mine) }
      if other >= 0, other != mine { stack.append(other) }
      return
    }
    // A line that both sides have is no meeting: what only one side has stands before it.
    let (isMineShared, isOtherShared) = (
      index.inTheirs[Int(mine)] >= 0, index.inOurs[Int(other)] >= 0
    )
    if !isMineShared, !isOtherShared { meetings.append(Meeting(ours: mine, theirs: other)) }
    let isOursFirst =
      isMineShared == isOtherShared
      ? index.id(of: Int(mine)) < index.id(of: Int(other)) : isOtherShared
    stack.append(isOursFirst ? other : mine)
    stack.append(isOursFirst ? mine : other)
  }
}
