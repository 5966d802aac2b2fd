import BackendAPI
import ScriptMerge
import ScriptModel
import ScriptStore

extension ProjectRunner {
  func integrate() throws -> Integration {
    guard let session = snapshot.session, let state else {
      return Integration(snapshot: try store.snapshot(of: project.id))
    }
    var integration = Integration(snapshot: snapshot)
    try noteLeftOut(session, &integration)
    let hash = try keep(state, of: session)
    if !hasRecovered { try recover(session) }
    let missing = try mergeTracks(of: session, hash, &integration)
    try takeRepliesWithoutTrack()
    for standing in missing { try noteMissing(standing, &integration) }
    integration.foundMedia = try store.noteGenerated(generatedMedia(of: state), in: project.id)
    integration.snapshot = try store.snapshot(of: project.id)
    try findObstacles(&integration)
    integration.conflicts = try store.openConflicts(in: project.id)
    return integration
  }

  /// Keeps a state as the last one seen; one that is kept already is not hashed again.
  private func keep(_ state: SessionState, of session: BackendSession) throws -> [UInt8] {
    let bytes = state.bytes
    if let kept = try keptState(of: session), kept.bytes == bytes { return kept.hash }
    let hash = try store.keepObservation(bytes, of: session.id)
    kept = KeptState(hash: hash, bytes: bytes)
    return hash
  }

  /// What the service made, as the store notes it.
  func generatedMedia(of state: SessionState) -> [GeneratedMediumRow] {
    state.generated.map { medium in
      GeneratedMediumRow(
        identity: medium.identity, name: medium.name, kind: MediaKind.of(medium),
        address: medium.address, byteCount: medium.byteCount)
    }
  }

  /// Merges each text track into its script.
  ///
  /// - Returns: the bound scripts whose tracks the session does not have.
  private func mergeTracks(
    of session: BackendSession, _ hash: [UInt8], _ integration: inout Integration
  ) throws -> [ScriptStanding] {
    let cast = try cast()
    let draft = state?.draft ?? .empty
    let own = snapshot.scripts.filter { $0.binding?.sessionID == session.id }
    var bound = Dictionary(
      own.compactMap { standing in standing.binding.map { ($0.trackKey, standing) } },
      uniquingKeysWith: { first, _ in first })
    let tracks = draft.keyedScriptTracks(including: ownTracks())
    let known = Set(tracks.map(\.key))
    let moved = renamed(tracks, bound)
    for (former, key) in moved { bound[key] = bound.removeValue(forKey: former) }
    let isMoved = Set(moved.map(\.key))
    // Bound to a session that is over, to no track that is there, or to none: a track that was made
    // for it can be its own.
    var unbound = snapshot.scripts.filter { standing in
      standing.binding.map { $0.sessionID != session.id || !known.contains($0.trackKey) } ?? true
    }
    var keys: Set<String> = []
    // A script leaves its former track before that can become another.
    for (key, track) in tracks.filter({ isMoved.contains($0.key) })
      + tracks.filter({ !isMoved.contains($0.key) })
    {
      // Of tracks that can't be told apart the first is the script's.
      guard keys.insert(key).inserted else { continue }
      let seen = SeenTrack(track, key, of: session.id, in: hash, cast)
      if let standing = bound[key] {
        // A track without captions is no wish to delete every line: it is gone like one that is.
        if track.segments.isEmpty { continue }
        bound[key] = nil
        let extraction = extractions.first { $0.record.intent.scriptID == standing.scriptID }
        try pull(
          seen, into: standing, told: told(of: seen, by: extraction),
          isExtracted: extraction != nil, &integration)
        noteExtracted(extraction, standing.scriptID)
      } else if !snapshot.tracksOfDeletedScripts.contains(key) {
        let met = try meet(seen, among: unbound, &integration)
        guard let met else { continue }
        unbound.removeAll { $0.scriptID == met }
        bound = bound.filter { $0.value.scriptID != met }
      }
    }
    let missing = Set(bound.values.map(\.scriptID)).union(
      unbound.lazy.filter { $0.binding != nil }.map(\.scriptID))
    return snapshot.scripts.filter { missing.contains($0.scriptID) }
  }

