internal import ScriptModel

/// Lines of the base that a side split or joined, with what each side has in their place.
struct LineGroup {
  /// The lines of the base, in the order in which their words are joined.
  var members: [Int]
  /// The nodes that ours has for them, in the order of their words.
  var ours: [Int] = []
  /// The nodes that theirs has for them, in the order of their words.
  var theirs: [Int] = []
  /// Whether the sides joined the lines in different orders, so that no text has the words of both.
  var isDisputed = false

  /// Finds the groups from what was recognised in both sides.
  static func all(
    ours: StructureDetection, theirs: StructureDetection, nodes: NodeIndex,
    table: inout TokenTable
  ) -> [LineGroup] {
    if ours.isEmpty && theirs.isEmpty { return [] }
    var parts: [Int: [Int]] = [:]
    for node in nodes.baseCount..<nodes.count where ours.owner(of: node) >= 0 {
      parts[ours.owner(of: node), default: []].append(node)
    }
    var links = LineLinks(count: nodes.baseCount)
    for line in parts.keys { links.mark(line) }
    for line in 0..<nodes.baseCount {
      for target in [ours.target(of: line), theirs.target(of: line)] where target >= 0 {
        links.join(line, target)
      }
    }
    return links.sets().map { lines in
      var group = LineGroup(members: lines)
      group.setOrder(ours, theirs, &table)
      for member in group.members {
        let all = (parts[member] ?? []) + [member]
        group.ours += ours.ordered(all.filter { nodes.inOurs[$0] >= 0 }, of: member, &table)
        group.theirs += theirs.ordered(all.filter { nodes.inTheirs[$0] >= 0 }, of: member, &table)
      }
      return group
    }
  }

  /// Takes the order in which the sides joined the lines, as far as they agree.
  private mutating func setOrder(
    _ ours: StructureDetection, _ theirs: StructureDetection, _ table: inout TokenTable
  ) {
    guard members.count > 1 else { return }
    var next: [Int: Int] = [:]
    var previous: [Int: Int] = [:]
    for (line, follower) in ours.joints(of: members, &table) + theirs.joints(of: members, &table) {
      if next[line] ?? follower != follower || previous[follower] ?? line != line {
        isDisputed = true
        return
      }
      next[line] = follower
      previous[follower] = line
    }
    var order: [Int] = []
    for line in members where previous[line] == nil {
      var current: Int? = line
      while let line = current {
        order.append(line)
        current = next[line]
      }
    }
    isDisputed = order.count < members.count
    if !isDisputed { members = order }
  }
}

extension StructureDetection {
  /// Puts the parts of a line in the order in which their words stand in its text of the base.
  func ordered(_ parts: [Int], of line: Int, _ table: inout TokenTable) -> [Int] {
    let parts = parts.sorted { places[$0] < places[$1] }
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

  /// Lines that this side joined, each with the one whose words follow its own.
  func joints(of lines: [Int], _ table: inout TokenTable) -> [(line: Int, follower: Int)] {
    var runs: [Int: [(place: Int, token: Int, line: Int)]] = [:]
    let joined = Set(lines.lazy.map { Int(joinedInto[$0]) }.filter { $0 >= 0 })
    for line in lines {
      guard let node = holder(of: line, besideThoseIn: joined) else { continue }
      let words = Set(TokenStream(base[line].text, in: &table).tokens)
      let text = TokenStream(side[Int(places[node])].text, in: &table).tokens
      guard let token = text.firstIndex(where: words.contains) else { continue }
      runs[root(of: line), default: []].append((Int(places[node]), token, line))
    }
    return runs.values.flatMap { run in
      let order = run.sorted { $0 < $1 }
      return zip(order, order.dropFirst()).map { ($0.line, $1.line) }
    }
  }

  /// The node that tells where the words of a line stand among those that were joined to it.
  ///
  /// Where others went into a part of a line, that part tells, wherever the rest of the line is.
  private func holder(of line: Int, besideThoseIn joined: Set<Int>) -> Int? {
    if places[line] < 0, joinedInto[line] >= 0 { return Int(joinedInto[line]) }
    if joined.contains(line) { return line }
    let parts = joined.filter { owner(of: $0) == line }
    return parts.min { places[$0] < places[$1] } ?? (places[line] >= 0 ? line : nil)
  }

  /// The line whose words a line was joined to, through others that are gone.
  private func root(of line: Int) -> Int {
    var (line, steps) = (line, 0)
    while places[line] < 0, steps < baseCount {
      let target = target(of: line)
      guard target >= 0, target != line else { break }
      line = target
      steps += 1
    }
    return line
  }
}

/// Lines of the base that belong together, as sets.
private struct LineLinks {
  private var parents: [Int32]
  private var marked: Set<Int> = []

  init(count: Int) { parents = (0..<count).map { Int32(truncatingIfNeeded: $0) } }

  mutating func mark(_ line: Int) { marked.insert(line) }

  mutating func join(_ line: Int, _ other: Int) {
    mark(line)
    mark(other)
    let (first, second) = (root(of: line), root(of: other))
    parents[max(first, second)] = Int32(truncatingIfNeeded: min(first, second))
  }

  private func root(of line: Int) -> Int {
    var line = line
    while Int(parents[line]) != line { line = Int(parents[line]) }
    return line
  }

  /// The lines of each set in ascending order, the sets by their first line.
  func sets() -> [[Int]] {
    var sets: [Int: [Int]] = [:]
    for line in marked.sorted() { sets[root(of: line), default: []].append(line) }
    return sets.keys.sorted().compactMap { sets[$0] }
  }
}

/// The texts of several lines as one stream, with the place where each line begins.
struct JoinedStream {
  var stream = TokenStream()
  /// For each line the number of tokens before it.
  var starts: [Int] = []
  /// For each line the white space at its beginning and its end.
  var edges: [(leading: Int32, trailing: Int32)] = []

  init(_ texts: [String], in table: inout TokenTable) {
    for text in texts {
      let part = TokenStream(text, in: &table)
      starts.append(stream.count)
      edges.append((part.count > 0 ? part.gaps.first ?? 0 : 0, part.gaps.last ?? 0))
      for (index, token) in part.tokens.enumerated() {
        let isBreak = index == 0 && stream.count > 0
        stream.gaps.append(isBreak ? TokenMerge.lineBreak : index == 0 ? 0 : part.gaps[index])
        stream.tokens.append(token)
      }
    }
    stream.gaps.append(0)
  }
}
