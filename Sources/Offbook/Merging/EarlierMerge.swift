import ScriptMerge
import ScriptModel
import ScriptStore

/// Tells whether a copy was merged before: then all that it says was heard, and nothing is to be done.
///
/// What both sides moved or shifted can't be told from a merged script, so the history is asked: a
/// revision that merging the copy gives again is the one that merged it.
struct EarlierMerge {
  /// How many merges since the copy was made are looked at, the newest first.
  private static let mostMerges = 8

  let store: WorkspaceStore
  let script: Script.ID

  /// Whether the revision of a merge that still holds took in the same lines.
  func contains(
    _ document: ScriptDocument, capabilities: (Script) -> DocumentCapabilities, base: Int
  ) throws(StoreError) -> Bool {
    let log = try store.log(of: script)
    // Whatever was taken back since may have been the merge.
    let merges = log.prefix { $0.kind != .undo && $0.kind != .restore }
      .filter { $0.kind == .merge && $0.sequence > base }
    if merges.isEmpty { return false }
    let start = try store.script(script, at: base)
    let theirs = Alignment.identify(
      document, against: start, capabilities: capabilities(start))
    let known = Set(try store.conflicts(of: script, includingResolved: true).map(\.id))
    for merge in merges.prefix(Self.mostMerges) {
      let before = try store.script(script, at: merge.sequence - 1)
      let again = ThreeWayMerge.merge(base: start, ours: before, theirs: theirs)
      // Two copies may differ in nothing but what was asked about them.
      guard again.conflicts.allSatisfy({ known.contains($0.id) }) else { continue }
      if isSame(again.script, try store.script(script, at: merge.sequence)) {
        return true
      }
    }
    return false
  }

  /// Whether two scripts say the same; speakers count by name, since the cast gives them their ids.
  private func isSame(_ left: Script, _ right: Script) -> Bool {
    guard left.lines.count == right.lines.count else { return false }
    let (leftNames, rightNames) = (names(of: left), names(of: right))
    return zip(left.lines, right.lines).allSatisfy { line, other in
      line.id == other.id && line.kind == other.kind && line.start == other.start
        && line.end == other.end && line.text.utf8.elementsEqual(other.text.utf8)
        && line.speaker.flatMap { leftNames[$0] } == other.speaker.flatMap { rightNames[$0] }
    }
  }

  private func names(of script: Script) -> [Speaker.ID: String] {
    Dictionary(script.speakers.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
  }
}
