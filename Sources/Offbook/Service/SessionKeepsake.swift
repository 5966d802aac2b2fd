import BackendAPI
import ScriptSync

/// What a session held that the service forgot.
///
/// Scripts and files are here and go to the next session; what the agent made was in the session alone.
struct SessionKeepsake {
  private let state: SessionState

  /// - Returns: `nil` where no session ended in the run, or none that was looked at.
  init?(of run: ProjectRun) {
    // What was kept was read before; what can't be read now was never seen.
    guard let bytes = run.lostState, let state = try? SessionState(parsing: bytes) else {
      return nil
    }
    self.state = state
  }

  /// What can't be brought back, as a notice; `nil` where it held nothing but what is here.
  var loss: String? {
    guard let draft = state.draft else { return nil }
    let scripts = Set(draft.scriptTracks.map(\.index))
    let made = draft.tracks.filter { !scripts.contains($0.index) && !$0.segments.isEmpty }
    if made.isEmpty { return nil }
    let tracks = made.map { TrackSummary.track($0, of: draft) }.joined(separator: "; ")
    return "What was made in the old session is not in the new one: \(tracks). "
      + "Ask the agent for it again; files that came down stay in 'offbook media'."
  }
}
