import BackendAPI
import JSONText
import ScriptModel
import ScriptStore

extension ProjectRunner {
  /// The names of the project's speakers, by which labels in texts are told.
  func cast() throws -> [Speaker] { try store.cast(of: project.id).map(\.speaker) }

  func look() async throws -> SyncOutcome {
    guard let session = snapshot.session else { throw LocalFailure(description: "no session") }
    let names = Set(try cast().map(\.name))
    let seen = try await client().call(
      SessionStateRequest(sessionID: session.sessionID, knownSpeakers: names))
    try check(seen, of: session)
    let changes = try changes(to: seen, in: session, names)
    state = seen
    observation = nil
    if let lastSent, !changes.isEmpty { run.changes[lastSent, default: []] += changes }
    var look = Look(
      fingerprint: seen.fingerprint, uploads: try uploads(shownBy: seen),
      trackContent: try content(of: seen), changes: changes)
    look.isReadyForExport = seen.draft?.isReadyForExport == true
    look.isFinished = seen.draft?.isFinished == true
    return .looked(look)
  }

  /// What changed since the last look, of this run or an earlier one.
  private func changes(
    to seen: SessionState, in session: BackendSession, _ names: Set<String>
  ) throws -> [String] {
    if let state { return DraftChanges.sentences(from: state, to: seen) }
    guard let bytes = try store.lastObservation(of: session.id) else {
      return DraftChanges.sentences(from: nil, to: seen)
    }
    // Mostly nothing has changed, and then what was kept need not be read.
    if bytes == seen.document.bytes { return [] }
    // What was kept was read before; where it can't be read now there is nothing to compare with.
    let before = (try? JSONValue(parsing: bytes)).map { SessionState($0, knownSpeakers: names) }
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
    guard try isBound || hadTracks(session) else { return }
    throw CallError.service(
      ServiceError(
        .unreadable, number: 200, detail: "the session's state came without its draft"))
  }

  private func hadTracks(_ session: BackendSession) throws -> Bool {
    guard let bytes = try store.lastObservation(of: session.id) else { return false }
    // What was kept was read before; what can't be read now shows nothing.
    return (try? JSONValue(parsing: bytes)).map { SessionState($0).hasTracks } ?? false
  }

  private func content(of state: SessionState) throws -> [String: [UInt8]] {
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
