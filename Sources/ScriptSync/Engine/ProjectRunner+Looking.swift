import BackendAPI
import ScriptModel
import ScriptStore

extension ProjectRunner {
  /// The names of the project's speakers, by which labels in texts are told.
  func cast() throws -> [Speaker] { try store.speakers(of: project.id) }

  func look() async throws -> SyncOutcome {
    guard let session = snapshot.session else { throw LocalFailure(description: "no session") }
    let before = try keptState(of: session)
    let answer = try await client().call(
      SessionLookRequest(sessionID: session.sessionID, known: state?.bytes ?? before?.bytes))
    if case .asKnown = answer, let before, let conflicts = try conflictsAtRest(session, before) {
      return .unchanged(conflicts)
    }
    let names = Set(try cast().map(\.name))
    let seen =
      switch answer {
      case .seen(let document, let bytes):
        SessionState(document, from: bytes, knownSpeakers: names)
      case .asKnown: try asKnown(before, names)
      }
    try check(seen, of: session)
    let changes = changes(to: seen, names)
    state = seen
    if let lastSent, !changes.isEmpty { run.changes[lastSent, default: []] += changes }
    trackContent = content(of: seen)
    var look = Look(
      at: seen, uploads: try uploads(shownBy: seen), trackContent: trackContent, changes: changes)
    look.isReadyForExport = seen.draft?.isReadyForExport == true
    look.isFinished = seen.draft?.isFinished == true
    return .looked(look)
  }

  /// The state that was kept of the last look before this run, or by this run's last merge.
  func keptState(of session: BackendSession) throws -> KeptState? {
    if !hasReadKept { kept = try store.lastState(of: session.id) }
    hasReadKept = true
    return kept
  }

  /// A state that came as it is known, read again only where names tell more labels than before.
  private func asKnown(_ kept: KeptState?, _ names: Set<String>) throws -> SessionState {
    if let state, state.draft?.knownSpeakers == names { return state }
    do {
      return try SessionState(parsing: state?.bytes ?? kept?.bytes ?? [], knownSpeakers: names)
    } catch {
      throw CallError.service(
        ServiceError(.unreadable, number: 200, detail: "the answer is no JSON"))
    }
  }

  /// The conflicts that wait, where a state that came as it was kept leaves nothing else to do: each
  /// of its tracks is a script's that was merged with it and not edited since, or that was deleted.
  ///
  /// Only which tracks there are is read of it, since a crash may have come before they were merged.
  private func conflictsAtRest(
    _ session: BackendSession, _ kept: KeptState
  ) throws -> [Conflict]? {
    guard state == nil, snapshot.intents.isEmpty, snapshot.wantedMedia.isEmpty,
      isMerged(kept.hash, session),
      // What was kept was read before; where it can't be read now it is looked at in full.
      let outline = try? SessionState(outlining: kept.bytes), hasScripts(outline)
    else { return nil }
    let leftovers = try store.leftovers(
      of: project.id, media: generatedMedia(of: outline),
      pushesWith: SyncPlanner.changedTrackEvidence)
    let hasLooseEnds = leftovers.looseEnds.contains { $0.sessionID == session.id }
    return leftovers.knowsMedia && !hasLooseEnds ? leftovers.conflicts : nil
  }

  /// Whether each script that has a track was merged with a kept state, and is as it was then.
  private func isMerged(_ hash: [UInt8], _ session: BackendSession) -> Bool {
    snapshot.scripts.allSatisfy { standing in
      guard let binding = standing.binding else { return true }
      return binding.sessionID == session.id && binding.observationHash == hash
        && binding.agreedRevision == standing.revision
    }
  }

  /// Whether each track has its script, or had it, and each script its track.
  private func hasScripts(_ outline: SessionState) -> Bool {
    guard let draft = outline.draft, outline.hasTracks else { return false }
    var missing = Set(snapshot.scripts.compactMap(\.binding?.trackKey))
    for (key, track) in draft.keyedScriptTracks(including: ownTracks()) {
      if !track.segments.isEmpty, missing.remove(key) != nil { continue }
      guard snapshot.tracksOfDeletedScripts.contains(key) else { return false }
    }
    return missing.isEmpty
  }

  /// What changed since the last look, of this run or an earlier one.
  private func changes(to seen: SessionState, _ names: Set<String>) -> [String] {
    // Mostly nothing has changed, and then what was kept need not be read.
    if let last = state?.bytes ?? kept?.bytes, last == seen.bytes { return [] }
    if let state { return DraftChanges.sentences(from: state, to: seen) }
    // What was kept was read before; where it can't be read now there is nothing to compare with.
    let before = kept.flatMap { try? SessionState(parsing: $0.bytes, knownSpeakers: names) }
    return DraftChanges.sentences(from: before, to: seen)
  }

  /// A session that had a draft has one: an answer without it is a failed read and no empty session.
  ///
  /// - Throws: `CallError`, as of an answer that can't be read: nothing is merged or sent on it.
  private func check(_ seen: SessionState, of session: BackendSession) throws {
    if seen.hasTracks { return }
    let isBound = snapshot.scripts.contains {
      $0.binding?.sessionID == session.id && $0.binding?.observationHash != nil
    }
    guard isBound || hadTracks else { return }
    throw CallError.service(
      ServiceError(
        .unreadable, number: 200, detail: "the session's state came without its draft"))
  }

  private var hadTracks: Bool {
    // What was kept was read before; what can't be read now shows nothing.
    kept.flatMap { try? SessionState(parsing: $0.bytes) }?.hasTracks ?? false
  }

  private func content(of state: SessionState) -> [String: [UInt8]] {
    guard let draft = state.draft else { return [:] }
    return Dictionary(
      draft.keyedScriptTracks(including: ownTracks()).lazy.filter { !$0.track.segments.isEmpty }
        .map { ($0.key, $0.track.captionHash) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The unsettled uploads whose files the state shows; each file stands for one upload.
  private func uploads(shownBy state: SessionState) throws -> [Intent.ID: UploadedFile] {
    var files = state.files
    var result: [Intent.ID: UploadedFile] = [:]
    for record in snapshot.intents where record.intent.kind == .upload {
      guard let id = record.intent.mediaID else { continue }
      let medium = try store.medium(id)
      let hash = medium.sha256.map(Hexadecimal.text)
      let index = files.firstIndex { file in
        file.shows(sha256: hash, name: medium.name, byteCount: medium.byteCount)
          || medium.sha256 == nil && medium.address != nil && file.address == medium.address
      }
      if let index { result[record.intent.id] = files.remove(at: index) }
    }
    return result
  }
}
