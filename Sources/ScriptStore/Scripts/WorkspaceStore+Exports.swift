import SQLiteKit
package import ScriptModel

extension WorkspaceStore {
  /// Remembers an export, so that the base of a copy that comes back is found by its content.
  ///
  /// - Parameter fingerprint: 16 bytes by which the file is known again, or the 32 of its SHA-256.
  ///
  /// A workspace for reading only remembers nothing, and that is no error.
  package func rememberExport(
    of script: Script.ID, revision: Int, format: FormatName, fingerprint: [UInt8]
  ) throws(StoreError) {
    if isReadOnly { return }
    try write { session in
      try session.connection.run(
        insertExport, .integer(try session.script(script).row), .integer(Int64(revision)),
        .text(format.rawValue), .blob(fingerprint))
    }
  }

  /// Finds what was exported with that content, the latest first.
  package func exports(
    fingerprint: [UInt8]
  ) throws(StoreError) -> [(script: Script.ID, revision: Int)] {
    try read { session in
      try session.connection.all(exportsByContent, .blob(fingerprint)) { row in
        (script: row.identifier(0), revision: Int(row.integer(1)))
      }
    }
  }

  /// The revisions of a script that were exported, the latest first, each once.
  package func exportedRevisions(of script: Script.ID) throws(StoreError) -> [Int] {
    try read { session in
      try session.connection.all(
        "SELECT DISTINCT revision FROM export WHERE script = ? ORDER BY revision DESC",
        .integer(try session.script(script).row)
      ) { Int($0.integer(0)) }
    }
  }

  /// What is known of the file that a script was made of; `nil` where it was made without one.
  package func source(of script: Script.ID) throws(StoreError) -> SourceRecord? {
    try read { session in
      let found = try session.connection.first(
        sourceOfScript, .integer(try session.script(script).row)
      ) { row in
        (
          row.integer(0),
          SourceRecord(
            name: row.text(1), format: row.text(2), encoding: row.text(3), sha256: row.bytes(4),
            findings: [], notes: [])
        )
      }
      guard let (row, found) = found else { return nil }
      var source = found
      source.findings = try session.connection.all(findingsOfSource, .integer(row)) { row in
        Finding(
          severity: Finding.Severity(rawValue: row.text(0)) ?? .note, code: row.text(1),
          line: Int(row.integer(2)), column: Int(row.integer(3)), message: row.text(4))
      }
      source.notes = try session.connection.all(notesOfSource, .integer(row)) { $0.text(0) }
      return source
    }
  }
}

private let insertExport = """
  INSERT INTO export (script, revision, format, fingerprint) VALUES (?, ?, ?, ?)
  ON CONFLICT (script, fingerprint) DO UPDATE SET revision = excluded.revision
  """
private let exportsByContent = """
  SELECT script.uuid, export.revision FROM export
  JOIN script ON script.id = export.script AND script.deleted = 0
  WHERE export.fingerprint = ? ORDER BY export.id DESC
  """
private let sourceOfScript =
  "SELECT id, name, format, encoding, sha256 FROM source WHERE script = ? ORDER BY id LIMIT 1"
private let findingsOfSource = """
  SELECT severity, code, line, "column", message FROM source_finding
  WHERE source = ? ORDER BY ordinal
  """
private let notesOfSource = "SELECT text FROM source_note WHERE source = ? ORDER BY ordinal"
