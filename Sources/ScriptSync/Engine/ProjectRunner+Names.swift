import BackendAPI
import ScriptModel
import ScriptStore

/// Which tracks are whose by their names, and which names can't be used in a message.
extension ProjectRunner {
  /// Keys and names of text tracks that are scripts of this project, whatever they are called.
  func ownTracks() -> Set<String> {
    var own = Set(pushedTitles.values)
    own.formUnion(extractions.map { title(of: $0.record) })
    for standing in snapshot.scripts {
      guard let binding = standing.binding else { continue }
      if binding.sessionID == snapshot.session?.id {
        own.insert(binding.trackKey)
      } else {
        own.insert(PushMessage.quotable(standing.title))
      }
    }
    return own
  }

  /// Bound tracks that a message could not name as they are, with those that were made in their place.
  ///
  /// A track without a name goes under its script's title, one with line breaks may be taken for one
  /// without: a track of the name that was sent, and that is no other script's, is the script's.
  func renamed(
    _ tracks: [(key: String, track: Draft.Track)], _ bound: [String: ScriptStanding]
  ) -> [(former: String, key: String)] {
    var taken: Set<String> = []
    return tracks.compactMap { former, track in
      guard let standing = bound[former] else { return nil }
      let sent = track.name.map(PushMessage.oneRow) ?? PushMessage.quotable(standing.title)
      guard sent != track.name else { return nil }
      let made = tracks.first { key, other in
        other.name == sent && bound[key] == nil && !other.segments.isEmpty
          && !snapshot.tracksOfDeletedScripts.contains(key)
      }
      guard let made, taken.insert(made.key).inserted else { return nil }
      return (former, made.key)
    }
  }

  /// Tells of text tracks that make no script since they are named as titles, each once.
  func noteLeftOut(_ session: BackendSession, _ integration: inout Integration) throws {
    guard let draft = state?.draft else { return }
    let left = leftOut(of: draft)
    if left.isEmpty { return }
    // What was kept was read before; what can't be read now told of nothing.
    let before = try keptState(of: session).flatMap { try? SessionState(parsing: $0.bytes) }
    let known = before?.draft.map { leftOut(of: $0) } ?? []
    for name in left.subtracting(known).sorted() {
      integration.notices.append(
        "The session's text track '\(name)' is taken for the video's title and makes no script. "
          + "If it holds captions, have it renamed: 'offbook say'.")
    }
  }

  private func leftOut(of draft: Draft) -> Set<String> {
    let scripts = Set(draft.keyedScriptTracks(including: ownTracks()).map(\.track.index))
    return Set(
      draft.tracks.lazy.filter {
        $0.kind == .text && !scripts.contains($0.index) && Self.mayHoldCaptions($0)
      }.compactMap(\.name))
  }

  /// Whether it has more than the one short text of a title.
  private static func mayHoldCaptions(_ track: Draft.Track) -> Bool {
    track.segments.count > 1 || track.segments.contains { $0.text.count > 80 }
  }

  /// Finds what keeps scripts from being sent by themselves, after all is merged.
  func findObstacles(_ integration: inout Integration) throws {
    for index in integration.unsent.indices {
      let script = integration.unsent[index].scriptID
      guard let standing = integration.snapshot.scripts.first(where: { $0.scriptID == script })
      else { continue }
      integration.unsent[index].obstacle = try obstacle(standing)
    }
  }

  private func obstacle(_ standing: ScriptStanding) throws -> UnsentScript.Obstacle? {
    let live = snapshot.session?.id
    let key = standing.binding?.sessionID == live ? standing.binding?.trackKey : nil
    let tracks = (state?.draft?.keyedTracks ?? []).filter { $0.track.kind == .text }
    let own = key.flatMap { key in tracks.first { $0.key == key }?.track }
    let name = own?.name ?? PushMessage.quotable(standing.title)
    if tracks.contains(where: { $0.track.index != own?.index && $0.track.name == name }) {
      return .sharedName(name)
    }
    let content = own.map { own in key.flatMap { trackContent[$0] } ?? own.captionHash }
    let push = try UnsentScript.lastPush(of: standing, in: live, store) { before in
      before == content ?? SyncPlanner.noTrack
    }
    return push.map { .notTaken($0.intent.id) }
  }
}

extension UnsentScript {
  /// The last push of a script, where it was answered and just what is here now was sent with it.
  ///
  /// - Parameter stays: whether the track is as it was before the push, asked before anything is read.
  static func lastPush(
    of standing: ScriptStanding, in session: BackendSession.ID?, _ store: WorkspaceStore,
    where stays: (_ stateBefore: [UInt8]?) -> Bool
  ) throws(StoreError) -> IntentRecord? {
    guard let push = try store.lastPush(of: standing.scriptID), push.intent.state == .done,
      push.sessionID == session, stays(push.stateBefore)
    else { return nil }
    let script = try store.script(standing.scriptID)
    let base = TrackBase(try store.base(of: standing.scriptID), of: script)
    let sent = TrackProjection(script, over: base, labels: .own)
    return sent.hash == push.contentHash ? push : nil
  }
}
