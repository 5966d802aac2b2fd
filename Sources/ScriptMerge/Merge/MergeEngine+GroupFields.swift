internal import ScriptModel

extension MergeEngine {
  /// Gives the lines of a group their speakers, kinds and times.
  mutating func setFields(of parts: [Part], _ group: LineGroup) {
    for (index, part) in parts.enumerated() {
      let origin = origin(of: part.node, group)
      let old = base.lines[origin]
      let mine = ourLine(part.node) ?? ourLine(origin) ?? old
      let other = theirLine(part.node) ?? theirLine(origin) ?? old
      var line = Line(id: nodes.id(of: part.node), text: part.text)
      mergeSpeaker(&line, base: old.speaker, ours: mine.speaker, theirs: other.speaker)
      mergeKind(&line, base: old.kind, ours: mine.kind, theirs: other.kind)
      line.start = start(of: index, parts, group)
      line.end = end(of: index, parts, group)
      lines[part.node] = line
    }
    noteSpeakersOfJoined(parts, group)
  }

  /// The line of the base that a part comes from.
  private func origin(of node: Int, _ group: LineGroup) -> Int {
    if node < nodes.baseCount { return node }
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
    return cutTime(at: node, group) { $0.start } ?? base.lines[origin(of: node, group)].start
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
    // The end of a part is the end of what its side has before the next part.
    let next = parts[index + 1].node
    let side: Side = nodes.inOurs[next] >= 0 ? .ours : .theirs
    let order = side == .ours ? group.ours : group.theirs
    guard let place = order.firstIndex(of: next), place > 0 else { return nil }
    let previous = order[place - 1]
    let line = side == .ours ? ourLine(previous) : theirLine(previous)
    return retimed(
      line?.end, near: origin(of: next, group), by: side == .ours ? .theirs : .ours)
  }

  /// A time that the side gave which cut the line there, with the other side's shift.
  private func cutTime(
    at node: Int, _ group: LineGroup, _ value: (Line) -> Milliseconds?
  ) -> Milliseconds? {
    let side: Side = nodes.inOurs[node] >= 0 ? .ours : .theirs
    guard let line = side == .ours ? ourLine(node) : theirLine(node) else { return nil }
    return retimed(
      value(line), near: origin(of: node, group), by: side == .ours ? .theirs : .ours)
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
