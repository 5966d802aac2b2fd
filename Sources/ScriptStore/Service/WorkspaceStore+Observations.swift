import SQLiteKit
package import ScriptModel

/// A state of a session as it is kept.
package struct KeptState: Hashable, Sendable {
  /// SHA-256 of the bytes, 32 bytes.
  package var hash: [UInt8]
  /// The state as it came.
  package var bytes: [UInt8]

  /// Creates a kept state from its parts.
  package init(hash: [UInt8], bytes: [UInt8]) {
    self.hash = hash
    self.bytes = bytes
  }
}

extension WorkspaceStore {
  /// Keeps a state of a session by its content, as the last one seen; gives its SHA-256, 32 bytes.
  ///
  /// The same content is kept once. It is dropped when it is no session's last one any more and no
  /// base was read from it and no unsettled intent was sent after it.
  package func keepObservation(
    _ bytes: [UInt8], of session: BackendSession.ID
  ) throws(StoreError) -> [UInt8] {
    let digest = SHA256.digest(of: bytes)
    let isKnown = try read { store in
      let last = try store.backendSession(session).observation
      return try last != nil && last == store.observation(digest)
    }
    // Where nothing has changed nothing is written: a sync with nothing to do leaves the disk alone.
    if isKnown { return digest }
    // What a power cut takes away is simply seen again.
    try write(.withNext) { store in
      let seen = try store.liveSession(session)
      let row = try store.observation(digest) ?? store.addObservation(bytes, digest: digest)
      try store.connection.run(
        "UPDATE session SET observation = ? WHERE id = ?", .integer(row), .integer(seen.row))
      if let former = seen.observation, former != row { try store.dropObservation(former) }
    }
    return digest
  }

  /// The bytes of a kept state; `nil` where it is not kept.
  package func observation(_ hash: [UInt8]) throws(StoreError) -> [UInt8]? {
    try read { session in
      try session.connection.first(
        "SELECT bytes FROM observation WHERE sha256 = ?", .blob(hash)
      ) { $0.bytes(0) }
    }
  }

  /// The last state of a session that was kept.
  package func lastObservation(of session: BackendSession.ID) throws(StoreError) -> [UInt8]? {
    try lastState(of: session)?.bytes
  }

  /// The last state of a session that was kept, with its hash.
  package func lastState(of session: BackendSession.ID) throws(StoreError) -> KeptState? {
    try read { store in
      try store.connection.first(lastStateOfSession, session.binding) {
        KeptState(hash: $0.bytes(0), bytes: $0.bytes(1))
      }
    }
  }

  /// The session's state as it was seen last before an intent was sent; `nil` once it is settled.
  package func observation(before intent: Intent.ID) throws(StoreError) -> [UInt8]? {
    try read { session in
      guard let row = try session.intent(intent).observation else { return nil }
      return try session.observationBytes(row)
    }
  }
}

extension Session {
  /// The row of a kept state.
  func observation(_ digest: [UInt8]) throws -> Int64? {
    try connection.first("SELECT id FROM observation WHERE sha256 = ?", .blob(digest)) {
      $0.integer(0)
    }
  }

  /// The row of a state that a caller says was kept.
  func keptObservation(_ digest: [UInt8]) throws -> Int64 {
    guard let row = try observation(digest) else {
      throw StoreError(
        .conflict, "The state that was merged is not kept any more",
        fix: "Run 'offbook sync' again.")
    }
    return row
  }

  /// Drops a state that nothing names any more.
  func dropObservation(_ row: Int64) throws {
    try connection.run(dropUnnamed, .integer(row))
  }

  fileprivate func observationBytes(_ row: Int64) throws -> [UInt8]? {
    try connection.first("SELECT bytes FROM observation WHERE id = ?", .integer(row)) {
      $0.bytes(0)
    }
  }

  fileprivate func addObservation(_ bytes: [UInt8], digest: [UInt8]) throws -> Int64 {
    try connection.run(
      "INSERT INTO observation (sha256, bytes) VALUES (?, ?)", .blob(digest), .blob(bytes))
    return connection.lastInsertedRow
  }

  /// What is seen of a session that ended meanwhile is of no use.
  fileprivate func liveSession(_ id: BackendSession.ID) throws -> SessionRow {
    let found = try backendSession(id)
    return try liveSession(id, of: found.project)
  }
}

private let lastStateOfSession = """
  SELECT observation.sha256, observation.bytes FROM session
  JOIN observation ON observation.id = session.observation WHERE session.uuid = ?
  """
private let dropUnnamed = """
  DELETE FROM observation WHERE id = ?1
    AND NOT EXISTS (SELECT 1 FROM session WHERE observation = ?1)
    AND NOT EXISTS (SELECT 1 FROM track_binding WHERE observation = ?1)
    AND NOT EXISTS (SELECT 1 FROM intent WHERE observation = ?1)
  """
