import BackendAPI
import ScriptModel

extension TrackMerge {
  /// The track as its own ancestor, where it is exactly what was sent.
  ///
  /// A message that is carried out late undoes what others did meanwhile: that was no wish of theirs.
  func pushedAncestor(_ current: TrackBase) -> TrackBase {
    let theirs = TrackReading(base: current).script(of: captions, cast: cast)
    let held = theirs.lines.lazy.filter(\.isHeldByTracks)
    return TrackBase(
      script: theirs,
      captions: zip(held, captions).map { TrackCaption(lineID: $0.id, content: $1) })
  }

  /// What was sent as the common ancestor of a track that was made of it.
  ///
  /// An answer is no proof that a script was taken over, or that all of it was. Each line that was
  /// edited here is looked for: one that the track still has as before was not taken over, and stands
  /// in the ancestor as it was before, so that the edit is kept and is still to be sent.
  ///
  /// - Returns: `nil` where the track shows nothing of what was sent.
  func ancestor(of sent: Script, over stored: TrackBase?) -> TrackBase? {
    let whole = TrackBase(script: sent, captions: TrackProjection(sent, over: stored).captions)
    let theirs = TrackReading(base: whole).script(of: captions, cast: cast)
    var finding = SentFinding(sent: sent, stored: stored, theirs: theirs)
    finding.run()
    if finding.found == 0 || finding.mustKeepDeletions { return nil }
    return finding.notTaken.isEmpty ? whole : partial(sent, stored, without: finding.notTaken)
  }

  /// What was sent, but for lines that were not taken over.
  private func partial(
    _ sent: Script, _ stored: TrackBase?, without lines: Set<Line.ID>
  ) -> TrackBase {
    let before = Dictionary(
      (stored?.script.lines ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var script = sent
    script.lines = sent.lines.compactMap { line in
      lines.contains(line.id) ? before[line.id] : line
    }
    return TrackBase(script: script, captions: TrackProjection(script, over: stored).captions)
  }
}

/// Looks in a track for what was edited before it was sent.
private struct SentFinding {
  /// Times that differ by no more are the same: a service may round them.
  private static let nearness: Int64 = 50

  private let before: [Line.ID: Line]
  private let sent: [Line]
  private let theirs: [Line.ID: Line]
  private let others: Set<String>

  /// How many edits the track has.
  private(set) var found = 0
  /// Lines whose edits it does not have.
  private(set) var notTaken: Set<Line.ID> = []
  /// Whether lines are still there that were deleted here.
  private(set) var mustKeepDeletions = false

  init(sent: Script, stored: TrackBase?, theirs: Script) {
    func byID(_ lines: [Line]) -> [Line.ID: Line] {
      Dictionary(lines.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
    before = stored.map { byID(TrackMerge.spoken($0.script)) } ?? [:]
    self.sent = TrackMerge.spoken(sent)
    let read = TrackMerge.spoken(theirs)
    self.theirs = byID(read)
    let own = Set(self.sent.map(\.id))
    others = Set(read.lazy.filter { !own.contains($0.id) }.map(\.text))
  }

  mutating func run() {
    for line in sent { look(for: line) }
    let own = Set(sent.map(\.id))
    for line in before.values where !own.contains(line.id) {
      if others.contains(line.text) { mustKeepDeletions = true } else { found += 1 }
    }
  }

  private mutating func look(for line: Line) {
    guard let former = before[line.id] else {
      if theirs[line.id] == nil { notTaken.insert(line.id) } else { found += 1 }
      return
    }
    guard let now = theirs[line.id] else { return }
    if former.text != line.text {
      note(
        line, isTaken: now.text != former.text && Self.isNearer(now.text, line.text, former.text))
    } else if former.start != line.start || former.end != line.end {
      let isNear =
        Self.distance(now.start, line.start) <= Self.nearness
        && Self.distance(now.end, line.end) <= Self.nearness
      let isFormer = now.start == former.start && now.end == former.end
      note(line, isTaken: isNear && !isFormer)
    }
  }

  private mutating func note(_ line: Line, isTaken: Bool) {
    if isTaken { found += 1 } else { notTaken.insert(line.id) }
  }

  private static func distance(_ one: Milliseconds?, _ other: Milliseconds?) -> Int64 {
    guard let one, let other else { return one == other ? 0 : .max }
    let (difference, overflows) = one.rawValue.subtractingReportingOverflow(other.rawValue)
    return overflows || difference == .min ? .max : abs(difference)
  }

  /// Whether a text shares more of its beginning and end with one text than with another.
  private static func isNearer(_ text: String, _ one: String, _ other: String) -> Bool {
    common(text, one) > common(text, other)
  }

  /// Twice the bytes in common at beginning and end, less what the texts have of their own.
  private static func common(_ one: String, _ other: String) -> Int {
    let (one, other) = (Array(one.utf8), Array(other.utf8))
    let shorter = min(one.count, other.count)
    var front = 0
    while front < shorter, one[front] == other[front] { front += 1 }
    var back = 0
    while back < shorter - front, one[one.count - 1 - back] == other[other.count - 1 - back] {
      back += 1
    }
    return 4 * (front + back) - one.count - other.count
  }
}
