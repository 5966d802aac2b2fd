internal import ScriptModel

/// The lines of three scripts as numbers: those of the base first, then those that are new.
struct NodeIndex {
  /// How many nodes the base has; those from here on are new lines.
  let baseCount: Int
  /// For each node its place in ours, or -1.
  private(set) var inOurs: [Int32]
  /// For each node its place in theirs, or -1.
  private(set) var inTheirs: [Int32]
  /// The nodes of ours, line by line.
  private(set) var ours: [Int32] = []
  /// The nodes of theirs, line by line.
  private(set) var theirs: [Int32] = []
  /// The nodes of ours in its order, split and joined lines as they are in the result.
  private(set) var orderOfOurs: [Int32] = []
  /// The nodes of theirs in its order, split and joined lines as they are in the result.
  private(set) var orderOfTheirs: [Int32] = []
  /// The id of each new node.
  private var newIDs: [Line.ID] = []
  private let base: [Line]

  init(base: Script, ours ourScript: Script, theirs theirScript: Script) {
    self.base = base.lines
    baseCount = base.lines.count
    inOurs = [Int32](repeating: -1, count: baseCount)
    inTheirs = inOurs
    var lookup = LineLookup(base.lines)
    (ours, inOurs) = number(ourScript.lines, places: inOurs, &lookup)
    (theirs, inTheirs) = number(theirScript.lines, places: inTheirs, &lookup)
    inOurs += [Int32](repeating: -1, count: newIDs.count + baseCount - inOurs.count)
    (orderOfOurs, orderOfTheirs) = (ours, theirs)
  }

  /// How many nodes there are.
  var count: Int { baseCount + newIDs.count }

  func isNew(_ node: Int) -> Bool { node >= baseCount }

  func id(of node: Int) -> Line.ID {
    node < baseCount ? base[node].id : newIDs[node - baseCount]
  }

  /// Makes a new line of theirs the same node as a new line of ours; the lesser id names both.
  ///
  /// - Returns: the id that is no longer used, and the one that stands for it.
  mutating func unify(ours ourNode: Int, theirs theirNode: Int) -> (gone: Line.ID, kept: Line.ID) {
    let place = inTheirs[theirNode]
    inTheirs[theirNode] = -1
    inTheirs[ourNode] = place
    theirs[Int(place)] = Int32(truncatingIfNeeded: ourNode)
    orderOfTheirs[Int(place)] = Int32(truncatingIfNeeded: ourNode)
    let (ourID, theirID) = (id(of: ourNode), id(of: theirNode))
    newIDs[ourNode - baseCount] = min(ourID, theirID)
    return (max(ourID, theirID), min(ourID, theirID))
  }

  /// Puts the parts of lines that were split or joined together in the order of both sides.
  ///
  /// - Parameter groupOfNode: for each node the index into `parts` of its group, or -1.
  mutating func place(_ parts: [[Int32]], groupOfNode: [Int32]) {
    func rewritten(_ nodes: [Int32]) -> [Int32] {
      var isPlaced = [Bool](repeating: false, count: parts.count)
      var result: [Int32] = []
      result.reserveCapacity(nodes.count)
      for node in nodes {
        let group = Int(groupOfNode[Int(node)])
        if group < 0 {
          result.append(node)
        } else if !isPlaced[group] {
          isPlaced[group] = true
          result += parts[group]
        }
      }
      return result
    }
    orderOfOurs = rewritten(ours)
    orderOfTheirs = rewritten(theirs)
  }

  private mutating func number(
    _ lines: [Line], places: [Int32], _ lookup: inout LineLookup
  ) -> ([Int32], [Int32]) {
    var places = places
    places += [Int32](repeating: -1, count: count - places.count)
    var nodes: [Int32] = []
    nodes.reserveCapacity(lines.count)
    for place in lines.indices {
      let id = lines[place].id
      var node = lookup.node(of: id)
      if node < 0 {
        node = Int32(truncatingIfNeeded: count)
        newIDs.append(id)
        places.append(-1)
        lookup.add(id, node)
      } else if places[Int(node)] >= 0 {
        // An id that a script has twice names its first line; the second is a line of its own.
        node = Int32(truncatingIfNeeded: count)
        newIDs.append(DerivedID.copy(of: id, text: lines[place].text, place: place))
        places.append(-1)
      }
      places[Int(node)] = Int32(truncatingIfNeeded: place)
      nodes.append(node)
    }
    return (nodes, places)
  }
}

/// Finds nodes by line id: the next one is tried before the table is asked.
struct LineLookup {
  private let lines: [Line]
  private var expected = 0
  private var slots: [Int32] = []
  private var ids: [Line.ID] = []
  private var nodes: [Int32] = []
  private var mask = 0

  init(_ lines: [Line]) { self.lines = lines }

  mutating func node(of id: Line.ID) -> Int32 {
    if expected < lines.count, lines[expected].id == id {
      expected += 1
      return Int32(truncatingIfNeeded: expected - 1)
    }
    if slots.isEmpty { fill() }
    let slot = slot(of: id)
    guard slots[slot] >= 0 else { return -1 }
    let node = nodes[Int(slots[slot])]
    if Int(node) < lines.count { expected = Int(node) + 1 }
    return node
  }

  /// Adds a new line, and starts at the first line again where a new script begins.
  mutating func add(_ id: Line.ID, _ node: Int32) {
    if slots.isEmpty { fill() }
    let slot = slot(of: id)
    guard slots[slot] < 0 else { return }
    slots[slot] = Int32(truncatingIfNeeded: ids.count)
    ids.append(id)
    nodes.append(node)
    if ids.count * 2 > slots.count { rehash(to: slots.count * 2) }
  }

  private mutating func fill() {
    var size = 64
    while size < lines.count * 2 + 2 { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    mask = size - 1
    ids.reserveCapacity(lines.count)
    for index in lines.indices { add(lines[index].id, Int32(truncatingIfNeeded: index)) }
  }

  private mutating func rehash(to size: Int) {
    slots = [Int32](repeating: -1, count: size)
    mask = size - 1
    for (index, id) in ids.enumerated() {
      slots[slot(of: id)] = Int32(truncatingIfNeeded: index)
    }
  }

  private func slot(of id: Line.ID) -> Int {
    var hash = (id.high ^ (id.low &* 0x9E37_79B9_7F4A_7C15)) &* 0xBF58_476D_1CE4_E5B9
    hash ^= hash >> 31
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0, ids[Int(slots[slot])] != id { slot = (slot + 1) & mask }
    return slot
  }
}
