import SQLiteKit
import ScriptModel

/// A script's tie to a track, with its integer keys.
struct BindingRow {
  let session: Int64
  let trackKey: String
  let observation: Int64?
}

extension Session {
  /// The track that a script is bound to; `nil` where it is bound to none.
  func binding(of script: Int64) throws -> BindingRow? {
    try connection.first(bindingOfScript, .integer(script)) { row in
      BindingRow(
        session: row.integer(0), trackKey: row.text(1), observation: row.optionalInteger(2))
    }
  }

  /// What a script and its track last agreed on; empty before the first time in a session.
  func base(of script: Int64) throws -> [UInt8] {
    try connection.first(
      "SELECT base FROM track_binding WHERE script = ? AND observation IS NOT NULL",
      .integer(script)
    ) { $0.bytes(0) } ?? []
  }

  /// What a script agreed on last with a track of a session that is over; else empty.
  func formerBase(of script: Int64) throws -> [UInt8] {
    try connection.first(
      "SELECT base FROM track_binding WHERE script = ? AND observation IS NULL", .integer(script)
    ) { $0.bytes(0) } ?? []
  }

  /// Binds a script to a track of a session, in the place of what it was bound to.
  func bind(
    _ script: ScriptRow, to trackKey: String, session: Int64, observation: Int64?, base: [UInt8],
    agreedRevision: Int?
  ) throws {
    let former = try binding(of: script.row)
    let owner = try connection.first(
      ownerOfTrack, .integer(session), .text(trackKey), .integer(script.row)
    ) { $0.text(0) }
    if let owner {
      throw StoreError(.alreadyExists, "The track is the script '\(owner)' already")
    }
    try connection.run(
      putBinding, .integer(script.row), .integer(session), .text(trackKey),
      .optional(observation), .optional(agreedRevision.map { Int64($0) }), .blob(base))
    if let old = former?.observation, old != observation { try dropObservation(old) }
  }
}

private let bindingOfScript =
  "SELECT session, track_key, observation FROM track_binding WHERE script = ?"
private let ownerOfTrack = """
  SELECT script.title FROM track_binding JOIN script ON script.id = track_binding.script
  WHERE track_binding.session = ? AND track_binding.track_key = ? AND track_binding.script <> ?
  """
/// A row that has all these values already is not written. While the base stays, the revision that
/// equals it stays true, and what the script is now is another: so that needs no writing either.
private let putBinding = """
  INSERT INTO track_binding (script, session, track_key, observation, agreed_revision, base)
  VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (script) DO UPDATE SET session = excluded.session, track_key = excluded.track_key,
    observation = excluded.observation,
    agreed_revision = CASE WHEN base = excluded.base
      THEN coalesce(excluded.agreed_revision, agreed_revision) ELSE excluded.agreed_revision END,
    base = excluded.base
  WHERE session <> excluded.session OR track_key <> excluded.track_key
    OR observation IS NOT excluded.observation
    OR coalesce(excluded.agreed_revision, agreed_revision) IS NOT agreed_revision
    OR base <> excluded.base
  """