  private func pull(
    _ track: SeenTrack, into standing: ScriptStanding, told: ToldTrack? = nil,
    isExtracted: Bool = false, _ integration: inout Integration
  ) throws {
    let script = standing.scriptID
    leaving[script] = nil
    // Where neither side has changed nothing is read and nothing is written.
    if let binding = standing.binding, binding.observationHash == track.observation,
      binding.agreedRevision == standing.revision, sent[script] == nil, told == nil
    {
      return
    }
    var merge = TrackMerge(
      track.captions, told: told?.captions, cast: track.cast,
      sent: sent.removeValue(forKey: script), pushed: pushed[script])
    if isExtracted { merge.extracted = try firstExtraction(of: script) }
    merge.known = bases.removeValue(forKey: script)
    if let late = pushed[script], late == trackContent[track.key] { pushed[script] = nil }
    var result: TrackMerge.Outcome?
    let edit = try store.pull(
      into: script, trackKey: track.key, session: track.session, observation: track.observation,
      message: "Merge what the session has"
    ) { state in
      let outcome = merge.outcome(state)
      result = outcome
      return outcome.pull
    }
    if edit.revision != nil {
      integration.pulledLines += edit.changes.count
      run.edits.append(edit)
    }
    bases[script] = result?.base
    guard let result, result.unsentLines > 0 else { return }
    integration.unsent.append(
      UnsentScript(
        scriptID: script, title: standing.title, lineCount: result.unsentLines,
        contentHash: result.contentHash))
  }

  /// The script as an extraction gave it first; `nil` for one that was made otherwise.
  private func firstExtraction(of script: Script.ID) throws -> Script? {
    guard try store.log(of: script).last?.kind == .sync else { return nil }
    return try store.script(script, at: 1)
  }

  /// A track that no script is bound to: an extraction's, a script's that was sent, or a new one.
  ///
  /// - Returns: the script that was there and that the track is from now on.
  private func meet(
    _ track: SeenTrack, among unbound: [ScriptStanding], _ integration: inout Integration
  ) throws -> Script.ID? {
    if track.captions.isEmpty { return nil }
    let extraction = extraction(of: track, among: unbound)
    if let known = extraction?.record.intent.scriptID,
      let standing = unbound.first(where: { $0.scriptID == known })
    {
      try pull(
        track, into: standing, told: told(of: track, by: extraction), isExtracted: true,
        &integration)
      noteExtracted(extraction, known)
      return known
    }
    if extraction == nil, let standing = try script(of: track, among: unbound) {
      try pull(track, into: standing, &integration)
      return standing.scriptID
    }
    let title =
      extraction.map { self.title(of: $0.record) } ?? track.name.map(UploadName.label) ?? "Captions"
    let told = told(of: track, by: extraction)
    var document = TrackDocument.document(
      of: told?.captions ?? track.captions, language: project.language)
    document.metadata.notes = told?.reply.document.metadata.notes ?? []
    let summary = try store.adopt(
      document, source: told?.reply.source(title: title), title: title, in: project.id,
      trackKey: track.key, session: track.session, observation: track.observation
    ) { script in
      let held = script.lines.filter(\.isHeldByTracks)
      return TrackBase(
        script: script,
        captions: zip(held, track.captions).map { TrackCaption(lineID: $0.id, content: $1) }
      ).bytes
    }
    integration.pulledLines += summary.lineCount
    noteExtracted(extraction, summary.id)
    return nil
  }

