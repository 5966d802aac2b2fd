internal import ScriptModel

/// The state of one merge: the three scripts, what was recognised in them, and the result so far.
struct MergeEngine {
  let base: Script
  let ours: Script
  let theirs: Script
  let options: MergeOptions

  var table = TokenTable()
  var nodes: NodeIndex
  var speakers: SpeakerMerge
  var times: TimeMerge
  /// For each line of the base whether ours, and theirs, has another text.
  var isTextChangedInOurs: [Bool] = []
  var isTextChangedInTheirs: [Bool] = []
  /// For each node its merged line, or `nil` where it is not in the result.
  var lines: [Line?] = []
  /// For each node whether a group of split and joined lines has dealt with it.
  var isInGroup: [Bool] = []

  /// For each new node the line of the base that it was cut off, or -1.
  var owners: [Int32] = []
  /// New nodes that both sides made, each with an id of its own.
  var unified: Set<Int> = []
  /// Lines that are known to have gone into others.
  let origins: LineOrigins
  /// The conflicts that wait for a decision.
  let open: [OpenConflicts.Place: Conflict]

  var conflicts: [Conflict] = []
  var notes: [MergeNote] = []
  var forwardings: [Line.ID: Line.ID] = [:]
  /// The lines that new ones were cut off.
  var partOwners: [Line.ID: Line.ID] = [:]

  init(
    base: Script, ours: Script, theirs: Script, open: [Conflict], origins: LineOrigins,
    options: MergeOptions
  ) {
    self.origins = origins
    self.open = OpenConflicts.places(open)
    self.base = base
    self.ours = ours
    self.theirs = theirs
    self.options = options
    nodes = NodeIndex(base: base, ours: ours, theirs: theirs)
    speakers = SpeakerMerge(
      base: base, ours: ours, theirs: theirs, nodes: nodes, keeping: options.keeping)
    times = TimeMerge(
      base: base, ours: ours.lines, theirs: theirs.lines, nodes: nodes, keeping: options.keeping)
    isTextChangedInOurs = changes(in: ours.lines, nodes.inOurs)
    isTextChangedInTheirs = changes(in: theirs.lines, nodes.inTheirs)
  }

  mutating func run() -> MergeOutcome {
    let structures = recogniseStructures()
    unifyNewLines(structures)
    lines = [Line?](repeating: nil, count: nodes.count)
    isInGroup = [Bool](repeating: false, count: nodes.count)
    mergeGroups(structures)
    for node in 0..<nodes.baseCount where !isInGroup[node] { lines[node] = mergeBaseLine(node) }
    for node in nodes.baseCount..<nodes.count where !isInGroup[node] {
      lines[node] = mergeNewLine(node)
    }
    let order = OrderMerge(index: nodes, keeping: options.keeping, owners: owners)
    record(order)
    return outcome(order)
  }

  private func changes(in side: [Line], _ places: [Int32]) -> [Bool] {
    var isChanged = [Bool](repeating: false, count: base.lines.count)
    for index in isChanged.indices where places[index] >= 0 {
      isChanged[index] = !hasSameBytes(base.lines[index].text, side[Int(places[index])].text)
    }
    return isChanged
  }

  /// The line of a node in ours, and in theirs.
  func ourLine(_ node: Int) -> Line? {
    nodes.inOurs[node] < 0 ? nil : ours.lines[Int(nodes.inOurs[node])]
  }

  func theirLine(_ node: Int) -> Line? {
    nodes.inTheirs[node] < 0 ? nil : theirs.lines[Int(nodes.inTheirs[node])]
  }

  mutating func addConflict(
    _ line: Line.ID, _ field: Conflict.Field, base: String?, ours: String?, theirs: String?
  ) {
    conflicts.append(
      ConflictRecord.make(
        script: self.base.id, line: line, field: field, base: base, ours: ours, theirs: theirs))
  }

  // MARK: - The result

