import BackendAPI
import JSONText
import ScriptModel
import ScriptStore

extension ProjectRunner {
  func integrate() throws -> Integration {
    guard let session = snapshot.session, let state else {
      return Integration(snapshot: try store.snapshot(of: project.id))
    }
    let hash = try store.keepObservation(state.document.bytes, of: session.id)
    observation = hash
    if !hasRecovered { try recover(session) }
    var integration = Integration(snapshot: snapshot)
    let missing = try mergeTracks(of: session, hash, &integration)
    try takeRepliesWithoutTrack()
    for standing in missing { try noteMissing(standing, &integration) }
    integration.foundMedia = try store.noteGenerated(
      state.generated.map { medium in
        (
          identity: medium.identity, name: medium.name, kind: MediaKind.of(medium),
          address: medium.address, byteCount: medium.byteCount
        )
      }, in: project.id)
    integration.snapshot = try store.snapshot(of: project.id)
    for standing in integration.snapshot.scripts {
      integration.conflicts += try store.conflicts(of: standing.scriptID)
    }
    return integration
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
    // Bound to a session that is over, or to none: a track that was made for it can be its own.
    var unbound = snapshot.scripts.filter { $0.binding?.sessionID != session.id }
    var keys: Set<String> = []
    for track in draft.scriptTracks {
      let key = draft.key(of: track)
      // Of tracks that can't be told apart the first is the script's.
      guard keys.insert(key).inserted else { continue }
      let seen = SeenTrack(
        key: key, name: track.name, captions: enriched(track.captions, cast: cast),
        session: session.id, observation: hash, cast: cast)
      if let standing = bound.removeValue(forKey: key) {
        try pull(seen, into: standing, &integration)
      } else if !snapshot.tracksOfDeletedScripts.contains(key) {
        let known = try meet(seen, among: unbound, &integration)
        unbound.removeAll { $0.scriptID == known }
      }
    }
    let missing = Set(bound.values.map(\.scriptID)).union(
      unbound.lazy.filter { $0.binding != nil }.map(\.scriptID))
    return snapshot.scripts.filter { missing.contains($0.scriptID) }
  }

  private func pull(
    _ track: SeenTrack, into standing: ScriptStanding, _ integration: inout Integration
  ) throws {
    let script = standing.scriptID
    leaving[script] = nil
    // Where neither side has changed nothing is read and nothing is written.
    if let binding = standing.binding, binding.observationHash == track.observation,
      binding.agreedRevision == standing.revision, sent[script] == nil
    {
      return
    }
    let merge = TrackMerge(
      track.captions, cast: track.cast, sent: sent.removeValue(forKey: script),
      pushed: pushed[script])
    if merge.hash == pushed[script] { pushed[script] = nil }
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
    guard let result, result.unsentLines > 0 else { return }
    integration.unsent.append(
      UnsentScript(
        scriptID: script, title: standing.title, lineCount: result.unsentLines,
        contentHash: result.contentHash))
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
      try pull(track, into: standing, &integration)
      noteExtracted(extraction, known)
      return known
    }
    if extraction == nil, let standing = try script(of: track, among: unbound) {
      try pull(track, into: standing, &integration)
      return standing.scriptID
    }
    let title =
      extraction.map { self.title(of: $0.record) } ?? track.name.map(UploadName.label) ?? "Captions"
    let summary = try store.adopt(
      TrackDocument.document(of: track.captions, language: project.language), title: title,
      in: project.id, trackKey: track.key, session: track.session, observation: track.observation
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
    let name = track.name.map(PushMessage.quotable)
    if let made = unbound.first(where: { pushedTitles[$0.scriptID] == name && name != nil }) {
      return made
    }
    if let same = unbound.first(where: { PushMessage.quotable($0.title) == name }) { return same }
    let hash = CaptionContent.hash(of: track.captions)
    return try unbound.first { standing in
      guard standing.binding != nil else { return false }
      return try TrackProjection(store.script(standing.scriptID), over: nil).hash == hash
    }
  }

  /// A script whose track the session does not have: all of it is unsent.
  private func noteMissing(_ standing: ScriptStanding, _ integration: inout Integration) throws {
    let script = try store.script(standing.scriptID)
    let projection = TrackProjection(script, over: nil)
    guard !projection.captions.isEmpty else { return }
    integration.unsent.append(
      UnsentScript(
        scriptID: standing.scriptID, title: standing.title,
        lineCount: projection.captions.count, contentHash: projection.hash))
  }
}

/// A text track as a look saw it.
private struct SeenTrack {
  let key: String
  let name: String?
  let captions: [CaptionContent]
  let session: BackendSession.ID
  let observation: [UInt8]
  let cast: [Speaker]
}

// MARK: - Extractions

extension ProjectRunner {
  typealias Extraction = (record: IntentRecord, reply: String)

  /// Takes up what earlier runs left: extractions without a script, pushes that may come late.
  private func recover(_ session: BackendSession) throws {
    hasRecovered = true
    let done = try store.intents(of: project.id, includingSettled: true).filter {
      $0.state == .done
    }
    try recoverExtractions(done, of: session)
    var last: [Script.ID: Intent] = [:]
    for intent in done where intent.purpose == .push { intent.scriptID.map { last[$0] = intent } }
    for (script, intent) in last where pushed[script] == nil {
      // Another device may have changed the track, and the push is carried out after all.
      guard intent.evidence == SyncPlanner.changedTrackEvidence else { continue }
      let record = try store.intentRecord(intent.id)
      if record.sessionID == session.id { pushed[script] = record.contentHash }
    }
  }

  /// Extractions that were answered before a crash and have no script yet.
  ///
  /// One that gave a script of its title, which the crash kept from being noted, is given that.
  private func recoverExtractions(_ done: [Intent], of session: BackendSession) throws {
    let answered = done.filter { intent in
      intent.purpose == .extract && intent.scriptID == nil
        && !extractions.contains { $0.record.intent.id == intent.id }
    }
    for intent in answered {
      let record = try store.intentRecord(intent.id)
      guard record.sessionID == session.id else { continue }
      let title = title(of: record)
      if let made = snapshot.scripts.first(where: { $0.title == title }) {
        try store.link(intent.id, to: made.scriptID)
        continue
      }
      let reply = try store.reply(to: intent.id) ?? ""
      if TranscriptReply.document(of: reply) != nil { extractions.append((record, reply)) }
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

  private func title(of record: IntentRecord) -> String {
    // A medium that can't be read gives no name, and the title is a label alone.
    let name = record.intent.mediaID.flatMap { try? store.medium($0).name } ?? "Transcript"
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// An extraction that gave no track: its script is what the reply holds.
  private func takeRepliesWithoutTrack() throws {
    for extraction in extractions {
      guard let document = TranscriptReply.document(of: extraction.reply) else { continue }
      if let known = extraction.record.intent.scriptID {
        run.scripts[extraction.record.intent.id] = known
        continue
      }
      let summary = try store.importDocument(
        document, source: nil, into: project.id, title: title(of: extraction.record),
        numbersTitle: true, kind: .transcript)
      run.scripts[extraction.record.intent.id] = summary.id
      try store.link(extraction.record.intent.id, to: summary.id)
    }
    extractions = []
  }

  /// Captions with the speakers and words of the reply of an extraction, where they fit.
  private func enriched(_ captions: [CaptionContent], cast: [Speaker]) -> [CaptionContent] {
    guard let reply = extractions.first?.reply,
      captions.allSatisfy({ $0.speaker == nil }),
      let document = TranscriptReply.document(of: reply)
    else { return captions }
    return TranscriptReply.labelled(captions, by: document)
  }
}
