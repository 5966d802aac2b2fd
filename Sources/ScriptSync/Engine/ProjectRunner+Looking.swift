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
    let changes = try changes(to: seen, in: session, names)
    state = seen
    observation = nil
    if let lastSent, !changes.isEmpty { run.changes[lastSent, default: []] += changes }
    var look = Look(
      fingerprint: seen.fingerprint, uploads: try uploads(shownBy: seen),
      trackContent: content(of: seen), changes: changes)
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

  private func content(of state: SessionState) -> [String: [UInt8]] {
    guard let draft = state.draft else { return [:] }
    return Dictionary(
      draft.keyedScriptTracks.map { ($0.key, $0.track.captionHash) },
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
