internal import ScriptModel

/// Merges times: a shift or stretch of one side is applied to what the other did to single lines.
struct TimeMerge {
  /// What two operations on the same lines are to each other.
  enum Pairing {
    /// The same wish: the operation to apply, once.
    case same(TimeOperation, of: Side)
    /// Different ones: the side whose operation is kept.
    case conflict(keeping: Side)
  }

  /// A merged time; where both sides nudged it differently, the value of theirs as well.
  struct Merged {
    var value: Milliseconds?
    var alternative: Milliseconds??
  }

  /// Two shifts that differ by no more than this are the same wish, in ms.
  private static let sameWish: UInt64 = 50

  private(set) var ours: TimeOperations
  private(set) var theirs: TimeOperations
  private var pairings: [Int64: Pairing] = [:]
  private(set) var conflicts: [Conflict] = []
  private(set) var notes: [MergeNote] = []
  private let baseLines: [Line]
  private let ourLines: [Line]
  private let theirLines: [Line]
  private let nodes: NodeIndex
  private let keeping: KeptSide

  init(
    base: Script, ours ourLines: [Line], theirs theirLines: [Line], nodes: NodeIndex,
    keeping: KeptSide
  ) {
    baseLines = base.lines
    self.ourLines = ourLines
    self.theirLines = theirLines
    self.nodes = nodes
    self.keeping = keeping
    ours = TimeOperations(base: base.lines, side: ourLines, places: nodes.inOurs)
    theirs = TimeOperations(base: base.lines, side: theirLines, places: nodes.inTheirs)
    if ours.operations.isEmpty && theirs.operations.isEmpty { return }
    let (ourRanges, theirRanges) = (ours.ranges, theirs.ranges)
    markIrregular(&theirs, in: ourRanges, base.lines, theirLines, nodes.inTheirs)
    markIrregular(&ours, in: theirRanges, base.lines, ourLines, nodes.inOurs)
    guard !ours.operations.isEmpty, !theirs.operations.isEmpty else { return }
    var ranges: [(key: Int64, lines: [Int])] = []
    var place: [Int64: Int] = [:]
    for line in base.lines.indices where ours.ofLine[line] >= 0 && theirs.ofLine[line] >= 0 {
      let key = Self.key(ours.ofLine[line], theirs.ofLine[line])
      if let known = place[key] {
        ranges[known].lines.append(line)
      } else {
        place[key] = ranges.count
        ranges.append((key, [line]))
      }
    }
    for range in ranges { pair(range.lines, key: range.key, base, keeping) }
  }

  /// Where a side gave most lines of the other's range new times that follow no rule, these are no
  /// nudges to be combined with the operation.
  private func markIrregular(
    _ side: inout TimeOperations, in ranges: [[Int]], _ base: [Line], _ lines: [Line],
    _ places: [Int32]
  ) {
    for range in ranges {
      let present = range.filter { places[$0] >= 0 }
      let retimed = present.filter { line in
        let now = lines[Int(places[line])]
        return side.ofLine[line] < 0
          && (now.start != base[line].start || now.end != base[line].end)
      }
      // A split or a join changes an end as well, and is no retiming.
      let isOnlyCut = retimed.allSatisfy { line in
        let now = lines[Int(places[line])]
        return now.start == base[line].start && !hasSameBytes(now.text, base[line].text)
      }
      if retimed.count * 2 > present.count, !isOnlyCut { side.addIrregular(retimed) }
    }
  }

  private static func key(_ ours: Int32, _ theirs: Int32) -> Int64 {
    Int64(ours) << 32 | Int64(theirs)
  }

  private mutating func pair(_ lines: [Int], key: Int64, _ base: Script, _ keeping: KeptSide) {
    guard let first = lines.first, let mine = ours.operation(of: first),
      let other = theirs.operation(of: first)
    else { return }
    if mine == other || lines.allSatisfy(hasSameTimes) {
      pairings[key] = .same(mine, of: .ours)
      return
    }
    let isIrregular = mine.isIrregular || other.isIrregular
    let times = lines.flatMap { [base.lines[$0].start, base.lines[$0].end] }.compactMap(\.self)
    let widest = times.map { (mine.apply($0) - other.apply($0)).rawValue.magnitude }.max() ?? 0
    if widest <= Self.sameWish, !isIrregular {
      let differing = times.first { mine.apply($0) != other.apply($0) }
      let isOurs = differing.map { mine.apply($0) < other.apply($0) } ?? true
      pairings[key] = .same(isOurs ? mine : other, of: isOurs ? .ours : .theirs)
      if mine != other {
        notes.append(MergeNote(kind: .sameShift, lineID: base.lines[first].id))
      }
      return
    }
    let (ourText, theirText) = (
      text(lines, base, mine, ourLines, nodes.inOurs),
      text(lines, base, other, theirLines, nodes.inTheirs)
    )
    pairings[key] = .conflict(keeping: keeping.choice(ours: ourText, theirs: theirText))
    conflicts.append(
      ConflictRecord.make(
        script: base.id, line: base.lines[first].id, field: .timing,
        base: RangeTimes(of: lines.lazy.map { base.lines[$0] }).text, ours: ourText,
        theirs: theirText))
  }

  /// The times that a side has in a range; of lines that it has no more those that it would have.
  private func text(
    _ range: [Int], _ base: Script, _ operation: TimeOperation, _ lines: [Line],
    _ places: [Int32]
  ) -> String {
    let now = range.map { index in
      if places[index] >= 0 { return lines[Int(places[index])] }
      var line = base.lines[index]
      if operation.isIrregular { return line }
      line.start = line.start.map(operation.apply)
      line.end = line.end.map(operation.apply)
      return line
    }
    return RangeTimes(of: now).text
  }

