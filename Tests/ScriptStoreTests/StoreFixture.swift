import ScriptModel
import ScriptStore
import Synchronization
import TestSupport
import Testing

/// A workspace in a folder of its own, with a clock that ticks a second a look.
final class StoreFixture {
  let folder = TemporaryFolder()
  let store: WorkspaceStore

  init(seed: UInt64 = 1) throws {
    store = try WorkspaceStore.open(
      at: folder.path + "/w", environment: Self.environment(seed: seed))
  }

  static func environment(seed: UInt64, busyTimeout: Int = 30_000) -> StoreEnvironment {
    let ticks = Mutex<Int64>(1_700_000_000_000)
    return StoreEnvironment(seed: seed, busyTimeout: busyTimeout) {
      ticks.withLock { ticks in
        ticks += 1000
        return ticks
      }
    }
  }

  /// Opens the same folder once more.
  func again(seed: UInt64 = 2, busyTimeout: Int = 30_000) throws -> WorkspaceStore {
    try WorkspaceStore.open(
      at: folder.path + "/w",
      environment: Self.environment(seed: seed, busyTimeout: busyTimeout))
  }

  /// Imports lines written as `Anna: text` or just `text`.
  func script(_ lines: [String], title: String = "Talk") throws -> ScriptSummary {
    var document = ScriptDocument()
    document.metadata.title = title
    for (index, line) in lines.enumerated() {
      let parts = line.split(separator: ": ", maxSplits: 1).map { String($0) }
      let start = Milliseconds(Int64(index) * 1000)
      document.append(
        parts.last ?? "", speaker: parts.count > 1 ? parts[0] : nil, start: start,
        end: start + Milliseconds(1000))
    }
    return try store.importDocument(document, source: nil)
  }

  func texts(_ id: Script.ID) throws -> [String] { try store.script(id).lines.map(\.text) }

  func ids(_ id: Script.ID) throws -> [Line.ID] { try store.script(id).lines.map(\.id) }

  /// Fails the test where any check of the workspace finds anything.
  func expectHealthy(_ comment: Comment? = nil) throws {
    for check in try store.health() { #expect(check.problems == [], comment) }
  }
}

extension Script {
  /// All that a person sees, without the number of the revision.
  var content: Script {
    var copy = self
    copy.revision = 0
    return copy
  }
}