  /// The script that a track was made of: sent in this run, or of its name, or of the same words.
  private func script(
    of track: SeenTrack, among unbound: [ScriptStanding]
  ) throws -> ScriptStanding? {
    if let made = unbound.first(where: {
      track.name != nil && pushedTitles[$0.scriptID] == track.name
    }) {
      return made
    }
    let name = track.name.map(PushMessage.quotable)
    if let same = unbound.first(where: { PushMessage.quotable($0.title) == name }) { return same }
    let hash = CaptionContent.hash(of: track.captions)
    return try unbound.first { standing in
      guard standing.binding != nil else { return false }
      return try TrackProjection(store.script(standing.scriptID), over: nil).hash == hash
    }
  }

  /// A script whose track the session does not have: all of it is unsent.
  ///
  /// Where the track was there as the script is here, somebody took it out of the session: the script
  /// stays, and goes again once it is edited.
  private func noteMissing(_ standing: ScriptStanding, _ integration: inout Integration) throws {
    let script = try store.script(standing.scriptID)
    let projection = TrackProjection(script, over: nil)
    guard !projection.captions.isEmpty else { return }
    let wasThere =
      standing.binding?.sessionID == snapshot.session?.id
      && standing.binding?.agreedRevision == standing.revision
    if wasThere {
      return integration.notices.append(
        "The session no longer has the captions of '\(standing.title)': the script stays here as it "
          + "is, and goes there again with its next edit.")
    }
    integration.unsent.append(
      UnsentScript(
        scriptID: standing.scriptID, title: standing.title,
        lineCount: projection.captions.count, contentHash: projection.hash))
  }
}

/// A text track as a look saw it.
private final class SeenTrack {
  let key: String
  let name: String?
  let session: BackendSession.ID
  let observation: [UInt8]
  let cast: [Speaker]
  private let track: Draft.Track
  /// What it says; not asked for where the script is known to say the same.
  lazy var captions = track.captions

  init(
    _ track: Draft.Track, _ key: String, of session: BackendSession.ID, in observation: [UInt8],
    _ cast: [Speaker]
  ) {
    self.track = track
    self.key = key
    name = track.name
    self.session = session
    self.observation = observation
    self.cast = cast
  }
}

// MARK: - Extractions

extension ProjectRunner {
  typealias Extraction = (record: IntentRecord, reply: String)

  /// Takes up what earlier runs left: extractions without a script, pushes that may come late.
  func recover(_ session: BackendSession) throws {
    hasRecovered = true
    // Another device may have changed a track, and the push is carried out after all.
    let ends = try store.looseEnds(
      of: project.id, pushesWith: SyncPlanner.changedTrackEvidence
    ).filter { $0.sessionID == session.id }
    try recoverExtractions(ends.filter { $0.intent.purpose == .extract })
    for record in ends where record.intent.purpose == .push {
      guard let script = record.intent.scriptID, pushed[script] == nil else { continue }
      pushed[script] = record.contentHash
    }
  }

  /// Extractions that were answered before a crash and have no script yet.
  ///
  /// One that gave a script of its title, which the crash kept from being noted, is given that.
  private func recoverExtractions(_ done: [IntentRecord]) throws {
    let answered = done.filter { record in
      !extractions.contains { $0.record.intent.id == record.intent.id }
    }
    if answered.isEmpty { return }
    let names = try cast().map(\.name)
    for record in answered {
      let title = title(of: record)
      if let made = try snapshot.scripts.first(where: {
        try $0.title == title && isOfExtraction($0.scriptID)
      }) {
        try store.link(record.intent.id, to: made.scriptID)
        continue
      }
      let reply = try store.reply(to: record.intent.id) ?? ""
      if TranscriptReply(reply, cast: names) != nil { extractions.append((record, reply)) }
    }
  }

