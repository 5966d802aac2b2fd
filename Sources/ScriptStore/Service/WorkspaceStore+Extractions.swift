import SQLiteKit
package import ScriptModel

extension WorkspaceStore {
  /// What a script and its track last agreed on, as `PullResult.base` gave it; empty for nothing.
  package func base(of script: Script.ID) throws(StoreError) -> [UInt8] {
    try read { session in try session.base(of: session.script(script).row) }
  }

  /// The newest push of a script, settled or not; `nil` where there was none.
  package func lastPush(of script: Script.ID) throws(StoreError) -> IntentRecord? {
    try read { session in
      let row = try session.script(script).row
      return try session.connection.first(
        IntentRow.query + lastOfScript, .integer(row), map: { try IntentRow($0).record })
    }
  }

  /// Remembers which script an extraction gave, so that another of the same media goes there.
  package func link(_ intent: Intent.ID, to script: Script.ID) throws(StoreError) {
    try write { session in
      try session.connection.run(
        "UPDATE intent SET script = ? WHERE uuid = ?",
        .integer(session.script(script).row), intent.binding)
    }
  }

  /// The script that the last extraction of a medium gave; `nil` where there is none any more.
  package func script(extractedFrom medium: Media.ID) throws(StoreError) -> Script.ID? {
    try read { session in
      try session.connection.first(scriptOfMedium, medium.binding) { $0.identifier(0) }
    }
  }

  /// The medium that the service made and that is known by an identity; `nil` for none.
  package func generated(
    _ identity: String, in project: Project.ID
  ) throws(StoreError) -> Media? {
    try read { session in
      let id: Media.ID? = try session.connection.first(
        "SELECT uuid FROM media WHERE project = ? AND identity = ?",
        .integer(session.project(project).row), .text(identity)
      ) { $0.identifier(0) }
      return try id.map { try session.medium($0).medium(in: session.folder) }
    }
  }
}

private let lastOfScript =
  " WHERE intent.script = ? AND intent.purpose = 'push' ORDER BY intent.id DESC LIMIT 1"
private let scriptOfMedium = """
  SELECT script.uuid FROM intent
  JOIN media ON media.id = intent.media JOIN script ON script.id = intent.script
  WHERE media.uuid = ? AND intent.purpose = 'extract' AND script.deleted = 0
  ORDER BY intent.id DESC LIMIT 1
  """
