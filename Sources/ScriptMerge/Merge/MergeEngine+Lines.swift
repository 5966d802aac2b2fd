internal import ScriptModel

extension MergeEngine {
  /// Merges a line of the base; `nil` where it is deleted.
  mutating func mergeBaseLine(_ node: Int) -> Line? {
    if isUntouched(node) { return ours.lines[Int(nodes.inOurs[node])] }
    let old = base.lines[node]
    guard let mine = ourLine(node) else {
      guard let other = theirLine(node) else { return nil }
      return edited(other, node, isTextChanged: isTextChangedInTheirs[node], by: .theirs)
    }
    guard let other = theirLine(node) else {
      return edited(mine, node, isTextChanged: isTextChangedInOurs[node], by: .ours)
    }
    var line = old
    line.text = mergeText(node, old, mine, other)
    mergeSpeaker(&line, base: old.speaker, ours: mine.speaker, theirs: other.speaker)
    mergeKind(&line, base: old.kind, ours: mine.kind, theirs: other.kind)
    line.start = mergeTime(node, .start, old.start, mine.start, other.start)
    line.end = mergeTime(node, .end, old.end, mine.end, other.end)
    return line
  }

  /// Whether both sides have a line as it was, as most are.
  private func isUntouched(_ node: Int) -> Bool {
    let (mine, other) = (Int(nodes.inOurs[node]), Int(nodes.inTheirs[node]))
    return mine >= 0 && other >= 0 && !isTextChangedInOurs[node] && !isTextChangedInTheirs[node]
      && speakers.forwardings.isEmpty && hasSameFields(node, as: mine, of: ours.lines)
      && hasSameFields(node, as: other, of: theirs.lines)
  }

  /// Whether a line of the base has the times, the speaker and the kind of a side's.
  private func hasSameFields(_ node: Int, as place: Int, of side: [Line]) -> Bool {
    base.lines[node].start == side[place].start && base.lines[node].end == side[place].end
      && base.lines[node].speaker == side[place].speaker
      && base.lines[node].kind == side[place].kind
  }

  /// A line that one side deleted: it stays, with a conflict, where the other changed it.
  private mutating func edited(
    _ line: Line, _ node: Int, isTextChanged: Bool, by side: Side
  ) -> Line? {
    let old = base.lines[node]
    let speaker = speakers.resolved(line.speaker)
    // That a speaker became another as a whole is no edit of the line.
    let isGivenAway =
      speaker != speakers.resolved(old.speaker)
      && line.speaker != speakers.merged(old.speaker, by: side)
    // Whether the line goes is asked already: until somebody decides, it stays.
    let isAsked = open[OpenConflicts.Place(line: old.id, field: .existence)] != nil
    let isChanged = isTextChanged || isGivenAway || line.kind != old.kind || isAsked
    guard isChanged else { return nil }
    addConflict(
      old.id, .existence, base: old.text, ours: side == .ours ? line.text : nil,
      theirs: side == .theirs ? line.text : nil)
    var kept = line
    kept.speaker = speaker
    kept.start = retimed(kept.start, near: node, from: side)
    kept.end = retimed(kept.end, near: node, from: side)
    return kept
  }

  /// A time of one side, with the other side's shift or stretch of a line of the base.
  ///
  /// Where the side shifted the line itself, its time is as it wants it.
  func retimed(_ time: Milliseconds?, near node: Int, from side: Side) -> Milliseconds? {
    let (own, other) = side == .ours ? (times.ours, times.theirs) : (times.theirs, times.ours)
    guard let time, own.operation(of: node) == nil, let operation = other.operation(of: node)
    else { return time }
    return operation.apply(time)
  }

  // MARK: - Fields

  private mutating func mergeText(_ node: Int, _ old: Line, _ mine: Line, _ other: Line) -> String {
    guard isTextChangedInTheirs[node] else { return mine.text }
    guard isTextChangedInOurs[node], !hasSameBytes(mine.text, other.text) else { return other.text }
    return mergeText(id: old.id, base: old.text, ours: mine.text, theirs: other.text)
  }

  /// Merges texts that both differ from the base and from each other.
  mutating func mergeText(
    id: Line.ID, base: String, ours: String, theirs: String, hasBase: Bool = true
  ) -> String {
    var merge = TokenMerge(
      base: TokenStream(base, in: &table), ours: TokenStream(ours, in: &table),
      theirs: TokenStream(theirs, in: &table), table: table)
    merge.run()
    let ourText = merge.text(keeping: .ours)
    guard merge.hasConflict else {
      if merge.isNearby { notes.append(MergeNote(kind: .mergedNearby, lineID: id)) }
      if merge.isContained { notes.append(MergeNote(kind: .containedChange, lineID: id)) }
      return ourText
    }
    let theirText = merge.text(keeping: .theirs)
    addConflict(id, .text, base: hasBase ? base : nil, ours: ourText, theirs: theirText)
    return options.keeping.choice(ours: ourText, theirs: theirText) == .ours ? ourText : theirText
  }

  mutating func mergeSpeaker(
    _ line: inout Line, base: Speaker.ID?, ours: Speaker.ID?, theirs: Speaker.ID?
  ) {
    let old = speakers.resolved(base)
    let mine = speakers.resolved(ours)
    let other = speakers.resolved(theirs)
    if other == old || mine == other || isAsked(line.id, .speaker, other?.description) {
      line.speaker = mine
    } else if mine == old {
      line.speaker = other
    } else {
      let side = options.keeping.choice(ours: mine?.description, theirs: other?.description)
      line.speaker = side == .ours ? mine : other
      addConflict(
        line.id, .speaker, base: old?.description, ours: mine?.description,
        theirs: other?.description)
    }
  }

  /// Whether an open conflict asks already whether a field gets that value of theirs.
  private func isAsked(_ id: Line.ID, _ field: Conflict.Field, _ value: String?) -> Bool {
    open[OpenConflicts.Place(line: id, field: field)].map { $0.theirs == value } ?? false
  }

  mutating func mergeKind(
    _ line: inout Line, base: Line.Kind?, ours: Line.Kind, theirs: Line.Kind
  ) {
    if theirs == base || ours == theirs {
      line.kind = ours
    } else if ours == base {
      line.kind = theirs
    } else {
      let side = options.keeping.choice(ours: ours.rawValue, theirs: theirs.rawValue)
      line.kind = side == .ours ? ours : theirs
      addConflict(
        line.id, .kind, base: base?.rawValue, ours: ours.rawValue, theirs: theirs.rawValue)
    }
  }

  mutating func mergeTime(
    _ node: Int, _ field: Conflict.Field, _ old: Milliseconds?, _ mine: Milliseconds?,
    _ other: Milliseconds?
  ) -> Milliseconds? {
    settle(
      times.merge(line: node, base: old, ours: mine, theirs: other), nodes.id(of: node), field, old)
  }

  /// Takes a merged time, with a conflict where there is an alternative.
  mutating func settle(
    _ merged: TimeMerge.Merged, _ id: Line.ID, _ field: Conflict.Field, _ old: Milliseconds?
  ) -> Milliseconds? {
    guard let alternative = merged.alternative else { return merged.value }
    let (mine, other) = (text(of: merged.value), text(of: alternative))
    addConflict(id, field, base: text(of: old), ours: mine, theirs: other)
    return options.keeping.choice(ours: mine, theirs: other) == .ours ? merged.value : alternative
  }

  /// A time as a value: its milliseconds as a decimal number.
  private func text(of time: Milliseconds?) -> String? { time.map { String($0.rawValue) } }
}
