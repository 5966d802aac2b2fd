import BackendAPI
import JSONText
import ScriptModel
import ScriptStore

extension ProjectRunner {
  /// The names of the project's speakers, by which labels in texts are told.
  func cast() throws -> [Speaker] { try store.speakers(of: project.id) }

  func look() async throws -> SyncOutcome {
    guard let session = snapshot.session else { throw LocalFailure(description: "no session") }
    let names = Set(try cast().map(\.name))
    let before = try keptState(of: session)
    let answer = try await client().call(
      SessionLookRequest(
        sessionID: session.sessionID, knownSpeakers: names, known: state?.bytes ?? before?.bytes))
    let seen: SessionState
    switch answer {
    case .seen(let state): seen = state
    case .asBefore:
      if let before, try isAtRest(session, before) {
        return .unchanged(try store.openConflicts(in: project.id))
      }
      seen = try asBefore(before, names)
    }
    try check(seen, of: session)
    let changes = changes(to: seen, names)
    state = seen
    if let lastSent, !changes.isEmpty { run.changes[lastSent, default: []] += changes }
    trackContent = content(of: seen)
    var look = Look(
      fingerprint: seen.fingerprint, uploads: try uploads(shownBy: seen),
      trackContent: trackContent, changes: changes)
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
  private func asBefore(_ kept: KeptState?, _ names: Set<String>) throws -> SessionState {
    if let state, state.draft?.knownSpeakers == names { return state }
    do {
      return try SessionState(parsing: state?.bytes ?? kept?.bytes ?? [], knownSpeakers: names)
    } catch {
      throw CallError.service(
        ServiceError(.unreadable, number: 200, detail: "the answer is no JSON"))
    }
  }

  /// Whether a state that came as it was kept leaves nothing to do: each of its tracks is a script's
  /// that was merged with it and not edited since, or was a script's that was deleted here.
  ///
  /// Only which tracks there are is read of it, since a crash may have come before they were merged.
  private func isAtRest(_ session: BackendSession, _ kept: KeptState) throws -> Bool {
    guard state == nil, snapshot.intents.isEmpty, snapshot.wantedMedia.isEmpty else { return false }
    let bound = snapshot.scripts.compactMap { standing in
      standing.binding.map { (standing, $0) }
    }
    let isMerged = bound.allSatisfy { standing, binding in
      binding.sessionID == session.id && binding.observationHash == kept.hash
        && binding.agreedRevision == standing.revision
    }
    // What was kept was read before; where it can't be read now it is looked at in full.
    guard isMerged, let outline = try? SessionState(outlining: kept.bytes),
      let draft = outline.draft, outline.hasTracks
    else { return false }
    var missing = Set(bound.map(\.1.trackKey))
    for (key, track) in draft.keyedScriptTracks(including: ownTracks()) {
      let isMerged = !track.segments.isEmpty && missing.remove(key) != nil
      guard isMerged || snapshot.tracksOfDeletedScripts.contains(key) else { return false }
    }
    guard missing.isEmpty, try store.knows(generatedMedia(of: outline), in: project.id) else {
      return false
    }
    if !hasRecovered { try recover(session) }
    return extractions.isEmpty && pushed.isEmpty
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
