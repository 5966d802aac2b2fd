import BackendAPI
import JSONText
import ScriptModel
import ScriptStore

/// What is remembered of a session while it is spoken to, so that its end can be told.
///
/// Scripts and files are here and go to the next session; what the agent made was in the session alone.
struct SessionKeepsake {
  private let id: BackendSession.ID
  private let observation: [UInt8]

  /// - Returns: `nil` where the project has no session, or none that was looked at.
  init?(of project: Project.ID, in store: WorkspaceStore) throws(StoreError) {
    guard let session = try store.snapshot(of: project).session,
      let observation = try store.lastObservation(of: session.id)
    else { return nil }
    id = session.id
    self.observation = observation
  }

  /// Says what can't be brought back, where the session is over.
  ///
  /// - Returns: `nil` while it lives, and where it held nothing but what is here.
  func loss(of project: Project.ID, in store: WorkspaceStore) throws(StoreError) -> String? {
    // What was kept was read before; what can't be read now was never seen.
    guard try store.snapshot(of: project).session?.id != id,
      let document = try? JSONValue(parsing: observation),
      let draft = SessionState(document).draft
    else { return nil }
    let scripts = Set(draft.scriptTracks.map(\.index))
    let made = draft.tracks.filter { !scripts.contains($0.index) && !$0.segments.isEmpty }
    if made.isEmpty { return nil }
    let tracks = made.map { TrackSummary.track($0, of: draft) }.joined(separator: "; ")
    return "What was made in the old session is not in the new one: \(tracks). "
      + "Ask the agent for it again; files that came down stay in 'offbook media'."
  }
}
