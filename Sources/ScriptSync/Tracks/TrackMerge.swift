package import BackendAPI
internal import ScriptMerge
package import ScriptModel
package import ScriptStore

/// The merge of a session's text track into its script: pure, but for what the store gives it.
package struct TrackMerge: Sendable {
  /// What the merge of a track gave.
  package struct Outcome: Sendable {
    /// For the store.
    package var pull: PullResult
    /// How many lines of the script, as it is to be, the session does not have so.
    package var unsentLines: Int
    /// SHA-256 of the content as it would be sent; empty where nothing would be.
    package var contentHash: [UInt8]
    /// What was merged but deserves a look.
    package var notes: Int
    /// The base, where the track is as it was and later steps may want it again.
    package var base: ReadBase?
  }

  /// The track's captions.
  package let captions: [CaptionContent]
  /// What a transcript in a reply says that the captions are, as many; `nil` where none came.
  package let told: [CaptionContent]?
  /// What an extraction gave first, where the captions come of another one of the same medium.
  package var extracted: Script?
  /// The project's speakers.
  package let cast: [Speaker]
  /// What was sent last and was carried out, where nobody has looked since.
  package var sent: Script?
  /// SHA-256 of what was sent last and may be carried out late.
  package var pushed: [UInt8]?
  /// The base as an earlier merge of this run read it; what it was read from decides whether it counts.
  package var known: ReadBase?

  /// Creates the merge of a track.
  package init(
    _ captions: [CaptionContent], told: [CaptionContent]? = nil, cast: [Speaker],
    sent: Script? = nil, pushed: [UInt8]? = nil
  ) {
    self.captions = captions
    self.told = told == captions ? nil : told
    self.cast = cast
    self.sent = sent
    self.pushed = pushed
  }

  /// Merges the track into a script.
  package func outcome(_ state: PullState) -> Outcome {
    let current = state.current
    let stored = base(of: state)
    let now = TrackProjection(current, over: stored)
    if told != nil { return merged(now, stored, state) }
    if now.says(captions) { return agreed(current, now, stored) }
    if let stored, TrackProjection(stored.script, over: stored).says(captions) {
      if let sent, let base = forgotten(sent, stored) {
        return unchanged(base, base.bytes, current, now)
      }
      return unchanged(stored, state.base, current, now)
    }
    if let pushed, pushed == CaptionContent.hash(of: captions) {
      let ancestor = pushedAncestor(TrackBase(script: current, captions: now.captions))
      return merged(ancestor.script, ancestor, state)
    }
    return merged(now, stored, state)
  }

  /// What both sides agreed on last; of a long script reading it takes a third of a merge.
  private func base(of state: PullState) -> TrackBase? {
    if let known, known.bytes == state.base, known.revision == state.current.revision {
      return known.base
    }
    return TrackBase(state.base, of: state.current)
  }

  /// Merges what the track says, or what a reply says that it says.
  private func merged(
    _ now: TrackProjection, _ stored: TrackBase?, _ state: PullState
  ) -> Outcome {
    let isAsSeen = stored.map { TrackProjection($0.script, over: $0).says(captions) } ?? false
    let meant = isAsSeen ? named : told ?? captions
    if let stored, let ancestor = extracted.map({ stored.first($0) }), !isAsSeen {
      return merged(TrackReading(base: ancestor).script(of: meant, cast: cast), ancestor, state)
    }
    if let sent, var ancestor = ancestor(of: sent, over: stored) {
      ancestor.forgetsSpeakers = sent.lines.contains { $0.speaker != nil }
      return merged(TrackReading(base: ancestor).script(of: meant, cast: cast), ancestor, state)
    }
    if let stored {
      return merged(TrackReading(base: stored).script(of: meant, cast: cast), stored, state)
    }
    let former = TrackBase(state.former, of: state.current)
    if let former, TrackProjection(former.script, over: former).says(captions) {
      return merged(TrackReading(base: former).script(of: meant, cast: cast), former, state)
    }
    return firstMeeting(now, former, state)
  }

  /// The captions with the speakers that a reply names: of a track that nobody changed the words are
  /// known, and a reply that says them otherwise says what it said before they were corrected.
  private var named: [CaptionContent] {
    guard let told else { return captions }
    return zip(captions, told).map { caption, told in
      var caption = caption
      caption.speaker = caption.speaker ?? told.speaker
      return caption
    }
  }

  private func agreed(
    _ current: Script, _ now: TrackProjection, _ stored: TrackBase?
  ) -> Outcome {
    var base = TrackBase(script: current, captions: now.captions)
    base.forgetsSpeakers = isNameless && stored?.forgetsSpeakers == true
    return Outcome(
      pull: PullResult(transformation: nil, base: base.bytes, agrees: true), unsentLines: 0,
      contentHash: [], notes: 0)
  }

  /// Whether the track names nobody.
  private var isNameless: Bool { captions.allSatisfy { $0.speaker == nil } }

  /// What was sent, where all that was new in it are speakers and the track names none.
  private func forgotten(_ sent: Script, _ stored: TrackBase) -> TrackBase? {
    guard isNameless, Self.differingLines(stored.script, sent) > 0,
      Self.differingLines(stored.script, sent, namesSpeakers: false) == 0
    else { return nil }
    let held = sent.lines.lazy.filter(\.isHeldByTracks)
    var base = TrackBase(
      script: sent,
      captions: zip(held, captions).map { TrackCaption(lineID: $0.id, content: $1) })
    base.forgetsSpeakers = true
    return base
  }

  private func unchanged(
    _ base: TrackBase, _ bytes: [UInt8], _ current: Script, _ now: TrackProjection
  ) -> Outcome {
    let unsent = base.differingLines(in: current)
    var outcome = Outcome(
      pull: PullResult(transformation: nil, base: bytes, agrees: unsent == 0), unsentLines: unsent,
      contentHash: unsent == 0 ? [] : now.hash, notes: 0)
    outcome.base = ReadBase(bytes: bytes, revision: current.revision, base: base)
    return outcome
  }

  private func merged(_ theirs: Script, _ ancestor: TrackBase, _ state: PullState) -> Outcome {
    let merged = ScriptTransformation.merging(
      theirs, base: ancestor.script, into: state.current, open: state.open)
    let held = theirs.lines.lazy.filter(\.isHeldByTracks)
    var base = TrackBase(
      script: theirs,
      captions: zip(held, captions).map { TrackCaption(lineID: $0.id, content: $1) })
    base.forgetsSpeakers = ancestor.forgetsSpeakers && isNameless
    let result = merged.transformation.script
    let unsent = base.differingLines(in: result)
    return Outcome(
      pull: PullResult(
        transformation: merged.transformation, base: base.bytes, agrees: unsent == 0),
      unsentLines: unsent,
      contentHash: unsent == 0 ? [] : TrackProjection(result, over: base).hash,
      notes: merged.notes.count)
  }

  /// A script and a track of which nothing is known that they had in common.
  ///
  /// What both have is common; of a line that both have differently its place is, and each field that
  /// differs becomes a conflict, unless a session that is over tells who changed it; what one alone
  /// has stays.
  private func firstMeeting(
    _ now: TrackProjection, _ former: TrackBase?, _ state: PullState
  ) -> Outcome {
    let like = TrackBase(script: state.current, captions: now.captions)
    let theirs = TrackReading(base: like).script(of: told ?? captions, cast: cast)
    let others = Dictionary(
      theirs.lines.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let earlier = Dictionary(
      (former?.script.lines ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var common = like
    common.script.lines = state.current.lines.compactMap { line in
      guard let other = others[line.id] else { return nil }
      var line = line
      let before = earlier[line.id]
      if !line.text.utf8.elementsEqual(other.text.utf8) { line.text = before?.text ?? "" }
      if line.speaker != other.speaker { line.speaker = before?.speaker }
      if line.start != other.start { line.start = before?.start }
      if line.end != other.end { line.end = before?.end }
      return line
    }
    return merged(theirs, common, state)
  }

  /// How many lines differ between two scripts, as far as a track can hold them.
  static func differingLines(
    _ base: Script, _ script: Script, namesSpeakers: Bool = true
  ) -> Int {
    let edits = ScriptDifference.edits(
      from: spoken(base, namesSpeakers: namesSpeakers),
      to: spoken(script, namesSpeakers: namesSpeakers))
    var ids: Set<Line.ID> = []
    for edit in edits { ids.formUnion(edit.lines) }
    return ids.count
  }

  /// The lines that a track can hold, with the speaker's name as a part of the words.
  static func spoken(_ script: Script, namesSpeakers: Bool = true) -> [Line] {
    let names = Dictionary(
      script.speakers.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    return script.lines.lazy.filter(\.isHeldByTracks).map { line in
      let content = CaptionContent(
        speaker: namesSpeakers ? line.speaker.flatMap { names[$0] } : nil,
        text: CaptionContent.rows(of: line.text), start: Milliseconds(0), duration: Milliseconds(0))
      return Line(id: line.id, start: line.start, end: line.end, text: content.labelled)
    }
  }
}

extension TrackBase {
  /// The script that an extraction gave as the ancestor of what another gives.
  ///
  /// What was corrected since then, and sent, would else be undone by the words that were heard again.
  fileprivate func first(_ extracted: Script) -> TrackBase {
    let now = Dictionary(
      script.lines.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let same = extracted.lines.filter { line in
      guard let now = now[line.id] else { return false }
      return now.text == line.text && now.start == line.start && now.end == line.end
        && now.speaker == line.speaker
    }
    let kept = Set(same.map(\.id))
    var base = TrackBase(script: extracted, seen: seen.filter { kept.contains($0.key) })
    base.forgetsSpeakers = forgetsSpeakers
    return base
  }

  /// How many lines of a script the track does not have as they are there, and could have.
  package func differingLines(in script: Script) -> Int {
    TrackMerge.differingLines(self.script, script, namesSpeakers: !forgetsSpeakers)
  }
}

extension LineEdit {
  /// The lines that an edit is about.
  fileprivate var lines: [Line.ID] {
    switch self {
    case .insert(let line, _): [line.id]
    case .delete(let id), .move(let id, _), .setKind(let id, _), .setSpeaker(let id, _),
      .setStart(let id, _), .setEnd(let id, _), .setText(let id, _):
      [id]
    case .join(let id, let survivor): [id, survivor]
    }
  }
}
