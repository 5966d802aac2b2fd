internal import ScriptModel

extension MergeEngine {
  /// Gives the lines of a group their speakers, kinds and times.
  mutating func setFields(of parts: [Part], _ group: LineGroup) {
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
    noteSpeakersOfJoined(parts, group)
  }

  /// A line of the base that a side joined to one before it, with what the side made of that one.
  private func joined(_ member: Int, _ group: LineGroup, _ side: Side) -> Line {
    var line = base.lines[member]
    let order = side == .ours ? group.ours : group.theirs
    guard let target = order.last(where: { $0 < member }),
      let now = side == .ours ? ourLine(target) : theirLine(target)
    else { return line }
    let before = base.lines[target]
    if now.speaker != before.speaker { line.speaker = now.speaker }
    if now.kind != before.kind { line.kind = now.kind }
    return line
  }

  /// The line of the base that a part comes from.
  private func origin(of node: Int, _ group: LineGroup) -> Int {
    if node < nodes.baseCount { return node }
    let owner = max(
      owners.ours[node - nodes.baseCount], owners.theirs[node - nodes.baseCount])
    if owner >= 0, group.members.contains(Int(owner)) { return Int(owner) }
    let order = nodes.inOurs[node] >= 0 ? group.ours : group.theirs
    guard let place = order.firstIndex(of: node) else { return group.members.lowerBound }
    return order[..<place].last { $0 < nodes.baseCount }
      ?? order[place...].first { $0 < nodes.baseCount } ?? group.members.lowerBound
  }

  // MARK: - Times

  private mutating func start(
    of index: Int, _ parts: [Part], _ group: LineGroup
  ) -> Milliseconds? {
    let first = group.members.lowerBound
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
    let last = group.members.upperBound
    if index == parts.count - 1 {
      let old = base.lines[last].end
      let mine = group.ours.last.flatMap(ourLine)
      let other = group.theirs.last.flatMap(theirLine)
      let merged = times.merge(
        line: last, base: old, ours: mine.map(\.end) ?? old, theirs: other.map(\.end) ?? old)
      return settle(merged, nodes.id(of: parts[index].node), .end, old)
    }
    return cutTime(at: parts[index + 1].node, before: true, group)
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

  // MARK: - Speakers

  /// A line that one side joined can't keep the speaker that the other gave it: a conflict.
  private mutating func noteSpeakersOfJoined(_ parts: [Part], _ group: LineGroup) {
    for member in group.members where !parts.contains(where: { $0.node == member }) {
      let old = speakers.resolved(base.lines[member].speaker)
      let target = parts.last { $0.node < member } ?? parts.first
      guard let target, let kept = lines[target.node] else { continue }
      for side in [Side.ours, .theirs] {
        guard let line = side == .ours ? ourLine(member) : theirLine(member) else { continue }
        let given = speakers.resolved(line.speaker)
        guard given != old, given != kept.speaker else { continue }
        let (mine, other) = side == .ours ? (given, kept.speaker) : (kept.speaker, given)
        addConflict(
          kept.id, .speaker, base: old?.description, ours: mine?.description,
          theirs: other?.description)
      }
    }
  }
}
