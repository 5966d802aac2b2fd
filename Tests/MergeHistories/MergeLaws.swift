internal import ScriptMerge
internal import ScriptModel

/// The laws that every merge keeps, checked over one history.
package struct MergeLaws {
  private let history: MergeHistory
  private let base: Script
  private var copies: [Script]
  private let canonical: MergeOptions
  /// The words of the base and of each copy.
  private var baseWords: [Word: Int] = [:]
  private var copyWords: [[Word: Int]] = []

  /// Carries the history out.
  package init(_ history: MergeHistory) {
    self.history = history
    let script = history.base
    base = script
    copies = history.sides.indices.map { history.copy($0, of: script) }
    var options = MergeOptions()
    options.keeping = .canonical
    canonical = options
    defer {
      baseWords = words(base)
      copyWords = copies.map(words)
    }
    guard history.losesIDs else { return }
    for side in copies.indices where side % 2 == 1 {
      var document = ScriptDocument(copies[side])
      document.lineIDs = []
      document.speakerIDs = []
      copies[side] = Alignment.identify(document, against: script)
    }
  }

  /// The law that the history breaks, with what happened; `nil` where it keeps all of them.
  package func violation() -> String? {
    for copy in copies {
      if let broken = identity(copy) { return broken }
    }
    if copies.count >= 2, let broken = pair(copies[0], copies[1]) { return broken }
    if copies.count >= 2, let broken = convergence() { return broken }
    return alignment()
  }

  /// The base, the copies and their first merge, for a report.
  package func states() -> [String] {
    func text(_ name: String, _ script: Script) -> String {
      let lines = script.lines.map { line in
        let times = "\(line.start?.rawValue ?? -1)-\(line.end?.rawValue ?? -1)"
        return "\(line.id.high)·\(line.id.low % 100_000) \(times) "
          + "\(line.speaker.map { "\($0.low % 1000): " } ?? "")'\(line.text)'"
      }
      return name + ": " + lines.joined(separator: " | ")
    }
    var result = [text("base", base)]
    for (index, copy) in copies.enumerated() { result.append(text("copy \(index)", copy)) }
    guard copies.count >= 2 else { return result }
    let outcome = ThreeWayMerge.merge(base: base, ours: copies[0], theirs: copies[1])
    result.append(text("merged", outcome.script))
    for conflict in outcome.conflicts {
      result.append(
        "conflict: \(conflict.field) of \(conflict.lineID.low), \(conflict.base ?? "–") / "
          + "\(conflict.ours ?? "–") / \(conflict.theirs ?? "–")")
    }
    return result
  }

  private func identity(_ copy: Script) -> String? {
    let laws: [(String, Script, Script)] = [
      ("merge(b, o, b) = o", copy, base), ("merge(b, b, t) = t", base, copy),
      ("merge(b, o, o) = o", copy, copy),
    ]
    for (law, ours, theirs) in laws {
      let outcome = ThreeWayMerge.merge(base: base, ours: ours, theirs: theirs)
      if let difference = Self.difference(outcome.script, copy) { return "\(law): \(difference)" }
      if let conflict = outcome.conflicts.first { return "\(law): conflict on \(conflict.field)" }
    }
    return nil
  }

  private func pair(_ ours: Script, _ theirs: Script) -> String? {
    let outcome = ThreeWayMerge.merge(base: base, ours: ours, theirs: theirs)
    let provenance = Provenance(
      base: base, ours: ours, theirs: theirs, outcome: outcome, vocabulary: history.vocabulary,
      mayRestructure: cutsAndEdits || history.losesIDs)
    if let broken = provenance.violation() { return "provenance: \(broken)" }
    if let broken = symmetry(ours, theirs) { return "symmetry: \(broken)" }
    for (name, side) in [("ours", ours), ("theirs", theirs)] {
      if let broken = idempotence(outcome, side, bothMoved: bothMoved(ours, theirs)) {
        return "idempotence with \(name): \(broken)"
      }
    }
    return nil
  }

  /// Neither the result nor a conflict's name depends on who is called ours.
  private func symmetry(_ ours: Script, _ theirs: Script) -> String? {
    let left = ThreeWayMerge.merge(base: base, ours: ours, theirs: theirs, options: canonical)
    let right = ThreeWayMerge.merge(base: base, ours: theirs, theirs: ours, options: canonical)
    if let difference = Self.difference(left.script, right.script) { return difference }
    if Set(left.conflicts.map(\.id)) != Set(right.conflicts.map(\.id)) { return "other conflicts" }
    let mine = ThreeWayMerge.merge(base: base, ours: ours, theirs: theirs).conflicts
    let mirrored = ThreeWayMerge.merge(base: base, ours: theirs, theirs: ours).conflicts
    return Self.comparable(mine) == Self.comparable(mirrored) ? nil : "other conflicts on our side"
  }

  /// Merging a side a second time changes nothing: not at all over what was heard of it, as Offbook
  /// does, and over the old base as far as the merged script tells what made it.
  private func idempotence(
    _ outcome: MergeOutcome, _ side: Script, bothMoved: Bool
  ) -> String? {
    let known = ThreeWayMerge.merge(base: side, ours: outcome.script, theirs: side)
    if let difference = Self.difference(known.script, outcome.script) {
      return "over itself: \(difference)"
    }
    if !known.conflicts.isEmpty { return "over itself: a conflict" }
    let again = ThreeWayMerge.merge(
      base: base, ours: outcome.script, theirs: side, open: outcome.conflicts,
      origins: outcome.origins)
    var (first, second) = (outcome.script, again.script)
    let (now, later, wanted) = (words(first), words(second), words(side))
    // Whether all lines of a speaker changed hands, or only one after the other, can't be told from a
    // merge in which the other side gave some of them away; nor then whether that kept a line.
    let mixesSpeakers = kinds.isSuperset(of: [.mergeSpeakers, .reassign])
    if let word = later.keys.first(where: { now[$0] == nil }) {
      return mixesSpeakers && wanted[word] != nil ? nil : "'\(word)' is new"
    }
    // A deletion that did not reach a word which had gone to another line may reach it now.
    let mayReach = cutsAndEdits || history.losesIDs
    let lost = now.keys.first { later[$0] == nil && (!mayReach || wanted[$0] != nil) }
    if let lost { return "'\(lost)' is lost" }
    // The old base does not tell what the first merge did to lines that one side cut and the other
    // edited: the same words may be cut otherwise by a second merge over it.
    if cutsAndEdits { return nil }
    if now != later { return mayReach ? nil : "words more or less often" }
    if mixesSpeakers {
      (first, second) = (Self.withoutSpeakers(first), Self.withoutSpeakers(second))
    }
    if mixesTimes {
      first.lines = first.lines.map(Self.withoutTimes)
      second.lines = second.lines.map(Self.withoutTimes)
    }
    if let difference = Self.difference(second, first, inOrder: false) { return difference }
    // The names that a name conflict kept decide in which order speakers are found again.
    if outcome.conflicts.contains(where: { $0.field == .speakerName }) {
      (first.speakers, second.speakers) = ([], [])
    }
    return bothMoved ? nil : Self.difference(second, first)
  }

  /// How often each word stands in a script.
  private func words(_ script: Script) -> [Word: Int] {
    Provenance.count(script.lines.map(\.text), history.vocabulary)
  }

  /// Whether times of the result can't be told apart by what made them: both sides gave some, or
  /// lines were cut or joined as well.
  private var mixesTimes: Bool {
    let retiming: [HistoryOperation.Kind] = [.shift, .shiftAll, .stretch, .nudge]
    let count = history.sides.prefix(2).count { side in side.contains { retiming.contains($0.kind) }
    }
    return count == 2 || count == 1 && !kinds.isDisjoint(with: [.split, .join])
  }

  private var kinds: Set<HistoryOperation.Kind> { Set(history.sides.flatMap { $0.map(\.kind) }) }

  /// Whether lines were cut or joined, and lines were edited, moved, deleted, or put in: a part of
  /// which few words are left is known by none, so that a deletion need not reach its words there.
  /// Nothing is lost by that.
  private var cutsAndEdits: Bool {
    let editing: Set<HistoryOperation.Kind> = [
      .moveLine, .moveBlock, .replaceWord, .insertWord, .deleteWord, .deleteLine, .insertLine,
    ]
    return kinds.isSuperset(of: [.split, .join])
      || !kinds.isDisjoint(with: [.join, .split]) && !kinds.isDisjoint(with: editing)
  }

  /// Whether both sides moved lines: several orders are then as near, and which moves made the
  /// merged one can't be told from it.
  private func bothMoved(_ ours: Script, _ theirs: Script) -> Bool {
    [ours, theirs].allSatisfy { side in
      let known = side.lines.map(\.id).filter { $0.high == 1 }
      return known != known.sorted()
    }
  }

  /// All copies through a hub, in two orders.
  private func convergence() -> String? {
    let (first, second) = (
      throughHub(Array(copies.indices)), throughHub(copies.indices.reversed())
    )
    for (script, other) in zip(first.copies, first.copies.dropFirst()) {
      // A speaker without lines is in no list: a name that was given to it meanwhile may be lost.
      let isNamed = !kinds.isSuperset(of: [.mergeSpeakers, .rename])
      let difference = Self.difference(
        isNamed ? script : script.withoutNames, isNamed ? other : other.withoutNames)
      if let difference { return "convergence: \(difference)" }
    }
    for end in [first, second] {
      if let broken = lost(in: end.copies[0], end.conflicts) { return "hub: \(broken)" }
    }
    return orderOfSyncs(first, second)
  }

  /// Without a conflict, all come to the same words and lines in whatever order they sync.
  private func orderOfSyncs(_ first: HubResult, _ second: HubResult) -> String? {
    guard first.conflicts.isEmpty, second.conflicts.isEmpty else { return nil }
    // A deletion need not reach a word that a cut and a join had put into another line before.
    let isCut = !kinds.isDisjoint(with: [.join, .split])
    let all = copyWords
    let counts = [first, second].map { end in
      words(end.copies[0]).filter { word in !isCut || all.allSatisfy { $0[word.key] != nil } }
    }
    if counts[0] != counts[1] { return "order of syncs: other words" }
    // Words put in from both sides beside each other are noted, since their order is open; and where
    // lines were cut or joined, what was deleted first decides what is left to cut or join.
    if first.hasNearbyEdits || second.hasNearbyEdits { return nil }
    if isCut { return nil }
    // A rounded ms is no divergence of words, nor is a speaker whose last two lines were joined
    // before or after all of them changed hands.
    let left = Set(first.copies[0].lines.map(Self.wordsAlone))
    let right = Set(second.copies[0].lines.map(Self.wordsAlone))
    guard left != right else { return nil }
    return "order of syncs: \(left.symmetricDifference(right).sorted { $0.id < $1.id })"
  }

  /// The first word that a copy put in, or that none took out, and that is neither in what all came
  /// to nor in a conflict.
  private func lost(in script: Script, _ conflicts: [Conflict]) -> String? {
    let now = words(script)
    let kept = Provenance.count(
      conflicts.flatMap { [$0.ours, $0.theirs].compactMap(\.self) }, history.vocabulary)
    let (old, all) = (baseWords, copyWords)
    for copy in all {
      for word in copy.keys where now[word] == nil && kept[word] == nil {
        if old[word] == nil { return "inserted '\(word)' is lost" }
        if all.allSatisfy({ $0[word] != nil }) { return "untouched '\(word)' is lost" }
      }
    }
    return now.keys.first { word in old[word] == nil && all.allSatisfy { $0[word] == nil } }
      .map { "'\($0)' comes from nowhere" }
  }

  /// What copies came to through a hub, and what was asked and noted on the way.
  private struct HubResult {
    var copies: [Script]
    var conflicts: [Conflict] = []
    var hasNearbyEdits = false
  }

  private func throughHub(_ order: [Int]) -> HubResult {
    var hub = base
    var result = HubResult(copies: copies)
    var seen = [Script](repeating: base, count: copies.count)
    for side in order + order {
      let outcome = ThreeWayMerge.merge(base: seen[side], ours: result.copies[side], theirs: hub)
      result.conflicts += outcome.conflicts
      let nearby: [MergeNote.Kind] = [.mergedNearby, .containedChange]
      if outcome.notes.contains(where: { nearby.contains($0.kind) }) {
        result.hasNearbyEdits = true
      }
      hub = outcome.script
      result.copies[side] = hub
      seen[side] = hub
    }
    return result
  }

  /// A copy that lost its ids and was not changed is the base again.
  private func alignment() -> String? {
    var document = ScriptDocument(base)
    document.lineIDs = []
    document.speakerIDs = []
    return Self.difference(Alignment.identify(document, against: base), base).map {
      "alignment: \($0)"
    }
  }

  /// The ids of conflicts, without those that follow from what another conflict kept: names that
  /// became equal by a kept name, nudges that stand on a kept shift, and fields of lines that the two
  /// sides cut or joined differently: they are about the lines that the kept side has.
  private static func comparable(_ conflicts: [Conflict]) -> Set<Conflict.ID> {
    var following: Set<Conflict.Field> = [.speakerName]
    if conflicts.contains(where: { $0.field == .timing }) { following.formUnion([.start, .end]) }
    if conflicts.contains(where: isOfCuts) {
      following.formUnion([.start, .end, .speaker, .kind, .text])
    }
    return Set(conflicts.filter { !following.contains($0.field) }.map(\.id))
  }

  private static func isOfCuts(_ conflict: Conflict) -> Bool {
    guard conflict.field == .text else { return false }
    return [conflict.base, conflict.ours, conflict.theirs].contains {
      $0 == nil || $0?.contains("\n") == true
    }
  }

  private static func withoutSpeakers(_ script: Script) -> Script {
    var script = script.withoutNames
    for index in script.lines.indices { script.lines[index].speaker = nil }
    return script
  }

  private static func withoutTimes(_ line: Line) -> Line {
    Line(id: line.id, kind: line.kind, speaker: line.speaker, text: line.text)
  }

  private static func wordsAlone(_ line: Line) -> Line {
    Line(id: line.id, kind: line.kind, text: line.text)
  }

  /// The first difference of two scripts in what people see.
  static func difference(_ left: Script, _ right: Script, inOrder: Bool = true) -> String? {
    guard inOrder else {
      let (mine, other) = (Set(left.lines), Set(right.lines))
      return mine == other ? nil : "\(mine.symmetricDifference(other).map(\.text).sorted())"
    }
    if left.lines.count != right.lines.count {
      return "\(left.lines.count) lines for \(right.lines.count): "
        + "\(left.lines.map(\.text)) for \(right.lines.map(\.text))"
    }
    for (index, (mine, other)) in zip(left.lines, right.lines).enumerated() where mine != other {
      return "line \(index + 1): \(mine) for \(other)"
    }
    if inOrder, left.speakers != right.speakers {
      return "speakers \(left.speakers) for \(right.speakers)"
    }
    return nil
  }
}

extension Script {
  /// The script without the list of its speakers.
  fileprivate var withoutNames: Script {
    var script = self
    script.speakers = []
    return script
  }
}
