import ScriptModel
package import ScriptStore

/// What of a script its session lacks, as far as can be told without a look.
package struct TrackPreview: Sendable {
  private let store: WorkspaceStore

  /// Creates a preview of a workspace's scripts.
  package init(store: WorkspaceStore) { self.store = store }

  /// The script as it would be sent; `nil` where it is as both sides last agreed.
  package func unsent(_ standing: ScriptStanding) throws(StoreError) -> UnsentScript? {
    if standing.binding?.agreedRevision == standing.revision { return nil }
    let script = try store.script(standing.scriptID)
    let base = TrackBase(try store.base(of: standing.scriptID), of: script)
    let projection = TrackProjection(script, over: base)
    let count =
      base.map { $0.differingLines(in: script) } ?? projection.captions.count
    guard count > 0 else { return nil }
    var unsent = UnsentScript(
      scriptID: standing.scriptID, title: standing.title, lineCount: count,
      contentHash: projection.hash)
    let session = standing.binding?.sessionID
    let push = try UnsentScript.lastPush(of: standing, in: session, store) { before in
      before == SyncPlanner.noTrack
        || before == base.map { TrackProjection($0.script, over: $0).hash }
    }
    unsent.obstacle = push.map { .notTaken($0.intent.id) }
    return unsent
  }
}
