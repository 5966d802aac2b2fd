internal import ScriptModel

extension MergeEngine {
  /// Gives the lines of a group their speakers, kinds and times.
  mutating func setFields(of parts: [Part], _ group: LineGroup) {
    if let side = onlySideWithChanges(group) {
      for part in parts {
        guard var line = side == .ours ? ourLine(part.node) : theirLine(part.node) else { continue }
        line.id = nodes.id(of: part.node)
        line.speaker = speakers.resolved(line.speaker)
        lines[part.node] = line
      }
      return
    }
    for (index, part) in parts.enumerated() {
      let origin = origin(of: part.node, group)
      let old = base.lines[origin]
      let mine = ourLine(part.node) ?? ourLine(origin) ?? joined(origin, group, .ours)
      let other = theirLine(part.node) ?? theirLine(origin) ?? joined(origin, group, .theirs)
      var line = Line(id: nodes.id(of: part.node), text: part.text)
      mergeSpeaker(&line, base: old.speaker, ours: mine.speaker, theirs: other.speaker)
      mergeKind(&line, base: old.kind, ours: mine.kind, theirs: other.kind)
      line.start = start(of: index, parts, group)
      line.end = end(of: index, parts, group)
      lines[part.node] = line
    }
    recordLostFields(of: parts, group)
  }

  /// The side that has a group to itself: the other has all its lines as they were.
  private func onlySideWithChanges(_ group: LineGroup) -> Side? {
    let lines = group.members.map { base.lines[$0] }
    if group.theirs.map(theirLine) == lines { return .ours }
    return group.ours.map(ourLine) == lines ? .theirs : nil
  }

  /// A line of the base that a side joined to one before it, with what the side made of that one.
  private func joined(_ member: Int, _ group: LineGroup, _ side: Side) -> Line {
    var line = base.lines[member]
    let order = side == .ours ? group.ours : group.theirs
    let place = group.members.firstIndex(of: member) ?? 0
    guard let target = group.members[..<place].last(where: order.contains),
      let now = side == .ours ? ourLine(target) : theirLine(target)
    else { return line }
    let before = base.lines[target]
    if now.speaker != before.speaker { line.speaker = now.speaker }
    if now.kind != before.kind { line.kind = now.kind }
    return line
  }

  /// The line of the base that a part comes from.
  func origin(of node: Int, _ group: LineGroup) -> Int {
    if node < nodes.baseCount { return node }
    let owner = Int(owners[node - nodes.baseCount])
    if group.members.contains(owner) { return owner }
    let order = nodes.inOurs[node] >= 0 ? group.ours : group.theirs
    guard let place = order.firstIndex(of: node) else { return group.members[0] }
    return order[..<place].last { $0 < nodes.baseCount }
      ?? order[place...].first { $0 < nodes.baseCount } ?? group.members[0]
  }

  // MARK: - Times

  private mutating func start(
    of index: Int, _ parts: [Part], _ group: LineGroup
  ) -> Milliseconds? {
    let first = group.members[0]
    let node = parts[index].node
    if index == 0 {
      let old = base.lines[first].start
      let mine = group.ours.first.flatMap(ourLine)
      let other = group.theirs.first.flatMap(theirLine)
      let merged = times.merge(
        line: first, base: old, ours: mine.map(\.start) ?? old, theirs: other.map(\.start) ?? old)
      return settle(merged, nodes.id(of: node), .start, old)
    }
    return cutTime(at: node, before: false, group)
  }

  private mutating func end(of index: Int, _ parts: [Part], _ group: LineGroup) -> Milliseconds? {
    let last = group.members[group.members.count - 1]
    if index == parts.count - 1 {
      let old = base.lines[last].end
      let mine = group.ours.last.flatMap(ourLine)
      let other = group.theirs.last.flatMap(theirLine)
      let merged = times.merge(
        line: timed(last, group), base: old, ours: mine.map(\.end) ?? old,
        theirs: other.map(\.end) ?? old)
      return settle(merged, nodes.id(of: parts[index].node), .end, old)
    }
    return cutTime(at: parts[index + 1].node, before: true, group)
  }

  /// The line whose shifts tell those of a line that one side joined: the last that both have.
  private func timed(_ line: Int, _ group: LineGroup) -> Int {
    func isInBoth(_ line: Int) -> Bool { nodes.inOurs[line] >= 0 && nodes.inTheirs[line] >= 0 }
    return isInBoth(line) ? line : group.members.last(where: isInBoth) ?? line
  }

  /// The start of a part, or the end of the one before it, as the side has them that cut there.
  ///
  /// Where both sides have the cut at different times, ours holds: the lesser matter of a conflict.
  private func cutTime(at node: Int, before: Bool, _ group: LineGroup) -> Milliseconds? {
    let (mine, other) = (
      cutTime(at: node, before: before, group.ours, .ours),
      cutTime(at: node, before: before, group.theirs, .theirs)
    )
    guard let mine, let other else {
      let side: Side = mine != nil ? .ours : .theirs
      return retimed(mine ?? other ?? nil, near: origin(of: node, group), from: side)
    }
    guard options.keeping == .canonical, let first = mine, let second = other else { return mine }
    return max(first, second)
  }

  private func cutTime(
    at node: Int, before: Bool, _ order: [Int], _ side: Side
  ) -> Milliseconds?? {
    guard let place = order.firstIndex(of: node), place > 0 else { return nil }
    let index = before ? place - 1 : place
    let line = side == .ours ? ourLine(order[index]) : theirLine(order[index])
    return line.map { before ? $0.end : $0.start }
  }

  // MARK: - Lines that went into others

  /// A line that one side joined can't keep the speaker and kind that the other gave it: a conflict.
  private mutating func recordLostFields(of parts: [Part], _ group: LineGroup) {
    for member in group.members where !parts.contains(where: { $0.node == member }) {
      let old = base.lines[member]
      guard let target = target(of: member, parts, group), let kept = lines[target.node] else {
        continue
      }
      for side in [Side.ours, .theirs] {
        guard let line = side == .ours ? ourLine(member) : theirLine(member) else { continue }
        record(
          .speaker, of: kept.id, side, base: speakers.resolved(old.speaker)?.description,
          given: speakers.resolved(line.speaker)?.description, kept: kept.speaker?.description)
        record(
          .kind, of: kept.id, side, base: old.kind.rawValue, given: line.kind.rawValue,
          kept: kept.kind.rawValue)
      }
    }
  }

  private mutating func record(
    _ field: Conflict.Field, of id: Line.ID, _ side: Side, base: String?, given: String?,
    kept: String?
  ) {
    guard given != base, given != kept,
      !conflicts.contains(where: { $0.lineID == id && $0.field == field })
    else { return }
    let (mine, other) = side == .ours ? (given, kept) : (kept, given)
    addConflict(id, field, base: base, ours: mine, theirs: other)
  }
}
