internal import ScriptModel

extension MergeEngine {
  /// Merges a line that the base does not have.
  mutating func mergeNewLine(_ node: Int) -> Line? {
    guard let mine = ourLine(node) else {
      return theirLine(node).map { moved(into: $0, node, by: .theirs) }
    }
    guard let other = theirLine(node) else { return moved(into: mine, node, by: .ours) }
    var line = mine
    line.id = nodes.id(of: node)
    let conflictCount = conflicts.count
    if !hasSameBytes(mine.text, other.text) {
      line.text = mergeText(
        id: line.id, base: "", ours: mine.text, theirs: other.text, hasBase: false)
    }
    mergeSpeaker(&line, base: nil, ours: mine.speaker, theirs: other.speaker)
    mergeKind(&line, base: nil, ours: mine.kind, theirs: other.kind)
    line.start = mergeNewTime(line.id, .start, mine.start, other.start)
    line.end = mergeNewTime(line.id, .end, mine.end, other.end)
    // Where something of it is asked, the conflict says that both sides added it.
    if unified.contains(node), conflicts.count == conflictCount {
      notes.append(MergeNote(kind: .sameInsertion, lineID: line.id))
    }
    return line
  }

  private mutating func mergeNewTime(
    _ id: Line.ID, _ field: Conflict.Field, _ mine: Milliseconds?, _ other: Milliseconds?
  ) -> Milliseconds? {
    guard let mine, let other, mine != other else { return mine ?? other }
    return settle(TimeMerge.Merged(value: mine, alternative: .some(other)), id, field, nil)
  }

  /// A new line of one side, with the other side's shift of the lines around it.
  private func moved(into line: Line, _ node: Int, by side: Side) -> Line {
    var line = line
    line.id = nodes.id(of: node)
    line.speaker = speakers.resolved(line.speaker)
    let (own, other) = side == .ours ? (times.ours, times.theirs) : (times.theirs, times.ours)
    guard !other.operations.isEmpty, line.start != nil || line.end != nil,
      let operation = operation(around: node, other, unless: own, by: side)
    else { return line }
    line.start = line.start.map { operation.apply($0) }
    line.end = line.end.map { operation.apply($0) }
    return line
  }

  /// The operation of the nearest lines of the base: both neighbours', or the only one's.
  ///
  /// None where the line's own side shifted a neighbour, or has it as the other side does: its time
  /// is as that side wants it.
  private func operation(
    around node: Int, _ operations: TimeOperations, unless own: TimeOperations, by side: Side
  ) -> TimeOperation? {
    let order = side == .ours ? nodes.ours : nodes.theirs
    let place = Int(side == .ours ? nodes.inOurs[node] : nodes.inTheirs[node])
    guard order.indices.contains(place) else { return nil }
    var before = place - 1
    while before >= 0, nodes.isNew(Int(order[before])) { before -= 1 }
    var after = place + 1
    while after < order.count, nodes.isNew(Int(order[after])) { after += 1 }
    let neighbours = [before >= 0 ? before : nil, after < order.count ? after : nil]
      .compactMap { $0.map { Int(order[$0]) } }
    guard let first = neighbours.first, let last = neighbours.last,
      neighbours.allSatisfy({ own.operation(of: $0) == nil && !isTimedAlike($0) }),
      let operation = operations.operation(of: first), operation == operations.operation(of: last)
    else { return nil }
    return operation
  }

  private func isTimedAlike(_ node: Int) -> Bool {
    guard let mine = ourLine(node), let other = theirLine(node) else { return false }
    return mine.start == other.start && mine.end == other.end
  }

  // MARK: - The same line made by both sides

  /// Makes one of new lines that both sides put in at one place and that are the same, or nearly.
  ///
  /// Parts of split lines are none of these: their words tell what they are.
  mutating func unifyNewLines(
    _ structures: (ours: StructureDetection, theirs: StructureDetection)?
  ) {
    guard let structures, nodes.count > nodes.baseCount else { return }
    let ourOrder = OrderMerge.SideOrder(nodes: nodes.ours, index: nodes)
    let theirOrder = OrderMerge.SideOrder(nodes: nodes.theirs, index: nodes)
    for anchor in 0...nodes.baseCount {
      guard ourOrder.newAfter[anchor] >= 0, theirOrder.newAfter[anchor] >= 0 else { continue }
      unify(
        run(from: ourOrder.newAfter[anchor], ourOrder, structures.ours),
        run(from: theirOrder.newAfter[anchor], theirOrder, structures.theirs))
    }
  }

  /// The lines of a run that only this side has.
  private func run(
    from node: Int32, _ order: OrderMerge.SideOrder, _ structure: StructureDetection
  ) -> [Int] {
    var result: [Int] = []
    var current = node
    while current >= 0 {
      let isShared = nodes.inOurs[Int(current)] >= 0 && nodes.inTheirs[Int(current)] >= 0
      if !isShared, structure.owner(of: Int(current)) < 0 { result.append(Int(current)) }
      current = order.newAfter[Int(current) + 1]
    }
    return result
  }

  private mutating func unify(_ mine: [Int], _ other: [Int]) {
    var next = 0
    for ourNode in mine {
      guard let ourText = ourLine(ourNode)?.text else { continue }
      let match = other[next...].firstIndex { node in
        theirLine(node).map { isSameLine(ourText, $0.text) } ?? false
      }
      guard let match else { continue }
      let ids = nodes.unify(ours: ourNode, theirs: other[match])
      forwardings[ids.gone] = ids.kept
      unified.insert(ourNode)
      next = match + 1
    }
  }

  private func isSameLine(_ left: String, _ right: String) -> Bool {
    if hasSameBytes(left, right) { return true }
    var words = TokenTable()
    let leftBag = WordBag.of(left.utf8.span, in: &words)
    let rightBag = WordBag.of(right.utf8.span, in: &words)
    return leftBag.count >= 2 && rightBag.count >= 2
      && WordBag.similarity(leftBag, rightBag) >= Self.sameLineThreshold
  }

  /// New lines at one place that are as much alike as this are one line, told differently.
  private static var sameLineThreshold: Int { 600 }
}
