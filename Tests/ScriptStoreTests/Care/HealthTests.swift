import SQLiteKit
import ScriptModel
import ScriptStore
import Testing

/// Each breaks one thing and names the check that must notice it.
@Test(
  arguments: [
    ("search-index", "UPDATE line SET text = 'other' WHERE id = 1"),
    ("search-index", "DELETE FROM line WHERE id = 1"),
    ("search-pairs", "INSERT INTO line_pair (rowid, text) VALUES (99, '天')"),
    ("search-pairs", "UPDATE line SET text = '天' WHERE id = 1"),
    ("line-order", "UPDATE line SET position = x'01'"),
    ("revisions", "UPDATE script SET revision = 5"), ("revisions", "UPDATE line SET revision = 9"),
    ("line-counts", "UPDATE script SET line_count = 9"),
    ("cast", "UPDATE speaker SET deleted = 1"),
    ("foreign-keys", "UPDATE line SET speaker = 99 WHERE id = 1"),
    (
      "media",
      """
      INSERT INTO media (uuid, project, name, kind, origin, sha256, byte_count)
      VALUES (zeroblob(16), 1, 'a.mp4', 'video', 'local', zeroblob(32), 5)
      """
    ),
    ("observations", "INSERT INTO observation (sha256, bytes) VALUES (zeroblob(32), x'00')"),
    (
      "intents",
      """
      INSERT INTO intent (uuid, project, kind, purpose, state, source, options, message)
      VALUES (zeroblob(16), 1, 'message', 'say', 'sending', '', '{}', '')
      """
    ),
    (
      "bindings",
      """
      INSERT INTO session (uuid, project, service_session, service_task, live)
      VALUES (zeroblob(16), 1, 's', 't', 0);
      INSERT INTO track_binding (script, session, track_key, base, agreed_revision)
      VALUES (1, 1, 'a', x'01', 1)
      """
    ),
  ])
func aCheckNoticesWhatIsBroken(name: String, sql: String) throws {
  let fixture = try StoreFixture()
  _ = try fixture.script(["Anna: One", "天气", "Three"])
  try fixture.expectHealthy()
  let path = fixture.store.folder + "/workspace.sqlite"
  try Connection(path: path, mode: .write).execute("PRAGMA foreign_keys = OFF; " + sql)
  let problems = try fixture.store.health().filter { !$0.problems.isEmpty }
  #expect(problems.contains { $0.name == name }, "\(problems)")
}
