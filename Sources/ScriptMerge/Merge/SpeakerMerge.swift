internal import ScriptModel

/// Merges the speakers as entities: renames, new ones of one name, and one merged into another.
struct SpeakerMerge {
  /// The merged speakers by id.
  private(set) var merged: [Speaker.ID: Speaker] = [:]
  /// Speakers that are now another.
  private(set) var forwardings: [Speaker.ID: Speaker.ID] = [:]
  private(set) var conflicts: [Conflict] = []
  /// What each side merged by itself: the speaker who is gone, and the one that has the lines.
  private let merges: (ours: [Speaker.ID: Speaker.ID], theirs: [Speaker.ID: Speaker.ID])
  private let scriptID: Script.ID
  private let keeping: KeptSide

  init(base: Script, ours: Script, theirs: Script, nodes: NodeIndex, keeping: KeptSide) {
    scriptID = base.id
    self.keeping = keeping
    merges = (
      Self.merges(in: ours, places: nodes.inOurs, base: base),
      Self.merges(in: theirs, places: nodes.inTheirs, base: base)
    )
    mergeNames(base, ours, theirs)
    makeNamesUnique(base, ours, theirs)
    forward(merges.ours, merges.theirs, base)
  }

  /// The speaker that a side alone made of one of the base.
  func merged(_ id: Speaker.ID?, by side: Side) -> Speaker.ID? {
    id.map { (side == .ours ? merges.ours : merges.theirs)[$0] ?? $0 }
  }

  /// The speaker that stands for one after the merge.
  func resolved(_ id: Speaker.ID?) -> Speaker.ID? {
    guard var current = id else { return nil }
    var steps = 0
    while let next = forwardings[current], steps < 64 {
      current = next
      steps += 1
    }
    return current
  }

  private mutating func mergeNames(_ base: Script, _ ours: Script, _ theirs: Script) {
    let baseNames = Self.names(of: base)
    let ourNames = Self.names(of: ours)
    let theirNames = Self.names(of: theirs)
    for speaker in base.speakers + ours.speakers + theirs.speakers where merged[speaker.id] == nil {
      let old = baseNames[speaker.id]
      let mine = ourNames[speaker.id] ?? old
      let other = theirNames[speaker.id] ?? old
      guard let mine, let other else {
        merged[speaker.id] = Speaker(id: speaker.id, name: mine ?? other ?? speaker.name)
        continue
      }
      if mine == other || other == old {
        merged[speaker.id] = Speaker(id: speaker.id, name: mine)
      } else if mine == old {
        merged[speaker.id] = Speaker(id: speaker.id, name: other)
      } else {
        let kept = keeping.choice(ours: mine, theirs: other) == .ours ? mine : other
        merged[speaker.id] = Speaker(id: speaker.id, name: kept)
        addConflict(speaker.id, old, mine, other)
      }
    }
  }

  private static func names(of script: Script) -> [Speaker.ID: String] {
    Dictionary(script.speakers.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
  }

  private mutating func addConflict(
    _ id: Speaker.ID, _ base: String?, _ ours: String?, _ theirs: String?
  ) {
    conflicts.append(
      ConflictRecord.make(
        script: scriptID, line: id.retyped(), field: .speakerName, base: base, ours: ours,
        theirs: theirs))
  }

  /// Speakers of one name are one, but two of the base that were renamed to it stay two.
  ///
  /// One who has the name on a side that dropped the other of that name has taken it over.
  private mutating func makeNamesUnique(_ base: Script, _ ours: Script, _ theirs: Script) {
    let baseNames = Self.names(of: base)
    let sides = [Self.names(of: ours), Self.names(of: theirs)]
    func isReplaced(_ holder: Speaker.ID, by id: Speaker.ID) -> Bool {
      baseNames[holder] != nil && baseNames[holder] == merged[id]?.name
        && sides.contains { $0[id] != nil && $0[holder] == nil }
    }
    var holders: [String: Speaker.ID] = [:]
    // Those of the base first, then by id: the same on every replica.
    let ids = merged.keys.sorted {
      let (left, right) = (baseNames[$0] == nil, baseNames[$1] == nil)
      return left == right ? $0 < $1 : right
    }
    for id in ids {
      guard let name = merged[id]?.name else { continue }
      guard let holder = holders[name] else {
        holders[name] = id
        continue
      }
      if isReplaced(holder, by: id) { continue }
      let old = baseNames[id]
      if let old, old != name, holders[old] == nil {
        merged[id] = Speaker(id: id, name: old)
        holders[old] = id
        addConflict(id, old, old, name)
      } else if old == nil {
        forwardings[id] = holder
      }
    }
  }

  /// Two sides that merge a speaker into different ones disagree line by line; where each merges
  /// into the other's, the least id stands for all.
  private mutating func forward(
    _ ours: [Speaker.ID: Speaker.ID], _ theirs: [Speaker.ID: Speaker.ID], _ base: Script
  ) {
    for speaker in base.speakers {
      let (mine, other) = (ours[speaker.id], theirs[speaker.id])
      guard let target = mine ?? other, mine == nil || other == nil || mine == other else {
        continue
      }
      forwardings[speaker.id] = target
    }
    for speaker in base.speakers {
      var circle = [speaker.id]
      while let next = forwardings[circle[circle.count - 1]], !circle.contains(next) {
        circle.append(next)
      }
      guard forwardings[circle[circle.count - 1]] == speaker.id, let least = circle.min() else {
        continue
      }
      for id in circle { forwardings[id] = id == least ? nil : least }
    }
  }

  /// Speakers of the base who are gone in a side and had two or more lines, most of which are
  /// another's now.
  private static func merges(
    in side: Script, places: [Int32], base: Script
  ) -> [Speaker.ID: Speaker.ID] {
    if base.speakers.isEmpty { return [:] }
    let present = Set(side.speakers.map(\.id)).union(side.lines.lazy.compactMap(\.speaker))
    let gone = Set(base.speakers.map(\.id)).subtracting(present)
    guard !gone.isEmpty else { return [:] }
    var targets: [Speaker.ID: [Speaker.ID: Int]] = [:]
    // How many lines a speaker had in all, and how many of them the side still has.
    var totals: [Speaker.ID: Int] = [:]
    var counts: [Speaker.ID: Int] = [:]
    for (index, line) in base.lines.enumerated() {
      guard let speaker = line.speaker, gone.contains(speaker) else { continue }
      totals[speaker, default: 0] += 1
      guard places[index] >= 0 else { continue }
      counts[speaker, default: 0] += 1
      if let now = side.lines[Int(places[index])].speaker {
        targets[speaker, default: [:]][now, default: 0] += 1
      }
    }
    var result: [Speaker.ID: Speaker.ID] = [:]
    for (speaker, count) in counts where totals[speaker] ?? 0 >= 2 {
      // The order of a dictionary differs from run to run: more than half is one at most.
      for (target, share) in targets[speaker] ?? [:] where share * 2 > count {
        result[speaker] = target
      }
    }
    return result
  }
}