  /// The extraction that a new track came of: the one of its name, else the first.
  private func extraction(
    of track: SeenTrack, among unbound: [ScriptStanding]
  ) -> Extraction? {
    // One whose script has a track already changes that.
    let open = extractions.filter { extraction in
      guard let known = extraction.record.intent.scriptID else { return true }
      return unbound.contains { $0.scriptID == known }
    }
    if let named = open.first(where: { isNamed(track, for: $0.record) }) { return named }
    if let first = open.first { return first }
    // One whose answer was lost is not settled before the look that shows its track is merged.
    let doubtful = snapshot.intents.first { record in
      record.intent.purpose == .extract && record.intent.scriptID == nil
        && record.intent.state != .queued && record.sessionID == track.session
        && isNamed(track, for: record)
    }
    return doubtful.map { ($0, "") }
  }

  private func isNamed(_ track: SeenTrack, for record: IntentRecord) -> Bool {
    track.name.map(UploadName.label) == title(of: record)
  }

  private func noteExtracted(_ extraction: Extraction?, _ script: Script.ID) {
    guard let id = extraction?.record.intent.id else { return }
    extractions.removeAll { $0.record.intent.id == id }
    run.scripts[id] = script
    // That a later extraction of the same media finds the script is worth no failure here.
    try? store.link(id, to: script)
  }

  func title(of record: IntentRecord) -> String {
    // A medium that can't be read gives no name, and the title is a label alone.
    let name = record.intent.mediaID.flatMap { try? store.medium($0).name } ?? "Transcript"
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// An extraction that gave no track: its script is what the reply holds.
  private func takeRepliesWithoutTrack() throws {
    if extractions.isEmpty { return }
    let names = try cast().map(\.name)
    for extraction in extractions {
      guard let reply = TranscriptReply(extraction.reply, cast: names) else { continue }
      if let known = extraction.record.intent.scriptID {
        try merge(reply.document, into: known)
        run.scripts[extraction.record.intent.id] = known
        continue
      }
      let title = title(of: extraction.record)
      let summary = try store.importDocument(
        reply.document, source: reply.source(title: title), into: project.id, title: title,
        numbersTitle: true, kind: .transcript)
      run.scripts[extraction.record.intent.id] = summary.id
      try store.link(extraction.record.intent.id, to: summary.id)
    }
    extractions = []
  }

  /// Merges what another extraction of the same medium says into the script that the first gave.
  private func merge(_ document: ScriptDocument, into script: Script.ID) throws {
    var capabilities = DocumentCapabilities()
    capabilities.holdsTimes = document.entries.contains { $0.start != nil }
    capabilities.holdsEndTimes = document.entries.contains { $0.end != nil }
    capabilities.holdsSpeakers = document.entries.contains { $0.speaker != nil }
    capabilities.holdsKinds = false
    capabilities.holdsMarkup = false
    capabilities.holdsRows = false
    let edit = try store.transform(
      script, base: 1, kind: .sync, message: "Merge what was heard again"
    ) { state in
      let theirs = Alignment.identify(
        document, against: state.base, capabilities: capabilities)
      return ScriptTransformation.merging(theirs, into: state).transformation
    }
    if edit.revision != nil { run.edits.append(edit) }
  }

  /// Whether an extraction made a script, and no import of a person's.
  private func isOfExtraction(_ script: Script.ID) throws -> Bool {
    if try store.log(of: script).last?.kind == .sync { return true }
    return try store.source(of: script)?.name.hasSuffix(TranscriptReply.sourceEnding) ?? false
  }

  /// A track as the reply of the extraction that it came of tells it: who speaks, in which words.
  private func told(of track: SeenTrack, by extraction: Extraction?) -> ToldTrack? {
    guard let extraction,
      let reply = TranscriptReply(extraction.reply, cast: track.cast.map(\.name))
    else { return nil }
    let captions = ReplyAlignment(track.captions, with: reply.document).enriched()
    return ToldTrack(captions: captions, reply: reply)
  }
}

/// A text track with what a reply tells of it.
private struct ToldTrack {
  /// As many captions as the track has.
  let captions: [CaptionContent]
  let reply: TranscriptReply
}
