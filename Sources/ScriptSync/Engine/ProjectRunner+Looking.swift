import BackendAPI
import JSONText
import ScriptMerge
import ScriptModel
import ScriptStore

extension ProjectRunner {
  /// The names of the project's speakers, by which labels in texts are told.
  func cast() throws -> [Speaker] { try store.cast(of: project.id).map(\.speaker) }

  func look() async throws -> SyncOutcome {
    guard let session = snapshot.session else { throw LocalFailure(description: "no session") }
    let answered = try await client().call(SessionStateRequest(sessionID: session.sessionID))
    let names = Set(try cast().map(\.name))
    let seen = names.isEmpty ? answered : SessionState(answered.document, knownSpeakers: names)
    let before = try state ?? lastState(of: session, names)
    state = seen
    observation = nil
    let changes = DraftChanges.sentences(from: before, to: seen)
    if let lastSent, !changes.isEmpty { run.changes[lastSent, default: []] += changes }
    return .looked(
      Look(
        fingerprint: seen.fingerprint, uploads: try uploads(shownBy: seen),
        trackContent: content(of: seen), changes: changes))
  }

  private func lastState(
    of session: BackendSession, _ names: Set<String>
  ) throws -> SessionState? {
    guard let bytes = try store.lastObservation(of: session.id) else { return nil }
    // What was kept was read before; where it can't be read now there is nothing to compare with.
    return (try? JSONValue(parsing: bytes)).map { SessionState($0, knownSpeakers: names) }
  }

  private func content(of state: SessionState) -> [String: [UInt8]] {
    guard let draft = state.draft else { return [:] }
    return Dictionary(
      draft.scriptTracks.map { (draft.key(of: $0), $0.captionHash) },
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

  // MARK: Merging

  func integrate() throws -> Integration {
    guard let session = snapshot.session, let state else {
      return Integration(snapshot: try store.snapshot(of: project.id))
    }
    let hash = try store.keepObservation(state.document.bytes, of: session.id)
    observation = hash
    var integration = Integration(snapshot: snapshot)
    let cast = try cast()
    let draft = state.draft ?? .empty
    var bound = Dictionary(
      snapshot.scripts.compactMap { standing in
        standing.binding.flatMap { binding in
          binding.sessionID == session.id ? (binding.trackKey, standing) : nil
        }
      }, uniquingKeysWith: { first, _ in first })
    for track in draft.scriptTracks {
      let key = draft.key(of: track)
      let captions = enriched(track.captions, cast: cast)
      if let standing = bound.removeValue(forKey: key) {
        try pull(captions, key, into: standing.scriptID, hash, cast, &integration)
      } else if !snapshot.tracksOfDeletedScripts.contains(key) {
        try meet(captions, track, key, hash, cast, &integration)
      }
    }
    try takeRepliesWithoutTrack()
    for standing in snapshot.scripts {
      guard let binding = standing.binding else { continue }
      let isThere = binding.sessionID == session.id && bound[binding.trackKey] == nil
      if !isThere { try noteMissing(standing, &integration) }
    }
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

  private func pull(
    _ captions: [CaptionContent], _ key: String, into script: Script.ID, _ hash: [UInt8],
    _ cast: [Speaker], _ integration: inout Integration
  ) throws {
    guard let session = snapshot.session else { return }
    let merge = TrackMerge(captions, cast: cast, sent: sent.removeValue(forKey: script))
    var result: TrackMerge.Outcome?
    let edit = try store.pull(
      into: script, trackKey: key, session: session.id, observation: hash,
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
    let title = snapshot.scripts.first { $0.scriptID == script }?.title ?? ""
    integration.unsent.append(
      UnsentScript(
        scriptID: script, title: title, lineCount: result.unsentLines,
        contentHash: result.contentHash))
  }

  /// A track that no script is bound to: an extraction's, a script's that was sent, or a new one.
  private func meet(
    _ captions: [CaptionContent], _ track: Draft.Track, _ key: String, _ hash: [UInt8],
    _ cast: [Speaker], _ integration: inout Integration
  ) throws {
    guard let session = snapshot.session, !captions.isEmpty else { return }
    let extraction = extractions.first
    if let known = extraction?.record.intent.scriptID,
      snapshot.scripts.contains(where: { $0.scriptID == known })
    {
      try pull(captions, key, into: known, hash, cast, &integration)
      return noteExtracted(known)
    }
    let title = extraction.map { self.title(of: $0.record) } ?? track.name ?? "Captions"
    let same = snapshot.scripts.first { $0.binding == nil && $0.title == track.name }
    if let same, extraction == nil {
      return try pull(captions, key, into: same.scriptID, hash, cast, &integration)
    }
    let summary = try store.adopt(
      TrackDocument.document(of: captions, language: project.language), title: title,
      in: project.id, trackKey: key, session: session.id, observation: hash
    ) { script in
      let held = script.lines.filter(\.isHeldByTracks)
      return TrackBase(
        script: script,
        captions: zip(held, captions).map { TrackCaption(lineID: $0.id, content: $1) }
      ).bytes
    }
    integration.pulledLines += summary.lineCount
    if extraction != nil { noteExtracted(summary.id) }
  }

  private func noteExtracted(_ script: Script.ID) {
    guard !extractions.isEmpty else { return }
    let extraction = extractions.removeFirst()
    run.scripts[extraction.record.intent.id] = script
    // That a later extraction of the same media finds the script is worth no failure here.
    try? store.link(extraction.record.intent.id, to: script)
  }

  private func title(of record: IntentRecord) -> String {
    let name = record.intent.mediaID.flatMap { try? store.medium($0).name } ?? "Transcript"
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
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