  private mutating func record(_ order: OrderMerge) {
    for var disagreement in order.disagreements {
      disagreement.nodes.removeAll { lines[Int($0)] == nil }
      guard let first = disagreement.nodes.first else { continue }
      let texts = order.texts(of: disagreement)
      addConflict(
        nodes.id(of: Int(first)), .order, base: texts.base, ours: texts.ours, theirs: texts.theirs)
    }
    for meeting in order.meetings { record(meeting, order) }
    let deleted = deletedNodes()
    if options.insertedBehindDeletedIsConflict {
      recordBehind(deleted, order.ours, nodes.inTheirs, by: .ours)
      recordBehind(deleted, order.theirs, nodes.inOurs, by: .theirs)
    }
    for node in deleted {
      let stays = order.ours.slot[node] == -2 && order.theirs.slot[node] == -2
      if !stays { notes.append(MergeNote(kind: .deletedThoughMoved, lineID: nodes.id(of: node))) }
    }
  }

  /// The lines of the base that are not in the result.
  private func deletedNodes() -> [Int] {
    (0..<nodes.baseCount).filter { node in
      if isInGroup[node] { return false }
      if case .none = lines[node] { return true }
      return false
    }
  }

  /// New lines of one side behind a line that the other side deleted: what they belong to is gone.
  private mutating func recordBehind(
    _ deleted: [Int], _ order: OrderMerge.SideOrder, _ otherPlaces: [Int32], by side: Side
  ) {
    for node in deleted {
      let next = order.newAfter[node + 1]
      guard next >= 0, otherPlaces[node] < 0 else { continue }
      // What stands in place of a line that its own side took out has its place by that.
      let own = side == .ours ? nodes.inOurs : nodes.inTheirs
      if node + 1 < nodes.baseCount, own[node + 1] < 0 { continue }
      let new = run(from: next, order).filter { line in
        otherPlaces[Int(next)] < 0 || line.id != nodes.id(of: Int(next))
      }
      guard let first = new.first else { continue }
      let text = new.map(\.text).joined(separator: "\n")
      addConflict(
        first.id, .existence, base: nil, ours: side == .ours ? text : nil,
        theirs: side == .theirs ? text : nil)
    }
  }

  private mutating func record(_ meeting: OrderMerge.Meeting, _ order: OrderMerge) {
    let mine = run(from: meeting.ours, order.ours)
    let other = run(from: meeting.theirs, order.theirs)
    guard let first = mine.first, let second = other.first else { return }
    let id = min(first.id, second.id)
    if options.bothInsertedIsConflict {
      addConflict(
        id, .existence, base: nil, ours: mine.map(\.text).joined(separator: "\n"),
        theirs: other.map(\.text).joined(separator: "\n"))
    } else {
      notes.append(MergeNote(kind: .bothInserted, lineID: id))
    }
  }

  /// The new lines that one side put in one behind the other, as they are in the result.
  private func run(from node: Int32, _ order: OrderMerge.SideOrder) -> [Line] {
    var result: [Line] = []
    var current = node
    while current >= 0 {
      if !isInGroup[Int(current)], let line = lines[Int(current)] { result.append(line) }
      current = order.newAfter[Int(current) + 1]
    }
    return result
  }

  private func outcome(_ order: OrderMerge) -> MergeOutcome {
    var script = ours
    script.id = base.id
    script.lines = []
    script.lines.reserveCapacity(order.order.count)
    for node in order.order {
      if let line = lines[Int(node)] { script.lines.append(line) }
    }
    script.title = pick(base.title, ours.title, theirs.title)
    script.language = pick(base.language, ours.language, theirs.language)
    if ours.kind == base.kind { script.kind = theirs.kind }
    script.speakers = SpeakerOrder.inUse(by: script.lines, among: speakers.merged)
    return MergeOutcome(
      script: script, conflicts: speakers.conflicts + times.conflicts + conflicts, settled: [],
      notes: times.notes + notes, forwardings: forwardings,
      origins: LineOrigins(joins: forwardings, parts: partOwners),
      speakerForwardings: speakers.forwardings)
  }

  private func pick(_ base: String, _ ours: String, _ theirs: String) -> String {
    if hasSameBytes(ours, base) { return theirs }
    if hasSameBytes(theirs, base) { return ours }
    return options.keeping.choice(ours: ours, theirs: theirs) == .ours ? ours : theirs
  }
}
