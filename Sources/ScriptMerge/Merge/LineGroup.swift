internal import ScriptModel

/// Lines of the base that a side split or joined, with what each side has in their place.
struct LineGroup {
  /// The lines of the base.
  var members: ClosedRange<Int>
  /// The nodes that ours has for them, in the order of their words.
  var ours: [Int] = []
  /// The nodes that theirs has for them, in the order of their words.
  var theirs: [Int] = []

  /// Finds the groups from what was recognised in both sides.
  static func all(
    ours: StructureDetection, theirs: StructureDetection, nodes: NodeIndex,
    table: inout TokenTable
  ) -> [LineGroup] {
    if ours.isEmpty && theirs.isEmpty { return [] }
    var ourParts: [Int: [Int]] = [:]
    var theirParts: [Int: [Int]] = [:]
    for node in nodes.baseCount..<nodes.count {
      let owner = ours.owner(of: node)
      guard owner >= 0 else { continue }
      if nodes.inOurs[node] >= 0 { ourParts[owner, default: []].append(node) }
      if nodes.inTheirs[node] >= 0 { theirParts[owner, default: []].append(node) }
    }
    var groups: [LineGroup] = []
    var line = 0
    while line < nodes.baseCount {
      var end = line
      while end + 1 < nodes.baseCount,
        ours.isJoinedToPrevious[end + 1] || theirs.isJoinedToPrevious[end + 1]
      {
        end += 1
      }
      if end > line || ourParts[line] != nil || theirParts[line] != nil {
        var group = LineGroup(members: line...end)
        for member in line...end {
          group.ours += ours.ordered(
            parts(member, ourParts[member], nodes.inOurs), of: member, &table)
          group.theirs += theirs.ordered(
            parts(member, theirParts[member], nodes.inTheirs), of: member, &table)
        }
        groups.append(group)
      }
      line = end + 1
    }
    return groups
  }

  private static func parts(_ member: Int, _ new: [Int]?, _ places: [Int32]) -> [Int] {
    var parts = (new ?? []).filter { places[$0] >= 0 }
    if places[member] >= 0 { parts.append(member) }
    return parts.sorted { places[$0] < places[$1] }
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