  private func hasSameTimes(_ line: Int) -> Bool {
    guard nodes.inOurs[line] >= 0, nodes.inTheirs[line] >= 0 else { return false }
    let (mine, other) = (ourLines[Int(nodes.inOurs[line])], theirLines[Int(nodes.inTheirs[line])])
    return mine.start == other.start && mine.end == other.end
  }

  /// Merges one time of a line of the base.
  func merge(
    line: Int, base: Milliseconds?, ours mine: Milliseconds?, theirs other: Milliseconds?
  ) -> Merged {
    let (ourOperation, theirOperation) = (ours.operation(of: line), theirs.operation(of: line))
    if mine == other || other == base && theirOperation == nil { return Merged(value: mine) }
    if mine == base && ourOperation == nil { return Merged(value: other) }
    guard let base, let mine, let other else {
      return plain(
        base, residual(base, mine, ourOperation), residual(base, other, theirOperation), mine, other
      )
    }
    switch (ourOperation, theirOperation) {
    case (nil, nil): return plain(base, mine, other, mine, other)
    case (let operation?, nil):
      if isMoved(line) { return plain(operation.apply(base), mine, other, mine, other) }
      return composed(operation, base, mine, other)
    case (nil, let operation?):
      if isMoved(line) { return plain(operation.apply(base), mine, other, mine, other) }
      return swapped(composed(operation, base, other, mine))
    case (let first?, let second?):
      return both(line, first, second, base: base, ours: mine, theirs: other)
    }
  }

  /// Whether both sides gave a line the same new start or end: then both have its operation, also
  /// where only one was recognised.
  private func isMoved(_ line: Int) -> Bool {
    guard nodes.inOurs[line] >= 0, nodes.inTheirs[line] >= 0 else { return false }
    let (mine, other) = (ourLines[Int(nodes.inOurs[line])], theirLines[Int(nodes.inTheirs[line])])
    return mine.start == other.start && mine.start != baseLines[line].start
      || mine.end == other.end && mine.end != baseLines[line].end
  }

  /// A time without its side's operation: what the side did to this line alone.
  private func residual(
    _ base: Milliseconds?, _ value: Milliseconds?, _ operation: TimeOperation?
  ) -> Milliseconds? {
    guard let operation, let base, let value else { return value }
    return isNear(value, operation.apply(base)) ? base : value
  }

  private func plain(
    _ base: Milliseconds?, _ mine: Milliseconds?, _ other: Milliseconds?,
    _ ourValue: Milliseconds?, _ theirValue: Milliseconds?
  ) -> Merged {
    if other == base { return Merged(value: ourValue) }
    if mine == base || mine == other { return Merged(value: theirValue) }
    return Merged(value: ourValue, alternative: .some(theirValue))
  }

  private func isNear(_ left: Milliseconds, _ right: Milliseconds) -> Bool {
    (left - right).rawValue.magnitude <= UInt64(TimeOperations.tolerance)
  }

  /// One side shifted or stretched, the other may have nudged: the operation applies to both.
  private func composed(
    _ operation: TimeOperation, _ base: Milliseconds, _ shifted: Milliseconds,
    _ nudged: Milliseconds
  ) -> Merged {
    if nudged == base { return Merged(value: shifted) }
    let result = operation.apply(nudged)
    if isNear(shifted, operation.apply(base)) || result == shifted { return Merged(value: result) }
    return Merged(value: shifted, alternative: .some(result))
  }

  private func swapped(_ merged: Merged) -> Merged {
    guard let alternative = merged.alternative else { return merged }
    return Merged(value: alternative, alternative: .some(merged.value))
  }

  private func both(
    _ line: Int, _ first: TimeOperation, _ second: TimeOperation, base: Milliseconds,
    ours mine: Milliseconds, theirs other: Milliseconds
  ) -> Merged {
    if mine == other { return Merged(value: mine) }
    let ourNudge = (mine - first.apply(base)).rawValue
    let theirNudge = (other - second.apply(base)).rawValue
    switch pairings[Self.key(ours.ofLine[line], theirs.ofLine[line])] {
    case .conflict(let side) where first.isIrregular || second.isIrregular:
      return Merged(value: side == .ours ? mine : other)
    case .conflict(let side):
      if side == .ours { return composed(first, base, mine, nudged(base, theirNudge)) }
      return swapped(composed(second, base, other, nudged(base, ourNudge)))
    case .same where isNear(mine, other):
      return Merged(value: keeping == .ours ? mine : min(mine, other))
    case .same
    where theirNudge.magnitude <= UInt64(TimeOperations.tolerance)
      && ourNudge.magnitude > UInt64(TimeOperations.tolerance):
      return Merged(value: mine)
    case .same
    where ourNudge.magnitude <= UInt64(TimeOperations.tolerance)
      && theirNudge.magnitude > UInt64(TimeOperations.tolerance):
      return Merged(value: other)
    case .same(let operation, let side):
      let shared = side == .ours ? nearer(mine, operation, base) : nearer(other, operation, base)
      return plain(
        shared, nudged(shared, ourNudge), nudged(shared, theirNudge), nudged(shared, ourNudge),
        nudged(shared, theirNudge))
    case nil: return plain(base, mine, other, mine, other)
    }
  }

  private func nearer(
    _ value: Milliseconds, _ operation: TimeOperation, _ base: Milliseconds
  ) -> Milliseconds {
    isNear(value, operation.apply(base)) ? value : operation.apply(base)
  }

  private func nudged(_ time: Milliseconds, _ nudge: Int64) -> Milliseconds {
    nudge.magnitude <= UInt64(TimeOperations.tolerance) ? time : time + Milliseconds(nudge)
  }
}
